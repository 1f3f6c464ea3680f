"""Who sits for which seat, who counts, and what a check says."""

import pytest

from tests.kit.given import Given, given
from tests.kit.sittings import (
    ADVISOR,
    CLERK,
    OBSERVER,
    SUPPORT,
    accepted_proxy,
    arrivals,
    arrive,
    convene,
    council,
    first,
    leave,
    m,
    person,
    proxy,
    roll,
    seats,
    standing_committee,
    substitutes,
    tender_committee,
    u,
)
from voting.domain.assembly import Body, Role
from voting.domain.attendance import Presence, current
from voting.domain.ids import PersonId, SittingId
from voting.domain.polls import Mandate
from voting.domain.quorum import QuorumCheck
from voting.domain.ruleset import QuorumBase
from voting.domain.seats import electorate, is_represented, occupants, quorum, sits

CPR = standing_committee()
CAO = tender_committee()


def _check(sitting: Given) -> tuple[int, int, int, int]:
    found = quorum(sitting.sitting, sitting.rules)
    return found.present, found.represented, found.counted, found.required


@pytest.mark.parametrize("present", [0, 12, 13, 25])
def test_the_check_is_a_figure(present: int) -> None:
    check = QuorumCheck(present=present, represented=2, in_office=25, required=13, base=QuorumBase.PRESENT, article="x")
    assert check.counted == check.count(QuorumBase.PRESENT) == present
    assert check.count(QuorumBase.PRESENT_OR_REPRESENTED) == present + 2
    assert check.is_reached is (present >= 13)
    assert check.missing == max(0, 13 - present)


def test_nobody_is_here_at_first() -> None:
    assert _check(given(CPR)) == (0, 0, 0, 13)
    assert electorate(given(CPR).sitting, given(CPR).rules) == ()


@pytest.mark.parametrize("presence", list(Presence))
def test_here_in_the_room_on_screen_or_by_telephone(presence: Presence) -> None:
    register = given(CPR, arrive(m(1)), arrive(m(1), Presence.IN_ROOM), leave(m(1), Presence.EXCUSED)).sitting.register
    assert current(register, m(1)) is Presence.EXCUSED
    assert current(register, m(2)) is Presence.ABSENT
    assert presence.is_here is (presence.value in ("in_room", "remote", "audio_only"))


def test_people_without_a_vote_never_count() -> None:
    everybody = (*first(12), ADVISOR, CLERK, SUPPORT, OBSERVER)
    sitting = given(CPR, *arrivals(everybody))
    assert _check(sitting)[0] == 12
    assert [x.member for x in electorate(sitting.sitting, sitting.rules)] == list(first(12))


def test_the_council_counts_no_proxy_and_hears_it_all_the_same() -> None:
    sitting = given(council(), *arrivals(first(38)), *accepted_proxy(m(50), m(2)))
    assert _check(sitting) == (38, 1, 38, 39)
    assert Mandate(member=m(50), voter=m(2)) in electorate(sitting.sitting, sitting.rules)


def test_a_proxy_counts_once_accepted_while_its_holder_is_here_and_its_grantor_is_not() -> None:
    offered = given(CPR, *arrivals(first(12)), proxy(m(20), m(2)))
    assert not is_represented(offered.sitting, m(20))
    accepted = given(CPR, *arrivals(first(12)), *accepted_proxy(m(20), m(2)))
    assert is_represented(accepted.sitting, m(20))
    assert _check(accepted) == (12, 1, 13, 13)
    assert not is_represented(accepted.sitting, m(2))
    both = given(CPR, *arrivals(first(12)), *accepted_proxy(m(3), m(2)))
    assert not is_represented(both.sitting, m(3))
    assert is_represented(both.after(leave(m(3))).sitting, m(3))
    assert not is_represented(accepted.after(arrive(m(20))).sitting, m(20))
    assert not is_represented(accepted.after(leave(m(2))).sitting, m(20))
    early = given(CPR, *accepted_proxy(m(20), m(2)))
    assert not is_represented(early.sitting, m(20))
    assert is_represented(early.after(arrive(m(2))).sitting, m(20))


def test_the_electorate_is_in_the_order_of_the_roll() -> None:
    sitting = given(CPR, *arrivals(reversed(first(4))), *accepted_proxy(m(3), m(1)), leave(m(3)))
    assert electorate(sitting.sitting, sitting.rules) == (
        Mandate(member=m(1), voter=m(1)),
        Mandate(member=m(2), voter=m(2)),
        Mandate(member=m(3), voter=m(1)),
        Mandate(member=m(4), voter=m(4)),
    )


def test_a_substitute_sits_for_his_absent_titular_only() -> None:
    sitting = given(CAO, *arrivals((*first(5), u(5), u(6))))
    held = {seat.id: occupant for seat, occupant in occupants(sitting.sitting, sitting.rules)}
    assert held == {**{p: p for p in first(5)}, m(6): u(6)}
    assert _check(sitting) == (6, 0, 6, 4)
    assert sits(sitting.sitting, sitting.rules, u(6))
    assert not sits(sitting.sitting, sitting.rules, u(5))
    assert not sits(sitting.sitting, sitting.rules, m(6))


def test_the_first_substitute_of_the_roll_sits_and_one_only() -> None:
    second = person(PersonId("u106"), Role.MEMBER, substitute_for=m(6))
    cao = convene((*seats(6), *substitutes(6), second, *roll(0)), body=Body.TENDER_COMMITTEE)
    sitting = given(cao, *arrivals((*first(5), u(6), second.id)))
    assert _check(sitting)[0] == 6
    assert not sits(sitting.sitting, sitting.rules, second.id)
    assert sits(sitting.after(leave(u(6))).sitting, sitting.rules, second.id)


def test_a_substitute_sits_for_nobody_where_the_law_knows_none() -> None:
    sitting = given(convene((*seats(6), *substitutes(6), *roll(0))), *arrivals((*first(3), u(6))))
    assert _check(sitting) == (3, 0, 3, 4)
    assert not sits(sitting.sitting, sitting.rules, u(6))


def test_no_quorum_is_asked_the_second_time() -> None:
    sitting = given(convene(roll(25), second_convocation_of=SittingId("s-0000")))
    assert _check(sitting) == (0, 0, 0, 0)
    check = quorum(sitting.sitting, sitting.rules)
    assert check.is_reached
    assert check.article == "CGCT, art. L. 4132-13-1, al. 2"
