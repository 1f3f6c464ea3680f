"""What was said: the substance of each speaking turn, as the clerk wrote it down, during the sitting or afterwards."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from voting.domain.ids import PersonId, RequestId

LONGEST = 20_000
"""Characters of one note: ten pages, more than anybody speaks in one turn."""


class NoteSource(StrEnum):
    """How a note came."""

    TYPED = "typed"
    IMPORTED = "imported"
    """Taken over from a transcript."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """The text of one turn as it stands; those before it are in the journal."""

    text: str
    at: datetime
    by: PersonId
    source: NoteSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Minuting:
    """The document while it is written."""

    notes: Mapping[RequestId, Note] = field(default_factory=dict)
    edits: int = 0
    """How often something was written, changed or taken away."""

    def noted(self, turn: RequestId, note: Note | None) -> "Minuting":
        """With that text for that turn; with none where it is taken away."""
        others = {t: n for t, n in self.notes.items() if t != turn}
        notes = others if note is None else {**others, turn: note}
        return Minuting(notes=notes, edits=self.edits + 1)


def tidy(text: str) -> str:
    """What was typed, in paragraphs: no blank ends, no empty lines, no character that cannot be seen or printed."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").split("\n")
    seen = ("".join(c for c in line if unicodedata.category(c) not in _UNSEEN).strip() for line in lines)
    return "\n".join(line for line in seen if line)


_UNSEEN = frozenset({"Cc", "Cs", "Co", "Cn"})
"""Control characters, halves of characters, and those that no standard knows."""
