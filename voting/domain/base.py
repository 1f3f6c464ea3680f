"""What every event and every command has. Their kinds are in ``events`` and ``commands``."""

from dataclasses import dataclass
from datetime import datetime

from voting.domain.ids import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A fact of the sitting."""

    at: datetime
    by: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A wish of that person."""

    by: PersonId
