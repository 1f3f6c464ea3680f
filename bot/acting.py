"""What somebody does on a page of ours goes the way of a press or of a typed word: same commands, same answers.

Answers for: who that is on the roll, and which card fits now. Leaves what becomes of it to ``activity``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.conduct import Conduct, conduct_of
from bot.ports import Accounts
from bot.traced import Turns
from bot.turn import Conversation, ConversationKind, Reply, Sender, Trigger, Turn, TurnKind
from bot.visitors import Visitor
from voting.domain.ids import PersonId, SittingId
from voting.domain.refusals import SittingUnknown
from voting.service.families import Recorder
from voting.service.live import Snapshot
from voting.service.ports import Clock, HelpBook
from voting.service.views.member import member_view

PAGE = "page"
"""The conversation that a page is: nowhere that the bot could speak."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAct:
    """A button of a card (``verb`` and ``data``) or typed words."""

    verb: str = ""
    data: Mapping[str, object] = field(default_factory=dict)
    text: str = ""
    stamp: str
    """The page's own number of this wish: the same when the browser sends it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A visitor in one sitting."""

    visitor: Visitor
    sitting: SittingId
    person: PersonId
    title: str
    name: str
    is_staff: bool
    time_zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The hour at which the vote that runs was announced to end, and what time it is now."""

    number: int
    until: datetime
    now: datetime
    time_zone: str


class PageActs:
    """Acts of those who are signed in, in the sittings on whose roll they are."""

    def __init__(
        self, activity: Turns, accounts: Accounts, writer: Recorder, help_book: HelpBook, clock: Clock
    ) -> None:
        """The parts of the running bot."""
        self._clock = clock
        self._help = help_book
        self._activity = activity
        self._accounts = accounts
        self._writer = writer

    async def seat(self, visitor: Visitor, sitting: SittingId) -> Seat | None:
        """That account's place; None when it is not on the roll, or when there is no such sitting."""
        person = self._accounts.person(sitting, visitor.tenant_id, visitor.account)
        snapshot = await self._snapshot(sitting) if person is not None else None
        if person is None or snapshot is None:
            return None
        state = snapshot.sitting
        return Seat(
            visitor=visitor,
            sitting=sitting,
            person=person,
            title=state.facts.title,
            name=state.roll[person].full_name,
            is_staff=state.is_staff(person),
            time_zone=state.facts.time_zone,
        )

    async def seats(self, visitor: Visitor) -> list[Seat]:
        """Every place of that account, the newest sitting first."""
        found = [await self.seat(visitor, s) for s in self._accounts.sittings(visitor.tenant_id, visitor.account)]
        return [seat for seat in found if seat is not None]

    async def act(self, seat: Seat, act: PageAct, language: str) -> Reply:
        """What the bot answers; a refusal is a sentence, as in the chat."""
        return await self._activity.on_turn(_turn(seat, act, language))

    async def fitting(self, seat: Seat, language: str) -> Reply:
        """The card that fits now: the ballot while a poll wants this person's voice, else where he stands."""
        snapshot = await self._writer.snapshot(seat.sitting)
        view = member_view(snapshot.sitting, snapshot.rules, seat.person)
        verb = "ballot" if view.poll_open and view.voices else "home"
        return await self.act(seat, PageAct(verb=verb, stamp="fitting"), language)

    async def deadline(self, seat: Seat) -> Deadline | None:
        """The announced end of the vote that runs; None where none runs or none was announced."""
        sitting = (await self._writer.snapshot(seat.sitting)).sitting
        poll = sitting.polls.open_poll()
        if poll is None or poll.ends_at is None:
            return None
        zone = sitting.facts.time_zone
        return Deadline(number=poll.number, until=poll.ends_at, now=self._clock.now(), time_zone=zone)

    async def conduct(self, seat: Seat) -> Conduct | None:
        """What the staff steers by; None for anybody else, even if he was of the staff a moment ago."""
        snapshot = await self._writer.snapshot(seat.sitting)
        return conduct_of(snapshot, seat.person, await self._help.of(seat.sitting))

    async def steering(self, seat: Seat, language: str) -> Reply:
        """The card of the moment: what to say for the chair, what to do for the clerk."""
        conduct = await self.conduct(seat)
        verb = "cues" if conduct is not None and conduct.leads else "sitting"
        return await self.act(seat, PageAct(verb=verb, stamp="steering"), language)

    async def _snapshot(self, sitting: SittingId) -> Snapshot | None:
        try:
            return await self._writer.snapshot(sitting)
        except SittingUnknown:
            return None


def _turn(seat: Seat, act: PageAct, language: str) -> Turn:
    visitor = seat.visitor
    return Turn(
        kind=TurnKind.TEXT if act.text else TurnKind.PRESS,
        activity_id=act.stamp,
        reply_to_id=None,
        conversation=Conversation(
            id=PAGE, kind=ConversationKind.PERSONAL, tenant_id=visitor.tenant_id, service_url="", bot_id=""
        ),
        sender=Sender(user_id="", account=visitor.account, name=visitor.name, tenant_id=visitor.tenant_id),
        tenant_id=visitor.tenant_id,
        text=act.text,
        data=act.data,
        verb=act.verb,
        trigger=Trigger.MANUAL,
        locale=language,
        meeting_id=None,
        raw={},
        client="page",
        is_invoke=True,
        sitting=seat.sitting,
    )
