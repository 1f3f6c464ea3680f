"""What the call suggests about attendance, and the errand that shows it to those who run the sitting.

Answers for: suggesting, never recording: Teams knows who is connected, not who takes part.
"""

import asyncio
from dataclasses import dataclass, field
from typing import Protocol

from bot import screens
from bot.calls import Call, Calls
from bot.cards.connected import ConnectedView
from bot.commands.base import Ask, Moment
from bot.ports import Accounts, Conversations, Link
from bot.texts import catalogue, language_of
from bot.turn import Reply, TextReply, Turn
from voting.domain.assembly import Member
from voting.domain.attendance import Presence
from voting.domain.ids import PersonId, SittingId
from voting.domain.sitting import Sitting
from voting.service.views.parts import person_view

PATIENCE = 3.0
MOST_ASKED = 120
"""People about whom Teams is asked one by one, where it does not send who joins."""


class NotInTheCall(Exception):
    """Teams does not say that this person is connected: not there, too many participants, or no answer."""


class Attendants(Protocol):
    """Asks Teams about one person."""

    async def is_connected(self, call: Call, tenant_id: str, account: str) -> bool:
        """Whether that person is in the call now. Raises ``NotInTheCall`` when Teams cannot say."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """Where the call and the register disagree."""

    unanswered: tuple[PersonId, ...]
    """Connected, expected, and not noted as here."""
    left: tuple[PersonId, ...]
    """Noted as taking part from afar, and no longer connected."""
    strangers: int
    """Connected without an account, or with one that is not on the roll."""

    def __bool__(self) -> bool:
        return bool(self.unanswered or self.left)


NOTHING = Hint(unanswered=(), left=(), strangers=0)


def hint(sitting: Sitting, links: tuple[Link, ...], call: Call) -> Hint:
    """Those who hold a vote, in the order of the roll."""
    people = {(link.tenant_id, link.account): link.person for link in links if link.account is not None}
    here = {people[who] for who in call.here if who in people}
    gone = {people[who] for who in call.gone if who in people}
    expected = _expected(sitting)
    return Hint(
        unanswered=tuple(p for p in expected if p in here and not sitting.is_here(p)),
        left=tuple(p for p in expected if p in gone and sitting.presence(p) is Presence.REMOTE),
        strangers=len(call.nameless) + sum(1 for who in call.here if who not in people),
    )


def _expected(sitting: Sitting) -> list[PersonId]:
    return [m.id for m in sitting.facts.members if m.votes or _stands_in(sitting, m)]


def _stands_in(sitting: Sitting, member: Member) -> bool:
    """A substitute is expected where the member replaced is not there."""
    return member.substitute_for is not None and not sitting.is_here(member.substitute_for)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """Computes them for a sitting and runs the errand."""

    calls: Calls
    accounts: Accounts
    conversations: Conversations
    attendants: Attendants
    _asking: dict[SittingId, asyncio.Task[None]] = field(default_factory=dict)

    def of(self, sitting: Sitting) -> Hint:
        """Costs nothing where no meeting has said anything."""
        call = self._call(sitting)
        return NOTHING if call is None else hint(sitting, self.accounts.links(sitting.facts.sitting), call)

    async def run(self, turn: Turn, moment: Moment | None, ask: Ask) -> Reply:
        """The card, after asking Teams where it does not tell by itself."""
        texts = catalogue(language_of(turn.locale))
        if moment is None or not moment.snapshot.sitting.is_staff(moment.person):
            return TextReply(texts("refusal.staff_only"), private=True)
        sitting = moment.snapshot.sitting
        call = self._call(sitting)
        if call is not None and not call.is_told and call.meeting_id is not None:
            await self._ask(sitting, call)
        found = self.of(sitting)
        view = ConnectedView(
            unanswered=[person_view(sitting.roll[p]) for p in found.unanswered],
            left=[person_view(sitting.roll[p]) for p in found.left],
            strangers=found.strangers,
            connected=len(call.here) + len(call.nameless) if call is not None else 0,
            is_heard=call is not None and (call.is_told or bool(call.here)),
        )
        return screens.connected(moment, view, ask.payload.page, texts)

    async def close(self) -> None:
        """Drop what is being asked."""
        for task in self._asking.values():
            task.cancel()
        await asyncio.gather(*self._asking.values(), return_exceptions=True)

    def _call(self, sitting: Sitting) -> Call | None:
        chat = self.conversations.meeting_of(sitting.facts.sitting)
        return self.calls.of(chat.id) if chat is not None else None

    async def _ask(self, sitting: Sitting, call: Call) -> None:
        """About everybody of the roll; a second press waits for the same answers."""
        name = sitting.facts.sitting
        task = self._asking.get(name)
        if task is None or task.done():
            expected = _expected(sitting)
            links = [one for one in self.accounts.links(name) if one.account is not None and one.person in expected]
            links.sort(key=lambda one: sitting.is_here(one.person))  # first those about whom there is a question
            links = links[:MOST_ASKED]
            task = self._asking[name] = asyncio.get_running_loop().create_task(self._ask_about(links, call))
        await asyncio.wait([task], timeout=PATIENCE)

    async def _ask_about(self, links: list[Link], call: Call) -> None:
        for link in links:
            identity = link.tenant_id, link.account or ""
            try:
                is_connected = await self.attendants.is_connected(call, *identity)
            except NotInTheCall:
                continue
            (call.here.add if is_connected else call.here.discard)(identity)
