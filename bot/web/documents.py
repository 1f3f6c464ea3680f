"""``/seances/…/documents``: the papers of a sitting, each for those who may have it.

Answers for: who is let in, and that what he fetches goes through his session each time. Which papers there are, and
for whom, is ``voting.service.shelf``'s to say.
"""

from aiohttp import web

from bot.documents import Documents, Reader, Slot
from bot.web.acting_ports import Seat
from bot.web.board import SITTING
from bot.web.download import FORMAT, served
from bot.web.pages import STATIC, Assets, framed, page
from bot.web.signed import Desk
from bot.web.words import wanted
from voting.domain.ids import is_rehearsal

OURS = ("board-panels.css", "room.css", "member.css")


class DocumentPages:
    """For those on the roll of each sitting."""

    def __init__(self, desk: Desk, documents: Documents) -> None:
        self._desk, self._documents = desk, documents
        self._assets = Assets("/static/documents", {name: STATIC / name for name in OURS})

    def routes(self) -> list[web.RouteDef]:
        """The list, and each paper of it."""
        return [
            web.get(f"/seances/{SITTING}/documents", self._html),
            web.get(f"/seances/{SITTING}/documents/{FORMAT}", self._file),
            self._assets.route(),
        ]

    async def _html(self, request: web.Request) -> web.Response:
        said, seat = wanted(request), await self._desk.seat(request)
        if seat is None:
            return self._desk.outside(request, self._assets)
        slots: tuple[Slot, ...] = ()
        if not is_rehearsal(seat.sitting):
            slots = await self._documents.slots(seat.sitting, _reader(seat), said.language)
        return page(
            "documents.html",
            said,
            csp=framed(),
            asset=self._assets.url,
            seat=seat,
            slots=slots,
            is_rehearsal=is_rehearsal(seat.sitting),
            is_closed=await self._documents.is_closed(seat.sitting),
        )

    async def _file(self, request: web.Request) -> web.Response:
        seat = await self._desk.seat(request)
        if seat is None:
            raise web.HTTPNotFound
        format_, language = request.match_info["format"], wanted(request).language
        return await served(self._documents, seat.sitting, format_, _reader(seat), language)


def _reader(seat: Seat) -> Reader:
    return Reader(is_staff=seat.is_staff, person=seat.person)
