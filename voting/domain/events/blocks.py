"""Several items put to one vote, and those taken out of it. Part of ``events``, and released like it."""

from dataclasses import dataclass
from enum import StrEnum

from voting.domain.base import Event
from voting.domain.ids import ItemId


class RemovalReason(StrEnum):
    """Why an item is voted apart after all."""

    REQUESTED = "requested"
    """``by`` asked for a separate vote, or the staff undid what it had put together."""
    RECUSAL = "recusal"
    """Somebody withdrew from it: its electors are no longer those of the others."""
    SECRET_BALLOT = "secret_ballot"  # noqa: S105
    """A secret ballot was asked for on it alone."""
    POSTPONED = "postponed"


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockFormed(Event):
    """These items, in the order of the summons, will be voted together: one voice of each elector on each of them."""

    items: tuple[ItemId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockItemRemoved(Event):
    """An item leaves those voted together, before the vote opens."""

    item: ItemId
    reason: RemovalReason
