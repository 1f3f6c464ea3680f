"""Who asks for the floor, who gets it, when the turn ends."""

import pytest

from tests.kit.given import Given, fact, given
from tests.kit.sittings import (
    ADVISOR,
    CHAIR,
    CLERK,
    STRANGER,
    arrive,
    ask,
    call,
    called,
    close_poll,
    first,
    m,
    open_poll,
    opened,
    polled,
    proclaim,
    standing_committee,
)
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.ids import PersonId, RequestId, item_id, request_id
from voting.domain.queue import queue
from voting.domain.refusals import (
    AlreadyOnTheList,
    AlreadyRecorded,
    ListClosed,
    NobodySpeaks,
    NobodyWaits,
    NoItemUnderDiscussion,
    NotOnTheList,
    NotOnTheRoll,
    NotPresent,
    NotYours,
    SilenceDuringVote,
    StaffOnly,
    WrongPhase,
)
from voting.domain.sitting import Phase
from voting.domain.speakers import FloorKind, SpeakingTurn
from voting.rules import articles

CPR = standing_committee()
ORDER = FloorKind.POINT_OF_ORDER
SPEECH = FloorKind.INTERVENTION


def give(request: RequestId | None = None, person: PersonId | None = None, by: PersonId = CHAIR) -> c.GiveFloor:
    return c.GiveFloor(by=by, request=request, person=person)


def withdraw(who: PersonId, by: PersonId | None = None) -> c.WithdrawFloor:
    return c.WithdrawFloor(by=by or who, person=who)


def _waiting(sitting: Given) -> list[PersonId]:
    return [r.person for r in queue(sitting.sitting)]


def test_a_member_asks_and_gets_a_number() -> None:
    then = (
        given(*called(CPR))
        .when(ask(m(7)))
        .then(fact(e.FloorRequested, request=request_id(1), item=item_id(1), person=m(7), kind=SPEECH))
    )
    then.when(ask(m(8))).then(fact(e.FloorRequested, request=request_id(2)))


def test_first_come_first_served_and_points_of_order_before() -> None:
    sitting = given(*called(CPR), ask(m(7)), ask(m(8)), ask(m(9), ORDER), ask(m(10), ORDER), ask(m(7), ORDER))
    assert _waiting(sitting) == [m(9), m(10), m(7), m(7), m(8)]


def test_requests_of_one_instant_keep_the_order_in_which_they_were_made() -> None:
    sitting = given(*called(CPR))
    now = sitting.clock.now()
    for n in range(1, 13):
        sitting = sitting.when(ask(m(n)), at=now).accepted()
    assert _waiting(sitting) == list(first(12))


def test_one_asks_once_for_each_reason() -> None:
    sitting = given(*called(CPR), ask(m(8)), ask(m(7)))
    sitting.when(ask(m(7))).then(AlreadyOnTheList(position=2))
    both = sitting.after(ask(m(7), ORDER))
    both.when(ask(m(7), ORDER)).then(AlreadyOnTheList(position=1))
    both.when(ask(m(7))).then(AlreadyOnTheList(position=3))


def test_only_those_who_are_here_ask() -> None:
    sitting = given(*called(CPR, first(20)))
    sitting.when(ask(m(22))).then(NotPresent(person=m(22)))
    sitting.when(ask(STRANGER)).then(NotOnTheRoll())
    sitting.when(ask(m(7), by=m(8))).then(NotYours())
    sitting.when(ask(m(7), by=CLERK)).then(fact(e.FloorRequested, person=m(7)))


def test_an_advisor_who_is_here_may_speak() -> None:
    sitting = given(*called(CPR), arrive(ADVISOR), ask(ADVISOR))
    sitting.when(give()).then(fact(e.FloorGiven, person=ADVISOR))


def test_between_two_items_there_is_room_for_a_point_of_order_only() -> None:
    sitting = given(*opened(CPR))
    sitting.when(ask(m(7))).then(NoItemUnderDiscussion())
    sitting.when(ask(m(7), ORDER)).then(fact(e.FloorRequested, item=None, kind=ORDER))


def test_a_closed_list_takes_points_of_order_only() -> None:
    closed = (
        given(*called(CPR), ask(m(7)))
        .when(c.CloseSpeakersList(by=CHAIR))
        .then(fact(e.SpeakersListClosed, item=item_id(1)))
    )
    closed.when(c.CloseSpeakersList(by=CHAIR)).then(AlreadyRecorded())
    closed.when(ask(m(8))).then(ListClosed(citation=articles.SPEAKING))
    closed.when(ask(m(8), ORDER)).then(e.FloorRequested)
    closed.when(give()).then(fact(e.FloorGiven, person=m(7)))
    closed.after(call()).when(ask(m(8))).then(e.FloorRequested)


def test_the_staff_closes_the_list_of_an_item() -> None:
    given(*opened(CPR)).when(c.CloseSpeakersList(by=CHAIR)).then(NoItemUnderDiscussion())
    given(*called(CPR)).when(c.CloseSpeakersList(by=m(7))).then(StaffOnly())
    given(*called(CPR)).when(c.CloseSpeakersList(by=STRANGER)).then(NotOnTheRoll())


def test_a_member_gives_up_his_place() -> None:
    sitting = given(*called(CPR), ask(m(7)), ask(m(8)))
    then = sitting.when(withdraw(m(7))).then(fact(e.FloorWithdrawn, request=request_id(1), person=m(7)))
    assert _waiting(then) == [m(8)]
    then.when(withdraw(m(7))).then(NotOnTheList())
    sitting.when(withdraw(m(7), by=CLERK)).then(fact(e.FloorWithdrawn, person=m(7)))
    sitting.when(withdraw(m(7), by=m(8))).then(NotYours())


