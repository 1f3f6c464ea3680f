"""What somebody's departure ends: his turn, his place on the list, the proxies that he held (R29)."""

from datetime import datetime

from voting.domain import events as e
from voting.domain.decide.floor import end_turn
from voting.domain.ids import PersonId
from voting.domain.proxies import ProxyEnd, held_by
from voting.domain.sitting import Sitting


def departure(sitting: Sitting, person: PersonId, by: PersonId, now: datetime) -> list[e.SittingEvent]:
    """The events that come before his leaving is recorded."""
    turn = sitting.speakers.turn
    events = end_turn(sitting, by, now) if turn is not None and turn.person == person else []
    waiting = [r for r in sitting.speakers.waiting if r.person == person]
    events += [e.FloorWithdrawn(at=now, by=by, request=r.id, person=person) for r in waiting]
    held = held_by(sitting.proxies, person)
    return events + [
        e.ProxyEnded(at=now, by=by, grantor=p.grantor, holder=p.holder, reason=ProxyEnd.HOLDER_LEFT) for p in held
    ]
