"""``/seances`` and ``/seances/…/moi``: the member's own cards in a browser, for those whose Teams fails.

Answers for: routes and who is let in. The cards, their buttons and their answers are those of the chat
(``bot.acting``); a page decides nothing.
"""

import asyncio

from aiohttp import web

from bot.web.acting_ports import Changes
from bot.web.board import SITTING
from bot.web.outage import Where
from bot.web.pages import HERE, STATIC, TEAMS_FRAMES, Assets, framed, page, policy
from bot.web.signed import Desk, answered, asked, clock, stream, to_sign_in
from bot.web.words import wanted

CARDS = HERE / "node_modules" / "adaptivecards" / "dist" / "adaptivecards.min.js"
OURS = (
    "board-panels.css",
    "room.css",
    "room-cards.css",
    "room-cards.js",
    "member.css",
    "member.js",
    "drafts.js",
    "countdown.js",
)


class MemberPages:
    """The pages of those who are signed in. `close` it when the server stops: streams never end by themselves."""

    def __init__(self, desk: Desk, changes: Changes) -> None:
        self._desk, self._changes = desk, changes
        self._closed = asyncio.Event()
        files = {name: STATIC / name for name in OURS}
        self._assets = Assets("/static/member", files | {"adaptivecards.min.js": CARDS})

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
        said, visitor = wanted(request), self._desk.sessions.visitor(request)
        if visitor is None:
            return to_sign_in("/seances")
        return page(
            "sittings.html",
            said,
            csp=policy(frame_ancestors=TEAMS_FRAMES, form_action="'self'"),
            asset=self._assets.url,
            who=visitor.name,
            seats=await self._desk.acts.seats(visitor),
        )

    async def _html(self, request: web.Request) -> web.Response:
        said, seat = wanted(request), await self._desk.seat(request)
        if seat is None:
            return self._desk.outside(request, self._assets)
        return page(
            "member.html",
            said,
            csp=framed(),
            asset=self._assets.url,
            seat=seat,
            outage=self._desk.outage(seat, Where.MEMBER, said),
            token=self._desk.sessions.token(request),
            has_cards="adaptivecards.min.js" in self._assets,
        )

    async def _card(self, request: web.Request) -> web.Response:
        seat = await self._desk.seat(request)
        if seat is None:
            raise web.HTTPNotFound
        said = wanted(request)
        reply = await self._desk.acts.fitting(seat, said.language)
        ending = clock(await self._desk.acts.deadline(seat), said)
        return answered(reply, clock=ending, outage=self._desk.outage(seat, Where.MEMBER, said))

    async def _act(self, request: web.Request) -> web.Response:
        seat = await self._desk.acting(request)
        return answered(await self._desk.acts.act(seat, await asked(request), wanted(request).language))

    async def _events(self, request: web.Request) -> web.StreamResponse:
        seat = await self._desk.seat(request)
        if seat is None:
            raise web.HTTPNotFound
        return await stream(request, self._changes.changes(seat.sitting), self._closed)