def test_the_chair_gives_the_floor_to_the_next() -> None:
    sitting = given(*called(CPR), ask(m(7)), ask(m(8), ORDER))
    then = sitting.when(give()).then(fact(e.FloorGiven, request=request_id(2), person=m(8), kind=ORDER))
    assert then.sitting.speakers.turn == SpeakingTurn(
        request=request_id(2), person=m(8), kind=ORDER, since=then.history[-1].at
    )
    assert _waiting(then) == [m(7)]


def test_a_new_turn_ends_the_one_that_runs() -> None:
    sitting = given(*called(CPR), ask(m(7)), ask(m(8)), give())
    sitting.when(give()).then(
        fact(e.FloorEnded, request=request_id(1), person=m(7)), fact(e.FloorGiven, request=request_id(2), person=m(8))
    )


def test_the_chair_may_choose_a_request_or_a_person() -> None:
    sitting = given(*called(CPR), ask(m(7)), ask(m(8)), ask(m(9)))
    sitting.when(give(request_id(2))).then(fact(e.FloorGiven, request=request_id(2), person=m(8)))
    sitting.when(give(person=m(9))).then(fact(e.FloorGiven, request=request_id(3), person=m(9)))
    sitting.when(give(RequestId("nonsense"))).then(NotOnTheList())


def test_somebody_who_did_not_ask_is_on_record_all_the_same() -> None:
    sitting = given(*called(CPR), arrive(ADVISOR))
    sitting.when(give(person=ADVISOR)).then(
        fact(e.FloorRequested, request=request_id(1), item=item_id(1), person=ADVISOR, kind=SPEECH),
        fact(e.FloorGiven, request=request_id(1), person=ADVISOR, kind=SPEECH),
    )


def test_the_floor_goes_to_people_who_are_here_on_an_item() -> None:
    sitting = given(*called(CPR, first(20)))
    sitting.when(give(person=m(22))).then(NotPresent(person=m(22)))
    sitting.when(give(person=STRANGER)).then(NotOnTheRoll())
    given(*opened(CPR)).when(give(person=m(7))).then(NoItemUnderDiscussion())


def test_nobody_waits() -> None:
    given(*called(CPR)).when(give()).then(NobodyWaits())


def test_the_floor_is_given_by_the_staff() -> None:
    sitting = given(*called(CPR), ask(m(7)))
    sitting.when(give(by=m(7))).then(StaffOnly())
    sitting.when(give(by=STRANGER)).then(NotOnTheRoll())


@pytest.mark.parametrize("by", [m(7), CHAIR, CLERK])
def test_the_speaker_or_the_staff_ends_the_turn(by: PersonId) -> None:
    then = (
        given(*called(CPR), ask(m(7)), give())
        .when(c.EndFloor(by=by))
        .then(fact(e.FloorEnded, request=request_id(1), person=m(7)))
    )
    then.when(c.EndFloor(by=by)).then(NobodySpeaks())


def test_nobody_else_ends_it() -> None:
    sitting = given(*called(CPR), ask(m(7)), give())
    sitting.when(c.EndFloor(by=m(8))).then(StaffOnly())
    sitting.when(c.EndFloor(by=STRANGER)).then(StaffOnly())


def test_no_intervention_from_the_opening_of_a_vote_to_its_proclamation() -> None:
    before = given(*called(CPR), ask(m(7)))
    polling = before.after(open_poll())
    for voting in (polling, polling.after(close_poll())):
        voting.when(ask(m(8))).then(SilenceDuringVote(citation=articles.SILENCE))
        voting.when(give()).then(SilenceDuringVote(citation=articles.SILENCE))
        voting.when(give(person=m(9))).then(SilenceDuringVote(citation=articles.SILENCE))
        voting.when(ask(m(8), ORDER)).then(e.FloorRequested)
        voting.after(ask(m(8), ORDER)).when(give()).then(fact(e.FloorGiven, person=m(8), kind=ORDER))


def test_opening_a_vote_ends_the_running_turn() -> None:
    sitting = given(*called(CPR), ask(m(7)), give())
    sitting.when(open_poll()).then(fact(e.FloorEnded, person=m(7)), e.PollOpened)


def test_a_point_of_order_that_runs_during_a_vote_outlives_its_close_and_ends_with_the_proclamation() -> None:
    sitting = given(*polled(CPR), ask(m(7), ORDER), give(), close_poll())
    assert sitting.sitting.speakers.turn is not None
    sitting.when(proclaim()).then(fact(e.FloorEnded, person=m(7)), e.ResultProclaimed)


FLOOR: tuple[c.SittingCommand, ...] = (
    ask(m(7), ORDER),
    withdraw(m(7)),
    give(),
    c.EndFloor(by=CHAIR),
    c.CloseSpeakersList(by=CHAIR),
)


@pytest.mark.parametrize("command", FLOOR, ids=lambda x: type(x).__name__)
def test_there_is_no_floor_outside_the_sitting(command: c.SittingCommand) -> None:
    given(CPR).when(command).then(WrongPhase(phase=Phase.CONVENED))
    paused = given(*called(CPR), c.SuspendSitting(by=CLERK, reason=""))
    paused.when(command).then(WrongPhase(phase=Phase.SUSPENDED))
    paused.after(c.CloseSitting(by=CLERK)).when(command).then(WrongPhase(phase=Phase.CLOSED))
