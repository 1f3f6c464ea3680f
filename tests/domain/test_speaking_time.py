"""The time of speech as the standing orders share it out: per turn, per group, per item (R58)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from tests.kit.given import Given, given
from tests.kit.sittings import ADVISOR, CHAIR, arrive, ask, call, called, convene, m, opened, roll, standing_committee
from voting.domain import commands as c
from voting.domain import speaking_time as times
from voting.domain.ids import PersonId
from voting.domain.queue import queue
from voting.domain.ruleset import StandingOrders
from voting.domain.speakers import FloorKind
from voting.domain.standing_orders import FloorOrder, GroupTime, SpeakingTimes

SHARED = GroupTime(item_seconds=1_000, floor_seconds=150, unattached_seconds=90)
BIG, BENCH_MATE, SMALL = m(1), m(2), m(21)
GROUPS = ("Alliance des territoires", "Ensemble", "Les Verts", "Horizon")


def debate(rule: GroupTime = SHARED, **orders: object) -> Given:
    """Twenty-five members: 10, 6, 4, 3 in groups, two unattached (``m024``, ``m025``); an item is called."""
    return given(*called(standing_committee(orders=replace(StandingOrders(group_time=rule), **orders))))  # type: ignore[arg-type]


def speak(sitting: Given, person: PersonId, seconds: int, kind: FloorKind = FloorKind.INTERVENTION) -> Given:
    after = sitting.after(ask(person, kind), c.GiveFloor(by=CHAIR, person=person))
    after.clock.advance(timedelta(seconds=seconds - 1))
    return after.after(c.EndFloor(by=CHAIR))


def account(sitting: Given, person: PersonId) -> tuple[int, int]:
    found = times.account_of(sitting.sitting, person)
    assert found is not None
    return int(found.allotted.total_seconds()), int(found.used.total_seconds())


@pytest.mark.parametrize("kind", FloorKind)
def test_R58_a_turn_lasts_as_its_kind(kind: FloorKind) -> None:
    orders = StandingOrders(
        turn_seconds=1,
        speaking=SpeakingTimes(point_of_order=2, personal_statement=3, right_of_reply=4, explanation_of_vote=5),
    )
    expected = {"point_of_order": 2, "answer": 1, "intervention": 1, "reply": 4, "explanation": 5}
    assert times.turn_seconds(orders, kind) == expected.get(kind.value, 3)


def test_R58_the_end_of_a_turn_is_put_off_by_its_pauses() -> None:
    sitting = debate().after(ask(m(7)), c.GiveFloor(by=CHAIR))
    orders, start = sitting.sitting.facts.standing_orders, sitting.history[-1].at

    def end(state: Given) -> object:
        turn = state.sitting.speakers.turn
        assert turn is not None
        return times.ends_at(orders, turn)

    assert end(sitting) == start + timedelta(seconds=180)
    paused = sitting.after(c.PauseFloor(by=CHAIR))
    assert end(paused) is None
    paused.clock.advance(timedelta(seconds=59))
    assert end(paused.after(c.ContinueFloor(by=CHAIR))) == start + timedelta(seconds=240)


def test_R58_a_group_has_its_part_of_the_time_of_the_item_and_no_less_than_the_floor() -> None:
    sitting = debate().sitting
    assert times.groups(sitting) == GROUPS
    shared = [times.group_account(sitting, group) for group in GROUPS]
    assert [int(a.allotted.total_seconds()) for a in shared if a is not None] == [400, 240, 160, 150]


@for_all(
    st.lists(st.integers(1, 40), min_size=1, max_size=9), st.integers(0, 20), st.integers(1, 7_200), st.integers(0, 300)
)
def test_R58_the_parts_add_up_to_the_whole_but_for_the_floors(
    sizes: list[int], unattached: int, item: int, floor: int
) -> None:
    voters = sum(sizes) + unattached
    parts = [GroupTime(item_seconds=item, floor_seconds=floor).allotted(size, voters) for size in sizes]
    assert all(part >= floor for part in parts)
    above = [part for part in parts if part > floor]
    assert sum(above) <= item
    bare = sum(GroupTime(item_seconds=item).allotted(size, voters) for size in sizes)
    assert item * sum(sizes) // voters - len(sizes) < bare <= item
    assert sum(parts) <= item + floor * len(sizes)


def test_R58_without_a_time_for_the_item_nobody_has_one() -> None:
    sitting = debate(GroupTime(unattached_seconds=90)).sitting
    assert times.item_account(sitting) is None
    assert times.account_of(sitting, BIG) is None
    assert times.account_of(sitting, m(25)) is None


def test_R58_interventions_use_the_time_of_the_group_and_nothing_else_does() -> None:
    sitting = speak(debate(), BIG, 100)
    assert account(sitting, BENCH_MATE) == (400, 100), "the group shares it"
    for kind in (FloorKind.POINT_OF_ORDER, FloorKind.REPLY, FloorKind.EXPLANATION, FloorKind.PERSONAL_STATEMENT):
        sitting = speak(sitting, m(6), 30, kind)
    assert account(sitting, BENCH_MATE) == (400, 100)
    assert account(sitting, SMALL) == (150, 0)
    whole = times.item_account(sitting.sitting)
    assert whole is not None
    assert (whole.allotted, whole.used, whole.left) == tuple(timedelta(seconds=n) for n in (1_000, 100, 900))


def test_R58_each_item_has_its_own_time() -> None:
    sitting = speak(debate(), BIG, 100).after(call())
    assert account(sitting, BIG) == (400, 0)
    assert sum(h.spoken.total_seconds() for h in sitting.sitting.speakers.heard) == 100


def test_R58_a_time_that_is_not_shared_belongs_to_the_first_who_used_it() -> None:
    alone = replace(SHARED, is_shareable=False)
    before = debate(alone)
    assert account(before, BENCH_MATE) == (400, 0)
    sitting = speak(before, BIG, 100)
    assert account(sitting, BIG) == (400, 100)
    assert account(sitting, BENCH_MATE) == (0, 0)
    assert account(sitting, SMALL) == (150, 0)


def test_R58_an_unattached_member_has_his_own_time() -> None:
    sitting = speak(debate(), m(25), 100)
    assert account(sitting, m(25)) == (90, 100)
    found = times.account_of(sitting.sitting, m(25))
    assert found is not None
    assert found.left == timedelta(), "never less than nothing"
    assert account(sitting, m(24)) == (90, 0)


def test_R58_who_sits_without_a_vote_draws_on_no_time() -> None:
    sitting = debate().after(arrive(ADVISOR))
    assert times.account_of(sitting.sitting, ADVISOR) is None
    guest = tuple(replace(x, group="Invités") if x.id == ADVISOR else x for x in roll(25))
    held = given(*called(convene(guest, orders=StandingOrders(group_time=SHARED))))
    assert times.account_of(held.sitting, ADVISOR) is None
    assert "Invités" not in times.groups(held.sitting)


def test_R58_between_two_items_no_time_runs() -> None:
    between = given(*opened(standing_committee(orders=StandingOrders(group_time=SHARED))))
    spoken = between.after(ask(m(7), FloorKind.POINT_OF_ORDER), c.GiveFloor(by=CHAIR), c.EndFloor(by=CHAIR))
    assert times.item_account(spoken.sitting) is None
    assert account(spoken, m(7))[1] == 0


def test_R58_the_balanced_order_hears_the_groups_in_turn() -> None:
    sitting = debate(floor_order=FloorOrder.BALANCED).after(ask(BIG), ask(BENCH_MATE), ask(SMALL), ask(m(25)))
    assert [r.person for r in queue(sitting.sitting)] == [BIG, SMALL, m(25), BENCH_MATE]
    speaking = sitting.after(c.GiveFloor(by=CHAIR), ask(BIG))
    assert [r.person for r in queue(speaking.sitting)] == [SMALL, m(25), BENCH_MATE, BIG]
    ended = speaking.after(c.EndFloor(by=CHAIR))
    assert queue(ended.sitting) == queue(speaking.sitting)


def test_R58_points_of_order_are_never_balanced() -> None:
    balanced = debate(floor_order=FloorOrder.BALANCED)
    sitting = balanced.after(*(ask(p, FloorKind.POINT_OF_ORDER) for p in (BIG, BENCH_MATE, SMALL)))
    assert [r.person for r in queue(sitting.sitting)] == [BIG, BENCH_MATE, SMALL]


def test_R58_the_time_of_nobody_s_group_bears_no_name() -> None:
    sitting = debate(replace(SHARED, is_shareable=False))
    alone, whole = times.account_of(sitting.sitting, m(24)), times.item_account(sitting.sitting)
    assert alone is not None
    assert whole is not None
    assert (alone.group, whole.group) == ("", "")
    spent = times.account_of(speak(sitting, BIG, 60).sitting, BENCH_MATE)
    assert spent is not None
    assert (spent.group, spent.allotted) == ("Alliance des territoires", timedelta())
