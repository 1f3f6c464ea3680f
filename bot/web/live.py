"""Pushes boards to whoever looks: one follower per sitting, one rendering per change and language, shared by all.

Answers for: pace, frames of server-sent events, leaving nobody waiting. Leaves what is shown to `fragments`.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import orjson

from bot.web import says
from bot.web.fragments import Rendered, Renderer
from bot.web.outage import Outages, no_outage
from bot.web.ports import Boards, Now
from bot.web.words import words
from voting.domain.ids import SittingId
from voting.service.views.board import BoardView

log = logging.getLogger(__name__)

RETRY = b"retry: 2000\n\n"
SLICE = 50
"""Viewers woken at once: between slices the loop serves others, votes first among them."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """In seconds."""

    pace: float = 0.25
    """Between two pushes of one sitting, at least."""
    pulse: float = 15.0
    """Silence after which a viewer is told that the line is alive, and the sitting is looked at again."""
    courtesy: float = 0.0007
    """How long a change waits for each viewer there is: whoever votes at that moment goes before a crowd that looks."""
    patience: float = 0.7
    """…and no longer than that."""


class Ended(Exception):
    """Nothing more comes for this sitting; the viewer's page tries again."""


@dataclass(slots=True)
class _Channel:
    """A sitting in one language."""

    now: Rendered
    before: Rendered | None = None
    told: list[str] = field(default_factory=list)
    _whole: bytes | None = None
    _difference: bytes | None = None

    def move(self, fresh: Rendered, told: list[str]) -> None:
        self.before, self.now, self.told = self.now, fresh, told
        self._whole = self._difference = None

    def frame(self, seen: str) -> bytes:
        """What a viewer who has that version is sent: the difference if it is one step behind, else everything."""
        if self.before is not None and seen == self.before.version:
            if self._difference is None:
                self._difference = _frame(self.now, self.now.since(self.before), self.told)
            return self._difference
        if self._whole is None:
            self._whole = _frame(self.now, self.now.html, [])
        return self._whole


class _Room:
    """One sitting that somebody looks at."""

    def __init__(self, sitting: SittingId, boards: Boards, renderer: Renderer, rhythm: Rhythm) -> None:
        self._sitting, self._boards, self._renderer, self._rhythm = sitting, boards, renderer, rhythm
        self._channels: dict[str, _Channel] = {}
        self._moved = asyncio.Event()
        self._view: BoardView | None = None
        self.wakers: set[asyncio.Event] = set()
        self.ended = False
        self.task: asyncio.Task[None] | None = None

    def channel(self, language: str) -> _Channel | None:
        """The sitting in that language; None before it was first read."""
        if language not in self._channels and self._view is not None:
            self._channels[language] = _Channel(self._renderer.render(self._view, language))
        return self._channels.get(language)

    async def follow(self) -> None:
        """Until cancelled, or until the sitting cannot be followed any more."""
        listener = asyncio.create_task(self._listen())
        try:
            while not listener.done() and await self._read():
                await self._next_change()
        finally:
            self.ended = True
            listener.cancel()
            await self._wake()
            with suppress(asyncio.CancelledError):
                await listener

    async def _listen(self) -> None:
        try:
            async for _ in self._boards.changes(self._sitting):
                self._moved.set()
        finally:
            self._moved.set()

    async def _next_change(self) -> None:
        """Returns after a change, no sooner than pace and courtesy allow; after a pulse in any case."""
        await asyncio.sleep(self._rhythm.pace)
        with suppress(TimeoutError):
            async with asyncio.timeout(self._rhythm.pulse):
                await self._moved.wait()
        await asyncio.sleep(min(self._rhythm.courtesy * len(self.wakers), self._rhythm.patience))

    async def _read(self) -> bool:
        self._moved.clear()
        view = await self._boards.board(self._sitting)
        if view is None:
            return False
        before, self._view = self._view, view
        changed = False
        for language, channel in self._channels.items():
            fresh = self._renderer.render(view, language)
            if fresh.version != channel.now.version:
                channel.move(fresh, _news(channel.now, fresh, language, before))
                changed = True
        if changed or before is None:
            await self._wake()
        return True

    def stir(self) -> None:
        """Look at the sitting again."""
        self._moved.set()

    async def _wake(self) -> None:
        wakers = list(self.wakers)
        for start in range(0, len(wakers), SLICE):
            for waker in wakers[start : start + SLICE]:
                waker.set()
            await asyncio.sleep(0)


