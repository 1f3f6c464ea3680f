"""The count as arithmetic: order, silence, one voice more."""

from random import Random

from hypothesis import given as for_all
from hypothesis import strategies as st

from tests.kit.given import given
from tests.kit.sittings import close_poll, m, polled, proclaim, standing_committee, vote
from tests.kit.strategies import CHOICES
from voting.domain.ids import poll_id
from voting.domain.tally import Choice, Ground, Outcome, count, decide_outcome

BALLOTS = st.lists(CHOICES, max_size=60)
CHAIR_CHOICE = st.one_of(st.none(), CHOICES)


@for_all(BALLOTS, st.integers(0, 20), st.randoms(use_true_random=False))
def test_the_order_of_the_ballots_changes_nothing(ballots: list[Choice], silent: int, random: Random) -> None:
    shuffled = random.sample(ballots, len(ballots))
    assert count(shuffled, len(ballots) + silent) == count(ballots, len(ballots) + silent)


@for_all(BALLOTS, st.integers(0, 20))
def test_every_elector_is_in_one_figure(ballots: list[Choice], silent: int) -> None:
    tally = count(ballots, len(ballots) + silent)
    figures = (tally.votes_for, tally.against, tally.abstention, tally.not_taking_part, tally.no_answer)
    assert sum(figures) == tally.electors == len(ballots) + silent
    assert min(figures) >= 0
    assert tally.no_answer == silent


@for_all(BALLOTS, st.integers(0, 20), st.booleans(), CHAIR_CHOICE)
def test_the_outcome_follows_the_formula(
    ballots: list[Choice], silent: int, prevails: bool, chair: Choice | None
) -> None:
    tally = count(ballots, len(ballots) + silent)
    decision = decide_outcome(tally, chair_prevails=prevails, chair_choice=chair)
    tied = tally.votes_for == tally.against > 0
    adopted = tally.votes_for > tally.against or (tied and prevails and chair is Choice.FOR)
    assert (decision.outcome is Outcome.ADOPTED) is adopted
    assert (decision.ground is Ground.UNANIMITY) is (0 < tally.votes_for == tally.electors)
    assert tied is (decision.ground in (Ground.TIE, Ground.CASTING_VOTE))
    if adopted and not tied:
        assert tally.votes_for >= tally.majority


@for_all(BALLOTS, st.booleans(), CHAIR_CHOICE)
def test_one_voice_more_for_never_rejects_what_was_adopted(
    ballots: list[Choice], prevails: bool, chair: Choice | None
) -> None:
    before = decide_outcome(count(ballots, 61), chair_prevails=prevails, chair_choice=chair)
    after = decide_outcome(count([*ballots, Choice.FOR], 61), chair_prevails=prevails, chair_choice=chair)
    assert not (before.outcome is Outcome.ADOPTED and after.outcome is Outcome.REJECTED)


@for_all(BALLOTS, st.lists(st.sampled_from([Choice.ABSTENTION, Choice.NOT_TAKING_PART]), max_size=20))
def test_abstentions_and_those_who_take_no_part_decide_nothing(ballots: list[Choice], idle: list[Choice]) -> None:
    before = decide_outcome(count(ballots, 80), chair_prevails=False, chair_choice=None)
    after = decide_outcome(count([*ballots, *idle], 80), chair_prevails=False, chair_choice=None)
    assert before == after


@for_all(st.lists(CHOICES, min_size=7, max_size=7), st.permutations(range(7)))
def test_the_order_in_which_members_press_changes_nothing(choices: list[Choice], order: list[int]) -> None:
    def result(numbers: list[int]) -> tuple[object, object]:
        cast = [vote(m(n + 1), choices[n]) for n in numbers]
        then = given(*polled(standing_committee(voters=7)), *cast, close_poll(), proclaim())
        poll = then.sitting.polls.all[poll_id(1)]
        return poll.tally, poll.decision

    assert result(order) == result(list(range(7)))
