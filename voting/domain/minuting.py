"""The minutes as a document: the substance of each speaking turn, corrections, and how far it has come."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from voting.domain.citations import Citation
from voting.domain.ids import IncidentId, PersonId, RequestId, SittingId
from voting.domain.incidents import Incident

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


class Stage(StrEnum):
    """How far the document has come."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    """Laid before the assembly, which approves it at its next sitting."""
    APPROVED = "approved"
    """*Arrêté*: nothing of it is written any more."""
    SIGNED = "signed"
    PUBLISHED = "published"
    ARCHIVED = "archived"


STAGES = tuple(Stage)


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """The vote of the next sitting that settled the minutes (*arrêté*), as that sitting's own journal has it."""

    sitting: SittingId
    item: str
    """Its number on that agenda."""
    poll: int
    """Its number in that sitting."""
    votes_for: int
    against: int
    abstention: int
    proclaimed_at: datetime
    line: int
    """Where the proclamation stands in that journal, from 1."""
    leaf: str
    """The leaf hash of that line, in hexadecimal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """Whether the minutes are put before the public, and how soon after the sitting that approved them."""

    is_allowed: bool
    days: int | None
    """None: no text sets a delay."""
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesRule:
    """What the law wants of the document."""

    approval: Citation | None
    """Why the next sitting must approve it before it is signed; None: it is signed as it is drawn up."""
    publication: Publication


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Something put right that the journal cannot say otherwise; printed as it was typed."""

    text: str
    at: datetime
    by: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A stage that was reached: when, and who recorded it."""

    stage: Stage
    at: datetime
    by: PersonId
    detail: str = ""
    """The fingerprint of what was signed, where it is published, under what it is archived."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Minuting:
    """The document while it is written, and on its way afterwards."""

    notes: Mapping[RequestId, Note] = field(default_factory=dict)
    edits: int = 0
    """How often something was written, changed or taken away."""
    incidents: Mapping[IncidentId, Incident] = field(default_factory=dict)
    """Every one that was ever told, those taken back included: a number is given once."""
    corrections: tuple[Correction, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    approval: Approval | None = None

    @property
    def stage(self) -> Stage:
        """The furthest one reached; what is archived may be published afterwards."""
        return max((m.stage for m in self.milestones), key=STAGES.index, default=Stage.DRAFT)

    def has(self, stage: Stage) -> bool:
        """That stage, or a later one, is reached."""
        return STAGES.index(self.stage) >= STAGES.index(stage)

    def at(self, stage: Stage) -> Milestone | None:
        """When and by whom that stage was reached; None where it was not, or was not needed."""
        return next((m for m in self.milestones if m.stage is stage), None)

    def noted(self, turn: RequestId, note: Note | None) -> "Minuting":
        """With that text for that turn; with none where it is taken away."""
        others = {t: n for t, n in self.notes.items() if t != turn}
        notes = others if note is None else {**others, turn: note}
        return replace(self, notes=notes, edits=self.edits + 1)

    def told(self, incident: Incident) -> "Minuting":
        """With that incident as it stands now."""
        return replace(self, incidents={**self.incidents, incident.id: incident}, edits=self.edits + 1)

    def corrected(self, correction: Correction) -> "Minuting":
        """With that correction."""
        return replace(self, corrections=(*self.corrections, correction), edits=self.edits + 1)

    def reached(self, milestone: Milestone) -> "Minuting":
        """One stage further."""
        return replace(self, milestones=(*self.milestones, milestone))


def tidy(text: str) -> str:
    """What was typed, in paragraphs: no blank ends, no empty lines, no character that cannot be seen or printed."""
    lines = text.replace("\r", "\n").replace("\t", " ").split("\n")
    seen = ("".join(c for c in line if unicodedata.category(c) not in _UNSEEN).strip() for line in lines)
    return "\n".join(line for line in seen if line)


_UNSEEN = frozenset({"Cc", "Cs", "Co", "Cn"})
"""Control characters, halves of characters, and those that no standard knows."""
