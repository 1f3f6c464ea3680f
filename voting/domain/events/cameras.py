"""The public is asked to leave, leaves, and comes back (R33)."""

from dataclasses import dataclass

from voting.domain.base import Event
from voting.domain.ids import ItemId, PersonId, PollId


@dataclass(frozen=True, slots=True, kw_only=True)
class InCameraRequested(Event):
    """A member or the chair asks that the assembly sit in camera; it decides on the request by a vote."""

    item: ItemId
    """Under discussion when it was asked; the request is about the sitting."""
    person: PersonId
    needed: int
    """How many must ask, each by a line of his own: one where the chair asks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InCameraBegun(Event):
    """The request was adopted: the public leaves."""

    poll: PollId
    """The one that decided it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InCameraEnded(Event):
    """The sitting is public again."""


CameraEvent = InCameraRequested | InCameraBegun | InCameraEnded
