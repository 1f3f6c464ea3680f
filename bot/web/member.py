"""``/seances`` and ``/seances/…/moi``: the member's own cards in a browser, for those whose Teams fails.

Answers for: routes, who is let in, what goes over the wire. The cards, their buttons and their answers are those of the
chat (``bot.acting``); a page decides nothing.
"""

import asyncio
import hashlib
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, suppress
from urllib.parse import urlencode

import orjson
from aiohttp import web

from bot.turn import CardReply, ErrorReply, Reply, TextReply
from bot.web.acting_ports import Acts, Changes, PageAct, Seat
from bot.web.board import SITTING
from bot.web.pages import HERE, TEAMS_FRAMES, Assets, absent, framed, headers, page, policy
from bot.web.sessions import Sessions
from bot.web.words import Words, visible, wanted
from voting.domain.ids import SittingId

STATIC = HERE / "static"
CARDS = HERE / "node_modules" / "adaptivecards" / "dist" / "adaptivecards.min.js"
OURS = ("board.css", "board-panels.css", "room.css", "room-cards.css", "room-cards.js", "member.css", "member.js",
        "icon.svg")  # fmt: skip
LARGEST = 128 << 10
LONGEST_STAMP = 64
PULSE = 15.0


class MemberPages:
    """The pages of those who are signed in. `close` it when the server stops: streams never end by themselves."""

    def __init__(self, sessions: Sessions, acts: Acts, changes: Changes) -> None:
        self._sessions, self._acts, self._changes = sessions, acts, changes
        self._closed = asyncio.Event()
        self._assets = Assets(
            "/static/member", {name: STATIC / name for name in OURS} | {"adaptivecards.min.js": CARDS}
        )

    def routes(self) -> list[web.RouteDef]:
        """Closed to whoever is not signed in."""
        return [
            web.get("/seances", self._list),
            web.get(f"/seances/{SITTING}/moi", self._html),
            web.get(f"/seances/{SITTING}/moi/carte", self._card),
            web.get(f"/seances/{SITTING}/moi/events", self._events),
            web.post(f"/seances/{SITTING}/actes", self._act),
            self._assets.route(),
        ]

    async def close(self, _: object = None) -> None:
        """End every stream. Fits `on_shutdown`."""
        self._closed.set()

    async def _list(self, request: web.Request) -> web.Response:
        said, visitor = wanted(request), self._sessions.visitor(request)
        if visitor is None:
            return _to_sign_in("/seances")
        return page(
            "sittings.html",
            said,
            csp=policy(frame_ancestors=TEAMS_FRAMES, form_action="'self'"),
            asset=self._assets.url,
            who=visitor.name,
            seats=await self._acts.seats(visitor),
        )

    async def _html(self, request: web.Request) -> web.Response:
        said, seat = wanted(request), await self._seat(request)
        if seat is None:
            return self._outside(request, said)
        return page(
            "member.html",
            said,
            csp=framed(),
            asset=self._assets.url,
            seat=seat,
            token=self._sessions.token(request),
            has_cards="adaptivecards.min.js" in self._assets,
        )

    async def _card(self, request: web.Request) -> web.Response:
        seat = await self._seat(request)
        if seat is None:
            raise web.HTTPNotFound
        return _answer(await self._acts.fitting(seat, wanted(request).language))

    async def _act(self, request: web.Request) -> web.Response:
        """CSRF: the session, a page of this address, and that page's own token."""
        visitor = self._sessions.acting(request)
        if visitor is None:
            raise web.HTTPForbidden
        seat = await self._acts.seat(visitor, SittingId(request.match_info["sitting"]))
        if seat is None:
            raise web.HTTPNotFound
        return _answer(await self._acts.act(seat, await _asked(request), wanted(request).language))

    async def _events(self, request: web.Request) -> web.StreamResponse:
        seat = await self._seat(request)
        if seat is None:
            raise web.HTTPNotFound
        response = web.StreamResponse(headers=headers() | {"X-Accel-Buffering": "no"})
        response.content_type = "text/event-stream"
        response.charset = "utf-8"
        with suppress(ConnectionResetError):
            await response.prepare(request)
            async with aclosing(_moves(self._changes.changes(seat.sitting), self._closed)) as moves:
                async for frame in moves:
                    await response.write(frame)
        return response

    async def _seat(self, request: web.Request) -> Seat | None:
        visitor = self._sessions.visitor(request)
        return await self._acts.seat(visitor, SittingId(request.match_info["sitting"])) if visitor else None

    def _outside(self, request: web.Request, said: Words) -> web.Response:
        """Nobody yet: sign in. Somebody who is not on that roll: as if the sitting did not exist."""
        return absent(said, self._assets) if self._sessions.visitor(request) else _to_sign_in(request.path)


def _to_sign_in(back: str) -> web.Response:
    return web.Response(status=303, headers={**headers(), "Location": "/connexion?" + urlencode({"vers": back})})


async def _asked(request: web.Request) -> PageAct:
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType
    if (request.content_length or 0) > LARGEST:
        raise web.HTTPRequestEntityTooLarge(LARGEST, request.content_length or 0)
    try:
        body = orjson.loads(await request.read())
    except orjson.JSONDecodeError:
        raise web.HTTPBadRequest from None
    match body:
        case {"stamp": str(stamp), "text": str(text)} if text.strip() and len(stamp) <= LONGEST_STAMP:
            return PageAct(text=visible(text).strip(), stamp=stamp)
        case {"stamp": str(stamp), "verb": str(verb), "data": dict(data)} if len(stamp) <= LONGEST_STAMP:
            return PageAct(verb=verb, data=data, stamp=stamp)
    raise web.HTTPBadRequest


def _answer(reply: Reply) -> web.Response:
    match reply:
        case CardReply(card=card):
            digest = hashlib.sha256(orjson.dumps(card)).hexdigest()[:16]
            body: dict[str, object] = {"card": card, "digest": digest}
        case TextReply(text=text):
            body = {"say": text}
        case ErrorReply(message=message):
            body = {"fault": message}
        case _:
            body = {}
    response = web.Response(body=orjson.dumps(body), content_type="application/json", headers=headers())
    response.enable_compression()
    return response


async def _moves(changes: AsyncIterator[None], closed: asyncio.Event) -> AsyncGenerator[bytes, None]:
    """One word for each move, a pulse now and then. What moved is asked for by the page, as this person may see it."""
    yield b"retry: 1000\n\nevent: moved\ndata: {}\n\n"
    ending = asyncio.ensure_future(closed.wait())
    coming = asyncio.ensure_future(anext(changes))
    try:
        while True:
            done, _ = await asyncio.wait({coming, ending}, timeout=PULSE, return_when=asyncio.FIRST_COMPLETED)
            if ending in done:
                return
            if not done:
                yield b"event: pulse\ndata: {}\n\n"
                continue
            coming.result()
            yield b"event: moved\ndata: {}\n\n"
            coming = asyncio.ensure_future(anext(changes))
    finally:
        for waiting in (coming, ending):
            waiting.cancel()
            with suppress(asyncio.CancelledError, StopAsyncIteration):
                await waiting
