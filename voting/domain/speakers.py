"""The speakers' list: who waits for the floor, in which order, and who has it. Time budgets are the rules' matter."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from voting.domain.ids import ItemId, PersonId, RequestId


class FloorKind(StrEnum):
    """Why the floor is asked for, in order of priority (standing orders, R58)."""

    POINT_OF_ORDER = "point_of_order"
    INTERVENTION = "intervention"


PRIORITY = {FloorKind.POINT_OF_ORDER: 0, FloorKind.INTERVENTION: 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorRequest:
    """One request still waiting."""

    id: RequestId
    person: PersonId
    kind: FloorKind
    asked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakingTurn:
    """The turn that runs now."""

    request: RequestId
    person: PersonId
    kind: FloorKind
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakersList:
    """The list of the item under discussion."""

    item: ItemId | None = None
    waiting: tuple[FloorRequest, ...] = ()
    turn: SpeakingTurn | None = None
    is_closed: bool = False
    requests_made: int = 0
    """How many requests this sitting has seen: the next one's number follows."""

    def ordered(self) -> tuple[FloorRequest, ...]:
        """Points of order first, then first come, first served."""
        return tuple(sorted(self.waiting, key=lambda r: (PRIORITY[r.kind], r.asked_at, int(r.id[1:]))))

    def request_of(self, person: PersonId) -> FloorRequest | None:
        """The waiting request of that person, or None."""
        return next((r for r in self.waiting if r.person == person), None)

    def joined(self, request: FloorRequest) -> "SpeakersList":
        """The list with one more request."""
        return replace(self, waiting=(*self.waiting, request), requests_made=self.requests_made + 1)

    def left(self, request: RequestId) -> "SpeakersList":
        """The list without that request."""
        return replace(self, waiting=tuple(r for r in self.waiting if r.id != request))

    def renewed(self, item: ItemId | None = None) -> "SpeakersList":
        """The list of the next item, or of none. A point of order not yet heard stays; the rest goes with its item."""
        unheard = tuple(r for r in self.waiting if r.kind is FloorKind.POINT_OF_ORDER)
        return SpeakersList(item=item, waiting=unheard, requests_made=self.requests_made)
