"""Who sits where on the seating plan, and what each seat shows.

Answers for: groups from left to right, one state per seat, the figures of each group. Leaves shapes to `drawing`.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from string import ascii_uppercase

from voting.domain.attendance import Presence
from voting.domain.polls import PollState
from voting.domain.ruleset import VotingMethod
from voting.service.views.board import BoardView, SeatView
from voting.service.views.parts import PersonView


class Look(StrEnum):
    """What a seat shows: a vote while a poll is on screen, else whether its member is there."""

    FOR = "for"
    AGAINST = "against"
    ABSTENTION = "abstention"
    NOT_TAKING_PART = "not_taking_part"
    NO_ANSWER = "no_answer"
    SECRET = "secret"  # noqa: S105
    """Votes on paper: nobody knows whether, nor what."""
    BLANK = "blank"
    INVALID = "invalid"
    VOTED = "voted"
    WAITING = "waiting"
    OUTSIDE = "outside"
    PRESENT = "present"
    REPRESENTED = "represented"
    EXCUSED = "excused"
    ABSENT = "absent"


RESULT = (Look.FOR, Look.AGAINST, Look.ABSTENTION, Look.NOT_TAKING_PART, Look.NO_ANSWER, Look.OUTSIDE)
ON_PAPER = (Look.VOTED, Look.SECRET, Look.OUTSIDE)
RUNNING = (Look.VOTED, Look.WAITING, Look.OUTSIDE)
ATTENDANCE = (Look.PRESENT, Look.REPRESENTED, Look.EXCUSED, Look.ABSENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One seat at its place in the room."""

    number: int
    """From the left, 0 first: also the name of the seat on the page."""
    person: PersonView
    look: Look
    presence: Look
    by: PersonView | None
    """Who gives this seat's voice while its member is away."""
    has_floor: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A political group, from left to right in the order in which the roll first names it."""

    letter: str
    name: str
    """Empty for those who sit in no group."""
    places: tuple[Place, ...]

    @property
    def figures(self) -> Mapping[Look, int]:
        """How many seats of the group show what."""
        return Counter(place.look for place in self.places)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seating:
    """The whole room."""

    groups: tuple[Group, ...]
    legend: tuple[Look, ...]
    """What seats may show now, in the order in which it is said."""

    @property
    def places(self) -> tuple[Place, ...]:
        """Every seat, from left to right."""
        return tuple(place for group in self.groups for place in group.places)

    @property
    def figures(self) -> Mapping[Look, int]:
        """How many seats show what."""
        return Counter(place.look for place in self.places)


def seating(view: BoardView) -> Seating:
    """The room as the board has it."""
    groups: dict[str, list[SeatView]] = {}
    for seat in view.seats:
        groups.setdefault(seat.person.group, []).append(seat)
    shows_poll = view.poll is not None and view.poll.state is not PollState.ANNULLED
    speaker = view.turn.person.id if view.turn is not None else None
    seated, number = [], 0
    for rank, (name, seats) in enumerate(groups.items()):
        places = tuple(
            Place(
                number=number + place,
                person=seat.person,
                look=Look(seat.mark.value) if shows_poll else attendance(seat),
                presence=attendance(seat),
                by=seat.represented_by,
                has_floor=seat.person.id == speaker,
            )
            for place, seat in enumerate(seats)
        )
        seated.append(Group(letter=_letter(rank), name=name, places=places))
        number += len(places)
    return Seating(groups=tuple(seated), legend=_legend(view, shows_poll=shows_poll))


def attendance(seat: SeatView) -> Look:
    """Whether the voice of that seat is in the room. A substitute who sits there counts as its member."""
    if seat.presence.is_here:
        return Look.PRESENT
    if seat.represented_by is not None:
        return Look.REPRESENTED
    return Look.EXCUSED if seat.presence is Presence.EXCUSED else Look.ABSENT


def _legend(view: BoardView, *, shows_poll: bool) -> tuple[Look, ...]:
    if not shows_poll or view.poll is None:
        return ATTENDANCE
    if view.poll.method is VotingMethod.SECRET:
        return ON_PAPER
    return RESULT if view.poll.state is PollState.PROCLAIMED else RUNNING


def _letter(rank: int) -> str:
    """A, B … Z, AA, AB …"""
    letters = ascii_uppercase[rank % 26]
    return letters if rank < 26 else _letter(rank // 26 - 1) + letters
