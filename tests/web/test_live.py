"""Server-sent events: what changed and nothing else, at a steady pace, rendered once for everybody."""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from functools import partial
from itertools import cycle
from typing import Any

import pytest

from bot.web.live import RETRY, LiveBoards, Rhythm
from tests.kit.journals import CLERK, FOR
from tests.kit.waiting import PATIENCE, until
from tests.web.serving import LIVE, Client, frames, serving
from tests.web.stories import CLOCK, SITTING, Table, convoked, debating, opened, voting
from voting.domain import commands as c
from voting.domain.ids import SittingId

EVENTS = f"/seances/{SITTING}/events"

Change = dict[str, Any]


class Watcher:
    """One page that looks on."""

    def __init__(self, stream: AsyncIterator[tuple[str, str]]) -> None:
        self._stream = stream

    async def next(self) -> Change:
        """The next change, pulses aside."""
        async with asyncio.timeout(PATIENCE):
            async for name, data in self._stream:
                if name == "board":
                    change: Change = json.loads(data)
                    return change
        raise EOFError

    async def quiet(self, seconds: float) -> bool:
        """Whether nothing comes for so long. Reads nothing away: ask it last."""
        try:
            async with asyncio.timeout(seconds):
                await self.next()
        except TimeoutError:
            return True
        return False


async def _watch(client: Client, path: str = EVENTS) -> Watcher:
    response = await client.get(path)
    assert response.status == 200
    assert response.headers["Content-Type"].startswith("text/event-stream")
    return Watcher(frames(response))


async def test_a_new_viewer_gets_the_whole_board_then_what_changes() -> None:
    story = voting(debating(opened(convoked())), heard=3)
    table = Table(story)
    async with serving(table) as client:
        watcher = await _watch(client)
        whole = await watcher.next()
        assert len([name for name in whole["html"] if name[0] == "s" and name[1:].isdigit()]) == 25
        poll = story.state.polls.open_poll()
        assert poll is not None
        await table.move(lambda: story.vote({poll.silent()[0].member: FOR}, rest=None))
        change = await watcher.next()
        seat, row, group = (_of_kind(change, kind) for kind in "svg")
        assert (len(seat), len(row), len(group)) == (1, 1, 1)
        assert {"poll", "plan-centre", "plan-text", "legend", "groups"} <= set(change["html"])
        assert not {"item", "floor", "quorum", "agenda-head"} & set(change["html"])
        assert "4 voix reçues" in change["html"]["poll"].replace("\u00a0", " ")
        assert change["say"] == []


async def test_turns_of_the_sitting_are_announced_once() -> None:
    story = debating(opened(convoked()))
    table = Table(story)
    async with serving(table) as client:
        watcher = await _watch(client)
        await watcher.next()
        await table.move(lambda: story.do(c.EndFloor(by=CLERK)), story.open_poll)
        assert (await watcher.next())["say"] == ["Le vote est ouvert. Scrutin n°\u00a02 – Rapport 3"]
        await table.move(story.vote)
        assert (await watcher.next())["say"] == []
        await table.move(story.proclaim)
        (told,) = (await watcher.next())["say"]
        assert "adopté à l’unanimité — CGCT" in told


async def test_a_page_that_is_up_to_date_gets_nothing() -> None:
    async with serving(Table(opened(convoked()))) as client:
        whole = await (await _watch(client)).next()
        again = await client.get(EVENTS, headers={"Last-Event-ID": whole["version"]})
        assert await Watcher(frames(again)).quiet(0.6)
        reopened = await _watch(client, f"{EVENTS}?seen={whole['version']}")
        assert await reopened.quiet(0.2)


async def test_the_page_and_the_stream_agree_on_the_version() -> None:
    async with serving(Table(opened(convoked()))) as client:
        html = await (await client.get(f"/seances/{SITTING}")).text()
        whole = await (await _watch(client)).next()
        assert f'data-version="{whole["version"]}"' in html


async def test_languages_have_streams_of_their_own() -> None:
    async with serving(Table(opened(convoked()))) as client:
        french, english = await _watch(client), await _watch(client, f"{EVENTS}?lang=en")
        assert "Séance ouverte" in (await french.next())["html"]["phase"]
        assert "Sitting open" in (await english.next())["html"]["phase"]


