"""What the staff tells of the incidents of a sitting."""

from dataclasses import dataclass
from datetime import datetime

from voting.domain.base import Command
from voting.domain.ids import IncidentId, ItemId, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteIncident(Command):
    """Write down an incident, change it or (with an empty text) take it back."""

    incident: IncidentId | None
    """None: a new one."""
    text: str
    happened_at: datetime | None = None
    """None: now; of one that is written already, the hour that it has."""
    item: ItemId | None = None
    person: PersonId | None = None
