"""Opening, calling the roll, pausing and lifting the sitting."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.kit.given import fact, given
from tests.kit.sittings import (
    ADVISOR,
    CHAIR,
    CLERK,
    START,
    STRANGER,
    accepted_proxy,
    arrive,
    ask,
    call,
    called,
    convene,
    first,
    leave,
    m,
    opened,
    polled,
    roll,
    standing_committee,
)
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.agenda import ItemState
from voting.domain.assembly import Body, Mode
from voting.domain.ids import item_id, poll_id, request_id
from voting.domain.quorum import QuorumCheck
from voting.domain.refusals import (
    AlreadyRecorded,
    NotOnTheRoll,
    NotPresent,
    PollPending,
    QuorumNotReached,
    RollCallNotOpen,
    StaffOnly,
    SummonsLacksRemote,
    WrongPhase,
)
from voting.domain.ruleset import Citation, QuorumBase
from voting.domain.sitting import Phase
from voting.rules import articles

CPR = standing_committee()
THIRTEEN = QuorumCheck(
    present=13,
    represented=0,
    in_office=25,
    required=13,
    base=QuorumBase.PRESENT_OR_REPRESENTED,
    article="CGCT, art. L. 4132-13-1",
)
OUTLINE = (
    c.OpenSitting(by=CLERK),
    c.OpenRollCall(by=CLERK),
    c.CloseRollCall(by=CLERK),
    c.SuspendSitting(by=CLERK, reason=""),
    c.ResumeSitting(by=CLERK),
    c.CloseSitting(by=CLERK),
)


def test_the_sitting_opens_with_its_quorum_on_record() -> None:
    then = (
        given(CPR, *map(arrive, first(13)))
        .when(c.OpenSitting(by=CLERK))
        .then(fact(e.SittingOpened, chair=CHAIR, quorum=THIRTEEN))
    )
    course = then.sitting.course
    assert (course.phase, course.quorum, course.opened_at) == (Phase.OPEN, THIRTEEN, START + timedelta(seconds=14))


def test_it_does_not_open_below_the_quorum() -> None:
    given(CPR, *map(arrive, first(12))).when(c.OpenSitting(by=CLERK)).then(
        QuorumNotReached(counted=12, required=13, citation=articles.STANDING_QUORUM)
    )


def test_it_does_not_open_without_its_chair() -> None:
    others = first(20)[1:]
    given(CPR, *map(arrive, others)).when(c.OpenSitting(by=CLERK)).then(NotPresent(person=CHAIR))


def test_it_opens_once() -> None:
    given(*opened(CPR)).when(c.OpenSitting(by=CLERK)).then(WrongPhase(phase=Phase.OPEN))


@pytest.mark.parametrize(
    ("body", "article"), [(Body.STANDING_COMMITTEE, articles.STANDING_SUMMONS), (Body.COUNCIL, articles.REMOTE_SUMMONS)]
)
@pytest.mark.parametrize("mode", [Mode.REMOTE, Mode.HYBRID])
def test_a_summons_silent_on_remote_participation_keeps_it_shut(body: Body, article: Citation, mode: Mode) -> None:
    silent = convene(roll(25), body=body, mode=mode, summons_mentions_remote=False)
    given(silent, *map(arrive, first(25))).when(c.OpenSitting(by=CLERK)).then(SummonsLacksRemote(citation=article))


def test_a_tender_committee_needs_no_such_mention() -> None:
    silent = convene(roll(6), body=Body.TENDER_COMMITTEE, summons_mentions_remote=False)
    given(silent, *map(arrive, first(6))).when(c.OpenSitting(by=CLERK)).then(e.SittingOpened)


def test_a_sitting_in_one_room_needs_no_such_mention() -> None:
    in_room = replace(convene(roll(25), summons_mentions_remote=False), mode=Mode.ROOM)
    law = given(CPR).rules
    given(in_room, *map(arrive, first(25)), rules=law).when(c.OpenSitting(by=CLERK)).then(e.SittingOpened)


@pytest.mark.parametrize("command", OUTLINE, ids=lambda x: type(x).__name__)
def test_the_outline_is_not_for_members_nor_strangers(command: c.SittingCommand) -> None:
    sitting = given(*opened(CPR))
    sitting.when(command, by=m(7)).then(StaffOnly())
    sitting.when(command, by=ADVISOR).then(StaffOnly())
    sitting.when(command, by=STRANGER).then(NotOnTheRoll())


@pytest.mark.parametrize("before", [(CPR,), opened(CPR)], ids=["convened", "open"])
def test_a_roll_call_opens_before_or_during_the_sitting(before: tuple[c.SittingCommand, ...]) -> None:
    running = given(*before).when(c.OpenRollCall(by=CLERK)).then(e.RollCallOpened)
    assert running.sitting.course.roll_call_open
    running.when(c.OpenRollCall(by=CLERK)).then(AlreadyRecorded())


def test_a_roll_call_does_not_open_during_a_pause() -> None:
    given(*opened(CPR), c.SuspendSitting(by=CLERK, reason="")).when(c.OpenRollCall(by=CLERK)).then(
        WrongPhase(phase=Phase.SUSPENDED)
    )


def test_a_roll_call_ends_with_the_quorum_and_the_names_that_did_not_answer() -> None:
    people = first(25)
    then = (
        given(CPR, c.OpenRollCall(by=CLERK), *map(arrive, people[:13]))
        .when(c.CloseRollCall(by=CLERK))
        .then(fact(e.RollCallClosed, quorum=THIRTEEN, missing=people[13:]))
    )
    assert not then.sitting.course.roll_call_open
    assert then.sitting.course.quorum == THIRTEEN


def test_only_a_running_roll_call_ends() -> None:
    given(*opened(CPR)).when(c.CloseRollCall(by=CLERK)).then(RollCallNotOpen())


def test_a_pause_ends_the_running_turn_and_keeps_the_item_and_the_list() -> None:
    sitting = given(*called(CPR), ask(m(7)), ask(m(8)), c.GiveFloor(by=CHAIR))
    paused = sitting.when(c.SuspendSitting(by=CHAIR, reason="réseau")).then(
        fact(e.FloorEnded, request=request_id(1), person=m(7)), fact(e.SittingSuspended, reason="réseau")
    )
    course = paused.sitting.course
    assert (course.phase, course.suspensions, course.suspended_for) == (Phase.SUSPENDED, 1, "réseau")
    assert paused.sitting.agenda.current == item_id(1)
    assert [r.person for r in paused.sitting.speakers.waiting] == [m(8)]
    paused.when(c.SuspendSitting(by=CHAIR, reason="")).then(WrongPhase(phase=Phase.SUSPENDED))


def test_no_pause_during_a_poll() -> None:
    given(*polled(CPR)).when(c.SuspendSitting(by=CLERK, reason="")).then(PollPending(poll=poll_id(1), number=1))


def test_the_quorum_is_looked_at_again_when_the_sitting_goes_on() -> None:
    paused = given(*opened(CPR, first(13)), c.SuspendSitting(by=CLERK, reason=""), leave(m(13)))
    less = replace(THIRTEEN, present=12)
    resumed = paused.when(c.ResumeSitting(by=CLERK)).then(fact(e.SittingResumed, quorum=less))
    assert resumed.sitting.course.phase is Phase.OPEN
    assert resumed.sitting.course.quorum == less
    resumed.when(call()).then(QuorumNotReached(counted=12, required=13, citation=articles.STANDING_QUORUM))
    resumed.when(c.ResumeSitting(by=CLERK)).then(WrongPhase(phase=Phase.OPEN))


def test_lifting_the_sitting_ends_turn_and_item() -> None:
    sitting = given(*called(CPR), c.OpenRollCall(by=CLERK), ask(m(7)), c.GiveFloor(by=CHAIR))
    then = sitting.when(c.CloseSitting(by=CHAIR)).then(
        fact(e.FloorEnded, person=m(7)), fact(e.ItemClosed, item=item_id(1)), e.SittingClosed
    )
    course = then.sitting.course
    assert (course.phase, course.roll_call_open) == (Phase.CLOSED, False)
    assert course.closed_at == then.history[-1].at
    assert then.sitting.agenda.states[item_id(1)] is ItemState.CLOSED


def test_a_pause_may_be_the_end() -> None:
    given(*opened(CPR), c.SuspendSitting(by=CLERK, reason="")).when(c.CloseSitting(by=CLERK)).then(e.SittingClosed)


def test_a_sitting_that_never_opened_is_not_lifted() -> None:
    given(CPR).when(c.CloseSitting(by=CLERK)).then(WrongPhase(phase=Phase.CONVENED))


def test_the_sitting_is_not_lifted_during_a_poll() -> None:
    given(*polled(CPR)).when(c.CloseSitting(by=CLERK)).then(PollPending(poll=poll_id(1), number=1))


def test_a_represented_member_is_missing_from_the_roll_call_and_counts_for_the_quorum() -> None:
    sitting = given(CPR, c.OpenRollCall(by=CLERK), *map(arrive, first(12)), *accepted_proxy(m(13), m(2)))
    then = sitting.when(c.CloseRollCall(by=CLERK)).then(
        fact(e.RollCallClosed, missing=tuple(m(n) for n in range(13, 26)))
    )
    check = then.sitting.course.quorum
    assert check is not None
    assert (check.present, check.represented, check.counted, check.is_reached) == (12, 1, 13, True)


def test_who_opens_while_the_names_are_called_closes_the_call() -> None:
    waiting = given(standing_committee(), c.OpenRollCall(by=CLERK), *(arrive(who) for who in first(20)))
    then = waiting.when(c.OpenSitting(by=CHAIR)).then(e.RollCallClosed, e.SittingOpened)
    assert not then.sitting.course.roll_call_open
