"""Arrivals, departures, the chair and the sitting secretary."""

import pytest

from tests.kit.given import fact, given
from tests.kit.sittings import (
    ADVISOR,
    CHAIR,
    CLERK,
    STRANGER,
    accepted_proxy,
    arrive,
    ask,
    call,
    called,
    close_poll,
    first,
    leave,
    m,
    open_poll,
    opened,
    polled,
    proclaim,
    proxy,
    settled,
    standing_committee,
    tender_committee,
    u,
    votes,
)
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.attendance import Interval, Presence, Source
from voting.domain.ids import PersonId, item_id, poll_id, request_id
from voting.domain.proxies import ProxyEnd
from voting.domain.refusals import (
    AlreadyRecorded,
    ChairOnly,
    NotOnTheRoll,
    NotPresent,
    NotYours,
    NoVote,
    PollPending,
    Recused,
    StaffOnly,
)
from voting.domain.speakers import FloorKind
from voting.domain.tally import Choice
from voting.rules import articles

CPR = standing_committee()
CAO = tender_committee()


@pytest.mark.parametrize("presence", [Presence.IN_ROOM, Presence.REMOTE, Presence.AUDIO_ONLY])
def test_a_member_says_that_he_is_here(presence: Presence) -> None:
    then = (
        given(CPR)
        .when(arrive(m(7), presence))
        .then(fact(e.AttendanceRecorded, person=m(7), presence=presence, source=Source.CARD))
    )
    assert then.sitting.is_here(m(7))
    then.when(arrive(m(7), presence)).then(AlreadyRecorded())


@pytest.mark.parametrize("presence", [Presence.EXCUSED, Presence.ABSENT])
def test_excused_and_absent_are_not_here(presence: Presence) -> None:
    assert not given(CPR, arrive(m(7)), leave(m(7), presence)).sitting.is_here(m(7))


def test_somebody_never_heard_of_is_absent_already() -> None:
    given(CPR).when(leave(m(7))).then(AlreadyRecorded())


def test_the_clerk_speaks_for_those_who_cannot_press() -> None:
    given(CPR).when(arrive(m(7), by=CLERK)).then(fact(e.AttendanceRecorded, person=m(7)))


def test_nobody_else_does() -> None:
    given(CPR).when(arrive(m(7), by=m(8))).then(NotYours())
    given(CPR).when(arrive(m(7), by=STRANGER)).then(NotOnTheRoll())


def test_a_stranger_is_never_recorded_not_even_by_the_clerk() -> None:
    given(CPR).when(arrive(STRANGER)).then(NotOnTheRoll())
    given(CPR).when(arrive(STRANGER, by=CLERK)).then(NotOnTheRoll())


def test_presence_is_kept_as_intervals() -> None:
    sitting = given(CPR, arrive(m(7), Presence.IN_ROOM), arrive(m(7), Presence.REMOTE), leave(m(7)))
    room, remote, gone = sitting.sitting.register[m(7)]
    times = [x.at for x in sitting.history[1:]]
    assert room == Interval(presence=Presence.IN_ROOM, since=times[0], until=times[1])
    assert remote == Interval(presence=Presence.REMOTE, since=times[1], until=times[2])
    assert gone == Interval(presence=Presence.ABSENT, since=times[2])


def test_a_departure_ends_his_turn_his_places_on_the_list_and_the_proxies_he_held() -> None:
    sitting = given(
        *called(CPR, first(20)),
        *accepted_proxy(m(22), m(7)),
        ask(m(7)),
        c.GiveFloor(by=CHAIR),
        ask(m(7)),
        ask(m(8)),
        ask(m(7), FloorKind.POINT_OF_ORDER),
    )
    then = sitting.when(leave(m(7), by=CLERK)).then(
        fact(e.FloorEnded, request=request_id(1), person=m(7)),
        fact(e.FloorWithdrawn, request=request_id(2), person=m(7)),
        fact(e.FloorWithdrawn, request=request_id(4), person=m(7)),
        fact(e.ProxyEnded, grantor=m(22), holder=m(7), reason=ProxyEnd.HOLDER_LEFT),
        fact(e.AttendanceRecorded, person=m(7), presence=Presence.ABSENT),
    )
    assert then.sitting.speakers.turn is None
    assert [r.person for r in then.sitting.speakers.waiting] == [m(8)]
    assert then.sitting.proxies == {}


