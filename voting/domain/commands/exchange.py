"""What is asked of an exchange of writings (R50)."""

from dataclasses import dataclass
from datetime import datetime

from voting.domain.base import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenExchange(Command):
    """Open it on the item under discussion, until that hour at least."""

    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProlongExchange(Command):
    """Have it last longer."""

    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteMessage(Command):
    """Write to all the others."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseExchange(Command):
    """End it, once its hour has come."""
