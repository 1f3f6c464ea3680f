"""The minutes while they are written, and on their way: submitted, approved, signed, published, archived."""

from dataclasses import dataclass

from voting.domain.base import Event
from voting.domain.events.incidents import IncidentWritten
from voting.domain.ids import PersonId, RequestId
from voting.domain.minuting import Approval, NoteSource


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWritten(Event):
    """What was said in that turn, as ``by`` wrote it. The latest one is what the minutes print."""

    turn: RequestId
    text: str
    """Paragraphs parted by line feeds; empty: what was written before is taken away."""
    source: NoteSource


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesCorrected(Event):
    """Something is put right that stands otherwise in the journal, which is not touched. Printed with the minutes."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesSubmitted(Event):
    """The draft is laid before the assembly. It may still be corrected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesApproved(Event):
    """*Arrêté* by the next sitting: the text is final, and is what is signed."""

    approval: Approval


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesSigned(Event):
    """Everybody has signed that very file; it was verified before this was recorded."""

    fingerprint: str
    """SHA-256, in hexadecimal."""
    signers: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesPublished(Event):
    """The signed file is before the public."""

    where: str
    """An address, or in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesArchived(Event):
    """The original is with whoever keeps it for good."""

    reference: str
    """Under which it is found there."""


LifeEvent = MinutesCorrected | MinutesSubmitted | MinutesApproved | MinutesSigned | MinutesPublished | MinutesArchived
MinutingEvent = NoteWritten | IncidentWritten | LifeEvent
