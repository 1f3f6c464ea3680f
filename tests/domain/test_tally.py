"""The count: figures, ties, grounds."""

import pytest

from voting.domain.tally import Choice, Decision, Ground, Outcome, Tally, count, decide_outcome

FOR, AGAINST, ABSTENTION, NPPV = Choice.FOR, Choice.AGAINST, Choice.ABSTENTION, Choice.NOT_TAKING_PART
ADOPTED, REJECTED = Outcome.ADOPTED, Outcome.REJECTED


def tally(votes_for: int, against: int, abstention: int = 0, nppv: int = 0, no_answer: int = 0) -> Tally:
    return Tally(votes_for=votes_for, against=against, abstention=abstention, not_taking_part=nppv, no_answer=no_answer)


def test_each_choice_is_counted_apart_and_silence_too() -> None:
    counted = count([FOR, AGAINST, FOR, NPPV, ABSTENTION, FOR], 9)
    assert counted == tally(3, 1, 1, 1, 3)
    assert (counted.votes_cast, counted.majority, counted.electors) == (4, 3, 9)


def test_nobody_answers() -> None:
    assert count([], 25) == tally(0, 0, 0, 0, 25)


@pytest.mark.parametrize(("cast", "majority"), [(1, 1), (2, 2), (3, 2), (4, 3), (53, 27)])
def test_the_majority_is_more_than_half_of_the_votes_cast(cast: int, majority: int) -> None:
    assert tally(cast, 0, abstention=9).majority == majority


def test_the_sum_said_in_words_in_the_design() -> None:
    said = tally(32, 21, 4, 2)
    assert (said.votes_cast, said.majority) == (53, 27)
    assert decide_outcome(said, chair_prevails=True, chair_choice=None).outcome is ADOPTED


@pytest.mark.parametrize(
    ("figures", "outcome", "ground"),
    [
        (tally(2, 1), ADOPTED, Ground.MAJORITY),
        (tally(1, 2), REJECTED, Ground.MAJORITY),
        (tally(1, 0, 10, 10, 10), ADOPTED, Ground.UNANIMITY_OF_VOTES_CAST),
        (tally(0, 1, 10), REJECTED, Ground.MAJORITY),
        (tally(0, 25), REJECTED, Ground.MAJORITY),
        (tally(25, 0), ADOPTED, Ground.UNANIMITY),
        (tally(1, 0), ADOPTED, Ground.UNANIMITY),
        (tally(24, 0, 1), ADOPTED, Ground.UNANIMITY_OF_VOTES_CAST),
        (tally(24, 0, 0, 1), ADOPTED, Ground.UNANIMITY_OF_VOTES_CAST),
        (tally(24, 0, 0, 0, 1), ADOPTED, Ground.UNANIMITY_OF_VOTES_CAST),
        (tally(4, 0, 6), ADOPTED, Ground.UNANIMITY_OF_VOTES_CAST),
        (tally(0, 0, 25), REJECTED, Ground.NO_VOTE_CAST),
        (tally(0, 0, 0, 25), REJECTED, Ground.NO_VOTE_CAST),
        (tally(0, 0, 0, 0, 25), REJECTED, Ground.NO_VOTE_CAST),
        (tally(0, 0), REJECTED, Ground.NO_VOTE_CAST),
    ],
)
def test_the_outcome_and_its_ground(figures: Tally, outcome: Outcome, ground: Ground) -> None:
    for prevails in (True, False):
        for chair in (None, FOR, AGAINST):
            decided = decide_outcome(figures, chair_prevails=prevails, chair_choice=chair)
            assert decided == Decision(outcome=outcome, ground=ground)


@pytest.mark.parametrize(
    ("prevails", "chair", "outcome", "ground"),
    [
        (True, FOR, ADOPTED, Ground.CASTING_VOTE),
        (True, AGAINST, REJECTED, Ground.CASTING_VOTE),
        (True, ABSTENTION, REJECTED, Ground.TIE),
        (True, NPPV, REJECTED, Ground.TIE),
        (True, None, REJECTED, Ground.TIE),
        (False, FOR, REJECTED, Ground.TIE),
        (False, AGAINST, REJECTED, Ground.TIE),
        (False, None, REJECTED, Ground.TIE),
    ],
)
def test_a_tie(prevails: bool, chair: Choice | None, outcome: Outcome, ground: Ground) -> None:
    decided = decide_outcome(tally(7, 7, 3, 2, 1), chair_prevails=prevails, chair_choice=chair)
    assert decided == Decision(outcome=outcome, ground=ground, chair_choice=chair)
