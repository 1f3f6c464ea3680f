"""The request that a vote be recorded by name: a sixth of those present at the council (R25)."""

from dataclasses import replace

import pytest

from tests.kit.given import Given, fact, given
from tests.kit.sittings import (
    ADVISOR,
    CHAIR,
    CLERK,
    arrive,
    call,
    called,
    close_poll,
    contest,
    convene,
    first,
    m,
    open_poll,
    proclaim,
    roll,
    standing_committee,
    vote,
)
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.assembly import Body, Mode
from voting.domain.attendance import Presence
from voting.domain.ids import item_id
from voting.domain.polls import Purpose
from voting.domain.refusals import AlreadyRecorded, MethodForbidden, NoItemUnderDiscussion, NoVote, Recused
from voting.domain.refusals.ballots import RecordedBallotNotAsked
from voting.domain.ruleset import StandingOrders, VotingMethod
from voting.domain.standing_orders import Threshold
from voting.rules import articles

TOGETHER = (VotingMethod.SHOW_OF_HANDS, VotingMethod.SECRET)


def asks(number: int) -> c.RequestRecordedBallot:
    return c.RequestRecordedBallot(by=m(number))


def council(*steps: c.SittingCommand, body: Body = Body.COUNCIL, orders: StandingOrders | None = None) -> Given:
    """Forty of seventy-seven in the room, the first item under discussion: a sixth is seven."""
    convocation = convene(roll(77), body=body, mode=Mode.ROOM, orders=orders)
    here = [arrive(who, Presence.IN_ROOM) for who in (*first(40), ADVISOR)]
    return given(convocation, *here, c.OpenSitting(by=CHAIR), call(), *steps)


def test_R25_L4132_14_al_1_a_sixth_of_those_present_has_the_vote_recorded_by_name() -> None:
    six = council(*(asks(n) for n in range(2, 8)))
    six.when(open_poll(method=VotingMethod.SHOW_OF_HANDS)).then(e.PollOpened)
    seven = six.when(asks(8)).then(fact(e.RecordedBallotRequested, item=item_id(1), person=m(8), needed=7))
    for method in TOGETHER:
        seven.when(open_poll(method=method)).then(MethodForbidden(citation=articles.PUBLIC_BALLOT))
    for method in (VotingMethod.ELECTRONIC, VotingMethod.ROLL_CALL):
        assert isinstance(seven.when(open_poll(method=method)).accepted().history[-1], e.PollOpened | e.NameCalled)


def test_R25_L4132_14_al_1_it_is_asked_of_one_item() -> None:
    asked = council(*(asks(n) for n in range(2, 9)), call(item_id(2)))
    asked.when(open_poll(method=VotingMethod.SHOW_OF_HANDS)).then(e.PollOpened)
    asked.after(call(item_id(1))).when(open_poll(method=VotingMethod.SHOW_OF_HANDS)).then(
        MethodForbidden(citation=articles.PUBLIC_BALLOT)
    )


def test_R25_L4132_14_al_1_it_stands_for_an_item_that_is_voted_with_others() -> None:
    """Asked of the second item; then both are put together, and neither by hands nor on paper."""
    asked = council(call(item_id(2)), *(asks(n) for n in range(2, 9)), call(item_id(1)))
    block = asked.after(c.FormBlock(by=CLERK, items=(item_id(1), item_id(2))))
    hands = open_poll(method=VotingMethod.SHOW_OF_HANDS)
    block.when(hands).then(MethodForbidden(citation=articles.PUBLIC_BALLOT))
    block.when(open_poll()).then(e.PollOpened)
    block.after(c.TakeOutOfBlock(by=m(2), item=item_id(2))).when(hands).then(e.PollOpened)


def test_each_asks_once_and_nobody_when_it_stands() -> None:
    asked = council(asks(2))
    asked.when(asks(2)).then(AlreadyRecorded())
    council(*(asks(n) for n in range(2, 9))).when(asks(9)).then(AlreadyRecorded())


def test_who_votes_may_ask() -> None:
    sitting = council(c.DeclareRecusal(by=m(7), person=m(7)))
    sitting.when(asks(7)).then(Recused(citation=articles.RECUSAL))
    sitting.when(c.RequestRecordedBallot(by=ADVISOR)).then(NoVote(person=ADVISOR))
    sitting.after(c.PostponeItem(by=CLERK, text="x")).when(asks(8)).then(NoItemUnderDiscussion())


def test_from_afar_every_vote_is_recorded_already() -> None:
    given(*called(standing_committee())).when(asks(2)).then(RecordedBallotNotAsked())


def test_the_standing_orders_of_a_committee_say_how_many() -> None:
    orders = StandingOrders(public_ballot=Threshold(numerator=1, denominator=20))
    council(asks(2), body=Body.STANDING_COMMITTEE, orders=orders).when(asks(3)).then(
        fact(e.RecordedBallotRequested, needed=2)
    )


@pytest.mark.parametrize("asked_first", [False, True])
def test_a_secret_ballot_that_the_assembly_adopts_goes_before(asked_first: bool) -> None:
    requests = tuple(asks(n) for n in range(2, 9)) if asked_first else ()
    sitting = council(
        *requests,
        c.RequestSecretBallot(by=m(9)),
        open_poll(Purpose.SECRET_BALLOT_REQUEST),
        vote(m(2)),
        close_poll(),
        proclaim(),
    )
    sitting.when(open_poll(method=VotingMethod.SECRET)).then(e.PollOpened)


def test_R25_it_goes_for_a_choice_among_several_too() -> None:
    asked = council(*(asks(n) for n in range(2, 9)))
    among = contest("Offre A", "Offre B", method=VotingMethod.SECRET)
    asked.when(among).then(MethodForbidden(citation=articles.PUBLIC_BALLOT))
    asked.when(replace(among, method=VotingMethod.ELECTRONIC)).then(e.PollOpened)