def test_a_departure_leaves_the_turn_of_another() -> None:
    sitting = given(*called(CPR), ask(m(7)), c.GiveFloor(by=CHAIR))
    sitting.when(leave(m(8))).then(e.AttendanceRecorded)


def test_a_holder_who_excuses_himself_before_he_ever_came_drops_his_proxy() -> None:
    given(CPR, proxy(m(7), m(8))).when(leave(m(8), Presence.EXCUSED)).then(
        fact(e.ProxyEnded, grantor=m(7), reason=ProxyEnd.HOLDER_LEFT), e.AttendanceRecorded
    )


def test_the_arrival_of_the_grantor_ends_his_proxy() -> None:
    sitting = given(*opened(CPR, first(20)), *accepted_proxy(m(22), m(7)))
    then = sitting.when(arrive(m(22))).then(
        e.AttendanceRecorded, fact(e.ProxyEnded, grantor=m(22), holder=m(7), reason=ProxyEnd.GRANTOR_ARRIVED)
    )
    assert then.sitting.proxies == {}


def test_moving_from_the_room_to_the_screen_is_no_arrival() -> None:
    sitting = given(*opened(CPR), *accepted_proxy(m(22), m(7)))
    sitting.when(arrive(m(22), Presence.IN_ROOM)).then(e.AttendanceRecorded)


def test_a_proxy_given_by_somebody_here_waits_for_his_departure() -> None:
    here = given(*opened(CPR), *accepted_proxy(m(22), m(7)))
    before = here.after(call()).sitting.course.quorum
    after = here.after(leave(m(22)), call()).sitting.course.quorum
    assert before is not None
    assert after is not None
    assert (before.present, before.represented) == (25, 0)
    assert (after.present, after.represented) == (24, 1)


def test_the_chair_is_handed_over_with_its_powers() -> None:
    sitting = given(*polled(CPR), *settled())
    then = sitting.when(c.HandOverChair(by=CHAIR, person=m(2))).then(fact(e.ChairHandedOver, person=m(2)))
    assert then.sitting.officers.chair == m(2)
    assert then.sitting.is_staff(m(2))
    assert not then.sitting.is_staff(CHAIR)
    voted = then.after(call(by=m(2)), *_poll(m(2)))
    voted.when(proclaim(by=CHAIR)).then(ChairOnly(chair=m(2), citation=articles.POLICE))
    voted.when(proclaim(by=m(2))).then(e.ResultProclaimed)


def test_the_chair_goes_to_a_voting_member_who_is_here() -> None:
    sitting = given(*opened(CPR, first(20)))
    sitting.when(c.HandOverChair(by=CLERK, person=m(22))).then(NotPresent(person=m(22)))
    sitting.after(arrive(ADVISOR)).when(c.HandOverChair(by=CLERK, person=ADVISOR)).then(NoVote(person=ADVISOR))
    sitting.when(c.HandOverChair(by=CLERK, person=STRANGER)).then(NotOnTheRoll())
    sitting.when(c.HandOverChair(by=CLERK, person=CHAIR)).then(AlreadyRecorded())
    sitting.when(c.HandOverChair(by=m(3), person=m(3))).then(StaffOnly())


