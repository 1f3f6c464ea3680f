"""A vote may be announced to last so long: an hour is told, and nothing closes by itself."""

from datetime import timedelta

import pytest

from tests.kit.given import fact, given
from tests.kit.sittings import CLERK, called, m, open_poll, standing_committee, vote
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.polls import PollState, Purpose
from voting.domain.refusals.ballots import PollLengthUnfit
from voting.domain.ruleset import StandingOrders, VotingMethod

CPR = standing_committee()
TIMED = standing_committee(orders=StandingOrders(poll_seconds=120))


def lasting(seconds: int | None, method: VotingMethod = VotingMethod.ELECTRONIC) -> c.OpenPoll:
    return c.OpenPoll(by=CLERK, purpose=Purpose.ITEM, method=method, seconds=seconds)


def announced(sitting: c.ConveneSitting, command: c.OpenPoll) -> int | None:
    reached = given(*called(sitting)).after(command)
    poll = reached.sitting.polls.open_poll()
    assert poll is not None
    return round((poll.ends_at - poll.opened_at).total_seconds()) if poll.ends_at is not None else None


@pytest.mark.parametrize(
    ("sitting", "seconds", "expected"),
    [
        (CPR, None, None),
        (CPR, 90, 90),
        (TIMED, None, 120),
        (TIMED, 0, None),
        (TIMED, 60, 60),
        (CPR, 10, 10),
        (CPR, 7_200, 7_200),
    ],
)
def test_R58_it_is_what_was_asked_else_what_the_standing_orders_say(
    sitting: c.ConveneSitting, seconds: int | None, expected: int | None
) -> None:
    assert announced(sitting, lasting(seconds)) == expected


def test_a_vote_by_name_has_the_length_of_its_call_unless_one_is_asked() -> None:
    assert announced(TIMED, lasting(None, VotingMethod.ROLL_CALL)) is None
    assert announced(TIMED, lasting(300, VotingMethod.ROLL_CALL)) == 300


@pytest.mark.parametrize("seconds", [-1, 9, 7_201])
def test_a_length_that_nobody_could_use_is_refused(seconds: int) -> None:
    given(*called(CPR)).when(lasting(seconds)).then(PollLengthUnfit(least=10, most=7_200))


def test_a_voice_after_that_hour_counts_until_the_poll_is_closed() -> None:
    sitting = given(*called(CPR)).after(lasting(10), vote(m(3)))
    poll = sitting.sitting.polls.open_poll()
    assert poll is not None
    assert poll.ends_at is not None, "kept from one voice to the next"
    late = poll.ends_at + timedelta(minutes=5)
    sitting.when(vote(m(4)), at=late).then(e.VoteCast)
    assert sitting.sitting.polls.current() is not None
    sitting.when(c.ClosePoll(by=CLERK), at=late).then(fact(e.PollClosed, poll=poll.id))
    assert poll.state is PollState.OPEN


def test_an_older_journal_announces_nothing() -> None:
    assert announced(CPR, open_poll()) is None
