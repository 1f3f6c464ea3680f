"""`POST /api/messages`.

Answers for: the HTTP answer to every activity; once the sender is known, no failure of ours shows as anything but 200.
Leaves who may come in to the door, and what to do to `on_turn`.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import orjson
from aiohttp import web

from bot.teams.activity import parse, read
from bot.teams.answers import invoke_body
from bot.teams.auth import AuthenticationRefused, Door
from bot.teams.background import Background
from bot.teams.streams import TooLong, read_at_most
from bot.turn import ErrorReply, Reply, Turn, TurnKind

log = logging.getLogger(__name__)

LARGEST_BODY = 256 * 1024
"""A Teams message is 100 KB at most; a card's inputs fit in it."""

OnTurn = Callable[[Turn], Awaitable[Reply]]
Respond = Callable[[Turn, Reply], Awaitable[None]]
Apology = Callable[[Turn], ErrorReply]


@dataclass(frozen=True, slots=True, kw_only=True)
class Apologies:
    """What to tell the person, in their language, when there is no reply. Made by the edge, which owns sentences."""

    late: Apology
    """The work goes on but its outcome is not known yet: look, then press again."""
    failed: Apology
    """`on_turn` raised."""
    unreadable: Apology
    """A press that we cannot read: an old or a foreign card."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long and how much."""

    invoke_seconds: float = 5.0
    """Teams gives up after 10 to 15 s and may send again before."""
    background_tasks: int = 256
    waiting_replies: int = 2048
    drain_seconds: float = 10.0
    largest_body: int = LARGEST_BODY


class Endpoint:
    """The handler: `app.router.add_post("/api/messages", endpoint.handle)`, and `close()` at clean-up."""

    def __init__(
        self,
        door: Door,
        on_turn: OnTurn,
        *,
        respond: Respond,
        apologies: Apologies,
        limits: Limits | None = None,
        on_refused: Callable[[AuthenticationRefused], None] | None = None,
    ) -> None:
        self._door, self._on_turn, self._respond, self._apologies = door, on_turn, respond, apologies
        self._limits = limits or Limits()
        self._on_refused = on_refused
        self._background = Background(self._limits.background_tasks)
        self._replies = Background(self._limits.waiting_replies)
        self._refused, self._silent_until = 0, 0.0
        self._here = 0
        self._alone = asyncio.Event()
        self._alone.set()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One activity. 401, 403 or 503 from the door, 413, 415, 400 for the body, 200 for all the rest."""
        self._here += 1
        self._alone.clear()
        try:
            return await self._handle(request)
        finally:
            self._here -= 1
            if not self._here:
                self._alone.set()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        try:
            caller = await self._door.identify(request)
            body = await self._body(request)
            activity = parse(body)
            self._door.admit(caller, activity)
        except AuthenticationRefused as refused:
            return self._refuse(refused)
        turn = read(activity, body)
        if turn.kind is TurnKind.IGNORED:
            return self._ignore(turn)
        return await (self._answer(turn) if turn.is_invoke else self._acknowledge(turn))

    async def close(self, _app: web.Application | None = None) -> None:
        """Let whoever is here have his answer, and what was acknowledged come to its end; fits `app.on_cleanup`."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._limits.drain_seconds):
                await self._alone.wait()
        cancelled = await self._background.drain(self._limits.drain_seconds)
        if cancelled := cancelled + await self._replies.drain(self._limits.drain_seconds):
            log.error("%d acknowledged activities were not finished at shutdown", cancelled)

    async def _body(self, request: web.Request) -> dict[str, object]:
        limit = self._limits.largest_body
        if (request.content_length or 0) > limit:
            raise web.HTTPRequestEntityTooLarge(max_size=limit, actual_size=request.content_length or 0)
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType
        try:
            body = orjson.loads(await read_at_most(request.content, limit))
        except TooLong:
            raise web.HTTPRequestEntityTooLarge(max_size=limit, actual_size=limit + 1) from None
        except orjson.JSONDecodeError:
            raise web.HTTPBadRequest from None
        if not isinstance(body, dict):
            raise web.HTTPBadRequest
        return body

    def _refuse(self, refused: AuthenticationRefused) -> web.Response:
        """The bare status; one line in the log per second at most, so that a flood does not fill the disk."""
        if self._on_refused is not None:
            self._on_refused(refused)
        now = asyncio.get_running_loop().time()
        self._refused += 1
        if now >= self._silent_until:
            log.warning("activity refused with %d: %s (%d so far)", refused.status, refused.reason, self._refused)
            self._silent_until = now + 1
        return web.Response(status=refused.status)

    def _ignore(self, turn: Turn) -> web.Response:
        log.info("activity %s ignored: %s", turn.activity_id, turn.reason)
        return _json(invoke_body(turn, self._apologies.unreadable(turn)) if turn.is_invoke else None)

    async def _answer(self, turn: Turn) -> web.Response:
        """The reply in the response, or an apology once the time is up; the work itself is never interrupted."""
        work = asyncio.ensure_future(self._on_turn(turn))
        try:
            await asyncio.wait((work,), timeout=self._limits.invoke_seconds)
        finally:
            # Also when the sender hangs up, if the server is told to cancel then.
            if not work.done():
                self._background.watch(asyncio.create_task(self._finish(turn, work)))
        if work.done():
            return _json(invoke_body(turn, self._outcome(turn, work)))
        log.error("invoke %s not answered within %.1f s", turn.activity_id, self._limits.invoke_seconds)
        return _json(invoke_body(turn, self._apologies.late(turn)))

    async def _acknowledge(self, turn: Turn) -> web.Response:
        # Two commands of one person are done in their order, and so are the events of a meeting.
        spoken = turn.kind in (TurnKind.TEXT, TurnKind.SUBMIT)
        key = turn.conversation.id, turn.sender.user_id if spoken else None
        started = await self._background.start(key, lambda: self._process(turn), patience=self._limits.invoke_seconds)
        return web.Response(status=200 if started else 503)

    async def _process(self, turn: Turn) -> None:
        work = asyncio.ensure_future(self._on_turn(turn))
        await asyncio.wait((work,))
        reply = self._outcome(turn, work)
        if reply is None:
            return
        # Apart from the work: a reply waits for its place in Teams, what the person writes next does not wait for it.
        key = turn.conversation.id, turn.sender.user_id
        if not await self._replies.start(key, lambda: self._respond(turn, reply), patience=0):
            log.error("reply to %s dropped: too many wait", turn.activity_id)

    async def _finish(self, turn: Turn, work: asyncio.Future[Reply]) -> None:
        await asyncio.wait((work,))
        self._outcome(turn, work)

    def _outcome(self, turn: Turn, work: asyncio.Future[Reply]) -> Reply:
        if work.cancelled():
            return self._apologies.failed(turn)
        if (error := work.exception()) is None:
            return work.result()
        log.error("turn %s (%s) failed", turn.activity_id, turn.kind, exc_info=error)
        return self._apologies.failed(turn)


def _json(body: object) -> web.Response:
    if body is None:
        return web.Response(status=200)
    return web.Response(body=orjson.dumps(body), content_type="application/json")