async def test_many_moves_are_few_pushes_shared_by_all() -> None:
    story = debating(opened(convoked()))
    story.do(c.EndFloor(by=CLERK))
    story.open_poll()
    table, loop = Table(story), asyncio.get_running_loop()
    async with serving(table) as client:
        watchers = [await _watch(client) for _ in range(20)]
        await asyncio.gather(*(watcher.next() for watcher in watchers))
        reads, began = table.reads, loop.time()
        poll = story.state.polls.open_poll()
        assert poll is not None
        for mandate in poll.silent():
            await table.move(partial(story.vote, {mandate.member: FOR}, rest=None))
            await asyncio.sleep(0.03)
        seen = [await _until(watcher, "23 voix reçues") for watcher in watchers]
        # Four a second, however many look on: some six for the 0.7 s that 23 votes take.
        most = 2 + (loop.time() - began) / Rhythm().pace
        assert table.reads - reads <= most
        assert max(seen) <= most


async def _until(watcher: Watcher, words: str) -> int:
    for pushes in range(1, 30):
        change = await watcher.next()
        if words in change["html"]["poll"].replace("\u00a0", " "):
            return pushes
    raise AssertionError(words)


async def test_the_last_viewer_switches_off_the_light() -> None:
    story = opened(convoked())
    table = Table(story)
    async with serving(table) as client:
        assert client.app is not None
        streams = client.app[LIVE]
        response = await client.get(EVENTS)
        await Watcher(frames(response)).next()
        assert streams.watched == 1
        response.close()
        moves: Iterator[c.SittingCommand] = cycle(
            (c.SuspendSitting(by=CLERK, reason="pause"), c.ResumeSitting(by=CLERK))
        )
        async with asyncio.timeout(PATIENCE):
            while streams.watched:
                await table.move(partial(story.do, next(moves)))
                await asyncio.sleep(0.3)


async def test_stopping_the_server_ends_the_streams() -> None:
    async with serving(Table(opened(convoked()))) as client:
        response = await client.get(EVENTS)
        stream = frames(response)
        await Watcher(stream).next()
        assert client.app is not None
        await client.app[LIVE].close()
        assert [event async for event in stream] == []
        assert (await client.get(EVENTS)).status == 200


class Broken(Table):
    """A source that fails once somebody looks."""

    async def changes(self, sitting: SittingId) -> AsyncGenerator[None, None]:
        if sitting:
            raise OSError("the database is gone")
        yield


async def test_a_source_that_breaks_ends_the_stream_and_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    async with serving(Broken(opened(convoked()))) as client:
        response = await client.get(EVENTS)
        async with asyncio.timeout(PATIENCE):
            names = {name async for name, _ in frames(response)}
        assert names <= {"pulse", "board"}
        await until(lambda: any(r.name == "bot.web.live" for r in caplog.records))
    assert [r.levelno for r in caplog.records if r.name == "bot.web.live"] == [logging.ERROR]


async def test_silence_is_filled_with_pulses() -> None:
    streams = LiveBoards(Table(opened(convoked())), now=lambda: CLOCK, rhythm=Rhythm(pulse=0.05))
    stream = streams.frames(SITTING, "fr")
    async with asyncio.timeout(PATIENCE):
        got = [frame async for frame in _first(stream, 5)]
    assert got[0] == RETRY
    assert got[1] == b'event: pulse\ndata: {"now":%.3f}\n\n' % CLOCK.timestamp()
    assert got[2].startswith(b"event: board")
    assert got[3] == got[4] == got[1]
    await stream.aclose()
    assert streams.watched == 0


async def _first(stream: AsyncGenerator[bytes, None], count: int) -> AsyncGenerator[bytes, None]:
    for _ in range(count):
        yield await anext(stream)


def _of_kind(change: Change, kind: str) -> list[str]:
    """Ids such as `s12`; groups have letters."""
    return [n for n in change["html"] if n[0] == kind and (n[1:].isdigit() or (kind == "g" and n[1:].isupper()))]


async def test_a_word_above_the_board_is_shown_told_once_and_taken_away() -> None:
    async with serving(Table(opened(convoked()))) as client:
        live = client.app[LIVE]
        watcher = await _watch(client)
        whole = await watcher.next()
        assert "hidden" in whole["html"]["banner"]
        live.announce(SITTING, {"fr": "Démonstration – <L’appel>"})
        change = await watcher.next()
        assert list(change["html"]) == ["banner"]
        assert "Démonstration – &lt;L’appel&gt;" in change["html"]["banner"]
        assert change["say"] == ["Démonstration – <L’appel>"]
        live.announce(SITTING, {})
        change = await watcher.next()
        assert "hidden" in change["html"]["banner"]
        assert change["say"] == []
