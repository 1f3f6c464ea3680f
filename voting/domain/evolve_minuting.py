"""The next state of the minutes that are being written, after one event."""

from voting.domain import events as e
from voting.domain.minuting import Minuting, Note


def minuted(minuting: Minuting, event: e.NoteWritten) -> Minuting:
    """The minutes after that event."""
    note = Note(text=event.text, at=event.at, by=event.by, source=event.source)
    return minuting.noted(event.turn, note if event.text else None)
