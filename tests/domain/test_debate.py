"""What members ask of a debate: a pause, its end. The chair grants or declines (R34, R58)."""

import pytest

from tests.kit.given import Given, fact, given
from tests.kit.sittings import (
    ADVISOR,
    CHAIR,
    CLERK,
    arrive,
    ask,
    call,
    called,
    m,
    open_poll,
    opened,
    polled,
    settled,
    standing_committee,
    votes,
)
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.ids import PersonId, item_id, poll_id
from voting.domain.polls import Purpose
from voting.domain.queue import queue
from voting.domain.refusals import (
    AlreadyRecorded,
    ChairOnly,
    ListClosed,
    NoItemUnderDiscussion,
    NotPresent,
    NotYours,
    PollPending,
    Recused,
)
from voting.domain.refusals.floor import ClosureIsVoted, ClosureNotVoted, NothingRequested, RequestReserved
from voting.domain.ruleset import StandingOrders
from voting.domain.speakers import FloorKind
from voting.domain.standing_orders import Asker, Requests
from voting.domain.tally import Choice
from voting.rules import articles

CPR = standing_committee(orders=StandingOrders(requests=Requests(suspension=Asker.MEMBERS)))
DEBATE = called(CPR)
HOUSE = articles.SPEAKING
MEMBER = m(7)
CLOSE = c.CloseDebate(by=CHAIR)


def pause(who: PersonId = MEMBER, by: PersonId | None = None) -> c.RequestSuspension:
    return c.RequestSuspension(by=by or who, person=who, reason=" dix minutes ")


def closure(who: PersonId = MEMBER, by: PersonId | None = None) -> c.RequestClosure:
    return c.RequestClosure(by=by or who, person=who)


def asked(sitting: Given) -> PersonId | None:
    return sitting.sitting.course.suspension_asked_by


def test_R58_a_suspension_is_asked_for_once_and_waits_for_the_chair() -> None:
    sitting = given(*DEBATE).when(pause()).then(fact(e.SuspensionRequested, person=m(7), reason="dix minutes"))
    assert (asked(sitting), sitting.sitting.course.suspension_asked_for) == (m(7), "dix minutes")
    sitting.when(pause(m(8))).then(AlreadyRecorded())


def test_R58_a_suspension_granted_or_declined_is_asked_for_no_more() -> None:
    sitting = given(*DEBATE, pause())
    granted = sitting.after(c.SuspendSitting(by=CLERK, reason="dix minutes"))
    declined = sitting.when(c.DeclineSuspension(by=CHAIR)).then(fact(e.SuspensionDeclined, person=m(7)))
    for after in (granted, declined):
        assert (asked(after), after.sitting.course.suspension_asked_for) == (None, "")
    declined.when(c.DeclineSuspension(by=CHAIR)).then(NothingRequested())
    declined.when(pause()).then(e.SuspensionRequested)


def test_R58_a_suspension_is_for_whom_the_standing_orders_say() -> None:
    usual = given(*called(standing_committee()), arrive(ADVISOR))
    usual.when(pause(ADVISOR)).then(RequestReserved(to=Asker.GROUP_LEADERS, citation=HOUSE))
    usual.when(pause(m(7))).then(e.SuspensionRequested)
    given(*DEBATE, arrive(ADVISOR)).when(pause(ADVISOR)).then(RequestReserved(to=Asker.MEMBERS, citation=HOUSE))


def test_R58_one_asks_for_oneself_and_from_inside() -> None:
    sitting = given(*called(CPR, [m(n) for n in range(1, 21)]))
    for wish in (pause, closure):
        sitting.when(wish(m(7), m(8))).then(NotYours())
        sitting.when(wish(m(22))).then(NotPresent(person=m(22)))
        sitting.when(wish(m(7), CLERK)).accepted()


@pytest.mark.parametrize("decision", [c.DeclineSuspension, c.DeclineClosure, c.CloseDebate])
def test_R34_L4132_11_the_chair_alone_decides(
    decision: type[c.DeclineSuspension] | type[c.DeclineClosure] | type[c.CloseDebate],
) -> None:
    sitting = given(*DEBATE, pause(), closure())
    for other in (m(7), CLERK):
        sitting.when(decision(by=other)).then(ChairOnly(chair=CHAIR, citation=articles.POLICE))
    sitting.when(decision(by=CHAIR)).accepted()


@pytest.mark.parametrize(
    "wish", [pause(), closure(), CLOSE, c.DeclineClosure(by=CHAIR)], ids=lambda x: type(x).__name__
)
def test_R59_nothing_is_asked_of_the_debate_during_a_vote(wish: c.SittingCommand) -> None:
    given(*polled(CPR)).when(wish).then(PollPending(poll=poll_id(1), number=1))


def test_R58_the_closure_is_asked_for_on_an_item_once() -> None:
    given(*opened(CPR)).when(closure()).then(NoItemUnderDiscussion())
    sitting = given(*DEBATE).when(closure()).then(fact(e.ClosureRequested, item=item_id(1), person=m(7)))
    assert sitting.sitting.speakers.closure_asked_by == m(7)
    sitting.when(closure(m(8))).then(AlreadyRecorded())
    assert sitting.after(call()).sitting.speakers.closure_asked_by is None


