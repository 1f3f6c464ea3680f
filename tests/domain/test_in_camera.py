"""The public leaves when five members or the chair ask and the assembly agrees, without debate (R33)."""

from tests.kit.given import Given, fact, given
from tests.kit.sittings import (
    ADVISOR,
    CHAIR,
    CLERK,
    arrive,
    ask,
    call,
    called,
    close_poll,
    convene,
    first,
    m,
    open_poll,
    proclaim,
    proxy,
    roll,
    standing_committee,
    vote,
)
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.assembly import Body, Mode
from voting.domain.attendance import Presence
from voting.domain.ids import item_id, poll_id
from voting.domain.polls import Purpose
from voting.domain.refusals import AlreadyRecorded, ChairOnly, NoItemUnderDiscussion, NotPresent, NoVote
from voting.domain.refusals.camera import (
    AlreadyInCamera,
    InCameraNotFor,
    InCameraRequestWaits,
    NoInCameraRequest,
    NotInCamera,
)
from voting.domain.speakers import FloorKind
from voting.domain.standing_orders import MORE_THAN_HALF, MajorityBase
from voting.domain.tally import Choice
from voting.rules import articles

WAITS = InCameraRequestWaits(citation=articles.IN_CAMERA)


def asks(number: int) -> c.RequestInCamera:
    return c.RequestInCamera(by=m(number))


def council(*steps: c.SittingCommand) -> Given:
    """Forty of seventy-seven in the room and one represented, the first item under discussion."""
    convocation = convene(roll(77), body=Body.COUNCIL, mode=Mode.ROOM)
    here = [arrive(who, Presence.IN_ROOM) for who in (*first(40), ADVISOR)]
    given_away = (proxy(m(41), m(3)), c.AcceptProxy(by=m(3), grantor=m(41)))
    return given(convocation, *here, *given_away, c.OpenSitting(by=CHAIR), call(), *steps)


def voted(votes_for: int, *steps: c.SittingCommand) -> Given:
    """The request of the chair, put to the vote: that many for, nobody against."""
    voices = (vote(m(n)) for n in range(1, votes_for + 1))
    return council(asks(1), open_poll(Purpose.IN_CAMERA), *voices, close_poll(), proclaim(), *steps)


def test_R33_L4132_10_five_members_ask_together_or_the_chair_alone() -> None:
    four = council(*(asks(n) for n in range(2, 6)))
    four.when(open_poll(Purpose.IN_CAMERA)).then(NoInCameraRequest())
    five = four.when(asks(6)).then(fact(e.InCameraRequested, item=item_id(1), person=m(6), needed=5))
    five.when(open_poll(Purpose.IN_CAMERA)).then(e.PollOpened)
    chair = council(asks(2)).when(asks(1)).then(fact(e.InCameraRequested, person=m(1), needed=1))
    chair.when(open_poll(Purpose.IN_CAMERA)).then(e.PollOpened)


def test_R33_L4132_10_it_takes_more_than_half_of_those_present_or_represented() -> None:
    asked = council(asks(1)).when(open_poll(Purpose.IN_CAMERA)).accepted()
    opened = asked.history[-1]
    assert isinstance(opened, e.PollOpened)
    assert opened.majority is not None
    assert (opened.majority.base, opened.majority.threshold) == (MajorityBase.PRESENT_OR_REPRESENTED, MORE_THAN_HALF)
    assert (opened.majority.whole, opened.majority.required) == (41, 21)
    assert opened.majority.article == articles.IN_CAMERA.article
    assert opened.casting_vote is None
    begun = voted(21).history[-1]
    assert isinstance(begun, e.InCameraBegun)
    assert begun.poll == poll_id(1)
    assert voted(21).sitting.is_in_camera
    assert isinstance(voted(20).history[-1], e.ResultProclaimed)
    assert not voted(20).sitting.is_in_camera


def test_R33_L4132_10_the_assembly_decides_without_debate() -> None:
    asked = council(ask(m(5)), asks(1))
    asked.when(ask(m(7), FloorKind.INTERVENTION)).then(WAITS)
    asked.when(ask(m(7), FloorKind.POINT_OF_ORDER)).then(e.FloorRequested)
    asked.when(open_poll()).then(WAITS)
    asked.when(open_poll(Purpose.SECRET_BALLOT_REQUEST)).then(WAITS)


def test_once_answered_the_item_is_taken_up_again_and_one_may_ask_anew() -> None:
    rejected = voted(1)
    rejected.when(open_poll()).then(e.PollOpened)
    rejected.when(asks(2)).then(fact(e.InCameraRequested, needed=5))
    rejected.when(open_poll(Purpose.IN_CAMERA)).then(NoInCameraRequest())
    voted(21).when(asks(2)).then(AlreadyInCamera())


def test_a_void_vote_leaves_the_request_standing() -> None:
    void = council(asks(1), open_poll(Purpose.IN_CAMERA), c.AnnulPoll(by=CLERK, reason="panne"))
    void.when(open_poll()).then(WAITS)
    void.when(open_poll(Purpose.IN_CAMERA)).then(e.PollOpened)


def test_the_chair_alone_lets_the_public_in_again() -> None:
    closed = voted(21)
    closed.when(c.EndInCamera(by=CLERK)).then(ChairOnly(chair=CHAIR, citation=articles.POLICE))
    opened = closed.when(c.EndInCamera(by=CHAIR)).then(e.InCameraEnded)
    assert not opened.sitting.is_in_camera
    opened.when(c.EndInCamera(by=CHAIR)).then(NotInCamera())


def test_the_end_of_the_sitting_lets_the_public_in_again() -> None:
    assert not voted(21, c.CloseSitting(by=CHAIR)).sitting.is_in_camera


def test_each_asks_once_and_nobody_when_it_stands() -> None:
    council(asks(2)).when(asks(2)).then(AlreadyRecorded())
    council(asks(1)).when(asks(2)).then(AlreadyRecorded())


def test_a_chair_who_asked_as_a_member_may_ask_as_the_chair() -> None:
    led = council(asks(2), c.HandOverChair(by=CLERK, person=m(2)))
    led.when(asks(2)).then(fact(e.InCameraRequested, person=m(2), needed=1))


def test_who_votes_may_ask() -> None:
    sitting = council()
    sitting.when(c.RequestInCamera(by=ADVISOR)).then(NoVote(person=ADVISOR))
    sitting.when(asks(60)).then(NotPresent(person=m(60)))
    sitting.after(c.PostponeItem(by=CLERK, text="x")).when(asks(8)).then(NoItemUnderDiscussion())


def test_a_committee_that_is_not_public_has_nobody_to_send_out() -> None:
    sitting = given(*called(standing_committee()))
    sitting.when(asks(2)).then(InCameraNotFor(citation=articles.STANDING_NOT_PUBLIC))


def test_whoever_asked_before_the_answer_may_ask_again_after_it() -> None:
    five = council(*(asks(n) for n in range(2, 7)), open_poll(Purpose.IN_CAMERA), vote(m(7), Choice.AGAINST))
    rejected = five.after(close_poll(), proclaim())
    again = rejected.when(asks(2)).then(fact(e.InCameraRequested, needed=5))
    assert len(again.sitting.course.camera.asking) == 1


def test_R33_the_end_of_the_debate_waits_for_a_request_that_the_public_go_out() -> None:
    council(asks(1)).when(open_poll(Purpose.CLOSURE)).then(WAITS)
