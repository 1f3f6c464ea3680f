"""The count: from ballots to figures to an outcome. Pure arithmetic; the order of the ballots changes nothing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from voting.domain.majorities import SIMPLE, Majority


class Choice(StrEnum):
    """What an elector answers."""

    FOR = "for"
    AGAINST = "against"
    ABSTENTION = "abstention"
    NOT_TAKING_PART = "not_taking_part"
    """Stays and counts for the quorum, weighs as an abstention (rép. min. 10690/1994); not a recusal."""


class Outcome(StrEnum):
    """What the vote decided."""

    ADOPTED = "adopted"
    REJECTED = "rejected"


class Ground(StrEnum):
    """Which rule gave the outcome: the sentence is made from it, not from the figures alone."""

    MAJORITY = "majority"
    UNANIMITY = "unanimity"
    """Everyone entitled voted for."""
    UNANIMITY_OF_VOTES_CAST = "unanimity_of_votes_cast"
    CASTING_VOTE = "casting_vote"
    TIE = "tie"
    """Tied and nobody's voice prevails: rejected."""
    NO_VOTE_CAST = "no_vote_cast"
    COLLEGES = "colleges"
    """Each college decided by itself: adopted when all of them agreed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The figures of a closed poll."""

    votes_for: int
    against: int
    abstention: int
    not_taking_part: int
    no_answer: int
    """Electors who gave no answer: neither absent nor abstaining. On paper: who put none into the box."""
    blank: int = 0
    """Papers of a secret ballot that choose nothing."""
    invalid: int = 0
    """Papers that cannot be read or could be recognised."""

    @property
    def votes_cast(self) -> int:
        """*Suffrages exprimés*: for + against (CE 10 Dec 2001, n° 235027)."""
        return self.votes_for + self.against

    @property
    def majority(self) -> int:
        """More than half of the votes cast."""
        return self.votes_cast // 2 + 1

    @property
    def electors(self) -> int:
        """Every voice that could have been heard."""
        return self.votes_cast + self.abstention + self.not_taking_part + self.no_answer + self.blank + self.invalid


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The outcome and why."""

    outcome: Outcome
    ground: Ground
    chair_choice: Choice | None = None
    """What the chair voted, when a tie was broken by it or could have been."""


def count(choices: Iterable[Choice], electors: int) -> Tally:
    """The tally of those choices among that many electors."""
    figures = Counter(choices)
    return Tally(
        votes_for=figures[Choice.FOR],
        against=figures[Choice.AGAINST],
        abstention=figures[Choice.ABSTENTION],
        not_taking_part=figures[Choice.NOT_TAKING_PART],
        no_answer=electors - figures.total(),
    )


def decide_outcome(
    tally: Tally,
    *,
    chair_prevails: bool,
    chair_choice: Choice | None,
    majority: Majority = SIMPLE,
    colleges: Sequence[tuple[Majority, Tally]] = (),
) -> Decision:
    """Adopted or rejected, and on which ground.

    ``chair_choice`` is the chair's own vote in this poll; a chair who abstained or did not answer breaks no tie (R19).
    Only the simple majority knows ties. Where there are colleges, each of them must agree by its own majority.
    """
    if tally.votes_cast == 0:
        return Decision(outcome=Outcome.REJECTED, ground=Ground.NO_VOTE_CAST)
    if colleges:
        agreed = all(reaches(part, figures) for part, figures in colleges)
        return Decision(outcome=Outcome.ADOPTED if agreed else Outcome.REJECTED, ground=Ground.COLLEGES)
    if majority.is_simple and tally.votes_for == tally.against:
        return _tie(chair_prevails=chair_prevails, chair_choice=chair_choice)
    if not reaches(majority, tally):
        return Decision(outcome=Outcome.REJECTED, ground=Ground.MAJORITY)
    if tally.against == 0:
        whole = tally.votes_for == tally.electors
        return Decision(outcome=Outcome.ADOPTED, ground=Ground.UNANIMITY if whole else Ground.UNANIMITY_OF_VOTES_CAST)
    return Decision(outcome=Outcome.ADOPTED, ground=Ground.MAJORITY)


def reaches(majority: Majority, tally: Tally) -> bool:
    """Those figures are enough for that majority; no vote at all never is."""
    return 0 < tally.votes_for >= majority.needed(tally.votes_cast)  # CGCT L. 4132-13 al. 3 for the simple one


def _tie(*, chair_prevails: bool, chair_choice: Choice | None) -> Decision:
    if chair_prevails and chair_choice in (Choice.FOR, Choice.AGAINST):  # CGCT L. 4132-14 al. 1
        outcome = Outcome.ADOPTED if chair_choice is Choice.FOR else Outcome.REJECTED
        return Decision(outcome=outcome, ground=Ground.CASTING_VOTE, chair_choice=chair_choice)
    return Decision(outcome=Outcome.REJECTED, ground=Ground.TIE, chair_choice=chair_choice)
