"""What the service asks of the outside: time, new ids, the signature of checkpoints. Implementations are the rim's."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """The only source of time."""

    def now(self) -> datetime:
        """The time in UTC, cut to whole milliseconds."""
        ...


class Ids(Protocol):
    """The only source of new names."""

    def new(self) -> str:
        """An unguessable id of at least 96 bits, safe in an address."""
        ...


class CheckpointSigner(Protocol):
    """Holds the journal's private key; nobody else sees it."""

    def sign(self, sitting: str, size: int, root: bytes) -> str:
        """The signed note (C2SP tlog-checkpoint) of that sitting's journal of ``size`` lines."""
        ...
