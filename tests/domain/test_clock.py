"""The clock of a turn: paused, continued, ended by a suspension; the last act of the floor taken back (R58)."""

from datetime import timedelta

import pytest

from tests.kit.given import Given, fact, given
from tests.kit.sittings import CHAIR, CLERK, ask, called, close_poll, leave, m, open_poll, polled, standing_committee
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.evolve import evolve
from voting.domain.ids import PersonId, RequestId, item_id, request_id
from voting.domain.queue import queue
from voting.domain.refusals import AlreadyRecorded, NobodySpeaks, NotPresent, Recused, StaffOnly
from voting.domain.refusals.floor import NothingToUndo
from voting.domain.speakers import FloorKind, SpeakersList, SpeakingTurn
from voting.rules import articles

CPR = standing_committee()
PAUSE, CONTINUE, UNDO, END = (kind(by=CHAIR) for kind in (c.PauseFloor, c.ContinueFloor, c.UndoFloor, c.EndFloor))
FIRST, SECOND = request_id(1), request_id(2)


def give(person: PersonId | None = None) -> c.GiveFloor:
    return c.GiveFloor(by=CHAIR, person=person)


def wait(sitting: Given, seconds: int) -> Given:
    """Nothing happens for that long, the second of the next look at the clock included."""
    sitting.clock.advance(timedelta(seconds=seconds - 1))
    return sitting


def speaking(*more: c.SittingCommand) -> Given:
    return given(*called(CPR), ask(m(7)), ask(m(8)), give(), *more)


def turn(sitting: Given) -> SpeakingTurn:
    found = sitting.sitting.speakers.turn
    assert found is not None
    return found


def spoken(sitting: Given) -> list[tuple[PersonId, int]]:
    return [(h.person, int(h.spoken.total_seconds())) for h in sitting.sitting.speakers.heard]


def test_R58_the_time_of_a_turn_is_that_between_its_events_pauses_apart() -> None:
    sitting = wait(speaking(), 40).after(PAUSE)
    sitting = wait(sitting, 300).after(CONTINUE)
    sitting = wait(sitting, 20).after(END)
    assert spoken(sitting) == [(m(7), 60)]


def test_R58_a_turn_that_ends_while_its_clock_stands_still() -> None:
    sitting = wait(speaking(), 40).after(PAUSE)
    assert turn(sitting).spoken(sitting.clock.now()) == timedelta(seconds=40)
    assert spoken(wait(sitting, 100).after(END)) == [(m(7), 40)]


def test_R58_the_clock_is_paused_and_continued_once() -> None:
    sitting = speaking()
    sitting.when(CONTINUE).then(AlreadyRecorded())
    paused = sitting.when(PAUSE).then(fact(e.FloorPaused, request=FIRST, person=m(7)))
    paused.when(PAUSE).then(AlreadyRecorded())
    paused.when(CONTINUE).then(fact(e.FloorResumed, request=FIRST, person=m(7)))
    for command in (PAUSE, CONTINUE):
        given(*called(CPR)).when(command).then(NobodySpeaks())


@pytest.mark.parametrize("command", [PAUSE, CONTINUE, UNDO])
def test_R34_the_staff_holds_the_watch(command: c.SittingCommand) -> None:
    speaking().when(command, by=m(7)).then(StaffOnly())


def test_R58_a_suspension_stops_the_clock_and_cannot_be_undone_into_speech() -> None:
    sitting = wait(speaking(), 30).after(c.SuspendSitting(by=CLERK, reason=""))
    assert spoken(sitting) == [(m(7), 30)]
    wait(sitting, 600).after(c.ResumeSitting(by=CLERK)).when(UNDO).then(NothingToUndo())


def test_R58_a_floor_given_by_mistake_was_never_spoken() -> None:
    sitting = wait(speaking(), 25).when(UNDO).then(fact(e.FloorUndone, withdrawn=FIRST, restored=None))
    assert sitting.sitting.speakers.turn is None
    assert spoken(sitting) == []
    assert [r.person for r in queue(sitting.sitting)] == [m(7), m(8)], "the request waits at its old place"
    sitting.when(UNDO).then(NothingToUndo())


