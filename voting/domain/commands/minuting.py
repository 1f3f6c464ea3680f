"""What the staff writes into the minutes."""

from dataclasses import dataclass

from voting.domain.base import Command
from voting.domain.ids import RequestId
from voting.domain.minuting import NoteSource


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteNote(Command):
    """Write down, change or (with an empty text) take away what was said in a turn."""

    turn: RequestId | None
    """None: the running one, else the last that was heard."""
    text: str
    source: NoteSource = NoteSource.TYPED
    replaces: bool = True
    """False: only where nothing is written yet."""
