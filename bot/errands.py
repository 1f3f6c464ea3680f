"""What a command needs beyond the state of its sitting: which chat holds it, files, a word to the staff."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot import edge, screens
from bot.acquaintance import Acquaintance
from bot.commands.base import Ask, Errand, Moment, Screen, Show
from bot.convening import Convener, Pasted
from bot.directory import Directory
from bot.hints import Hints
from bot.moments import typed_moment
from bot.outbox import Outbox, Speaker
from bot.papers import DraftLink, NoCheckpoint
from bot.ports import Accounts, Conversations
from bot.texts import Catalogue, catalogue, language_of
from bot.turn import ConversationKind, Reply, TextReply, Turn
from voting.domain.assembly import Body, Mode
from voting.domain.ids import SittingId, is_rehearsal
from voting.domain.refusals import Refusal
from voting.domain.sitting import Phase
from voting.imports import FileRefused, sentences
from voting.service.convene import TIME_ZONE
from voting.service.families import Recorder
from voting.wording import catalogue as shared_catalogue
from voting.wording.sentences import remark_sentence

_log = logging.getLogger(__name__)

KINDS = frozenset(Body)
MODES = frozenset(Mode)
SHOWN = 12
"""Problems of a file said in one message; the rest waits for the next try."""

MinutesLink = Callable[[SittingId], Awaitable[DraftLink]]
"""Draws up the draft minutes of a closed sitting; where the person can fetch them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Errands:
    """Runs them; one method each, listed in ``table``."""

    writer: Recorder
    accounts: Accounts
    conversations: Conversations
    outbox: Outbox
    speaker: Speaker
    minutes_link: MinutesLink
    convener: Convener
    directory: Directory
    acquaintance: Acquaintance
    hints: Hints

    def table(self) -> Mapping[Errand, Callable[[Turn, Moment | None, Ask], Awaitable[Reply]]]:
        """By errand."""
        return {
            Errand.BIND_MEETING: self.bind_meeting,
            Errand.NEW_SITTING: self.new_sitting,
            Errand.RECONVENE: self.reconvene,
            Errand.MINUTES: self.minutes,
            Errand.ACCOUNTS: self.acquaintance.run,
            Errand.CONNECTED: self.hints.run,
        }

    async def bind_meeting(self, turn: Turn, moment: Moment | None, ask: Ask) -> Reply:
        """In a meeting chat: hold there the newest sitting of which the asker is staff. Elsewhere: the console."""
        texts = _texts(turn)
        if turn.conversation.kind is not ConversationKind.PERSONAL and moment is None:
            sitting = await self._to_hold(turn)
            if sitting is None:
                return TextReply(texts("said.nothing_to_hold"), private=True)
            await self.conversations.bind(sitting, turn.conversation)
            self.directory.look_around(turn.conversation, sitting)
            self.outbox.wake(sitting)
            title = (await self.writer.snapshot(sitting)).sitting.facts.title
            return TextReply(texts("said.bound", title=title), private=True)
        if moment is None:
            return TextReply(texts("said.hold_in_meeting"), private=True)
        staff = moment.snapshot.sitting.is_staff(moment.person)
        return screens.draw(moment, Show(screen=Screen.CONSOLE if staff else Screen.HOME), texts)

    async def new_sitting(self, turn: Turn, moment: Moment | None, ask: Ask) -> Reply:
        """The form, then the sitting that it describes; held at once in a meeting chat that holds none."""
        texts = _texts(turn)
        if not await self.may_convene(turn):
            return TextReply(texts("said.may_not_convene"), private=True)
        pasted = _pasted(ask)
        if pasted is None:
            return screens.new_sitting(texts)
        shared = shared_catalogue(texts.language)
        try:
            done = await self.convener.convene(pasted)
        except FileRefused as refused:
            problems = sentences(refused.problems, shared)
            lines = [shared("import.refused"), *problems[:SHOWN]]
            return TextReply("\n".join([*lines, "…"] if len(problems) > SHOWN else lines), private=True)
        except Refusal as refusal:
            return TextReply(edge.refusal_sentence(refusal, None, texts, shared), private=True)
        if turn.conversation.kind is not ConversationKind.PERSONAL and moment is None:
            if self.conversations.meeting_of(done.sitting) is None:
                await self.conversations.bind(done.sitting, turn.conversation)
                self.directory.look_around(turn.conversation, done.sitting)
            self.outbox.wake(done.sitting)
        self.directory.look_up(done.sitting)
        said = [texts("said.convened", title=done.title, voters=done.voters, items=done.items)]
        said += [remark_sentence(shared, remark) for remark in done.remarks]
        return TextReply("\n".join(said), private=True)

    async def reconvene(self, turn: Turn, moment: Moment | None, ask: Ask) -> Reply:
        """A second sitting on the same agenda, held in the same chat, after one without quorum (R04)."""
        texts = _texts(turn)
        if moment is None or not moment.snapshot.sitting.is_staff(moment.person):
            return TextReply(texts("refusal.staff_only"), private=True)
        if is_rehearsal(moment.snapshot.id):
            return TextReply(texts("said.rehearsal_not_reconvened"), private=True)
        first, when = moment.snapshot, None
        if ask.argument:
            when = typed_moment(ask.argument, first.sitting.facts.scheduled_for)
            if when is None:
                return TextReply(texts("misunderstood.moment", typed=ask.argument), private=True)
        try:
            command = await self.convener.convene_again(first.id, when, moment.person, texts.language)
        except Refusal as refusal:
            shared = shared_catalogue(texts.language)
            return TextReply(edge.refusal_sentence(refusal, first.sitting, texts, shared), private=True)
        meeting = self.conversations.meeting_of(first.id)
        if meeting is not None:
            await self.conversations.bind(command.sitting, meeting)
            self.directory.look_around(meeting, command.sitting)
            self.outbox.wake(command.sitting)
        return TextReply(texts("said.reconvened", title=command.title), private=True)

    async def may_convene(self, turn: Turn) -> bool:
        """Whom the administrator named, and the staff of earlier sittings."""
        identity, allowed = turn.sender.identity, self.convener.allowed
        if identity is None:
            return False
        if allowed is None or identity[1].lower() in allowed:
            return True
        for sitting in self.accounts.sittings(*identity):
            person = self.accounts.person(sitting, *identity)
            known = person is not None and not is_rehearsal(sitting)
            if person is not None and known and (await self.writer.snapshot(sitting)).sitting.is_staff(person):
                return True
        return False

    async def minutes(self, turn: Turn, moment: Moment | None, ask: Ask) -> Reply:
        """The draft of the minutes, for the staff, once the sitting is closed."""
        texts = _texts(turn)
        if moment is None or not moment.snapshot.sitting.is_staff(moment.person):
            return TextReply(texts("refusal.staff_only"), private=True)
        if moment.snapshot.sitting.course.phase is not Phase.CLOSED:
            return TextReply(texts("said.minutes_later"), private=True)
        try:
            link = await self.minutes_link(moment.snapshot.id)
        except NoCheckpoint:
            return TextReply(texts("said.minutes_soon"), private=True)
        return screens.minutes_ready(moment, link.name, link.url, link.fingerprint, texts)

    async def _to_hold(self, turn: Turn) -> SittingId | None:
        if turn.sender.identity is None:
            return None
        for sitting in self.accounts.sittings(*turn.sender.identity):
            if is_rehearsal(sitting):
                continue  # opened where it is held, and taken nowhere else
            person = self.accounts.person(sitting, *turn.sender.identity)
            snapshot = await self.writer.snapshot(sitting)
            if (
                person is not None
                and snapshot.sitting.is_staff(person)
                and snapshot.sitting.course.phase is not Phase.CLOSED
                and self.conversations.meeting_of(sitting) is None
            ):
                return sitting
        return None


def _texts(turn: Turn) -> Catalogue:
    return catalogue(language_of(turn.locale))


def _pasted(ask: Ask) -> Pasted | None:
    """What the form carried; None when it was not filled (a typed command, a date that is none)."""
    given = ask.payload
    if not (given.members and given.agenda and given.day and given.hour) or given.kind not in KINDS:
        return None
    if given.mode not in (None, *MODES):
        return None
    try:
        summoned = date.fromisoformat(given.summoned) if given.summoned else None
        local = datetime.fromisoformat(f"{given.day}T{given.hour}").replace(tzinfo=ZoneInfo(TIME_ZONE))
    except ValueError:
        return None
    return Pasted(
        members=given.members,
        agenda=given.agenda,
        kind=str(given.kind),
        scheduled_for=local.astimezone(UTC),
        summons_mentions_remote=given.remote == "true",
        mode=Mode(given.mode or Mode.REMOTE),
        standing_orders=given.orders or "",
        summoned_on=summoned,
        is_urgent=given.urgent == "true",
    )
