"""The proxies of a sitting after one more event: those that live, those given for a later hour, and the next hour."""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from voting.domain import events as e
from voting.domain.ids import PersonId
from voting.domain.proxies import Proxy, next_hour
from voting.domain.sitting import Sitting

Event = e.ProxyGiven | e.ProxyAccepted | e.ProxyEnded | e.ProxyStarted


def proxied(sitting: Sitting, event: Event) -> Sitting:
    """The sitting after that event."""
    living, planned = dict(sitting.proxies), sitting.planned
    match event:
        case e.ProxyGiven():
            given = Proxy(
                grantor=event.grantor, holder=event.holder, given_at=event.at, since=event.since, until=event.until
            )
            if event.since is not None and event.since > event.at:
                planned = (*planned, given)
            else:
                living[event.grantor] = given
        case e.ProxyAccepted() if event.since is not None:
            accepted = replace(_planned(planned, event.grantor, event.since), accepted_at=event.at)
            planned = (*_without(planned, event.grantor, event.since), accepted)
        case e.ProxyAccepted():
            living[event.grantor] = replace(living[event.grantor], accepted_at=event.at)
        case e.ProxyEnded() if event.since is not None:
            planned = _without(planned, event.grantor, event.since)
        case e.ProxyEnded():
            del living[event.grantor]
        case e.ProxyStarted():
            living[event.grantor] = _planned(planned, event.grantor, event.at)
            planned = _without(planned, event.grantor, event.at)
        case _:
            assert_never(event)
    return replace(sitting, proxies=living, planned=planned, next_hour=next_hour(living, planned))


def _planned(planned: tuple[Proxy, ...], grantor: PersonId, since: datetime) -> Proxy:
    return next(p for p in planned if (p.grantor, p.since) == (grantor, since))


def _without(planned: tuple[Proxy, ...], grantor: PersonId, since: datetime) -> tuple[Proxy, ...]:
    return tuple(p for p in planned if (p.grantor, p.since) != (grantor, since))
