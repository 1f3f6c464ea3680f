"""What people ask about rehearsals in a chat: open one, purge its votes."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.cards import marks
from bot.commands.base import Ask, Errand, Moment
from bot.commands.words import fold
from bot.rehearsing import Opener, Rehearsals
from bot.texts import Catalogue, catalogue, language_of
from bot.turn import CardReply, Reply, TextReply, Turn
from voting.domain.assembly import Role
from voting.domain.ids import PersonId, is_rehearsal
from voting.domain.sitting import Phase, Sitting
from voting.service.families import Recorder

RunErrand = Callable[[Turn, Moment | None, Ask], Awaitable[Reply]]
LANGUAGES = ("fr", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingErrands:
    """Runs them; one method each, listed in ``table``."""

    writer: Recorder
    rehearsals: Rehearsals
    may_convene: Callable[[Turn], Awaitable[bool]]

    def table(self) -> Mapping[Errand, RunErrand]:
        """By errand."""
        return {Errand.REHEARSAL: self.rehearse, Errand.PURGE: self.purge}

    async def rehearse(self, turn: Turn, moment: Moment | None, ask: Ask) -> Reply:
        """Open one here, with the roll of the sitting of this chat; with the sample where there is none."""
        texts = _texts(turn)
        identity = turn.sender.identity
        allowed = await self.may_convene(turn) if moment is None else helps(moment.snapshot.sitting, moment.person)
        if identity is None or not allowed:
            return TextReply(texts("said.may_not_rehearse"), private=True)
        if moment is not None and _is_under_way(moment.snapshot.sitting):
            return TextReply(texts("said.sitting_under_way"), private=True)
        wants_roll = moment is not None and not _asks(ask, "sample")
        facts = await self.rehearsals.roll(moment.snapshot.sitting.facts) if moment is not None and wants_roll else None
        opener = Opener(tenant_id=identity[0], account=identity[1])
        opened = await self.rehearsals.open(facts, opener, turn.conversation)
        about = (await self.writer.snapshot(opened.sitting)).sitting.facts
        card = marks.marked(marks.opened(about, texts), texts)
        return CardReply(card, summary=str(card["speak"]), private=True)

    async def purge(self, turn: Turn, moment: Moment | None, ask: Ask) -> Reply:
        """Purge the rehearsal of this chat, or those held with the roll of its sitting."""
        texts = _texts(turn)
        if moment is None or not helps(moment.snapshot.sitting, moment.person):
            return TextReply(texts("refusal.staff_only"), private=True)
        found = await self.rehearsals.of(moment.snapshot.id)
        if not found:
            return TextReply(texts("said.nothing_to_purge"), private=True)
        done = await self.rehearsals.purge(found)
        said = texts.plural("said.purged", done.rehearsals, n=done.rehearsals, lines=done.lines)
        return TextReply(said, private=True)


def helps(sitting: Sitting, person: PersonId) -> bool:
    """Those who run the sitting, and support."""
    member = sitting.roll.get(person)
    return sitting.is_staff(person) or (member is not None and member.role is Role.SUPPORT)


def _is_under_way(sitting: Sitting) -> bool:
    """A real sitting whose roll is being called, or that is open: its chat is not to be taken from it."""
    if is_rehearsal(sitting.facts.sitting):
        return False
    return sitting.course.roll_call_open or sitting.course.phase in (Phase.OPEN, Phase.SUSPENDED)


def _asks(ask: Ask, what: str) -> bool:
    """Whether that option was typed after the command, in either language."""
    typed = fold(ask.argument).split()
    known = (catalogue(language)(f"option.{what}").split("|") for language in LANGUAGES)
    return any(fold(word) in typed for words in known for word in words)


def _texts(turn: Turn) -> Catalogue:
    return catalogue(language_of(turn.locale))
