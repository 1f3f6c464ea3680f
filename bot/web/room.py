"""The local room: sit down as anybody of a sitting that runs on this machine, and press the real cards.

Answers for: its pages, its stream of messages, and that only a page of ours on this machine may use it.
Leaves the wire to the local Teams. Its routes are registered with `--local` only.
"""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing, suppress
from urllib.parse import urlencode

import orjson
from aiohttp import web
from yarl import URL

from bot.teams.hosts import is_loopback
from bot.web.pages import HERE, STATIC, Assets, absent, headers, page
from bot.web.room_people import about, benches, find
from bot.web.room_ports import Chair, Message, Room, RoomSitting
from bot.web.streams import json_body, paced
from bot.web.words import Words, visible, wanted
from voting.domain.ids import PersonId, SittingId

CARDS = HERE / "node_modules" / "adaptivecards" / "dist" / "adaptivecards.min.js"
OURS = ("board-panels.css", "room.css", "room-cards.css", "room.js", "room-cards.js", "room-people.js")
LONGEST = 4_000
"""Characters of a typed message."""
LARGEST = 64 << 10
"""Bytes of a request."""

Json = dict[str, object]


class NotOurs(Exception):
    """The request does not come from a page of ours on this machine, or is not what our pages send."""


class RoomPages:
    """`/salle` and what its pages call. `close` it when the server stops: streams never end by themselves."""

    def __init__(self, room: Room, *, suggestions: Sequence[str] = ()) -> None:
        """``suggestions`` are words that one may type to the bot, offered while typing."""
        self._room, self._suggestions = room, tuple(suggestions)
        self._closed = asyncio.Event()
        files = {name: STATIC / name for name in OURS}
        self._assets = Assets("/static/room", files | {"adaptivecards.min.js": CARDS})

    def routes(self) -> list[web.RouteDef]:
        """To be served on loopback alone."""
        return [
            web.get("/salle", self._html),
            web.get("/salle/api/events", self._events),
            web.post("/salle/api/say", self._say),
            web.post("/salle/api/press", self._press),
            web.post("/salle/api/refresh", self._refresh),
            self._assets.route(),
        ]

    async def close(self, _: object = None) -> None:
        """End every stream. Fits `on_shutdown`."""
        self._closed.set()

    async def _html(self, request: web.Request) -> web.Response:
        said = wanted(request)
        if not _is_ours(request):
            return absent(said, self._assets)
        sittings = await self._room.sittings()
        if "personne" not in request.query:
            return self._choose(said, sittings)
        chair = self._chair(dict(request.query))
        person = find(sittings, request.query["seance"], request.query["personne"]) if chair is not None else None
        if chair is None or person is None:
            return absent(said, self._assets)
        sitting, member = person
        return page(
            "room.html",
            said,
            asset=self._assets.url,
            sitting=sitting,
            member=member,
            chair=chair,
            suggestions=self._suggestions,
            about=about(member, said),
            has_cards="adaptivecards.min.js" in self._assets,
            longest=LONGEST,
            query=urlencode({"seance": sitting.sitting, "personne": member.id, "lang": said.language}),
        )

    def _choose(self, said: Words, sittings: Sequence[RoomSitting]) -> web.Response:
        rooms = [(sitting, benches(sitting, said)) for sitting in sittings]
        return page("room-choose.html", said, asset=self._assets.url, rooms=rooms)

    def _chair(self, query: object) -> Chair | None:
        match query:
            case {"seance": str(sitting), "personne": str(person)}:
                return self._room.chair(SittingId(sitting), PersonId(person))
            case _:
                return None

    async def _events(self, request: web.Request) -> web.StreamResponse:
        chair = self._chair(dict(request.query)) if _is_ours(request) else None
        if chair is None:
            return absent(wanted(request), self._assets)
        response = web.StreamResponse(headers=headers())
        response.content_type = "text/event-stream"
        response.charset = "utf-8"
        with suppress(ConnectionResetError):
            await response.prepare(request)
            async with aclosing(_frames(chair, self._closed)) as frames:
                async for frame in frames:
                    await response.write(frame)
        return response

    async def _say(self, request: web.Request) -> web.Response:
        chair, body = await self._asked(request)
        text = visible(_text(body, "text")).strip()
        if not text or len(text) > LONGEST:
            raise web.HTTPBadRequest
        await chair.say(_chat(chair, body), text)
        return _answer({})

    async def _press(self, request: web.Request) -> web.Response:
        chair, body = await self._asked(request)
        data = body.get("data")
        answer = await chair.press(
            _chat(chair, body), _text(body, "message"), _text(body, "verb"), data if isinstance(data, dict) else {}
        )
        return _answer(answer)

    async def _refresh(self, request: web.Request) -> web.Response:
        chair, body = await self._asked(request)
        return _answer(await chair.refresh(_chat(chair, body), _text(body, "message")))

    async def _asked(self, request: web.Request) -> tuple[Chair, Json]:
        """The place from which something is asked, and what."""
        if not _is_ours(request) or request.content_type != "application/json":
            raise web.HTTPForbidden
        body = await json_body(request, LARGEST)
        chair = self._chair(body)
        if chair is None or not isinstance(body, dict):
            raise web.HTTPNotFound
        return chair, body


def _is_ours(request: web.Request) -> bool:
    """Asked under a name of this machine (no other site can borrow it) and, by a browser, from a page of ours."""
    try:
        host = URL(f"http://{request.host}").host
        origin = request.headers.get("Origin")
        same = origin is None or URL(origin).authority == request.host
    except ValueError:
        return False
    return is_loopback(host) and same and request.headers.get("Sec-Fetch-Site", "none") in ("same-origin", "none")


def _text(body: Json, name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str):
        raise web.HTTPBadRequest
    return value


def _chat(chair: Chair, body: Json) -> str:
    chats = {"meeting": chair.meeting, "own": chair.own}
    chat = chats.get(_text(body, "chat"))
    if chat is None:
        raise web.HTTPBadRequest
    return chat


def _answer(body: object) -> web.Response:
    return web.Response(body=orjson.dumps(body), content_type="application/json", headers=headers())


async def _frames(chair: Chair, closed: asyncio.Event) -> AsyncGenerator[bytes, None]:
    """Everything first, then every change; a pulse now and then."""
    messages = chair.messages()
    yield b"retry: 1000\n\n" + _event("all", [_shown(chair, message) for message in messages])
    changes = chair.changes(max((message.revision for message in messages), default=0))
    async with aclosing(paced(changes, closed)) as news:
        async for one in news:
            yield _event("pulse", {}) if one is None else _event("message", _shown(chair, one[0]))


def _shown(chair: Chair, message: Message) -> Json:
    return {
        "id": message.id,
        "chat": "meeting" if message.chat_id == chair.meeting else "own",
        "from": "bot" if message.author_id is None else "me" if message.author_id == chair.user_id else "other",
        "name": visible(message.author_name),
        "text": visible(message.text),
        "card": message.card,
        "at": message.at,
        "edited": message.is_edited,
        "deleted": message.is_deleted,
        "private": message.is_only_theirs,
        "refresh": message.wants_refresh,
        "revision": message.revision,
    }


def _event(name: str, data: object) -> bytes:
    return b"event: %s\ndata: %s\n\n" % (name.encode(), orjson.dumps(data))
