"""Who is here, who presides, who keeps the record."""

from dataclasses import dataclass

from voting.domain.attendance import Presence, Source
from voting.domain.base import Command
from voting.domain.ids import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRollCall(Command):
    """Ask everybody to say that they are there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseRollCall(Command):
    """End the call and state the quorum."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAttendance(Command):
    """A person is here, gone or excused: said by himself or by the clerk."""

    person: PersonId
    presence: Presence
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverChair(Command):
    """Let that member lead the sitting from here on."""

    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointSecretary(Command):
    """Name the sitting secretary."""

    person: PersonId
