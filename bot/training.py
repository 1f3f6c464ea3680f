"""What people ask about rehearsals in a chat: open one, purge its votes."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from bot.cards import marks
from bot.cards import readiness as cards
from bot.coach import Coach, board
from bot.commands.base import Ask, Errand, Moment
from bot.commands.words import fold
from bot.housekeeping import Forgetting
from bot.preparation import ReadinessLinks, why
from bot.rehearsing import Opener, Rehearsals, is_practice
from bot.texts import Catalogue, catalogue, language_of
from bot.turn import CardReply, Reply, TextReply, Turn
from voting.domain.assembly import Role
from voting.domain.ids import PersonId, SittingId, is_rehearsal
from voting.domain.sitting import Phase, Sitting
from voting.service.families import Recorder
from voting.service.ports import Exercise, Rehearsal

RunErrand = Callable[[Turn, Moment | None, Ask], Awaitable[Reply]]
LANGUAGES = ("fr", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingErrands:
    """Runs them; one method each, listed in ``table``."""

    writer: Recorder
    rehearsals: Rehearsals
    coach: Coach
    links: ReadinessLinks | None
    """Where the whole board can be seen; None where this server has no address."""
    forgetting: Forgetting
    may_convene: Callable[[Turn], Awaitable[bool]]

    def table(self) -> Mapping[Errand, RunErrand]:
        """By errand."""
        return {
            Errand.REHEARSAL: self.rehearse,
            Errand.PURGE: self.purge,
            Errand.EXERCISES: self.exercises,
            Errand.READINESS: self.readiness,
        }

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
        if _asks(ask, "help"):
            return await self._forget_help(moment, texts)
        found = await self.rehearsals.of(moment.snapshot.id)
        if not found:
            return TextReply(texts("said.nothing_to_purge"), private=True)
        done = await self.rehearsals.purge(found)
        said = texts.plural("said.purged", done.rehearsals, n=done.rehearsals, lines=done.lines)
        return TextReply(said, private=True)

    async def _forget_help(self, moment: Moment, texts: Catalogue) -> TextReply:
        """The requests for help of a sitting that is over, and the telephone numbers of its roll."""
        if moment.snapshot.sitting.course.phase is not Phase.CLOSED:
            return TextReply(texts("said.help_not_forgotten"), private=True)
        gone = await self.forgetting.forget(moment.snapshot.id)
        return TextReply(texts.plural("said.help_forgotten", gone, n=gone), private=True)

    async def exercises(self, turn: Turn, moment: Moment | None, ask: Ask) -> Reply:
        """The next exercise of whoever asks."""
        texts = _texts(turn)
        if moment is None:
            return TextReply(texts("refusal.sitting_unknown"), private=True)
        if is_practice(moment.snapshot.id) and ask.payload.kind == Exercise.NETWORK:
            return await self.coach.understood(moment, turn)
        rehearsal = await self._common(moment.snapshot.id)
        if rehearsal is None:
            return TextReply(texts("said.no_rehearsal"), private=True)
        member = moment.snapshot.sitting.roll[moment.person]
        if not (member.votes or member.substitute_for):
            return TextReply(texts("said.exercises_for_members"), private=True)
        reply = await self.coach.begin(rehearsal, turn, moment.person)
        return replace(reply, card=marks.marked(reply.card, texts)) if not is_rehearsal(moment.snapshot.id) else reply

    async def readiness(self, turn: Turn, moment: Moment | None, ask: Ask) -> Reply:
        """Who is ready; from its button, a private word to the others."""
        texts = _texts(turn)
        if moment is None or not helps(moment.snapshot.sitting, moment.person):
            return TextReply(texts("said.support_only"), private=True)
        rehearsal = await self._common(moment.snapshot.id, also_purged=True)
        if rehearsal is None:
            return TextReply(texts("said.no_rehearsal"), private=True)
        whole = await board(self.rehearsals.core, rehearsal)
        reminded = None
        if ask.payload.kind == "remind":
            reminded = await self.rehearsals.remind(rehearsal, [row.trainee.person for row in whole.to_call])
        home = rehearsal.official if rehearsal.purged_at is not None else None
        phones = await self.rehearsals.core.aside.help.phones(home or rehearsal.sitting)
        figures = cards.Figures(
            ready=whole.ready,
            to_call=[
                cards.ToCall(name=r.trainee.name, why=why(r, texts), phone=phones.get(r.trainee.person, ""))
                for r in whole.to_call
            ],
            page_url=self.links.page(rehearsal.sitting) if self.links is not None else None,
            table_url=self.links.table(rehearsal.sitting) if self.links is not None else None,
            number=ask.payload.page,
            reminded=reminded,
        )
        card = cards.readiness(moment.snapshot.sitting.facts, figures, texts)
        return CardReply(card, summary=str(card["speak"]), private=True)

    async def _common(self, sitting: SittingId, *, also_purged: bool = False) -> Rehearsal | None:
        """The newest rehearsal that this is, or that was held for it; never one member's own."""
        found = await self.rehearsals.of(sitting, also_purged=also_purged)
        return next((r for r in found if r.number > 0), None)


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
