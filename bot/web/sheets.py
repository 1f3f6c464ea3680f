"""``/seances/…/fiches.pdf``: everybody's sheet for whoever runs the sitting, one's own for a member."""

import asyncio

from aiohttp import web

from bot.handouts.sheets import print_sheets
from bot.web.board import ASSETS, SITTING
from bot.web.pages import absent, headers
from bot.web.signed import Desk
from bot.web.words import wanted
from voting.domain.ids import PersonId
from voting.domain.refusals import SittingUnknown
from voting.service.families import Recorder


class SheetPages:
    """For those on the roll of each sitting."""

    def __init__(self, desk: Desk, writer: Recorder, phone: str) -> None:
        """``phone`` is that of the help line; empty: none."""
        self._desk, self._writer, self._phone = desk, writer, phone

    def routes(self) -> list[web.RouteDef]:
        """One address."""
        return [web.get(f"/seances/{SITTING}/fiches.pdf", self._pdf)]

    async def _pdf(self, request: web.Request) -> web.Response:
        said, seat = wanted(request), await self._desk.seat(request)
        if seat is None:
            return self._desk.outside(request, ASSETS)
        only = None if seat.is_staff else PersonId(seat.person)
        try:
            snapshot = await self._writer.snapshot(seat.sitting)
            state = snapshot.sitting, snapshot.rules
            pdf = await asyncio.to_thread(print_sheets, *state, self._phone, said.texts, only)
        except (SittingUnknown, LookupError):
            return absent(said, ASSETS)
        return web.Response(body=pdf, content_type="application/pdf", headers=headers())
