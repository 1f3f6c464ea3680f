"""What a question needs to be adopted: a part of a named base, frozen when its poll opens. Ties are elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass

from voting.domain.ids import PersonId
from voting.domain.standing_orders import MORE_THAN_HALF, MajorityBase, Threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedMajority:
    """A majority asked for when a poll opens, in place of the ordinary one."""

    base: MajorityBase
    threshold: Threshold
    article: str = ""
    """What was typed as its ground; nobody here has read it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Majority:
    """The majority that one poll needs, as it stood when it opened."""

    base: MajorityBase
    threshold: Threshold
    whole: int | None
    """How many the base was then; None for the votes cast, which only the count tells."""
    required: int | None
    """How many votes for that makes; None likewise."""
    article: str
    """As cited that day; empty when it was asked for without one."""
    is_confirmed: bool
    """The article was read in a source."""

    @property
    def is_simple(self) -> bool:
        """More votes for than against: the only one that knows ties."""
        return self.base is MajorityBase.VOTES_CAST and self.threshold == MORE_THAN_HALF

    def needed(self, votes_cast: int) -> int:
        """How many votes for are needed, once that many were cast."""
        return self.threshold.of(votes_cast) if self.required is None else self.required


SIMPLE = Majority(
    base=MajorityBase.VOTES_CAST,
    threshold=MORE_THAN_HALF,
    whole=None,
    required=None,
    article="",
    is_confirmed=True,
)
"""That of a poll of before majorities were written into its opening."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """An article as it was cited that day."""

    article: str
    is_confirmed: bool
    """It was read in a source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class College:
    """A part of the electorate that must agree by itself."""

    name: str
    members: tuple[PersonId, ...]
    majority: Majority


def over(
    base: MajorityBase, threshold: Threshold, figures: Mapping[MajorityBase, int], article: str, *, is_confirmed: bool
) -> Majority:
    """That majority over these figures, one for each base but the votes cast."""
    whole = figures.get(base)
    return Majority(
        base=base,
        threshold=threshold,
        whole=whole,
        required=None if whole is None else threshold.of(whole),
        article=article,
        is_confirmed=is_confirmed,
    )
