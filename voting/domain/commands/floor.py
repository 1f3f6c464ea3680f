"""What is asked of the speakers' list, of the running turn and of the debate."""

from dataclasses import dataclass

from voting.domain.base import Command
from voting.domain.ids import PersonId, RequestId
from voting.domain.speakers import FloorKind


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


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestFloor(Command):
    """Ask to speak."""

    person: PersonId
    kind: FloorKind


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawFloor(Command):
    """Give up one's place on the list."""

    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveFloor(Command):
    """Give the floor to that request, to that person, or to the next in order when both are None."""

    request: RequestId | None = None
    person: PersonId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndFloor(Command):
    """End the running turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseSpeakersList(Command):
    """Take no new intervention on this item."""
