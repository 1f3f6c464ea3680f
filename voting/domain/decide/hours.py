"""What the clock alone brings about: proxies that begin or end at the hour for which they were given.

The core has no clock. Each command comes with its instant, and the first one at or after such an hour writes what
the hour brought before its own answer: dated at that hour, by the grantor, whose will it is. Nothing was recorded
in between, else it would have been written then; so a vote opened at *t* sees exactly the proxies of *t*, and a
replay of the same commands gives the same lines. A refused command writes nothing: the next one does it.
"""

from collections.abc import Iterable
from datetime import datetime

from voting.domain import events as e
from voting.domain.commands import PassHour
from voting.domain.evolve import evolve
from voting.domain.proxies import Proxy, ProxyEnd
from voting.domain.sitting import Phase, Sitting

Command = PassHour


def have_passed(sitting: Sitting, now: datetime) -> bool:
    """An hour has come that nobody wrote yet; none comes once the sitting is over."""
    return sitting.next_hour is not None and sitting.next_hour <= now and sitting.course.phase is not Phase.CLOSED


def passed(sitting: Sitting, now: datetime) -> tuple[list[e.SittingEvent], Sitting]:
    """The events of the hours gone by, in order, ends before beginnings; and the sitting after them."""
    events: list[e.SittingEvent] = []
    while sitting.next_hour is not None and sitting.next_hour <= now:
        event = _next(sitting, sitting.next_hour)
        events.append(event)
        sitting = evolve(sitting, event)
    return events, sitting


def _next(sitting: Sitting, hour: datetime) -> e.SittingEvent:
    ending = next((p for p in _in_order(sitting.proxies.values()) if p.until == hour), None)
    if ending is not None:
        return e.ProxyEnded(
            at=hour, by=ending.grantor, grantor=ending.grantor, holder=ending.holder, reason=ProxyEnd.EXPIRED
        )
    starting = next(p for p in _in_order(sitting.planned) if p.since == hour)
    return e.ProxyStarted(
        at=hour,
        by=starting.grantor,
        grantor=starting.grantor,
        holder=starting.holder,
        is_accepted=starting.accepted_at is not None,
    )


def _in_order(proxies: Iterable[Proxy]) -> list[Proxy]:
    return sorted(proxies, key=lambda p: (p.grantor, p.begins))
