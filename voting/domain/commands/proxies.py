"""Giving one's vote to another, and taking it back."""

from dataclasses import dataclass
from datetime import datetime

from voting.domain.attendance import Source
from voting.domain.base import Command
from voting.domain.ids import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveProxy(Command):
    """Hand the vote of ``grantor`` to ``holder``."""

    grantor: PersonId
    holder: PersonId
    source: Source
    since: datetime | None = None
    """From that hour on; None: from now on."""
    until: datetime | None = None
    """Until that hour; None: to the end of the sitting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptProxy(Command):
    """Agree to hold the proxy of ``grantor``; None takes the only one offered."""

    grantor: PersonId | None
    since: datetime | None = None
    """The one that begins at that instant; None: the first that waits for an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineProxy(Command):
    """Refuse it."""

    grantor: PersonId | None
    since: datetime | None = None
    """As above."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeProxy(Command):
    """Take one's vote back."""

    grantor: PersonId
    since: datetime | None = None
    """From whoever would hold it from that instant on; None: from everybody, at every hour."""
