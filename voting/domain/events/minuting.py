"""The minutes while they are written."""

from dataclasses import dataclass

from voting.domain.base import Event
from voting.domain.ids import RequestId
from voting.domain.minuting import NoteSource


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWritten(Event):
    """What was said in that turn, as ``by`` wrote it. The latest one is what the minutes print."""

    turn: RequestId
    text: str
    """Paragraphs parted by line feeds; empty: what was written before is taken away."""
    source: NoteSource
