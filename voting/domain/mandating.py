"""The proxies of a sitting after one more event: those that live, those given for a later hour, and the next hour."""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from voting.domain import events as e
from voting.domain.ids import PersonId
from voting.domain.proxies import EndedProxy, Proxy, next_hour
from voting.domain.sitting import Sitting

Event = e.ProxyGiven | e.ProxyAccepted | e.ProxyEnded | e.ProxyStarted


def proxied(sitting: Sitting, event: Event) -> Sitting:
    """The sitting after that event."""
    living, planned, ended = dict(sitting.proxies), sitting.planned, sitting.ended_proxies
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
            ended = (*ended, _ended(_planned(planned, event.grantor, event.since), event))
            planned = _without(planned, event.grantor, event.since)
        case e.ProxyEnded():
            ended = (*ended, _ended(living.pop(event.grantor), event))
        case e.ProxyStarted():
            living[event.grantor] = _planned(planned, event.grantor, event.at)
            planned = _without(planned, event.grantor, event.at)
        case _:
            assert_never(event)
    hour = next_hour(living, planned)
    return replace(sitting, proxies=living, planned=planned, ended_proxies=ended, next_hour=hour)


def _ended(proxy: Proxy, event: e.ProxyEnded) -> EndedProxy:
    return EndedProxy(proxy=proxy, at=event.at, reason=event.reason)


def _planned(planned: tuple[Proxy, ...], grantor: PersonId, since: datetime) -> Proxy:
    return next(p for p in planned if (p.grantor, p.since) == (grantor, since))


def _without(planned: tuple[Proxy, ...], grantor: PersonId, since: datetime) -> tuple[Proxy, ...]:
    return tuple(p for p in planned if (p.grantor, p.since) != (grantor, since))
