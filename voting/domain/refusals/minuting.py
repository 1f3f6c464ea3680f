"""The lawful no of whoever writes the minutes."""

from dataclasses import dataclass

from voting.domain.ids import PersonId
from voting.domain.refusals import Refusal


@dataclass(kw_only=True, eq=False)
class TurnUnknown(Refusal):
    """Nobody has spoken yet, or there is no such turn."""

    code = "turn_unknown"


@dataclass(kw_only=True, eq=False)
class NoteExists(Refusal):
    """Something is written of that turn already, and nobody said to replace it."""

    code = "note_exists"
    person: PersonId
    """Who spoke."""


@dataclass(kw_only=True, eq=False)
class NoteTooLong(Refusal):
    """More than a note holds."""

    code = "note_too_long"
    length: int
    most: int
