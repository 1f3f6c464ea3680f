"""The way of the minutes from the chat: where they stand, submitted, approved by the vote of the sitting held here."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot import edge
from bot.cards.minutes_state import minutes_state
from bot.commands.base import Ask, Errand, Moment
from bot.core import Core
from bot.texts import Catalogue, catalogue, language_of
from bot.turn import CardReply, Reply, TextReply, Turn
from voting.domain.commands import ApproveMinutes, ArchiveMinutes, CorrectMinutes, PublishMinutes, SubmitMinutes
from voting.domain.ids import PersonId, SittingId, is_rehearsal
from voting.domain.minuting import Stage
from voting.domain.refusals import Refusal
from voting.domain.sitting import Sitting
from voting.service.live import Snapshot
from voting.service.minuting import read_approval
from voting.service.views.minuting import minuting_view
from voting.wording import catalogue as shared_catalogue

_Wish = Callable[[PersonId], SubmitMinutes | CorrectMinutes | PublishMinutes | ArchiveMinutes]
"""What that person wants recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MinuteErrands:
    """Runs them."""

    core: Core
    now: Callable[[], datetime]

    def table(self) -> Mapping[Errand, Callable[[Turn, Moment | None, Ask], Awaitable[Reply]]]:
        """By errand."""
        return {
            Errand.MINUTES_STATE: self.state,
            Errand.SUBMIT_MINUTES: self.submit,
            Errand.APPROVE_MINUTES: self.approve,
            Errand.CORRECT_MINUTES: self.correct,
            Errand.PUBLISH_MINUTES: self.publish,
            Errand.ARCHIVE_MINUTES: self.archive,
        }

    async def state(self, turn: Turn, moment: Moment | None, ask: Ask) -> Reply:
        """Where the minutes of this sitting stand."""
        texts = _texts(turn)
        return _barred(moment, texts) or self._card(_of(moment).snapshot, texts)

    async def submit(self, turn: Turn, moment: Moment | None, ask: Ask) -> Reply:
        """They are laid before the assembly."""
        return await self._step(turn, moment, lambda by: SubmitMinutes(by=by))

    async def correct(self, turn: Turn, moment: Moment | None, ask: Ask) -> Reply:
        """Something is put right, in the words that follow the command."""
        return await self._said(turn, moment, ask, "correct", lambda by: CorrectMinutes(by=by, text=ask.argument))

    async def publish(self, turn: Turn, moment: Moment | None, ask: Ask) -> Reply:
        """The signed file is before the public, at that address."""
        return await self._said(turn, moment, ask, "publish", lambda by: PublishMinutes(by=by, where=ask.argument))

    async def archive(self, turn: Turn, moment: Moment | None, ask: Ask) -> Reply:
        """The original is kept for good, under that reference."""
        return await self._said(turn, moment, ask, "archive", lambda by: ArchiveMinutes(by=by, reference=ask.argument))

    async def _said(self, turn: Turn, moment: Moment | None, ask: Ask, step: str, wish: _Wish) -> Reply:
        """A step that needs words: without them, how to write it."""
        if _barred(moment, _texts(turn)) is None and not ask.argument.strip():
            return TextReply(_texts(turn)(f"said.{step}_minutes.how"), private=True)
        return await self._step(turn, moment, wish)

    async def _step(self, turn: Turn, moment: Moment | None, wish: _Wish) -> Reply:
        texts = _texts(turn)
        barred = _barred(moment, texts)
        if barred is not None:
            return barred
        here = _of(moment)
        try:
            done = await self.core.writer.submit(here.snapshot.id, wish(here.person))
        except Refusal as refusal:
            return _refused(refusal, here.snapshot.sitting, texts)
        return self._card(done.snapshot, texts)

    async def approve(self, turn: Turn, moment: Moment | None, ask: Ask) -> Reply:
        """The vote of this sitting settles the minutes of the one before, if exactly one waits for it."""
        texts = _texts(turn)
        barred = _barred(moment, texts)
        if barred is not None:
            return barred
        here = _of(moment)
        waiting = await self._waiting(here.snapshot.sitting)
        if len(waiting) != 1:
            return TextReply(texts("said.approve.none" if not waiting else "said.approve.several"), private=True)
        (first,) = waiting
        following = here.snapshot.sitting
        number = ask.argument or following.facts.items[0].number
        try:
            journal = await self.core.writer.history(here.snapshot.id)
            approval = read_approval(first, following, number, journal)
            wish = ApproveMinutes(by=here.person, approval=approval)
            done = await self.core.writer.submit(first.facts.sitting, wish)
        except Refusal as refusal:
            return _refused(refusal, first, texts)
        return self._card(done.snapshot, texts)

    async def _waiting(self, following: Sitting) -> list[Sitting]:
        """The sittings of that body whose minutes were submitted and are not approved."""
        found: list[Sitting] = []
        for identifier in await self.core.store.sittings():
            one = (await self.core.writer.snapshot(SittingId(identifier))).sitting
            same = (one.facts.body, one.facts.body_name) == (following.facts.body, following.facts.body_name)
            if same and one.minuting.stage is Stage.SUBMITTED and one.facts.sitting != following.facts.sitting:
                found.append(one)
        return found

    def _card(self, snapshot: Snapshot, texts: Catalogue) -> CardReply:
        facts = snapshot.sitting.facts
        view = minuting_view(snapshot.sitting, snapshot.rules, self.now())
        card = minutes_state(facts, view, facts.time_zone, texts)
        return CardReply(card, summary=str(card["speak"]), private=True)


def _barred(moment: Moment | None, texts: Catalogue) -> TextReply | None:
    """For the staff of an official sitting alone."""
    if moment is None or not moment.snapshot.sitting.is_staff(moment.person):
        return TextReply(texts("refusal.staff_only"), private=True)
    if is_rehearsal(moment.snapshot.id):
        return TextReply(texts("said.rehearsal_exports_nothing"), private=True)
    return None


def _of(moment: Moment | None) -> Moment:
    if moment is None:  # `_barred` has answered already
        raise LookupError
    return moment


def _refused(refusal: Refusal, sitting: Sitting, texts: Catalogue) -> TextReply:
    shared = shared_catalogue(texts.language)
    return TextReply(edge.refusal_sentence(refusal, sitting, texts, shared), private=True)


def _texts(turn: Turn) -> Catalogue:
    return catalogue(language_of(turn.locale))