def test_R58_a_floor_ended_by_mistake_runs_on_from_where_it_was() -> None:
    sitting = wait(wait(speaking(), 25).after(END), 50)
    back = sitting.when(UNDO).then(fact(e.FloorUndone, withdrawn=None, restored=FIRST))
    assert spoken(back) == []
    assert turn(back).spoken(back.history[-1].at) == timedelta(seconds=25), "the time in between is nobody's"
    assert spoken(wait(back, 10).after(END)) == [(m(7), 35)]


def test_R58_the_floor_given_to_another_by_mistake_goes_back_to_the_speaker() -> None:
    sitting = wait(wait(speaking(), 25).after(give()), 5)
    back = sitting.when(UNDO).then(fact(e.FloorUndone, withdrawn=SECOND, restored=FIRST))
    assert (turn(back).person, turn(back).spoken(back.history[-1].at)) == (m(7), timedelta(seconds=25))
    assert [r.person for r in queue(back.sitting)] == [m(8)]


def test_R58_a_turn_that_stood_still_stands_still_again() -> None:
    sitting = wait(wait(speaking(), 25).after(PAUSE), 5).after(END)
    back = wait(sitting, 60).after(UNDO)
    assert turn(back).paused_at is not None
    assert turn(back).spoken(back.clock.now()) == timedelta(seconds=25)


def test_R58_who_never_asked_does_not_wait_after_the_mistake() -> None:
    sitting = given(*called(CPR), give(m(9))).after(UNDO)
    assert sitting.sitting.speakers.waiting == ()


def test_R58_who_asked_again_in_between_waits_once() -> None:
    sitting = speaking(ask(m(7))).after(UNDO)
    assert [(r.id, r.person) for r in queue(sitting.sitting)] == [(FIRST, m(7)), (SECOND, m(8))]


@pytest.mark.parametrize(
    "later",
    [(c.CallItem(by=CLERK, item=None),), (open_poll(),), (c.CloseDebate(by=CHAIR),)],
    ids=["another item", "a vote", "the debate closed"],
)
def test_R58_what_lies_behind_is_not_undone(later: tuple[c.SittingCommand, ...]) -> None:
    speaking(END, *later).when(UNDO).then(NothingToUndo())


def test_R58_nobody_is_given_the_floor_back_who_left_or_withdrew() -> None:
    speaking(leave(m(7))).when(UNDO).then(NotPresent(person=m(7)))
    speaking(c.DeclareRecusal(by=m(7), person=m(7))).when(UNDO).then(Recused(citation=articles.RECUSAL))


def test_R59_a_point_of_order_on_the_vote_may_be_undone_too() -> None:
    sitting = given(*polled(CPR), ask(m(7), FloorKind.POINT_OF_ORDER), give(), close_poll())
    sitting.when(UNDO).then(fact(e.FloorUndone, withdrawn=FIRST))


def test_the_fold_takes_any_history_even_one_that_makes_no_sense() -> None:
    """``evolve`` is total: clock events without a turn change nothing."""
    sitting = given(*called(CPR))
    request, now = RequestId("f9"), sitting.clock.now()
    for event in (
        e.FloorEnded(at=now, by=CHAIR, request=request, person=m(7)),
        e.FloorPaused(at=now, by=CHAIR, request=request, person=m(7)),
        e.FloorResumed(at=now, by=CHAIR, request=request, person=m(7)),
        e.FloorUndone(at=now, by=CHAIR, withdrawn=request, restored=None),
    ):
        assert evolve(sitting.sitting, event).speakers == SpeakersList(item=item_id(1))
    running = SpeakingTurn(request=request, person=m(7), kind=FloorKind.INTERVENTION, since=now)
    assert running.running(now, None) == running


def test_R58_what_was_said_before_the_turn_given_back_stays_heard() -> None:
    once = speaking().after(END, ask(m(4)), c.GiveFloor(by=CHAIR, person=m(4)), END)
    back = once.after(UNDO)
    assert [h.person for h in back.sitting.speakers.heard] == [h.person for h in once.sitting.speakers.heard[:1]]
