"""A member's vote handed to another (*délégation de vote*): bounded in time, never chained, so many per holder.

A proxy *lives* from the moment it is given, or from the hour for which it was given in advance; until then it is
*planned*. Clock times have no command of their own: see ``decide.hours``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from voting.domain.ids import PersonId


class ProxyEnd(StrEnum):
    """Why a proxy stopped."""

    REVOKED = "revoked"
    DECLINED = "declined"
    GRANTOR_ARRIVED = "grantor_arrived"
    HOLDER_LEFT = "holder_left"
    EXPIRED = "expired"
    """The hour until which it was given has come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """One proxy of this sitting."""

    grantor: PersonId
    holder: PersonId
    given_at: datetime
    accepted_at: datetime | None = None
    """The holder's agreement; before it the proxy gives no vote."""
    since: datetime | None = None
    """The hour from which it was given; None: from the moment it was given."""
    until: datetime | None = None
    """The hour at which it ends by itself; None: the end of the sitting."""

    def overlaps(self, since: datetime, until: datetime | None) -> bool:
        """Some instant is in both; one that ends when the other begins has none in common."""
        return (until is None or self.begins < until) and (self.until is None or since < self.until)

    def covers(self, instant: datetime) -> bool:
        """That instant is in it."""
        return self.begins <= instant and (self.until is None or instant < self.until)

    @property
    def begins(self) -> datetime:
        """From when it may give a vote."""
        return self.since if self.since is not None else self.given_at


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedProxy:
    """One that stopped, given or not yet begun."""

    proxy: Proxy
    at: datetime
    reason: ProxyEnd


Proxies = Mapping[PersonId, Proxy]
"""The living proxies, by grantor."""


def held_by(proxies: Proxies, holder: PersonId) -> tuple[Proxy, ...]:
    """The living proxies of that holder, accepted or not, oldest first."""
    return tuple(sorted((p for p in proxies.values() if p.holder == holder), key=lambda p: (p.given_at, p.grantor)))


def most_at_once(held: Iterable[Proxy], since: datetime, until: datetime | None) -> int:
    """How many of these there are at the fullest instant of that stretch."""
    overlapping = [p for p in held if p.overlaps(since, until)]
    instants = [since, *(p.begins for p in overlapping if p.begins > since)]
    return max(sum(p.covers(instant) for p in overlapping) for instant in instants)


def next_hour(proxies: Proxies, planned: Iterable[Proxy]) -> datetime | None:
    """The next clock time at which a proxy begins or ends by itself."""
    hours = [p.until for p in proxies.values() if p.until is not None]
    hours += [p.since for p in planned if p.since is not None]
    return min(hours, default=None)
