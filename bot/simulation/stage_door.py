"""The way in for simulated members of a rehearsal that people run: behind the door of Teams, and only to rehearsals.

Answers for: what they do being turns like everybody's, given to an ``Activity`` of their own. Its writer is that of the
rehearsals, which refuses any other sitting; its book knows nobody but them; what it answers is returned to the caller
and posted nowhere. Nothing that comes from outside leads here.
"""

import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping

from bot.activity import Activity
from bot.calls import Call, Calls
from bot.commands import vocabulary
from bot.commands.base import Act, Ask, Errand, Moment
from bot.directory import Directory
from bot.hints import Hints, NotInTheCall
from bot.ports import Link, Seen
from bot.receipts import Receipts
from bot.turn import CardReply, Conversation, ConversationKind, Reply, Sender, TextReply, Trigger, Turn, TurnKind
from bot.witness import Traces
from voting.domain.events import SittingEvent
from voting.domain.ids import PersonId, SittingId, is_rehearsal
from voting.journal.codec import Codec
from voting.service.families import Shelf
from voting.service.handle import Done
from voting.service.ports import Clock

RunErrand = Callable[[Turn, Moment | None, Ask], Awaitable[Reply]]
TENANT = "simulated"
"""No tenant of Microsoft has such an id, and no link of a person carries it."""
CLIENT = "simulated"


class NotARehearsal(Exception):
    """Simulated members were to sit in a real sitting."""


class Seats:
    """Who is simulated in which rehearsal: satisfies ``Accounts``, and knows nobody else."""

    def __init__(self) -> None:
        """Nobody yet."""
        self._seats: dict[SittingId, set[PersonId]] = {}

    def fill(self, sitting: SittingId, people: Iterable[PersonId]) -> None:
        """Have these simulated there. Raises ``NotARehearsal``."""
        if not is_rehearsal(sitting):
            raise NotARehearsal(sitting)
        self._seats[sitting] = set(people)

    def free(self, sitting: SittingId, person: PersonId | None = None) -> None:
        """Nobody plays that member any more; without one, nobody plays there."""
        if person is None:
            self._seats.pop(sitting, None)
        else:
            self._seats.get(sitting, set()).discard(person)

    def filled(self, sitting: SittingId) -> frozenset[PersonId]:
        """Those who are simulated there."""
        return frozenset(self._seats.get(sitting, ()))

    def sittings_with_seats(self) -> tuple[SittingId, ...]:
        """The rehearsals where somebody is simulated."""
        return tuple(self._seats)

    async def link(self, links: Iterable[Link]) -> None:
        """A simulated member is no account: nothing is written."""

    async def met(self, sitting: SittingId, person: PersonId, user_id: str) -> None:
        """Nor has he an address."""

    def person(self, sitting: SittingId, tenant_id: str, account: str) -> PersonId | None:
        """Who that account is in that sitting."""
        known = PersonId(account)
        return known if tenant_id == TENANT and known in self._seats.get(sitting, ()) else None

    def sittings(self, tenant_id: str, account: str) -> tuple[SittingId, ...]:
        """Turns from here name their sitting."""
        return ()

    def links(self, sitting: SittingId) -> tuple[Link, ...]:
        """None."""
        return ()

    def awaiting(self, tenant_id: str, address: str) -> tuple[Link, ...]:
        """None."""
        return ()

    def awaits_anybody(self, tenant_id: str) -> bool:
        """Nobody."""
        return False


class _Nowhere:
    """No chat, no roster, no call: satisfies ``Conversations``, ``Roster`` and ``Attendants``."""

    async def bind(self, sitting: SittingId, conversation: Conversation) -> None: ...

    async def remember(self, conversation: Conversation, tenant_id: str, account: str | None) -> None: ...

    def sitting_of(self, conversation_id: str) -> SittingId | None:
        return None

    def meeting_of(self, sitting: SittingId) -> Conversation | None:
        return None

    def personal(self, tenant_id: str, account: str) -> Conversation | None:
        return None

    async def people(self, conversation: Conversation) -> AsyncIterator[Seen]:
        nobody: tuple[Seen, ...] = ()
        for seen in nobody:
            yield seen

    async def is_connected(self, call: Call, tenant_id: str, account: str) -> bool:
        raise NotInTheCall


class _NoWitness:
    """Nobody learns anything here: what a simulated member does makes nobody ready. Satisfies ``Witness``."""

    async def acted(self, turn: Turn, moment: Moment, act: Act, done: Done) -> CardReply | None:
        return None

    async def shown(self, turn: Turn, moment: Moment, reply: CardReply) -> CardReply:
        return reply

    async def stumbled(self, turn: Turn, moment: Moment, act: Act | None, problem: str) -> None: ...


class StageDoor:
    """Takes what a simulated member types or presses; gives what he would see."""

    def __init__(
        self,
        rehearsals: Shelf,
        codec: Codec[SittingEvent],
        *,
        clock: Clock,
        traces: Traces,
        errands: Mapping[Errand, RunErrand],
        language: str,
    ) -> None:
        """``errands``: those that such a member may send somebody on; any other is declined."""
        self.seats = Seats()
        self.language = language
        self._count = itertools.count()
        nowhere = _Nowhere()
        self._activity = Activity(
            writer=rehearsals.writer,
            codec=codec,
            accounts=self.seats,
            conversations=nowhere,
            directory=Directory(nowhere, self.seats),
            hints=Hints(calls=Calls(), accounts=self.seats, conversations=nowhere, attendants=nowhere),
            vocabulary=vocabulary(),
            receipts=Receipts(),
            errands={errand: errands.get(errand, _declined) for errand in Errand},
            now=clock.now,
            witness=_NoWitness(),
            traces=traces,
            closing=_nothing_to_say,
            helped=_nothing_to_tell,
        )

    async def say(self, sitting: SittingId, person: PersonId, text: str) -> Reply:
        """He types that to the bot, alone with it."""
        return await self._turn(sitting, person, TurnKind.TEXT, text=text)

    async def press(self, sitting: SittingId, person: PersonId, verb: str, data: Mapping[str, object]) -> Reply:
        """He presses that button of a card."""
        return await self._turn(sitting, person, TurnKind.PRESS, verb=verb, data=data)

    async def _turn(
        self,
        sitting: SittingId,
        person: PersonId,
        kind: TurnKind,
        *,
        text: str = "",
        verb: str = "",
        data: Mapping[str, object] | None = None,
    ) -> Reply:
        if not is_rehearsal(sitting):
            raise NotARehearsal(sitting)
        name = f"simulated-{sitting}-{person}"
        turn = Turn(
            kind=kind,
            activity_id=f"{name}-{next(self._count)}",
            reply_to_id=None,
            conversation=Conversation(
                id=name, kind=ConversationKind.PERSONAL, tenant_id=TENANT, service_url="", bot_id=""
            ),
            sender=Sender(user_id="", account=str(person), name="", tenant_id=TENANT),
            tenant_id=TENANT,
            text=text,
            data=data or {},
            verb=verb,
            trigger=Trigger.MANUAL,
            locale=self.language,
            meeting_id=None,
            raw={},
            client=CLIENT,
            is_invoke=kind is TurnKind.PRESS,
            sitting=str(sitting),
        )
        return await self._activity.on_turn(turn)


async def _declined(turn: Turn, moment: Moment | None, ask: Ask) -> Reply:
    return TextReply("", private=True)


async def _nothing_to_tell(moment: Moment) -> None:
    return None


async def _nothing_to_say(turn: Turn, moment: Moment, ask: Ask) -> Reply:
    return None
