"""The incidents of a sitting, as the staff told them."""

from dataclasses import dataclass
from datetime import datetime

from voting.domain.base import Event
from voting.domain.ids import IncidentId, ItemId, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentWritten(Event):
    """What happened at that hour, as ``by`` wrote it. The latest one of that id is what the minutes print."""

    incident: IncidentId
    happened_at: datetime
    """Not when it was written down: that is ``at``."""
    text: str
    """Paragraphs parted by line feeds; empty: what was written before is taken back."""
    item: ItemId | None
    """On which item; None: on what was under way at that hour."""
    person: PersonId | None
    """Whom it concerns; None: nobody alone."""
