"""Where each item stands. The texts themselves are in ``assembly.AgendaItem`` and do not move."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from voting.domain.ids import ItemId, PersonId


class ItemState(StrEnum):
    """The life of an item in one sitting."""

    PENDING = "pending"
    UNDER_DISCUSSION = "under_discussion"
    CLOSED = "closed"
    """Taken without a vote, or left after one."""
    ADOPTED = "adopted"
    REJECTED = "rejected"
    CHOSEN = "chosen"
    """Somebody was elected, or one of several retained."""
    MOOT = "moot"
    """An amendment that lost its object."""
    POSTPONED = "postponed"

    @property
    def is_settled(self) -> bool:
        """Over for this sitting: voted or postponed. An item merely left may be called again."""
        return self not in (ItemState.PENDING, ItemState.UNDER_DISCUSSION, ItemState.CLOSED)


class PostponeReason(StrEnum):
    """Why an item leaves the sitting."""

    CHAIR = "chair"
    SECRET_BALLOT = "secret_ballot"  # noqa: S105
    """A secret ballot was adopted and cannot be held here (R18)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedRequest:
    """Who asked that an item be voted by name, and whether they are enough."""

    asking: tuple[PersonId, ...]
    stands: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """State of every item, the one under discussion, and who withdrew from which."""

    states: Mapping[ItemId, ItemState]
    current: ItemId | None = None
    recused: Mapping[ItemId, frozenset[PersonId]]
    uncovered: frozenset[ItemId] = frozenset()
    """Where the assembly gave up the secret (CGCT L. 4132-14 al. 2)."""
    order: tuple[ItemId, ...] = ()
    """Every item as it is to be taken, where one was moved; empty: as the summons has them."""
    orders: Mapping[ItemId, tuple[ItemId, ...]] = field(default_factory=dict)
    """The order that the chair gave to the amendments of a text."""
    unopposed: Mapping[ItemId, str] = field(default_factory=dict)
    """Who was alone to stand, on the items where that took effect without a vote."""
    blocks: tuple[tuple[ItemId, ...], ...] = ()
    """The items that will be voted together, in the order of the summons: two or more in each."""

    def moved(self, item: ItemId, state: ItemState) -> "Agenda":
        """The agenda with that item in that state; it becomes current, or stops being so, accordingly."""
        current = item if state is ItemState.UNDER_DISCUSSION else (None if self.current == item else self.current)
        return replace(self, states={**self.states, item: state}, current=current)

    def taking(self, item: ItemId, before: ItemId | None, order: tuple[ItemId, ...]) -> "Agenda":
        """The agenda in that order, but for one item that comes before another, or last."""
        others = [i for i in order if i != item]
        place = others.index(before) if before is not None else len(others)
        return replace(self, order=(*others[:place], item, *others[place:]))

    def block_of(self, item: ItemId) -> tuple[ItemId, ...]:
        """The items voted together with that one, itself included; none where it is voted apart."""
        return next((block for block in self.blocks if item in block), ())

    def apart(self, *items: ItemId) -> "Agenda":
        """The agenda without those items in any block; one that is left alone is voted apart too."""
        left = (tuple(i for i in block if i not in items) for block in self.blocks)
        return replace(self, blocks=tuple(block for block in left if len(block) > 1))

    def with_recusal(self, item: ItemId, person: PersonId) -> "Agenda":
        """The agenda after that person withdrew from that item."""
        return replace(self, recused={**self.recused, item: self.recused.get(item, frozenset()) | {person}})

    def is_recused(self, person: PersonId) -> bool:
        """Withdrew from the item under discussion."""
        return self.current is not None and person in self.recused.get(self.current, frozenset())
