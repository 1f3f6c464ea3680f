"""Facts that no machine can see, stated by whoever answers for them: broadcast, recording, sound, urgency."""

from dataclasses import dataclass, replace
from enum import StrEnum


class Statement(StrEnum):
    """What is stated."""

    BROADCAST_STARTED = "broadcast_started"
    BROADCAST_STOPPED = "broadcast_stopped"
    RECORDING_STARTED = "recording_started"
    RECORDING_STOPPED = "recording_stopped"
    SOUND_ADMITTED = "sound_admitted"
    """The chair takes those who are only heard for present (R09)."""
    SOUND_REFUSED = "sound_refused"
    URGENCY_ADMITTED = "urgency_admitted"
    """The assembly judged, at the opening, that the matter could not wait (R31)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What stands, of all that was stated."""

    is_broadcast: bool = False
    is_recorded: bool = False
    is_sound_refused: bool = False
    is_sound_judged: bool = False
    """The chair has said what becomes of those who are only heard."""
    is_urgency_admitted: bool = False

    def after(self, statement: Statement) -> "Stated":
        """What stands once that is stated too."""
        match statement:
            case Statement.BROADCAST_STARTED | Statement.BROADCAST_STOPPED:
                return replace(self, is_broadcast=statement is Statement.BROADCAST_STARTED)
            case Statement.RECORDING_STARTED | Statement.RECORDING_STOPPED:
                return replace(self, is_recorded=statement is Statement.RECORDING_STARTED)
            case Statement.SOUND_ADMITTED | Statement.SOUND_REFUSED:
                refused = statement is Statement.SOUND_REFUSED
                return replace(self, is_sound_refused=refused, is_sound_judged=True)
            case _:  # the one that is left: the urgency
                return replace(self, is_urgency_admitted=True)
