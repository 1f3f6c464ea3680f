"""The members' sheets asked for in a chat: one's own as a card, links to the same on paper for a quarter of an hour.

Answers for: nobody's sheet going to anybody else but those who run the sitting or help. Leaves what is on it to
``handouts.sheets``.
"""

import asyncio
import hashlib
import hmac
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from aiohttp import web

from bot.cards import sheet as cards
from bot.commands.base import Ask, Errand, Moment
from bot.core import Core
from bot.handouts.sheets import expected, help_lines, print_sheets, sheet_of
from bot.papers import LASTS
from bot.texts import Catalogue, catalogue, language_of
from bot.training import helps
from bot.turn import CardReply, Reply, TextReply, Turn
from bot.web.board import SITTING
from bot.web.pages import headers
from bot.web.words import wanted
from voting.domain.ids import PersonId, SittingId
from voting.domain.refusals import SittingUnknown

ALL = ""
"""In the place of a person: everybody."""


class SheetLinks:
    """Links to sheets on paper, signed with a secret that every process with the journal's key has."""

    def __init__(self, core: Core, origin: str, phone: str, clock: Callable[[], float] = time.time) -> None:
        """``origin`` is the address of this server as browsers see it; ``phone`` that of the help line, or empty."""
        self.phone = phone
        self._writer = core.writer
        self._origin, self._clock = origin.rstrip("/"), clock
        self._secret = hashlib.sha256(b"links to sheets\n" + core.key.private_text().encode()).digest()

    def link(self, sitting: SittingId, person: str, language: str) -> str:
        """An address that gives that person's sheet, or everybody's, for a quarter of an hour."""
        until = int(self._clock()) + LASTS
        asked = {"person": person, "until": until, "key": self._key(sitting, person, until), "lang": language}
        return f"{self._origin}/seances/{sitting}/fiche.pdf?{urlencode(asked)}"

    def routes(self) -> list[web.RouteDef]:
        """Where the links lead."""
        return [web.get(f"/seances/{SITTING}/fiche.pdf", self._serve)]

    async def _serve(self, request: web.Request) -> web.Response:
        sitting, person = SittingId(request.match_info["sitting"]), request.query.get("person", ALL)
        until, key = request.query.get("until", ""), request.query.get("key", "")
        if not (until.isascii() and until.isdecimal()) or len(until) > 12 or int(until) < self._clock():
            raise web.HTTPNotFound
        if not hmac.compare_digest(self._key(sitting, person, int(until)).encode(), key.encode()):
            raise web.HTTPNotFound
        only = PersonId(person) if person != ALL else None
        try:
            snapshot = await self._writer.snapshot(sitting)
            texts = wanted(request).texts
            pdf = await asyncio.to_thread(print_sheets, snapshot.sitting, snapshot.rules, self.phone, texts, only)
        except (SittingUnknown, LookupError):
            raise web.HTTPNotFound from None
        return web.Response(body=pdf, content_type="application/pdf", headers=headers())

    def _key(self, sitting: SittingId, person: str, until: int) -> str:
        return hmac.new(self._secret, f"{sitting}\n{person}\n{until}".encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetErrands:
    """Runs the errand."""

    links: SheetLinks
    has_address: bool
    """Browsers can go to this server."""

    def table(self) -> Mapping[Errand, Callable[[Turn, Moment | None, Ask], Awaitable[Reply]]]:
        """By errand."""
        return {Errand.SHEET: self.run}

    async def run(self, turn: Turn, moment: Moment | None, ask: Ask) -> Reply:
        """One's own sheet; everybody's as well for who may hand them out."""
        texts = catalogue(language_of(turn.locale))
        if moment is None:
            return TextReply(texts("refusal.sitting_unknown"), private=True)
        sitting, rules = moment.snapshot.sitting, moment.snapshot.rules
        own = next((one for one in expected(sitting) if one.id == moment.person), None)
        links = self._links(moment, own is not None, texts)
        if own is not None:
            told = sheet_of(sitting, rules, own, texts)
            card = cards.own_sheet(sitting.facts, told, help_lines(self.links.phone, texts), links, texts)
        elif links:
            card = cards.all_sheets(sitting.facts, links, texts)
        else:
            return TextReply(texts("said.no_sheet"), private=True)
        return CardReply(card, summary=str(card["speak"]), private=True)

    def _links(self, moment: Moment, has_own: bool, texts: Catalogue) -> list[tuple[str, str]]:
        if not self.has_address:
            return []
        sitting, language = moment.snapshot.id, texts.language
        found = [(texts("sheet.own"), self.links.link(sitting, moment.person, language))] if has_own else []
        state = moment.snapshot.sitting
        if state.is_staff(moment.person) or helps(state, moment.person):
            found.append((texts("sheet.all"), self.links.link(sitting, ALL, language)))
        return found
