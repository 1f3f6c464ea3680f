"""The time of speech as everybody sees it: instants to count from, what a group used, sums of the sitting (R58)."""

from datetime import timedelta

from tests.kit.given import Given, given
from tests.kit.sittings import CHAIR, ask, called, close_poll, m, open_poll, opened, proclaim, standing_committee
from voting.domain import commands as c
from voting.domain.ruleset import StandingOrders
from voting.domain.speakers import FloorKind
from voting.domain.standing_orders import GroupTime, SpeakingTimes
from voting.service.views.board import board_view
from voting.service.views.console import Step, console_view
from voting.service.views.member import member_view
from voting.service.views.speaking import TurnView, spoken_by_group, spoken_by_person

SHARED = StandingOrders(group_time=GroupTime(item_seconds=1_000), turn_seconds=100)
GIVE, END, PAUSE = c.GiveFloor(by=CHAIR), c.EndFloor(by=CHAIR), c.PauseFloor(by=CHAIR)


def debate(orders: StandingOrders = SHARED) -> Given:
    return given(*called(standing_committee(orders=orders)))


def wait(sitting: Given, seconds: int) -> Given:
    sitting.clock.advance(timedelta(seconds=seconds - 1))
    return sitting


def turn(sitting: Given) -> TurnView:
    found = board_view(sitting.sitting, sitting.rules).turn
    assert found is not None
    return found


def test_R58_a_turn_says_from_when_to_count_and_when_to_warn() -> None:
    shown = turn(debate().after(ask(m(7)), GIVE))
    assert (shown.ends_at, shown.warns_at) == tuple(shown.since + timedelta(seconds=n) for n in (100, 70))
    never = StandingOrders(speaking=SpeakingTimes(warning=0))
    assert turn(debate(never).after(ask(m(7)), GIVE)).warns_at is None


def test_R58_a_stopped_clock_has_no_end() -> None:
    shown = turn(wait(debate().after(ask(m(7)), GIVE), 40).after(PAUSE))
    assert (shown.ends_at, shown.warns_at) == (None, None)
    assert shown.paused_at is not None
    assert shown.paused_at - shown.counted_from == timedelta(seconds=40)


def test_R58_only_an_intervention_draws_on_the_time_of_the_group() -> None:
    shown = turn(debate().after(ask(m(7)), GIVE)).time
    assert shown is not None
    assert (shown.group, shown.allotted_seconds, shown.is_running) == ("Alliance des territoires", 400, True)
    sitting = debate().after(ask(m(7), FloorKind.EXPLANATION), GIVE)
    assert turn(sitting).time is None
    board = board_view(sitting.sitting, sitting.rules)
    assert board.item_time is not None
    assert not board.item_time.is_running
    assert not any(time.is_running for time in board.group_times)


def test_R58_no_time_is_shown_where_none_is_shared_out_or_no_item_is_called() -> None:
    bare = debate(StandingOrders()).sitting
    board = board_view(bare, debate().rules)
    assert (board.item_time, board.group_times) == (None, ())
    between = given(*opened(standing_committee(orders=SHARED)))
    assert board_view(between.sitting, between.rules).group_times == ()


def test_R58_the_sums_of_the_sitting_by_person_and_by_group() -> None:
    sitting = debate()
    for person, seconds in ((m(7), 30), (m(12), 50), (m(7), 15)):
        sitting = wait(sitting.after(ask(person), GIVE), seconds).after(END)
    people = [(s.person.id, s.turns, s.seconds) for s in spoken_by_person(sitting.sitting) if s.person is not None]
    assert people == [(m(12), 1, 50), (m(7), 2, 45)]
    groups = {s.group: (s.turns, s.seconds) for s in spoken_by_group(sitting.sitting)}
    assert groups == {
        "Alliance des territoires": (2, 45),
        "Ensemble": (1, 50),
        "Les Verts": (0, 0),
        "Horizon": (0, 0),
    }


def test_R58_the_speaker_and_those_who_wait_see_where_they_stand() -> None:
    sitting = debate().after(ask(m(7)), GIVE, ask(m(8), FloorKind.EXPLANATION), c.CloseSpeakersList(by=CHAIR))
    speaker, waiting = (member_view(sitting.sitting, sitting.rules, m(n)) for n in (7, 8))
    assert speaker.has_floor
    assert speaker.turn == turn(sitting)
    assert (waiting.turn, waiting.floor_position, waiting.floor_kind) == (None, 1, FloorKind.EXPLANATION)
    assert waiting.list_closed


def test_R58_the_console_shows_what_was_asked_and_what_can_be_undone() -> None:
    sitting = debate().after(c.RequestClosure(by=m(7), person=m(7)), ask(m(8)), GIVE)
    shown = console_view(sitting.sitting, sitting.rules)
    assert shown.closure_asked is not None
    assert shown.closure_asked.person.id == m(7)
    assert (shown.suspension_asked, shown.can_undo) == (None, True)
    assert not console_view(debate().sitting, sitting.rules).can_undo


def test_R58_the_next_step_leaves_personal_statements_to_the_end_of_the_item() -> None:
    secretary = c.AppointSecretary(by=CHAIR, person=m(9))
    waiting = debate().after(secretary, ask(m(7), FloorKind.PERSONAL_STATEMENT))
    assert console_view(waiting.sitting, waiting.rules).next_step is Step.OPEN_POLL
    voted = waiting.after(open_poll(), close_poll(), proclaim())
    assert console_view(voted.sitting, voted.rules).next_step is Step.GIVE_FLOOR
    heard = voted.after(GIVE, END)
    assert console_view(heard.sitting, heard.rules).next_step is Step.CALL_ITEM
