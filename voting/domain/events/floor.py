"""The speakers' list, the running turn and its clock, and what members ask of the debate."""

from dataclasses import dataclass

from voting.domain.base import Event
from voting.domain.ids import ItemId, PersonId, RequestId
from voting.domain.speakers import FloorKind


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorPaused(Event):
    """The clock of the running turn stops; the speaker keeps the floor."""

    request: RequestId
    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorResumed(Event):
    """It runs again."""

    request: RequestId
    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorUndone(Event):
    """The last giving or ending of the floor was a mistake: neither counts. At least one of the two is named."""

    withdrawn: RequestId | None
    """The turn that was given by mistake: never spoken, its request waits again at its place."""
    restored: RequestId | None
    """The turn that was ended by mistake: it runs on; the time in between is nobody's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosureRequested(Event):
    """A member asks for the end of the debate on the item."""

    item: ItemId
    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosureDeclined(Event):
    """The debate goes on."""

    item: ItemId


@dataclass(frozen=True, slots=True, kw_only=True)
class DebateClosed(Event):
    """The debate ends here: interventions and replies that still wait fall, and no new one is taken."""

    item: ItemId


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspensionRequested(Event):
    """Somebody asks for a pause."""

    person: PersonId
    reason: str
    """As it was typed: how long, what for. May be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspensionDeclined(Event):
    """The sitting goes on; a request that is granted is followed by ``SittingSuspended``."""

    person: PersonId
    """Who had asked."""


FloorEvent = FloorPaused | FloorResumed | FloorUndone | ClosureRequested | ClosureDeclined | DebateClosed
SuspensionEvent = SuspensionRequested | SuspensionDeclined


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorRequested(Event):
    """A member asks to speak."""

    request: RequestId
    item: ItemId | None
    """None: asked between two items (a point of order is possible at any time)."""
    person: PersonId
    kind: FloorKind


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorWithdrawn(Event):
    """A waiting request leaves the list."""

    request: RequestId
    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorGiven(Event):
    """The chair gives the floor."""

    request: RequestId
    person: PersonId
    kind: FloorKind


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorEnded(Event):
    """The running turn ends."""

    request: RequestId
    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakersListClosed(Event):
    """No new intervention on this item; points of order stay possible."""

    item: ItemId
