"""An incident of the sitting, as the staff tells it: a broken transmission, a disturbance, a remark of the chair."""

from dataclasses import dataclass
from datetime import datetime

from voting.domain.ids import IncidentId, ItemId, PersonId

LONGEST = 4_000
"""Characters of one incident: what happened, not a report of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One of them as it stands; those texts before it are in the journal."""

    id: IncidentId
    happened_at: datetime
    """The hour that was told, which is its place in the minutes; it may be written down later."""
    text: str
    """Empty: it was taken back."""
    item: ItemId | None
    """On what it happened; None: on what was under way at that hour."""
    person: PersonId | None
    """Whom it concerns; None: nobody alone."""
    by: PersonId
    """Who wrote it last."""
