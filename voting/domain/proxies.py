"""A member's vote handed to another (*délégation de vote*): one per grantor, bounded in time, never chained."""

from collections.abc import Mapping
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """One proxy of this sitting."""

    grantor: PersonId
    holder: PersonId
    given_at: datetime
    accepted_at: datetime | None = None
    """The holder's agreement; before it the proxy gives no vote."""


Proxies = Mapping[PersonId, Proxy]
"""The living proxies, by grantor."""


def held_by(proxies: Proxies, holder: PersonId) -> tuple[Proxy, ...]:
    """The living proxies of that holder, accepted or not, oldest first."""
    return tuple(sorted((p for p in proxies.values() if p.holder == holder), key=lambda p: (p.given_at, p.grantor)))
