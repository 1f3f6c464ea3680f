"""What the staff is handed when it asks for the papers of a sitting: a card of links, or one paper as a file."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.cards import documents as cards
from bot.commands.base import Ask, Errand, Misunderstood, Moment
from bot.commands.ways import forms
from bot.commands.words import fold
from bot.deliveries import Deliveries
from bot.document_links import DocumentLinks
from bot.documents import STAFF
from bot.file_seal import Offered
from bot.texts import Catalogue, catalogue, language_of
from bot.turn import CardReply, Reply, TextReply, Turn
from voting.domain.ids import is_rehearsal
from voting.domain.sitting import Phase
from voting.service.shelf import STAFF_PAPERS


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentErrands:
    """Runs them."""

    links: DocumentLinks
    has_address: bool
    """Whether this server has an address that browsers could go to."""
    deliveries: Deliveries

    def table(self) -> Mapping[Errand, Callable[[Turn, Moment | None, Ask], Awaitable[Reply]]]:
        """By errand."""
        return {Errand.EXPORTS: self.exports}

    async def exports(self, turn: Turn, moment: Moment | None, ask: Ask) -> Reply:
        """Every paper that this sitting gives now, and what the others lack; or the one that was named, as a file."""
        texts = catalogue(language_of(turn.locale))
        if moment is None or not moment.snapshot.sitting.is_staff(moment.person):
            return TextReply(texts("refusal.staff_only"), private=True)
        if is_rehearsal(moment.snapshot.id):
            return TextReply(texts("said.rehearsal_exports_nothing"), private=True)
        if ask.payload.paper or ask.argument:
            return self._offer(turn, moment, _named(ask), texts)
        if not (self.has_address or moment.personal):
            return TextReply(texts("said.exports_later"), private=True)
        return await self._list(moment, texts)

    def _offer(self, turn: Turn, moment: Moment, paper: str, texts: Catalogue) -> Reply:
        """Drawn while the person reads; Teams then asks where he wants it."""
        identity = turn.sender.identity
        if not moment.personal or identity is None:  # Teams gives files in nobody's presence but one's own
            return TextReply(texts("handed.only_private"), private=True, is_no=True)
        self.deliveries.offer(turn, identity, Offered(sitting=moment.snapshot.id, paper=paper))
        return TextReply(texts("handed.coming", what=texts(f"documents.of.{paper}"))) if turn.is_invoke else None

    async def _list(self, moment: Moment, texts: Catalogue) -> CardReply:
        sitting = moment.snapshot.id
        slots = await self.links.documents.slots(sitting, STAFF, texts.language)
        ready = [slot.format for slot in slots if not slot.missing]
        shelf = cards.Shelf(
            ready=[(name, self.links.link(sitting, name) if self.has_address else None) for name in ready],
            missing=[(slot.format, slot.missing) for slot in slots if slot.missing],
            is_closed=moment.snapshot.sitting.course.phase is Phase.CLOSED,
            gives_files=moment.personal,
        )
        card = cards.documents(moment.snapshot.sitting.facts, shelf, texts)
        return CardReply(card, summary=str(card["speak"]), private=True)


def _named(ask: Ask) -> str:
    """The paper that was chosen or typed. Raises ``Misunderstood``."""
    typed = ask.payload.paper or ask.argument
    known = forms("document", STAFF_PAPERS)
    found = typed if typed in STAFF_PAPERS else known.get(fold(typed))
    if found is None:
        raise Misunderstood("misunderstood.paper", typed=typed)
    return found
