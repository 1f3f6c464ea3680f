"""What people ask about the simulated members of a rehearsal: to sit down, to stand up, to make room."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.commands.base import Ask, Errand, Moment
from bot.commands.words import fold
from bot.core import Core
from bot.helping import HelpErrands
from bot.installation import Books
from bot.ports import Accounts
from bot.rehearsing import is_practice
from bot.simulation.benches import Benches
from bot.simulation.stage_door import StageDoor
from bot.texts import Catalogue, catalogue, language_of
from bot.training import LANGUAGES, helps
from bot.turn import Reply, TextReply, Turn
from voting.domain.ids import is_rehearsal
from voting.domain.sitting import Phase
from voting.service.ports import Clock

RunErrand = Callable[[Turn, Moment | None, Ask], Awaitable[Reply]]


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIns:
    """Runs the errand, and makes room for whoever comes."""

    benches: Benches
    accounts: Accounts

    def table(self) -> Mapping[Errand, RunErrand]:
        """By errand."""
        return {Errand.STAND_INS: self.run}

    async def run(self, turn: Turn, moment: Moment | None, ask: Ask) -> Reply:
        """Fill the empty seats of this rehearsal; ``stop`` empties them."""
        texts = _texts(turn)
        if moment is None or not helps(moment.snapshot.sitting, moment.person):
            return TextReply(texts("said.support_only"), private=True)
        sitting = moment.snapshot.id
        if not is_rehearsal(sitting) or is_practice(sitting):
            return TextReply(texts("said.stand_ins_rehearse"), private=True)
        if _stops(ask):
            gone = await self.benches.empty(sitting)
            return TextReply(texts.plural("said.stand_ins_gone", gone, n=gone), private=True)
        if moment.snapshot.sitting.course.phase is Phase.CLOSED:
            return TextReply(texts("said.stand_ins_over"), private=True)
        seated = await self.benches.fill(sitting, moment.person)
        return TextReply(texts.plural("said.stand_ins_seated", seated, n=seated), private=True)

    def make_room(self, turn: Turn) -> None:
        """Whoever speaks in person, in a chat or at a page, has his seat back."""
        identity = turn.sender.identity
        if identity is None:
            return
        for sitting in self.benches.sittings():
            person = self.accounts.person(sitting, *identity)
            if person is not None:
                self.benches.give_back(sitting, person)


def stand_ins(core: Core, books: Books, clock: Clock, helping: HelpErrands, language: str) -> StandIns:
    """Those of one process: nothing official is handed over to them."""
    door = StageDoor(
        core.rehearsals,
        core.codec,
        clock=clock,
        traces=helping.traces,
        errands={Errand.HELP_WANTED: helping.wanted},
        language=language,
    )
    benches = Benches(core.rehearsals, core.feed, door, book=books.seats, leases=books.leases)
    return StandIns(benches=benches, accounts=books.accounts)


def _stops(ask: Ask) -> bool:
    typed = fold(ask.argument)
    words = (word for language in LANGUAGES for word in catalogue(language)("option.stop").split("|"))
    return any(fold(word) == typed for word in words)


def _texts(turn: Turn) -> Catalogue:
    return catalogue(language_of(turn.locale))
