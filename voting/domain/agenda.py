"""Where each item stands. The texts themselves are in ``assembly.AgendaItem`` and do not move."""

from collections.abc import Mapping
from dataclasses import dataclass
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
    POSTPONED = "postponed"

    @property
    def is_settled(self) -> bool:
        """Over for this sitting: voted or postponed. An item merely left may be called again."""
        return self in (ItemState.ADOPTED, ItemState.REJECTED, ItemState.POSTPONED)


class PostponeReason(StrEnum):
    """Why an item leaves the sitting."""

    CHAIR = "chair"
    SECRET_BALLOT = "secret_ballot"  # noqa: S105
    """A secret ballot was adopted and cannot be held here (R18)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """State of every item, the one under discussion, and who withdrew from which."""

    states: Mapping[ItemId, ItemState]
    current: ItemId | None = None
    recused: Mapping[ItemId, frozenset[PersonId]]

    def moved(self, item: ItemId, state: ItemState) -> "Agenda":
        """The agenda with that item in that state; it becomes current, or stops being so, accordingly."""
        current = item if state is ItemState.UNDER_DISCUSSION else (None if self.current == item else self.current)
        return Agenda(states={**self.states, item: state}, current=current, recused=self.recused)

    def with_recusal(self, item: ItemId, person: PersonId) -> "Agenda":
        """The agenda after that person withdrew from that item."""
        recused = {**self.recused, item: self.recused.get(item, frozenset()) | {person}}
        return Agenda(states=self.states, current=self.current, recused=recused)

    def is_recused(self, person: PersonId) -> bool:
        """Withdrew from the item under discussion."""
        return self.current is not None and person in self.recused.get(self.current, frozenset())
