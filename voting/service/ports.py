"""What the service asks of the outside: time, new ids, the signature of checkpoints, the books of training and help.

Implementations are the rim's, and `voting.journal.sql` keeps the books. None of the books is the record: no event is
written in them, and no minutes are drawn from them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from voting.domain.ids import PersonId, SittingId


class Clock(Protocol):
    """The only source of time."""

    def now(self) -> datetime:
        """The time in UTC, cut to whole milliseconds."""
        ...


class Ids(Protocol):
    """The only source of new names."""

    def new(self) -> str:
        """An unguessable id of at least 96 bits, safe in an address."""
        ...


class CheckpointSigner(Protocol):
    """Holds the journal's private key; nobody else sees it."""

    def sign(self, sitting: str, size: int, root: bytes) -> str:
        """The signed note (C2SP tlog-checkpoint) of that sitting's journal of ``size`` lines."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """What is known of a rehearsal besides its journal, and stays when that is purged."""

    sitting: SittingId
    number: int
    """Counted apart from anything official, from 1; 0 for the exercises of one member."""
    title: str
    opened_at: datetime
    official: SittingId | None = None
    """The sitting whose roll it has."""
    instead_of: SittingId | None = None
    """The sitting whose chat it has taken, and gives back."""
    part_of: SittingId | None = None
    """For the exercises of one member: the rehearsal that they prepare for."""
    owner: PersonId | None = None
    """Whose exercises they are."""
    closed_at: datetime | None = None
    purged_at: datetime | None = None


class RehearsalBook(Protocol):
    """The rehearsals that there were."""

    async def keep(self, rehearsal: Rehearsal) -> None:
        """Add or replace, one per sitting."""
        ...

    async def all(self) -> tuple[Rehearsal, ...]:
        """In the order in which they were opened."""
        ...


class Exercise(StrEnum):
    """What a member tries once before the day, in this order."""

    PRESENT = "present"
    FLOOR = "floor"
    """Ask for the floor, then withdraw."""
    VOTE = "vote"
    CHANGE = "change"
    PROXY = "proxy"
    """Vote for a colleague whose proxy one holds."""
    TYPED = "typed"
    """Vote in words."""
    NETWORK = "network"
    """Know what to do when the network drops."""


class Trial(StrEnum):
    """How far somebody is with an exercise."""

    STARTED = "started"
    FAILED = "failed"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trainee:
    """Somebody who should be ready on the day, as the roll named him."""

    person: PersonId
    name: str
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """Where one person is with one exercise. No vote is in it: not what was answered, only that it went through."""

    person: PersonId
    exercise: Exercise
    trial: Trial
    since: datetime
    """When it was first put before the person."""
    at: datetime
    """Of the last thing that happened."""
    client: str = ""
    """The kind of client, as it names itself."""
    failures: int = 0
    problem: str = ""
    """Code of the last refusal or fault; empty when there was none."""


class ReadinessBook(Protocol):
    """Who is ready. Stays when the votes of the rehearsal are purged."""

    async def enrol(self, rehearsal: SittingId, trainees: Iterable[Trainee]) -> None:
        """Those who are expected, in the order of the roll; once per rehearsal."""
        ...

    async def trainees(self, rehearsal: SittingId) -> tuple[Trainee, ...]:
        """In the order of the roll."""
        ...

    async def note(self, rehearsal: SittingId, attempt: Attempt) -> None:
        """Add or replace, one per (rehearsal, person, exercise)."""
        ...

    async def attempts(self, rehearsal: SittingId) -> tuple[Attempt, ...]:
        """All of them."""
        ...


class HelpState(StrEnum):
    """What became of a request for help."""

    WAITING = "waiting"
    TAKEN = "taken"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpRequest:
    """Somebody asked for a person's help."""

    id: str
    sitting: SittingId
    person: PersonId
    asked_at: datetime
    from_meeting: bool
    """In the meeting's chat, not in his own."""
    doing: str = ""
    """Name of the last command that he gave."""
    problem: str = ""
    """Code of the last refusal or fault that he met."""
    client: str = ""
    state: HelpState = HelpState.WAITING
    taken_by: PersonId | None = None
    taken_at: datetime | None = None
    closed_at: datetime | None = None
    note: str = ""
    """What whoever helped wrote of it."""


class HelpBook(Protocol):
    """Requests for help, and the telephone numbers of the roll: never in a journal."""

    async def put(self, request: HelpRequest) -> None:
        """Add or replace, one per id."""
        ...

    async def take(self, request: str, by: PersonId, at: datetime) -> HelpRequest | None:
        """The request once that person looks after it: of two who press at once, one gets it and both see who."""
        ...

    async def of(self, sitting: SittingId) -> tuple[HelpRequest, ...]:
        """In the order in which they were asked."""
        ...

    async def keep_phones(self, sitting: SittingId, phones: Mapping[PersonId, str]) -> None:
        """The numbers of that roll, in place of those before."""
        ...

    async def phones(self, sitting: SittingId) -> Mapping[PersonId, str]:
        """By person, for those who have one."""
        ...

    async def erase(self, sitting: SittingId) -> int:
        """Forget the requests of that sitting and the numbers of its roll; how many requests there were."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """The books that lie beside the record."""

    rehearsals: RehearsalBook
    readiness: ReadinessBook
    help: HelpBook