def test_the_chair_does_not_go_to_somebody_who_withdrew_from_the_item() -> None:
    sitting = given(*called(CPR), c.DeclareRecusal(by=m(2), person=m(2)))
    sitting.when(c.HandOverChair(by=CHAIR, person=m(2))).then(Recused(citation=articles.RECUSAL))
    sitting.after(call()).when(c.HandOverChair(by=CHAIR, person=m(2))).then(e.ChairHandedOver)


def test_the_chair_is_handed_over_before_the_opening_when_the_chair_is_absent() -> None:
    sitting = given(CPR, *map(arrive, first(20)[1:]), c.HandOverChair(by=CLERK, person=m(2)))
    sitting.when(c.OpenSitting(by=m(2))).then(fact(e.SittingOpened, chair=m(2)))


def test_the_chair_is_not_handed_over_while_a_tie_waits_for_its_proclamation() -> None:
    tied = given(*polled(CPR), *votes(Choice.FOR, range(2, 14)), *votes(Choice.AGAINST, range(14, 26)))
    for waiting in (tied, tied.after(c.ClosePoll(by=CLERK))):
        waiting.when(c.HandOverChair(by=CHAIR, person=m(2))).then(PollPending(poll=poll_id(1), number=1))


def test_a_substitute_presides_a_tender_committee_while_he_sits_for_its_absent_chair() -> None:
    sitting = given(CAO, *map(arrive, (u(1), *first(6)[1:])))
    handed = sitting.when(c.HandOverChair(by=CLERK, person=u(1))).then(fact(e.ChairHandedOver, person=u(1)))
    handed.when(c.OpenSitting(by=u(1))).then(fact(e.SittingOpened, chair=u(1)))


def test_a_surplus_substitute_does_not_preside() -> None:
    sitting = given(*opened(CAO), arrive(u(2)))
    sitting.when(c.HandOverChair(by=CLERK, person=u(2))).then(NoVote(person=u(2)))


def test_the_secretary_is_a_voting_member_and_gets_the_clerk_s_commands() -> None:
    sitting = given(*opened(CPR))
    sitting.when(call(by=m(9))).then(StaffOnly())
    then = sitting.when(c.AppointSecretary(by=CLERK, person=m(9))).then(fact(e.SecretaryAppointed, person=m(9)))
    assert then.sitting.officers.secretary == m(9)
    then.when(call(by=m(9))).then(fact(e.ItemCalled, item=item_id(1)))
    then.when(c.AppointSecretary(by=CLERK, person=m(9))).then(AlreadyRecorded())


def test_the_secretary_proclaims_nothing() -> None:
    sitting = given(*opened(CPR), c.AppointSecretary(by=CLERK, person=m(9)), call(), *_poll(m(9)))
    sitting.when(proclaim(by=m(9))).then(ChairOnly(chair=CHAIR, citation=articles.POLICE))


def test_another_secretary_takes_the_place_of_the_first() -> None:
    sitting = given(*opened(CPR), c.AppointSecretary(by=CLERK, person=m(9)), c.AppointSecretary(by=CLERK, person=m(8)))
    assert sitting.sitting.is_staff(m(8))
    assert not sitting.sitting.is_staff(m(9))


def test_nobody_without_a_vote_is_secretary() -> None:
    sitting = given(*opened(CPR), arrive(ADVISOR))
    sitting.when(c.AppointSecretary(by=CLERK, person=ADVISOR)).then(NoVote(person=ADVISOR))
    sitting.when(c.AppointSecretary(by=CLERK, person=STRANGER)).then(NotOnTheRoll())
    sitting.when(c.AppointSecretary(by=m(9), person=m(9))).then(StaffOnly())


def _poll(by: PersonId) -> tuple[c.SittingCommand, ...]:
    return (open_poll(by=by), close_poll(by=by))


def test_who_is_called_in_vain_is_on_record_once() -> None:
    called = given(CPR).when(leave(m(7), by=CLERK)).then(e.AttendanceRecorded)
    called.when(leave(m(7), by=CLERK)).then(AlreadyRecorded())
