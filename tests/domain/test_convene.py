"""The convocation: what it freezes, and the rolls and agendas that cannot hold a sitting."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest

from tests.kit.given import given
from tests.kit.sittings import (
    CLERK,
    START,
    convene,
    item,
    m,
    person,
    reports,
    roll,
    seats,
    staff,
    standing_committee,
    vote,
)
from tests.kit.sittings import substitutes as substitutes_of
from voting import rules
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.agenda import ItemState
from voting.domain.assembly import AgendaItem, Body, Member, Mode, Role
from voting.domain.attendance import Presence
from voting.domain.decide import convening
from voting.domain.ids import ItemId, PersonId, SittingId
from voting.domain.refusals import AgendaEmpty, RollIncomplete, SittingAlreadyExists, SittingUnknown
from voting.domain.ruleset import StandingOrders
from voting.domain.sitting import Phase

LAW = rules.current(Body.STANDING_COMMITTEE, Mode.REMOTE, StandingOrders())

NOT_RECORDED = ("by", "regime", "lacks_room_sitting")
"""Asked, and answered in the event by the name of the rule set and by a remark."""


def test_the_convocation_freezes_roll_agenda_and_law() -> None:
    orders = StandingOrders(turn_seconds=90)
    command = convene(roll(25), orders=orders, second_convocation_of=SittingId("s-0000"))
    command = replace(command, body_siret="20005376700014")
    given().when(command).then(
        e.SittingConvened(
            at=START,
            by=CLERK,
            rule_set="cpr-remote/1",
            remarks=convening.remarks(command, LAW),
            **{f.name: getattr(command, f.name) for f in fields(command) if f.name not in NOT_RECORDED},
        )
    )


def test_a_convened_sitting_waits_for_its_people() -> None:
    sitting = given(standing_committee()).sitting
    assert sitting.course.phase is Phase.CONVENED
    assert sitting.officers.chair == m(1)
    assert sitting.officers.secretary is None
    assert set(sitting.agenda.states.values()) == {ItemState.PENDING}
    assert {sitting.presence(p) for p in sitting.roll} == {Presence.ABSENT}
    assert [x.id for x in sitting.voting_members()] == [x.id for x in seats(25)]


def test_a_sitting_is_convened_once() -> None:
    command = standing_committee()
    given(command).when(command).then(SittingAlreadyExists())


@pytest.mark.parametrize("command", [c.OpenSitting(by=CLERK), c.ClosePoll(by=CLERK), vote(m(1))])
def test_nothing_is_asked_of_a_sitting_that_nobody_convened(command: c.SittingCommand) -> None:
    given(rules=LAW).when(command).then(SittingUnknown())


def _another_chair(members: tuple[Member, ...]) -> tuple[Member, ...]:
    return (*members, replace(person(PersonId("m099"), Role.CHAIR), votes=True))


@pytest.mark.parametrize(
    ("members", "what"),
    [
        (staff(), "chair"),
        (seats(25)[1:], "chair"),
        (_another_chair(seats(25)), "chair"),
        ((person(PersonId("m001"), Role.CHAIR), *staff()), "voters"),
        ((*seats(25), seats(2)[1]), "ids"),
        ((*seats(6), replace(substitutes_of(1)[0], votes=True)), "substitutes"),
        ((*seats(6), replace(substitutes_of(1)[0], substitute_for=PersonId("z999"))), "substitutes"),
        ((*seats(6), *staff(), replace(substitutes_of(1)[0], substitute_for=CLERK)), "substitutes"),
    ],
    ids=[
        "nobody chairs",
        "chair missing",
        "two chairs",
        "no vote at all",
        "an id twice",
        "a substitute with a vote",
        "a substitute of a stranger",
        "a substitute of somebody without a vote",
    ],
)
def test_a_roll_that_cannot_hold_a_sitting_is_refused(members: tuple[Member, ...], what: str) -> None:
    given(rules=LAW).when(convene(members)).then(RollIncomplete(what=what))


def test_an_empty_agenda_is_refused() -> None:
    given(rules=LAW).when(convene(roll(25), ())).then(AgendaEmpty())


@pytest.mark.parametrize(
    "items",
    [
        (*reports(2), item(2)),
        (item(1), item(2, parent=ItemId("i099"))),
        (item(1, parent=ItemId("i001")),),
        (item(1, parent=ItemId("i002")), item(2, parent=ItemId("i001"))),
        (item(1, parent=ItemId("i002")), item(2, parent=ItemId("i003")), item(3, parent=ItemId("i002"))),
    ],
    ids=["an id twice", "parent unknown", "its own parent", "parents in a circle", "a circle above it"],
)
def test_an_agenda_that_does_not_hold_together_is_refused(items: tuple[AgendaItem, ...]) -> None:
    given(rules=LAW).when(convene(roll(25), items)).then(RollIncomplete(what="items"))


def test_the_time_given_is_the_time_recorded() -> None:
    later = START + timedelta(days=2)
    reached = given().when(standing_committee(), by=m(1), at=later).accepted()
    assert [(x.at, x.by) for x in reached.history] == [(later, m(1))]
