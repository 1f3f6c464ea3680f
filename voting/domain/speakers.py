"""The speakers' list: who waits for the floor, who has it and for how long, who had it.

The order of those who wait is in ``queue``, the time that each may use in ``speaking_time``.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from voting.domain.ids import ItemId, PersonId, RequestId


class FloorKind(StrEnum):
    """Why the floor is asked for, in order of priority (standing orders, R58)."""

    POINT_OF_ORDER = "point_of_order"
    ANSWER = "answer"
    """Of the rapporteur, or of the vice-chair in charge: at any time of the debate, also once the list is closed."""
    INTERVENTION = "intervention"
    REPLY = "reply"
    """Right of reply, or reaction to what was said."""
    EXPLANATION = "explanation"
    """Of vote: before the vote opens."""
    PERSONAL_STATEMENT = "personal_statement"
    """*Fait personnel*: at the end of the item."""


PRIORITY = {kind: place for place, kind in enumerate(FloorKind)}

OUTLIVES_ITEM = (FloorKind.POINT_OF_ORDER, FloorKind.PERSONAL_STATEMENT)
"""Kinds that are not about the text: still waiting when their item is over."""

DEBATE = (FloorKind.INTERVENTION, FloorKind.REPLY)
"""Kinds that the closing of the list, or of the debate, puts an end to."""


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
    paused_at: datetime | None = None
    """Since when its clock stands still; None while it runs."""
    idle: timedelta = timedelta()
    """How long it stood still before."""

    @property
    def counted_from(self) -> datetime:
        """The instant from which the clock would have run without a pause."""
        return self.since + self.idle

    def spoken(self, now: datetime) -> timedelta:
        """The time used, pauses apart."""
        return (now if self.paused_at is None else self.paused_at) - self.counted_from

    def paused(self, at: datetime) -> "SpeakingTurn":
        """The turn with its clock stopped."""
        return replace(self, paused_at=at)

    def running(self, at: datetime, stopped_at: datetime | None) -> "SpeakingTurn":
        """The turn with its clock running again, after it stopped then."""
        idle = self.idle if stopped_at is None else self.idle + (at - stopped_at)
        return replace(self, paused_at=None, idle=idle)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardTurn:
    """A turn that is over."""

    request: RequestId
    person: PersonId
    kind: FloorKind
    item: ItemId | None
    spoken: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorAct:
    """What the last giving or ending of the floor changed, so that it can be taken back."""

    at: datetime
    ended: SpeakingTurn | None = None
    given: RequestId | None = None
    request: FloorRequest | None = None
    """What waited before it was given; None where the chair gave the floor to somebody who had not asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakersList:
    """The list of the item under discussion, and all the turns of the sitting so far."""

    item: ItemId | None = None
    waiting: tuple[FloorRequest, ...] = ()
    turn: SpeakingTurn | None = None
    is_closed: bool = False
    requests_made: int = 0
    """How many requests this sitting has seen: the next one's number follows."""
    heard: tuple[HeardTurn, ...] = ()
    last: FloorAct | None = None
    """None when there is nothing that may be taken back."""
    closure_asked_by: PersonId | None = None
    is_debate_closed: bool = False

    @property
    def turns(self) -> "tuple[HeardTurn | SpeakingTurn, ...]":
        """Every turn so far in order, the running one last; what was given by mistake is none."""
        return self.heard if self.turn is None else (*self.heard, self.turn)

    def request_of(self, person: PersonId) -> FloorRequest | None:
        """The waiting request of that person, or None."""
        return next((r for r in self.waiting if r.person == person), None)

    def joined(self, request: FloorRequest) -> "SpeakersList":
        """The list with one more request."""
        return replace(self, waiting=(*self.waiting, request), requests_made=self.requests_made + 1)

    def left(self, request: RequestId) -> "SpeakersList":
        """The list without that request."""
        return replace(self, waiting=tuple(r for r in self.waiting if r.id != request))

    def settled(self) -> "SpeakersList":
        """The list from which nothing can be taken back any more."""
        return replace(self, last=None)

    def renewed(self, item: ItemId | None = None) -> "SpeakersList":
        """The list of the next item, or of none. What is not about the text and not yet heard stays."""
        unheard = tuple(r for r in self.waiting if r.kind in OUTLIVES_ITEM)
        return SpeakersList(item=item, waiting=unheard, requests_made=self.requests_made, heard=self.heard)
