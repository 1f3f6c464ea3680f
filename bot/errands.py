"""What a command needs beyond the state of its sitting: which chat holds it, files, a word to the staff."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot import screens
from bot.acquaintance import Acquaintance
from bot.channel import Speaker
from bot.commands.base import Ask, Errand, Moment, Screen, Show
from bot.directory import Directory
from bot.hints import Hints
from bot.outbox import Outbox
from bot.papers import DraftLink, NoCheckpoint
from bot.ports import Accounts, Conversations
from bot.texts import Catalogue, catalogue, language_of
from bot.turn import ConversationKind, Reply, TextReply, Turn
from voting.domain.ids import SittingId, is_rehearsal
from voting.domain.sitting import Phase
from voting.service.families import Recorder

_log = logging.getLogger(__name__)

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
    directory: Directory
    acquaintance: Acquaintance
    hints: Hints

    def table(self) -> Mapping[Errand, Callable[[Turn, Moment | None, Ask], Awaitable[Reply]]]:
        """By errand."""
        return {
            Errand.BIND_MEETING: self.bind_meeting,
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
