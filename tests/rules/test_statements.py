"""What is stated of a sitting, by whom, and what the law makes of it (R06, R09, R12, R31, R34, R48)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.kit.given import fact, given
from tests.kit.sittings import (
    CHAIR,
    CLERK,
    START,
    accepted_proxy,
    arrivals,
    arrive,
    ask,
    broadcast,
    call,
    convene,
    first,
    leave,
    m,
    opened,
    roll,
    seats,
    staff,
    standing_committee,
    substitutes,
    u,
)
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.assembly import Body, Mode
from voting.domain.attendance import Presence
from voting.domain.ids import PersonId
from voting.domain.proxies import ProxyEnd
from voting.domain.refusals import (
    AlreadyRecorded,
    ChairOnly,
    QuorumNotReached,
    SecretBallotAlreadyRequested,
    StaffOnly,
    WrongPhase,
)
from voting.domain.refusals.law import (
    BroadcastNotStarted,
    NotAllowedHere,
    PresenceNotAdmitted,
    QuorumIsReached,
    UrgencyNotJudged,
)
from voting.domain.ruleset import StandingOrders
from voting.domain.seats import quorum
from voting.domain.sitting import Phase
from voting.domain.standing_orders import Threshold
from voting.domain.statements import Statement
from voting.rules import articles

COUNCIL = convene(roll(9), body=Body.COUNCIL)
CPR = standing_committee(voters=9)
CAO = convene((*seats(6), *substitutes(6), *staff()), body=Body.TENDER_COMMITTEE)


def states(statement: Statement, by: PersonId = CLERK) -> c.MakeStatement:
    return c.MakeStatement(by=by, statement=statement)


@pytest.mark.parametrize("mode", [Mode.REMOTE, Mode.HYBRID])
@pytest.mark.parametrize("body", [Body.COUNCIL, Body.DEPARTMENT, Body.EPCI])
def test_R12_L4132_9_1_al_5_a_council_from_afar_opens_once_the_public_can_follow(body: Body, mode: Mode) -> None:
    convocation = convene(roll(9), body=body, mode=mode)
    ready = given(convocation, *arrivals(first(9)))
    ready.when(c.OpenSitting(by=CHAIR)).then(BroadcastNotStarted(citation=ready.rules.conduct.broadcast))
    ready.after(*broadcast(convocation)).when(c.OpenSitting(by=CHAIR)).then(e.SittingOpened)


def test_R12_L4132_9_1_al_5_a_broadcast_that_stops_is_on_record_and_stops_nothing() -> None:
    sitting = given(*opened(COUNCIL, first(9)), states(Statement.BROADCAST_STOPPED))
    assert not sitting.sitting.course.stated.is_broadcast
    sitting.when(call()).then(e.ItemCalled)
    sitting.when(states(Statement.BROADCAST_STOPPED)).then(AlreadyRecorded())


def test_R13_CE_1996_what_is_not_public_is_not_broadcast() -> None:
    given(CPR).when(states(Statement.BROADCAST_STARTED)).then(NotAllowedHere(citation=articles.STANDING_NOT_PUBLIC))
    given(CAO).when(states(Statement.BROADCAST_STARTED)).then(NotAllowedHere(citation=articles.TENDER_CONFIDENTIALITY))
    public = replace(CPR, standing_orders=StandingOrders(public_board=True))
    given(public).when(states(Statement.BROADCAST_STARTED)).then(
        fact(e.StatementRecorded, statement=Statement.BROADCAST_STARTED)
    )


def test_R48_ord_2014_1329_a_tender_committee_is_recorded_only_once_that_was_settled() -> None:
    given(CAO).when(states(Statement.RECORDING_STARTED)).then(NotAllowedHere(citation=articles.TENDER_RECORDING))
    settled = given(replace(CAO, standing_orders=StandingOrders(recording_settled=True)))
    recorded = settled.after(states(Statement.RECORDING_STARTED))
    assert recorded.sitting.course.stated.is_recorded
    assert not recorded.after(states(Statement.RECORDING_STOPPED)).sitting.course.stated.is_recorded


def test_R09_L4132_9_1_al_1_the_chair_judges_of_sound_alone() -> None:
    heard = given(CPR, *arrivals(first(4)), arrive(m(5), Presence.AUDIO_ONLY))
    assert quorum(heard.sitting, heard.rules).present == 5
    heard.when(states(Statement.SOUND_REFUSED)).then(ChairOnly(chair=CHAIR, citation=articles.POLICE))
    refused = heard.when(states(Statement.SOUND_REFUSED, CHAIR)).then(
        e.StatementRecorded, fact(e.AttendanceRecorded, person=m(5), presence=Presence.ABSENT)
    )
    assert quorum(refused.sitting, refused.rules).present == 4
    refused.when(arrive(m(5), Presence.AUDIO_ONLY)).then(
        PresenceNotAdmitted(presence=Presence.AUDIO_ONLY, citation=articles.STANDING_VIDEO)
    )
    refused.when(arrive(m(5))).then(e.AttendanceRecorded)
    admitted = refused.after(states(Statement.SOUND_ADMITTED, CHAIR), arrive(m(5), Presence.AUDIO_ONLY))
    assert quorum(admitted.sitting, admitted.rules).present == 5
    assert admitted.sitting.course.stated.is_sound_judged


def test_R09_L4132_9_1_al_1_who_is_sent_away_leaves_the_list_and_the_proxy_he_held() -> None:
    sitting = given(*opened(CPR, first(8)), call(), arrive(m(8), Presence.AUDIO_ONLY), ask(m(8)))
    held = sitting.after(*accepted_proxy(m(9), m(8)))
    held.when(states(Statement.SOUND_REFUSED, CHAIR)).then(
        e.StatementRecorded,
        e.FloorWithdrawn,
        fact(e.ProxyEnded, grantor=m(9), reason=ProxyEnd.HOLDER_LEFT),
        e.AttendanceRecorded,
    )


def test_R09_an_advisor_who_is_only_heard_stays() -> None:
    sitting = given(CPR, *arrivals(first(5)), arrive(staff()[1].id, Presence.AUDIO_ONLY))
    sitting.when(states(Statement.SOUND_REFUSED, CHAIR)).then(e.StatementRecorded)


def test_R46_ord_2014_1329_the_telephone_is_lawful_in_a_tender_committee_whatever_the_chair_says() -> None:
    by_phone = given(CAO, arrive(CHAIR), arrive(u(2), Presence.AUDIO_ONLY))
    by_phone.when(states(Statement.SOUND_REFUSED, CHAIR)).then(NotAllowedHere(citation=articles.TENDER_DEEMED_PRESENT))


def test_R31_L4132_18_an_emergency_is_judged_before_the_first_item() -> None:
    urgent = replace(COUNCIL, is_urgent=True, summoned_on=(START - timedelta(days=3)).date())
    given(urgent).when(states(Statement.URGENCY_ADMITTED, CHAIR)).then(WrongPhase(phase=Phase.CONVENED))
    sitting = given(*opened(urgent, first(9)))
    sitting.when(call()).then(UrgencyNotJudged(citation=articles.COUNCIL_NOTICE))
    sitting.after(states(Statement.URGENCY_ADMITTED, CHAIR)).when(call()).then(e.ItemCalled)
    ordinary = given(*opened(COUNCIL, first(9)))
    ordinary.when(states(Statement.URGENCY_ADMITTED, CHAIR)).then(NotAllowedHere(citation=articles.COUNCIL_NOTICE))


def test_R34_L4132_11_the_secretary_helps_and_does_not_judge() -> None:
    """The appointed secretary has the clerk's commands; the police of the sitting and its result are the chair's."""
    secretary = m(3)
    sitting = given(*opened(CPR, first(9)), c.AppointSecretary(by=CLERK, person=secretary), call())
    sitting.when(states(Statement.RECORDING_STARTED, secretary)).then(e.StatementRecorded)
    sitting.when(states(Statement.SOUND_REFUSED, secretary)).then(ChairOnly(chair=CHAIR, citation=articles.POLICE))
    sitting.when(states(Statement.RECORDING_STARTED, m(4))).then(StaffOnly())


def test_R04_L4132_13_al_2_a_sitting_without_quorum_is_recorded_as_not_held() -> None:
    waiting = given(CPR, c.OpenRollCall(by=CLERK), *arrivals(first(4)))
    waiting.when(c.RecordNoQuorum(by=m(2))).then(StaffOnly())
    over = waiting.when(c.RecordNoQuorum(by=CLERK)).then(
        e.RollCallClosed, fact(e.SittingNotHeld, missing=tuple(m(n) for n in range(5, 10)))
    )
    assert (over.sitting.course.phase, over.sitting.course.is_held) == (Phase.CLOSED, False)
    course = over.sitting.course
    assert course.closed_at is not None and course.quorum is not None
    assert (course.quorum.present, course.roll_call_open) == (4, False)
    over.when(c.OpenSitting(by=CLERK)).then(WrongPhase(phase=Phase.CLOSED))


def test_R04_L4132_13_al_2_a_sitting_with_its_quorum_is_to_be_opened() -> None:
    ready = given(CPR, *arrivals(first(5)))
    ready.when(c.RecordNoQuorum(by=CLERK)).then(QuorumIsReached())
    ready.after(c.OpenSitting(by=CHAIR)).when(c.RecordNoQuorum(by=CLERK)).then(WrongPhase(phase=Phase.OPEN))


def test_R04_L4132_13_al_2_a_quorum_lost_after_the_opening_ends_in_a_lifted_sitting() -> None:
    """No text says that a sitting that was held is convened a second time: it is lifted, and convened as any other."""
    lost = given(*opened(CPR, first(5)), leave(m(5)))
    lost.when(call()).then(QuorumNotReached(counted=4, required=5, citation=articles.STANDING_QUORUM))
    lost.when(c.CloseSitting(by=CHAIR)).then(e.SittingClosed)


def test_R18_standing_orders_a_request_for_secrecy_waits_until_enough_have_made_it() -> None:
    third = replace(CPR, standing_orders=StandingOrders(secret_ballot=Threshold(numerator=1, denominator=3)))
    sitting = given(*opened(third, first(7)), call())
    item = sitting.sitting.agenda.current
    assert item is not None
    alone = sitting.when(c.RequestSecretBallot(by=m(2))).then(fact(e.SecretBallotRequested, needed=3))
    assert item not in alone.sitting.secret_ballot_requests
    alone.when(c.RequestSecretBallot(by=m(2))).then(SecretBallotAlreadyRequested(citation=alone.rules.secrecy.citation))
    enough = alone.after(c.RequestSecretBallot(by=m(3)), c.RequestSecretBallot(by=m(4)))
    assert enough.sitting.secret_ballot_requests == {item: m(2)}
    assert enough.sitting.secret_ballot_supporters == {item: (m(2), m(3), m(4))}


def test_R09_L4132_9_1_al_1_everybody_who_is_only_heard_is_sent_away() -> None:
    heard = given(CPR, *arrivals(first(6)), *(arrive(m(n), Presence.AUDIO_ONLY) for n in (7, 8)))
    refused = heard.when(states(Statement.SOUND_REFUSED, CHAIR)).then(
        e.StatementRecorded, fact(e.AttendanceRecorded, person=m(7)), fact(e.AttendanceRecorded, person=m(8))
    )
    assert quorum(refused.sitting, refused.rules).present == 6
