"""A member's vote handed to another, and what ends it."""

from dataclasses import dataclass
from datetime import datetime

from voting.domain.attendance import Source
from voting.domain.base import Event
from voting.domain.ids import PersonId
from voting.domain.proxies import ProxyEnd


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyGiven(Event):
    """Offered; it gives no vote until it is accepted."""

    grantor: PersonId
    holder: PersonId
    source: Source
    since: datetime | None = None
    """The hour from which it is given; None: from this line on."""
    until: datetime | None = None
    """The hour at which it ends by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyAccepted(Event):
    """The holder agrees: he speaks for the grantor's voice, from now on or from the hour for which it was given."""

    grantor: PersonId
    holder: PersonId
    since: datetime | None = None
    """Which one, where it has not begun yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyEnded(Event):
    """The proxy stops here; votes already given stay."""

    grantor: PersonId
    holder: PersonId
    reason: ProxyEnd
    since: datetime | None = None
    """Which one, where it had not begun yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyStarted(Event):
    """The hour for which a proxy was given in advance has come: ``at`` is that hour."""

    grantor: PersonId
    holder: PersonId
    is_accepted: bool
