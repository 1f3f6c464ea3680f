"""What the staff writes into the minutes, and does with them afterwards."""

from dataclasses import dataclass

from voting.domain.base import Command
from voting.domain.ids import PersonId, RequestId
from voting.domain.minuting import Approval, NoteSource


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteNote(Command):
    """Write down, change or (with an empty text) take away what was said in a turn."""

    turn: RequestId | None
    """None: the running one, else the last that was heard."""
    text: str
    source: NoteSource = NoteSource.TYPED
    replaces: bool = True
    """False: only where nothing is written yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectMinutes(Command):
    """Put something right that stands otherwise in the journal."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitMinutes(Command):
    """Lay the draft before the assembly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveMinutes(Command):
    """Record that the next sitting approved them. The facts were read in that sitting's journal, never typed."""

    approval: Approval


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSignatures(Command):
    """Record that everybody has signed that file, which was verified."""

    fingerprint: str
    signers: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishMinutes(Command):
    """Record where they are published."""

    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveMinutes(Command):
    """Record under what they are archived."""

    reference: str
