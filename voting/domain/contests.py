"""A choice among several: its options, its rounds, its count and who or what is chosen. Pure arithmetic.

Whether a recorded vote or papers give the figures is not its business; ``decide.contests`` asks the law.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from voting.domain.ids import OptionId, PersonId, PollId
from voting.domain.standing_orders import MajorityBase

MOST_OPTIONS = 60
LABEL = 140
"""Characters of an option."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nominee:
    """A candidate or an offer as it is named when the vote opens: somebody of the roll, or words."""

    label: str
    person: PersonId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One of those among whom one chooses; its id stays the same from round to round."""

    id: OptionId
    label: str
    """The name as it stood that day, or what was typed."""
    person: PersonId | None = None


class TieBreak(StrEnum):
    """Who wins when the first ones are equal and no further round is due."""

    ELDER = "elder"
    """The older one (CGCT L. 4133-1); the clerk says who that is."""
    CHAIR = "chair"
    """The one for whom the chair voted (CGCT L. 4132-14 al. 1)."""
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """What a poll among several asks, and what it takes to be chosen in this round: written when it opens."""

    options: tuple[Option, ...]
    round: int = 1
    previous: PollId | None = None
    """The round before."""
    elects: bool = False
    """People stand, who are elected; otherwise one option is retained."""
    relative: bool
    """Most votes are enough in this round; otherwise an absolute majority."""
    base: MajorityBase
    """Of what the absolute majority is one."""
    whole: int = 0
    """That base when the poll opened; 0 where it is the votes cast."""
    tie: TieBreak
    article: str
    """As cited that day."""

    def option(self, option: OptionId) -> Option | None:
        """That option; None when the round has no such one."""
        return next((o for o in self.options if o.id == option), None)

    def needed(self, votes_cast: int) -> int:
        """The votes of an absolute majority."""
        return (votes_cast if self.base is MajorityBase.VOTES_CAST else self.whole) // 2 + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionCount:
    """How many chose that option."""

    option: OptionId
    votes: int


class ContestGround(StrEnum):
    """Which rule gave the result of a round."""

    ABSOLUTE_MAJORITY = "absolute_majority"
    RELATIVE_MAJORITY = "relative_majority"
    ELDER = "elder"
    CASTING_VOTE = "casting_vote"
    NO_MAJORITY = "no_majority"
    """Nobody has the absolute majority: another round."""
    TIE = "tie"
    """The first ones are equal and nothing sets them apart."""
    NO_VOTE_CAST = "no_vote_cast"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestResult:
    """Who or what is chosen, and why; ``winner`` is None when the round chose nobody."""

    winner: OptionId | None
    ground: ContestGround


def count_options(options: Iterable[Option], chosen: Iterable[OptionId]) -> tuple[OptionCount, ...]:
    """Each option with its figure, in the order of the round."""
    figures = Counter(chosen)
    return tuple(OptionCount(option=o.id, votes=figures[o.id]) for o in options)


def tied_first(contest: Contest, counts: Iterable[OptionCount]) -> tuple[OptionId, ...]:
    """The options with most votes when several have as many and no absolute majority is asked; else none."""
    first = _first(counts)
    return first if contest.relative and len(first) > 1 else ()


def decide_contest(
    contest: Contest,
    counts: tuple[OptionCount, ...],
    *,
    chair_option: OptionId | None = None,
    elder: OptionId | None = None,
) -> ContestResult:
    """Who or what that count chooses.

    ``chair_option`` is what the chair chose by his own recorded voice; ``elder`` is who was said to be the older one.
    """
    votes_cast = sum(c.votes for c in counts)
    if votes_cast == 0:
        return ContestResult(winner=None, ground=ContestGround.NO_VOTE_CAST)
    first = _first(counts)
    most = max(c.votes for c in counts)
    if len(first) == 1 and most >= contest.needed(votes_cast):
        return ContestResult(winner=first[0], ground=ContestGround.ABSOLUTE_MAJORITY)
    if not contest.relative:
        return ContestResult(winner=None, ground=ContestGround.NO_MAJORITY)
    if len(first) == 1:
        return ContestResult(winner=first[0], ground=ContestGround.RELATIVE_MAJORITY)
    decisive: Mapping[TieBreak, tuple[OptionId | None, ContestGround]] = {
        TieBreak.ELDER: (elder, ContestGround.ELDER),
        TieBreak.CHAIR: (chair_option, ContestGround.CASTING_VOTE),
        TieBreak.NOBODY: (None, ContestGround.TIE),
    }
    winner, ground = decisive[contest.tie]
    if winner not in first:
        return ContestResult(winner=None, ground=ContestGround.TIE)
    return ContestResult(winner=winner, ground=ground)


def _first(counts: Iterable[OptionCount]) -> tuple[OptionId, ...]:
    figures = {c.option: c.votes for c in counts}
    most = max(figures.values(), default=0)
    return tuple(option for option, votes in figures.items() if votes == most > 0)
