"""The second convocation made from the first sitting, and the half-year that a council must meet in one place."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.kit import sittings as kit
from tests.kit.given import given
from voting.domain import commands as c
from voting.domain.assembly import Body, Mode, Regime
from voting.domain.ids import SittingId
from voting.domain.refusals.law import LawEnded, WasHeld
from voting.domain.sitting import Phase
from voting.service.half_year import has_room_sitting
from voting.service.reconvene import Second, earliest, reconvene
from voting.wording import catalogue

FRENCH = catalogue("fr")
FAILED = given(kit.standing_committee(voters=9), *kit.arrivals(kit.first(3)), c.RecordNoQuorum(by=kit.CLERK))
ROOT = bytes(range(32))


def second(when: datetime) -> Second:
    return Second(sitting=SittingId("s-0002"), by=kit.CLERK, scheduled_for=when, summoned_on=date(2026, 11, 20))


def test_R04_L4132_13_al_2_the_first_lawful_day_is_three_days_later_at_the_same_hour() -> None:
    assert earliest(FAILED.sitting, FAILED.rules) == datetime(2026, 11, 23, 10, tzinfo=UTC)
    winter = replace(kit.standing_committee(), scheduled_for=datetime(2026, 10, 23, 7, tzinfo=UTC))
    changed = given(replace(winter, summoned_on=date(2026, 10, 1)))
    assert earliest(changed.sitting, changed.rules) == datetime(2026, 10, 26, 8, tzinfo=UTC), "nine o'clock in Paris"


def test_R04_L4132_13_al_2_everything_else_is_the_first_sittings() -> None:
    command = reconvene(FAILED.sitting, 9, ROOT, second(datetime(2026, 11, 23, 10, tzinfo=UTC)), FRENCH)
    facts, held = FAILED.sitting.facts, given(command)
    assert (command.members, command.items, command.mode) == (facts.members, facts.items, facts.mode)
    assert command.title == "Commission permanente du 23 novembre 2026"
    assert held.sitting.facts.second_convocation_of == kit.SITTING
    first = held.sitting.facts.first_convocation
    assert first is not None
    assert (first.lines, first.root, first.scheduled_on) == (9, ROOT.hex(), "2026-11-20")
    alone = held.after(kit.arrive(kit.CHAIR), c.OpenSitting(by=kit.CHAIR), kit.call(), kit.open_poll())
    assert alone.sitting.course.phase is Phase.OPEN


def test_only_a_sitting_that_was_not_held_is_convened_again() -> None:
    for held in (
        given(kit.standing_committee()),
        given(*kit.opened(kit.standing_committee()), c.CloseSitting(by=kit.CHAIR)),
    ):
        with pytest.raises(WasHeld) as caught:
            reconvene(held.sitting, 3, ROOT, second(datetime(2026, 11, 23, 10, tzinfo=UTC)), FRENCH)
        assert caught.value == WasHeld()


def test_R54_loi_2020_290_the_law_of_the_first_sitting_is_kept_while_it_lasts() -> None:
    at = datetime(2022, 7, 25, 8, tzinfo=UTC)
    convocation = replace(
        kit.convene(kit.roll(9), regime=Regime.EMERGENCY_2020), scheduled_for=at, summoned_on=date(2022, 7, 1)
    )
    failed = given(convocation, *kit.arrivals(kit.first(2)), c.RecordNoQuorum(by=kit.CLERK))
    again = reconvene(failed.sitting, 3, ROOT, second(at + timedelta(days=3)), FRENCH)
    assert again.regime is Regime.EMERGENCY_2020
    with pytest.raises(LawEnded):
        reconvene(failed.sitting, 3, ROOT, second(at + timedelta(days=10)), FRENCH)


def test_R11_L4132_9_1_al_4_one_room_sitting_in_the_half_year_is_enough() -> None:
    name = "Région Val-de-Brenne"
    room = given(replace(kit.council(), mode=Mode.ROOM)).sitting  # of November
    day = datetime(2026, 12, 31, 22, tzinfo=UTC)
    assert has_room_sitting([room], Body.COUNCIL, name, day)
    assert not has_room_sitting([room], Body.COUNCIL, name, day + timedelta(hours=2)), "the new year in Paris"
    assert not has_room_sitting([room], Body.COUNCIL, "Une autre Région", day)
    assert not has_room_sitting([room], Body.STANDING_COMMITTEE, name, day)
    assert not has_room_sitting([given(kit.council()).sitting], Body.COUNCIL, name, day)
    failed = given(replace(kit.council(), mode=Mode.ROOM), c.RecordNoQuorum(by=kit.CLERK)).sitting
    assert not has_room_sitting([failed], Body.COUNCIL, name, day)
