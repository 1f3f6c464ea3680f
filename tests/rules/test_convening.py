"""What the law asks of a convocation: delay, arrangements, size, and the second sitting after one without quorum."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.kit.given import fact, given
from tests.kit.sittings import START, convene, item, roll, seats, staff, substitutes
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.assembly import Body, Mode, Regime
from voting.domain.ids import SittingId, item_id
from voting.domain.refusals.law import (
    ArrangementsMissing,
    NoticeTooShort,
    OtherItems,
    ReconvenedTooEarly,
    TooManySeats,
)
from voting.domain.remarks import FirstConvocation, Remark, RemarkCode
from voting.domain.ruleset import StandingOrders
from voting.rules import articles, emergency_2020

DAY = (START + timedelta(hours=1)).date()
"""Of the sitting that ``convene`` makes."""
COUNCIL = convene(roll(9), body=Body.COUNCIL)
CPR = convene(roll(9))
CAO = convene((*seats(6), *substitutes(6), *staff()), body=Body.TENDER_COMMITTEE)


def remarked(command: c.ConveneSitting) -> list[RemarkCode]:
    return [remark.code for remark in given(command).sitting.facts.remarks]


@pytest.mark.parametrize(("days", "lawful"), [(13, True), (12, True), (11, False), (0, False), (-1, False)])
def test_R31_L4132_18_a_council_is_summoned_twelve_days_before(days: int, lawful: bool) -> None:
    asked = given().when(replace(COUNCIL, summoned_on=DAY - timedelta(days=days)))
    if lawful:
        asked.then(fact(e.SittingConvened, is_urgent=False, remarks=()))
    else:
        asked.then(NoticeTooShort(days=days, required=12, citation=articles.COUNCIL_NOTICE))


@pytest.mark.parametrize(("days", "lawful"), [(11, True), (2, True), (1, False), (0, False)])
def test_R31_L4132_18_in_an_emergency_one_clear_day_is_left(days: int, lawful: bool) -> None:
    asked = given().when(replace(COUNCIL, summoned_on=DAY - timedelta(days=days), is_urgent=True))
    if lawful:
        remark = Remark(code=RemarkCode.URGENT, article=articles.COUNCIL_NOTICE.article)
        asked.then(fact(e.SittingConvened, is_urgent=True, remarks=(remark,)))
    else:
        asked.then(NoticeTooShort(days=days, required=2, citation=articles.COUNCIL_NOTICE))


def test_R31_L4132_18_a_delay_that_nobody_gave_is_remarked() -> None:
    assert remarked(replace(COUNCIL, summoned_on=None)) == [RemarkCode.SUMMONS_UNDATED]
    assert remarked(replace(COUNCIL, summoned_on=None, is_urgent=True)) == [
        RemarkCode.SUMMONS_UNDATED,
        RemarkCode.URGENT,
    ]


def test_R32_standing_orders_the_delay_of_a_committee_is_its_own() -> None:
    ten = replace(CPR, standing_orders=StandingOrders(notice_days=10, council_seats=77))
    given().when(replace(ten, summoned_on=DAY - timedelta(days=9))).then(
        NoticeTooShort(days=9, required=10, citation=articles.STANDING_NOTICE)
    )
    assert remarked(replace(ten, summoned_on=DAY - timedelta(days=10))) == []
    assert remarked(replace(CPR, summoned_on=DAY)) == [RemarkCode.NOTICE_UNKNOWN, RemarkCode.SIZE_UNKNOWN]


def test_R32_standing_orders_no_text_lets_a_committee_shorten_its_delay() -> None:
    urgent = replace(CPR, standing_orders=StandingOrders(notice_days=10), is_urgent=True)
    given().when(urgent).then(NoticeTooShort(days=0, required=10, citation=articles.STANDING_NOTICE))


def test_R14_L4132_9_1_al_6_a_summons_silent_on_distance_is_remarked_before_it_blocks_the_opening() -> None:
    assert RemarkCode.SUMMONS_LACKS_REMOTE in remarked(replace(COUNCIL, summons_mentions_remote=False))
    in_room = replace(COUNCIL, mode=Mode.ROOM, summons_mentions_remote=False)
    assert remarked(in_room) == []


def test_R15_L4132_9_1_al_7_without_arrangements_nobody_sits_from_afar() -> None:
    bare = StandingOrders(remote_arrangements=False)
    given().when(replace(COUNCIL, standing_orders=bare)).then(
        ArrangementsMissing(citation=articles.REMOTE_ARRANGEMENTS)
    )
    given().when(replace(COUNCIL, standing_orders=bare, mode=Mode.ROOM)).then(e.SittingConvened)


def test_R55_ord_2020_391_the_first_meeting_votes_its_arrangements() -> None:
    then = replace(COUNCIL, regime=Regime.EMERGENCY_2020, standing_orders=StandingOrders(remote_arrangements=False))
    assert remarked(then) == [RemarkCode.ARRANGEMENTS_TO_VOTE]
    (remark,) = given(then).sitting.facts.remarks
    assert remark.article == emergency_2020.ARRANGEMENTS.article


def test_R48_ord_2014_1329_nothing_is_recorded_in_a_tender_committee_until_it_is_settled() -> None:
    assert RemarkCode.RECORDING_UNSETTLED in remarked(CAO)
    settled = replace(CAO, standing_orders=StandingOrders(recording_settled=True, notice_days=5))
    assert remarked(settled) == []


def test_R11_L4132_9_1_al_4_a_half_year_without_a_sitting_in_one_place_is_remarked() -> None:
    assert remarked(replace(COUNCIL, lacks_room_sitting=True)) == [RemarkCode.ROOM_SITTING_DUE]
    assert remarked(replace(COUNCIL, lacks_room_sitting=True, mode=Mode.ROOM)) == []
    assert RemarkCode.ROOM_SITTING_DUE not in remarked(replace(CPR, lacks_room_sitting=True))


@pytest.mark.parametrize(("council", "lawful"), [(77, True), (27, True), (26, False)])
def test_R30_L4133_4_a_committee_has_a_third_of_the_council_at_most(council: int, lawful: bool) -> None:
    asked = given().when(replace(CPR, standing_orders=StandingOrders(council_seats=council)))
    if lawful:
        asked.then(e.SittingConvened)
    else:
        asked.then(TooManySeats(seats=9, limit=8, citation=articles.STANDING_SIZE))


def second(command: c.ConveneSitting, days: int) -> c.ConveneSitting:
    """The same, that many days after a first sitting that was not held."""
    first = FirstConvocation(
        sitting=SittingId("s-0000"),
        scheduled_on=(DAY - timedelta(days=days)).isoformat(),
        lines=12,
        root="ab" * 32,
        items=tuple(i.id for i in command.items),
    )
    return replace(command, second_convocation_of=first.sitting, first_convocation=first, summoned_on=DAY)


@pytest.mark.parametrize(("days", "lawful"), [(4, True), (3, True), (2, False), (0, False)])
@pytest.mark.parametrize("body", [Body.COUNCIL, Body.STANDING_COMMITTEE, Body.DEPARTMENT, Body.DEPARTMENT_COMMITTEE])
def test_R04_L4132_13_al_2_the_second_sitting_comes_three_days_later(body: Body, days: int, lawful: bool) -> None:
    command = second(convene(roll(9), body=body), days)
    asked = given().when(command)
    if lawful:
        kept = asked.then(fact(e.SittingConvened, first_convocation=command.first_convocation))
        assert kept.rules.quorum(9, second_convocation=True).required == 0
    else:
        earliest = DAY + timedelta(days=3 - days)
        citation = asked.given.rules.convening.reconvening.citation
        asked.then(ReconvenedTooEarly(earliest=earliest, citation=citation))


def test_R04_L1411_5_a_tender_committee_may_meet_again_the_same_day() -> None:
    given().when(second(CAO, 0)).then(e.SittingConvened)


def test_R04_L4132_13_al_2_the_second_sitting_takes_what_the_first_had() -> None:
    command = second(COUNCIL, 3)
    less = replace(command, items=command.items[:1])
    given().when(less).then(e.SittingConvened)
    more = replace(command, items=(*command.items, item(9)))
    given().when(more).then(OtherItems(citation=articles.COUNCIL_SECOND_CONVOCATION))
    assert item_id(9) not in (command.first_convocation.items if command.first_convocation else ())


def test_the_day_of_a_first_sitting_is_a_date() -> None:
    found = second(COUNCIL, 3).first_convocation
    assert found is not None
    assert date.fromisoformat(found.scheduled_on) == DAY - timedelta(days=3)


def test_R14_a_remark_whose_article_nobody_has_read_says_so() -> None:
    silent = convene(roll(9), body=Body.DEPARTMENT_COMMITTEE, mode=Mode.REMOTE)
    (said,) = [
        x
        for x in given().when(replace(silent, summons_mentions_remote=False)).accepted().sitting.facts.remarks
        if x.code is RemarkCode.SUMMONS_LACKS_REMOTE
    ]
    assert not said.is_confirmed
