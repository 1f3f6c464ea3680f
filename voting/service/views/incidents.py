"""The incidents of a sitting as the staff sees them."""

from dataclasses import dataclass
from datetime import datetime

from voting.domain.ids import IncidentId
from voting.domain.incidents import Incident
from voting.domain.minuting import Stage
from voting.domain.sitting import Phase, Sitting
from voting.service.views.parts import ItemView, PersonView, item_view, person_view


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentView:
    """One that stands."""

    id: IncidentId
    number: int
    """Its own for ever: those taken back keep theirs."""
    at: datetime
    text: str
    item: ItemView | None
    person: PersonView | None
    written_by: PersonView


def incidents_view(sitting: Sitting) -> tuple[IncidentView, ...]:
    """Those that stand, in the order of their hours."""
    told = (x for x in sitting.minuting.incidents.values() if x.text)
    return tuple(sorted((_view(sitting, x) for x in told), key=lambda x: (x.at, x.number)))


def can_tell(sitting: Sitting) -> bool:
    """Incidents may be told now: the members are being called or have been, the minutes are not settled."""
    course = sitting.course
    begun = course.phase is not Phase.CONVENED or course.roll_call_open or bool(sitting.register)
    return begun and not sitting.minuting.has(Stage.APPROVED)


def _view(sitting: Sitting, incident: Incident) -> IncidentView:
    return IncidentView(
        id=incident.id,
        number=int(incident.id[1:]),
        at=incident.happened_at,
        text=incident.text,
        item=item_view(sitting, sitting.items[incident.item]) if incident.item is not None else None,
        person=person_view(sitting.roll[incident.person]) if incident.person is not None else None,
        written_by=person_view(sitting.roll[incident.by]),
    )
