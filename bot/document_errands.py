"""What the staff is handed when it asks for the papers of a sitting: a card of links."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.cards import documents as cards
from bot.commands.base import Ask, Errand, Moment
from bot.document_links import DocumentLinks
from bot.documents import STAFF
from bot.texts import catalogue, language_of
from bot.turn import CardReply, Reply, TextReply, Turn
from voting.domain.ids import is_rehearsal
from voting.domain.sitting import Phase


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentErrands:
    """Runs them."""

    links: DocumentLinks | None
    """None where this server has no address that browsers could go to."""

    def table(self) -> Mapping[Errand, Callable[[Turn, Moment | None, Ask], Awaitable[Reply]]]:
        """By errand."""
        return {Errand.EXPORTS: self.exports}

    async def exports(self, turn: Turn, moment: Moment | None, ask: Ask) -> Reply:
        """Every paper that this sitting can give now, and what the others lack."""
        texts = catalogue(language_of(turn.locale))
        if moment is None or not moment.snapshot.sitting.is_staff(moment.person):
            return TextReply(texts("refusal.staff_only"), private=True)
        sitting, links = moment.snapshot.id, self.links
        if is_rehearsal(sitting):
            return TextReply(texts("said.rehearsal_exports_nothing"), private=True)
        if links is None:
            return TextReply(texts("said.exports_later"), private=True)
        slots = await links.documents.slots(sitting, STAFF, texts.language)
        shelf = cards.Shelf(
            ready=[(slot.format, links.link(sitting, slot.format)) for slot in slots if not slot.missing],
            missing=[(slot.format, slot.missing) for slot in slots if slot.missing],
            is_closed=moment.snapshot.sitting.course.phase is Phase.CLOSED,
        )
        card = cards.documents(moment.snapshot.sitting.facts, shelf, texts)
        return CardReply(card, summary=str(card["speak"]), private=True)
