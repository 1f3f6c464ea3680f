"""Event classes of the tests: every kind of field that the journal can hold, independent of the domain."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import NewType

from voting.journal.codec import Codec
from voting.journal.store import Entry

PersonId = NewType("PersonId", str)
Rank = NewType("Rank", int)


class Choice(StrEnum):
    FOR = "for"
    AGAINST = "against"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    at: datetime
    by: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    person: PersonId
    rank: Rank
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(Event):
    title: str
    first: Seat
    seats: tuple[Seat, ...]
    scheduled_for: datetime
    summoned_on: date | None
    is_public: bool
    deputy: Seat | None = None
    words: tuple[str, ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True, kw_only=True)
class Voted(Event):
    poll: str
    member: PersonId
    choice: Choice
    revision: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed(Event):
    pass


WIRE: dict[str, type[Event]] = {"sitting.opened/1": Opened, "vote.cast/2": Voted, "sitting.closed/1": Closed}
CODEC: Codec[Event] = Codec(WIRE)
START = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def voted(number: int, choice: Choice = Choice.FOR) -> Voted:
    """The vote of that number, a millisecond after the one before."""
    at = START + timedelta(milliseconds=number)
    member = PersonId(f"m{number % 60:03d}")
    return Voted(at=at, by=member, poll=f"p{number // 60}", member=member, choice=choice)


def entries(sitting: str, start: int, count: int, *, keys: bool = True) -> list[Entry]:
    """That many votes of a sitting from that seq on, each under its own key."""
    return [
        CODEC.entry(sitting, seq, voted(seq), f"vote/{seq}" if keys else None) for seq in range(start, start + count)
    ]
