"""The verifier's own figures of the law, held equal to those of every released rule set."""

import json
from typing import Any

import pytest
import rfc8785

from tests.kit.given import Given, given
from tests.kit.sittings import arrivals, call, convene, first, item, m, open_poll, opened, reports, roll
from voting import rules
from voting.domain import commands as c
from voting.domain.assembly import Body, LegalSubject, Mode, Regime
from voting.domain.attendance import Presence
from voting.domain.ids import SittingId
from voting.domain.ruleset import QuorumBase, StandingOrders
from voting.domain.standing_orders import Threshold
from voting.journal.codec import Codec
from voting.journal.wire import WIRE
from voting.verify import law, mandates, quorum
from voting.verify.faults import Malformed
from voting.verify.journal import lines_of
from voting.verify.record import Record

ORDERS = (
    StandingOrders(),
    StandingOrders(quorum_base=QuorumBase.PRESENT),
    StandingOrders(quorum_base=QuorumBase.PRESENT_OR_REPRESENTED),
    StandingOrders(quorum=Threshold(numerator=2, denominator=5), proxies_per_holder=3),
    StandingOrders(quorum=Threshold(numerator=1, denominator=3, is_strict=True), proxies_per_holder=0),
)
SITTINGS = [
    (body, mode, Regime.ORDINARY) for body in Body for mode in Mode if (body, mode) != (Body.EPCI, Mode.ROOM)
] + [(body, Mode.REMOTE, Regime.EMERGENCY_2020) for body in (Body.COUNCIL, Body.STANDING_COMMITTEE)]


def record(*state: Given) -> Record:
    codec = Codec(WIRE)
    history = state[0].history
    return Record(lines_of(b"".join(codec.encode("s-0001", n, e).line + b"\n" for n, e in enumerate(history))))


@pytest.mark.parametrize("orders", ORDERS)
@pytest.mark.parametrize(("body", "mode", "regime"), SITTINGS)
def test_quorum_and_proxies_are_those_of_the_rule_set(
    body: Body, mode: Mode, regime: Regime, orders: StandingOrders
) -> None:
    for again in (None, SittingId("s-0000")):
        convened = given(
            convene(roll(5), body=body, mode=mode, regime=regime, orders=orders, second_convocation_of=again)
        )
        judged, book = record(convened), convened.rules
        assert law.proxies_per_holder(judged) == book.proxies.max_per_holder
        for seats in (1, 2, 3, 6, 25, 60, 77):
            for subject in LegalSubject:
                due = book.quorum(seats, second_convocation=again is not None, subject=subject)
                assert law.quorum(judged, seats, subject.value) == (due.base.value, due.required)


@pytest.mark.parametrize(("body", "mode", "regime"), SITTINGS)
def test_R33_who_may_ask_that_the_public_leave_is_as_the_rule_set_says(body: Body, mode: Mode, regime: Regime) -> None:
    convened = given(convene(roll(5), body=body, mode=mode, regime=regime))
    rule = convened.rules.conduct.in_camera
    assert law.in_camera_requesters(record(convened)) == (rule.requesters if rule is not None else None)


@pytest.mark.parametrize("name", rules.released())
def test_every_rule_set_but_the_one_not_offered_is_covered(name: str) -> None:
    covered = {rules.current(b, m, StandingOrders(), regime=r, replay=True).name for b, m, r in SITTINGS}
    assert (name in covered) is (name != "cao-written/1")


def test_R07_L4133_1_two_thirds_are_asked_for_the_item_that_elects() -> None:
    """Ordinary business goes on with half; the election is called with two thirds, and verified so."""
    agenda = (item(1), item(2, subject="presidency_election"))
    convocation = convene(roll(9), agenda, body=Body.COUNCIL, mode=Mode.ROOM)
    here = [arrive for arrive in arrivals(first(5))]
    room = [c.RecordAttendance(by=x.by, person=x.person, presence=Presence.IN_ROOM, source=x.source) for x in here]
    started = given(convocation, *room, c.OpenSitting(by=m(1)), call())
    started.when(call()).refused()
    sixth = c.RecordAttendance(by=m(6), person=m(6), presence=Presence.IN_ROOM, source=here[0].source)
    elected = started.after(sixth, call())
    assert elected.sitting.course.quorum is not None
    assert (elected.sitting.course.quorum.counted, elected.sitting.course.quorum.required) == (6, 6)
    assert quorum.judge(record(elected)).ok is True


def test_R54_loi_2020_290_two_proxies_are_verified_under_the_law_of_2020_alone() -> None:
    emergency = convene(roll(6), reports(1), body=Body.STANDING_COMMITTEE, regime=Regime.EMERGENCY_2020)
    two = [
        step
        for n in (5, 6)
        for step in (
            c.GiveProxy(by=m(n), grantor=m(n), holder=m(2), source=arrivals([m(2)])[0].source),
            c.AcceptProxy(by=m(2), grantor=m(n)),
        )
    ]
    held = given(*opened(emergency, first(3)), *two, call(), open_poll())
    assert mandates.judge(record(held)).ok is True
    lines: list[Any] = [json.loads(codec_line) for codec_line in _lines(held)]
    lines[0]["data"]["rule_set"] = "cpr-remote/1"
    forged = Record(lines_of(b"".join(rfc8785.dumps(line) + b"\n" for line in lines)))
    assert [f.code for f in mandates.judge(forged).findings] == ["too_many"]


def test_a_quorum_of_no_part_at_all_is_malformed() -> None:
    orders = StandingOrders(quorum=Threshold(numerator=1, denominator=2))
    lines: list[Any] = [json.loads(x) for x in _lines(given(convene(roll(3), body=Body.ASSOCIATION, orders=orders)))]
    lines[0]["data"]["standing_orders"]["quorum"]["denominator"] = 0
    with pytest.raises(Malformed):
        law.quorum(Record(lines_of(b"".join(rfc8785.dumps(line) + b"\n" for line in lines))), 3, "")


def _lines(state: Given) -> list[bytes]:
    codec = Codec(WIRE)
    return [codec.encode("s-0001", n, event).line for n, event in enumerate(state.history)]