def test_R58_the_closure_is_for_whom_the_standing_orders_say() -> None:
    orders = StandingOrders(requests=Requests(closure=Asker.NOBODY))
    given(*called(standing_committee(orders=orders))).when(closure()).then(
        RequestReserved(to=Asker.NOBODY, citation=HOUSE)
    )


def test_R58_who_withdrew_from_the_item_does_not_end_its_debate() -> None:
    sitting = given(*DEBATE, c.DeclareRecusal(by=m(7), person=m(7)))
    sitting.when(closure()).then(Recused(citation=articles.RECUSAL))


def test_R58_a_closure_declined_lets_the_debate_go_on() -> None:
    sitting = given(*DEBATE, closure()).when(c.DeclineClosure(by=CHAIR)).then(fact(e.ClosureDeclined, item=item_id(1)))
    sitting.when(c.DeclineClosure(by=CHAIR)).then(NothingRequested())
    sitting.when(ask(m(9))).then(e.FloorRequested)
    given(*opened(CPR)).when(c.DeclineClosure(by=CHAIR)).then(NoItemUnderDiscussion())


def test_R58_a_closed_debate_has_no_more_interventions_but_answers_explanations_and_points_of_order() -> None:
    waiting = [ask(m(10 + n), kind) for n, kind in enumerate(FloorKind) if kind is not FloorKind.ANSWER]
    sitting = (
        given(*DEBATE, *waiting, ask(m(2), FloorKind.ANSWER), closure())
        .when(CLOSE)
        .then(fact(e.DebateClosed, item=item_id(1)))
    )
    left = [r.kind for r in queue(sitting.sitting)]
    assert left == [k for k in FloorKind if k not in (FloorKind.INTERVENTION, FloorKind.REPLY)]
    for kind in (FloorKind.INTERVENTION, FloorKind.REPLY):
        sitting.when(ask(m(20), kind)).then(ListClosed(citation=HOUSE))
    sitting.when(ask(m(20), FloorKind.EXPLANATION)).then(e.FloorRequested)
    sitting.when(closure(m(8))).then(ListClosed(citation=HOUSE))
    sitting.when(CLOSE).then(AlreadyRecorded())
    sitting.after(call()).when(ask(m(20))).then(e.FloorRequested)


def test_R58_the_speaker_ends_what_he_was_saying() -> None:
    sitting = given(*DEBATE, ask(m(7)), c.GiveFloor(by=CHAIR), CLOSE)
    assert sitting.sitting.speakers.turn is not None


def test_R58_the_chair_closes_a_debate_of_an_item_only() -> None:
    given(*opened(CPR)).when(CLOSE).then(NoItemUnderDiscussion())


VOTED = called(standing_committee(orders=StandingOrders(closure_by_vote=True)))
ON_CLOSURE = open_poll(Purpose.CLOSURE)


def test_R58_where_the_standing_orders_say_so_the_assembly_decides_whether_the_debate_ends() -> None:
    asked_for = given(*VOTED, ask(m(8)), closure())
    adopted = asked_for.after(ON_CLOSURE, *votes(Choice.FOR, range(1, 10)), settled()[0])
    closed = adopted.when(settled()[1]).then(e.ResultProclaimed, fact(e.DebateClosed, item=item_id(1)))
    assert closed.sitting.speakers.is_debate_closed
    closed.when(ask(MEMBER)).then(ListClosed(citation=HOUSE))
    closed.after(open_poll())
    refused = asked_for.after(ON_CLOSURE, *votes(Choice.AGAINST, range(1, 10)), settled()[0])
    goes_on = refused.when(settled()[1]).then(e.ResultProclaimed, fact(e.ClosureDeclined, item=item_id(1)))
    assert not goes_on.sitting.speakers.is_debate_closed
    assert len(queue(goes_on.sitting)) == 1
    goes_on.after(closure(), ON_CLOSURE)


def test_R58_there_the_chair_alone_neither_ends_it_nor_refuses_to() -> None:
    no = ClosureIsVoted(citation=HOUSE)
    for command in (CLOSE, c.DeclineClosure(by=CHAIR)):
        given(*VOTED, closure()).when(command).then(no)
    given(*VOTED).when(ON_CLOSURE).then(NothingRequested())


def test_R58_elsewhere_the_chair_decides_and_it_is_not_put_to_the_vote() -> None:
    given(*DEBATE, closure()).when(ON_CLOSURE).then(ClosureNotVoted(citation=HOUSE))


def test_R58_who_asked_for_the_end_of_the_debate_has_had_his_answer_once_it_ends() -> None:
    waiting = given(*DEBATE, closure())
    assert waiting.sitting.speakers.closure_asked_by == MEMBER
    assert waiting.after(CLOSE).sitting.speakers.closure_asked_by is None
