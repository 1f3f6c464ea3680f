"""What is asked of the speakers' list beside asking for the floor, giving and ending it."""

from dataclasses import dataclass

from voting.domain.base import Command
from voting.domain.ids import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseFloor(Command):
    """Stop the clock of the running turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContinueFloor(Command):
    """Let it run again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoFloor(Command):
    """Take back the last giving or ending of the floor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestClosure(Command):
    """Ask for the end of the debate."""

    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineClosure(Command):
    """Let the debate go on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseDebate(Command):
    """End it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSuspension(Command):
    """Ask for a pause."""

    person: PersonId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineSuspension(Command):
    """Refuse the pause that was asked for."""
