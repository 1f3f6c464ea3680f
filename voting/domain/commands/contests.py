""""""

from dataclasses import dataclass

from voting.domain.base import Command
from voting.domain.contests import Nominee, OptionCount
from voting.domain.ids import OptionId
from voting.domain.ruleset import VotingMethod


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenContest(Command):
    """Have the assembly choose one of several on the item under discussion: first round."""

    nominees: tuple[Nominee, ...]
    method: VotingMethod


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenNextRound(Command):
    """Another round, after one that chose nobody."""

    withdrawn: tuple[OptionId, ...] = ()
    """Those of the round before who no longer stand."""
    joining: tuple[Nominee, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOptionPapers(Command):
    """What came out of the box of a secret choice among several."""

    envelopes: int
    blank: int
    invalid: int
    counts: tuple[OptionCount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StateElder(Command):
    """Say which of those who are equal is the older one."""

    option: OptionId


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareUnopposed(Command):
    """Read out a single candidacy, which takes effect without a vote."""

    nominee: Nominee


@dataclass(frozen=True, slots=True, kw_only=True)
class UncoverBallot(Command):
    """Record that the assembly unanimously gave up the secret on this item."""
