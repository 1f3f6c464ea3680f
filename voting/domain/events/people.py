"""Who is here, who presides, who keeps the record."""

from dataclasses import dataclass

from voting.domain.attendance import Presence, Source
from voting.domain.base import Event
from voting.domain.ids import PersonId
from voting.domain.quorum import QuorumCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class RollCallOpened(Event):
    """Members are asked to say that they are there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RollCallClosed(Event):
    """The call is over; ``missing`` are the voting members who did not answer."""

    quorum: QuorumCheck
    missing: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceRecorded(Event):
    """A person arrived, moved, left or is excused."""

    person: PersonId
    presence: Presence
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class ChairHandedOver(Event):
    """Another member leads from here on; the casting vote goes with the chair."""

    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretaryAppointed(Event):
    """The assembly's sitting secretary, a member who keeps his vote."""

    person: PersonId
