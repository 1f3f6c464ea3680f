"""Items called, left, put off, and who withdraws from them."""

from dataclasses import dataclass

from voting.domain.agenda import PostponeReason
from voting.domain.base import Event
from voting.domain.ids import ItemId, PersonId
from voting.domain.quorum import QuorumCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemCalled(Event):
    """An item comes under discussion; the quorum is checked there and then (R05)."""

    item: ItemId
    quorum: QuorumCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemClosed(Event):
    """An item is left without a vote that decides it."""

    item: ItemId


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPostponed(Event):
    """An item goes to another sitting."""

    item: ItemId
    reason: PostponeReason
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecusalDeclared(Event):
    """A member withdraws from the item: no debate, no vote, no proxy, not counted as present (R24)."""

    item: ItemId
    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemMoved(Event):
    """An item still to come takes its place before that one, or after all the others."""

    item: ItemId
    before: ItemId | None
