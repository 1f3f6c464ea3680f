"""The vocabulary of a *règlement intérieur*: thresholds, majority bases, speaking times, who may ask for what.

Every default is a usual value, never a rule of law. ``ruleset.StandingOrders`` puts the parts together.
"""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A part of a whole: at least that part, or more than it."""

    numerator: int
    denominator: int
    is_strict: bool = False
    """More than the part: "more than half" of 60 is 31, "at least half" is 30."""

    def of(self, whole: int) -> int:
        """The smallest whole number that reaches it."""
        if self.is_strict:
            return whole * self.numerator // self.denominator + 1
        return -(-whole * self.numerator // self.denominator)


MORE_THAN_HALF = Threshold(numerator=1, denominator=2, is_strict=True)


class MajorityBase(StrEnum):
    """Of what a majority is the majority."""

    VOTES_CAST = "votes_cast"
    """For + against; abstentions, blanks and *ne prend pas part* are out."""
    PRESENT = "present"
    PRESENT_OR_REPRESENTED = "present_or_represented"
    IN_OFFICE = "in_office"


class Asker(StrEnum):
    """Who may ask for something."""

    EVERYBODY = "everybody"
    """Whoever takes part, with or without a vote."""
    MEMBERS = "members"
    """Those who vote."""
    GROUP_LEADERS = "group_leaders"
    STAFF = "staff"
    """The clerks, the chair and the appointed secretary."""
    NOBODY = "nobody"


class FloorOrder(StrEnum):
    """Which of two requests of the same kind goes first."""

    FIRST_COME = "first_come"
    BALANCED = "balanced"
    """Those who have not spoken yet, and the groups in turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakingTimes:
    """How long one turn lasts, by kind; an intervention is ``StandingOrders.turn_seconds``. All of R58."""

    point_of_order: int = 120
    personal_statement: int = 120
    right_of_reply: int = 120
    explanation_of_vote: int = 180
    warning: int = 30
    """How long before the end of a turn its speaker is warned; 0 is never."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupTime:
    """The time of an item shared among the groups by their size, with a floor (R58)."""

    item_seconds: int = 0
    """For all groups together; 0: groups have no budget."""
    floor_seconds: int = 0
    """What the smallest group has at least, beyond its proportion if need be."""
    unattached_seconds: int = 0
    """For each member who belongs to no group."""
    is_shareable: bool = True
    """Several speakers of a group may share its time."""

    def allotted(self, size: int, voters: int) -> int:
        """What a group of that many members has when that many people vote; 0 where there is no budget."""
        if self.item_seconds == 0:
            return 0
        return max(self.floor_seconds, self.item_seconds * size // voters)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestOrders:
    """How one is chosen among several, where no law says it (R26)."""

    absolute_rounds: int = 2
    """Rounds that want an absolute majority of the votes cast; in the next one most votes are enough."""
    elder_wins: bool = True
    """On a tie between people in the last round the older one is elected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Requests:
    """Who may ask for what (R58)."""

    intervention: Asker = Asker.EVERYBODY
    point_of_order: Asker = Asker.EVERYBODY
    personal_statement: Asker = Asker.MEMBERS
    right_of_reply: Asker = Asker.MEMBERS
    explanation_of_vote: Asker = Asker.MEMBERS
    suspension: Asker = Asker.GROUP_LEADERS
    closure: Asker = Asker.MEMBERS
    """The end of the debate, decided without one."""
    separate_vote: Asker = Asker.MEMBERS
    """An item pulled out of those voted together."""