class LiveBoards:
    """The boards as pages and as streams. `close` it when the server stops: streams never end by themselves."""

    def __init__(self, boards: Boards, *, now: Now, rhythm: Rhythm | None = None, outages: Outages = no_outage) -> None:
        self._boards: Final = boards
        self._now: Final = now
        self._rhythm: Final = rhythm or Rhythm()
        self._renderer: Final = Renderer(outages)
        self._rooms: dict[SittingId, _Room] = {}
        self._closed = False

    def announce(self, sitting: SittingId, banner: Mapping[str, str]) -> None:
        """Show that word above the board, by language; none takes it away."""
        self._renderer.banners[sitting] = banner
        room = self._rooms.get(sitting)
        if room is not None:
            room.stir()

    def now(self) -> datetime:
        """The server's time."""
        return self._now()

    async def view(self, sitting: SittingId) -> BoardView | None:
        """The sitting as it stands."""
        return await self._boards.board(sitting)

    async def rendered(self, sitting: SittingId, language: str) -> Rendered | None:
        """The sitting as it stands, in pieces of HTML."""
        view = await self._boards.board(sitting)
        return self._renderer.render(view, language) if view is not None else None

    @property
    def watched(self) -> int:
        """How many pages look on."""
        return sum(len(room.wakers) for room in self._rooms.values())

    async def frames(self, sitting: SittingId, language: str, seen: str = "") -> AsyncGenerator[bytes, None]:
        """Server-sent events from that version on, for as long as the viewer listens."""
        room, waker = self._enter(sitting), asyncio.Event()
        room.wakers.add(waker)
        try:
            yield RETRY
            yield _pulse(self.now().timestamp())
            while not room.ended:
                channel = room.channel(language)
                if channel is not None and channel.now.version != seen:
                    frame, seen = channel.frame(seen), channel.now.version
                    yield frame
                    continue
                if await _silent(waker, self._rhythm.pulse):
                    yield _pulse(self.now().timestamp())
        finally:
            room.wakers.discard(waker)
            self._leave(sitting, room)

    async def close(self, _: object = None) -> None:
        """End every stream. Fits `on_shutdown`."""
        self._closed = True
        tasks = [room.task for room in self._rooms.values() if room.task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _enter(self, sitting: SittingId) -> _Room:
        room = self._rooms.get(sitting)
        if self._closed:
            raise Ended
        if room is None or room.ended:
            room = self._rooms[sitting] = _Room(sitting, self._boards, self._renderer, self._rhythm)
            room.task = asyncio.create_task(room.follow(), name=f"board of {sitting}")
            room.task.add_done_callback(_report)
        return room

    def _leave(self, sitting: SittingId, room: _Room) -> None:
        if room.wakers:
            return
        if self._rooms.get(sitting) is room:
            del self._rooms[sitting]
        if room.task is not None and not room.ended:
            room.task.cancel()


async def _silent(waker: asyncio.Event, seconds: float) -> bool:
    """Wait to be woken; True when nothing came for a while."""
    try:
        async with asyncio.timeout(seconds):
            await waker.wait()
    except TimeoutError:
        return True
    waker.clear()
    return False


def _news(now: Rendered, fresh: Rendered, language: str, before: BoardView | None) -> list[str]:
    """What a screen reader should hear of that change."""
    if before is None:
        return []
    banner = [fresh.banner] if fresh.banner and fresh.banner != now.banner else []
    return [*banner, *says.news(words(language), before, fresh.view)]


def _report(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (fault := task.exception()) is not None:
        log.error("%s cannot be followed", task.get_name(), exc_info=fault)


def _frame(rendered: Rendered, html: Mapping[str, str], told: list[str]) -> bytes:
    body = {"version": rendered.version, "title": rendered.title, "html": dict(html), "say": told}
    return b"event: board\nid: %s\ndata: %s\n\n" % (rendered.version.encode(), orjson.dumps(body))


def _pulse(clock: float) -> bytes:
    return b'event: pulse\ndata: {"now":%.3f}\n\n' % clock
