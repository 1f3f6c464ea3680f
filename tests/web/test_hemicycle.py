"""The seating plan: every assembly finds room, nobody sits on somebody else's knees, groups stay together."""

import math
from itertools import combinations, pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.web.hemicycle import Plan, plan, sectors

assemblies = st.integers(min_value=1, max_value=720)


def _nearest(placed: Plan) -> float:
    """Without looking at every pair: those too far apart from left to right cannot be neighbours."""
    seats = sorted(placed.seats, key=lambda seat: seat.x)
    best = math.inf
    for place, one in enumerate(seats):
        for other in seats[place + 1 :]:
            if other.x - one.x >= best:
                break
            best = min(best, math.dist((one.x, one.y), (other.x, other.y)))
    return best


def test_no_two_seats_overlap_in_any_assembly() -> None:
    for seats in range(1, 721):
        placed = plan(seats)
        assert len(placed.seats) == seats
        assert _nearest(placed) > 2 * placed.radius


@given(st.integers(min_value=2, max_value=60))
def test_the_quick_look_for_neighbours_is_right(seats: int) -> None:
    placed = plan(seats)
    every = min(math.dist((a.x, a.y), (b.x, b.y)) for a, b in combinations(placed.seats, 2))
    assert _nearest(placed) == pytest.approx(every)


@given(assemblies)
@example(1)
@example(720)
def test_seats_are_in_the_half_circle_and_go_from_left_to_right(seats: int) -> None:
    placed = plan(seats)
    assert all(math.hypot(seat.x, seat.y) <= 1 + 1e-9 and seat.y <= 1e-9 for seat in placed.seats)
    assert all(left.angle <= right.angle + 1e-6 for left, right in pairwise(placed.seats))


@given(assemblies)
def test_the_room_is_symmetrical(seats: int) -> None:
    points = {(round(seat.x, 6) + 0.0, round(seat.y, 6) + 0.0) for seat in plan(seats).seats}
    assert {(-x + 0.0, y) for x, y in points} == points


@given(st.lists(st.integers(min_value=1, max_value=90), min_size=1, max_size=8))
def test_groups_share_the_half_circle_in_order(sizes: list[int]) -> None:
    placed = plan(sum(sizes))
    shares = sectors(placed, sizes)
    assert shares[0].start == 0
    assert shares[-1].end == math.pi
    assert all(left.end == right.start for left, right in pairwise(shares))
    first = 0
    for size, share in zip(sizes, shares, strict=True):
        seated = placed.seats[first : first + size]
        assert all(share.start - 1e-6 <= seat.angle <= share.end + 1e-6 for seat in seated)
        first += size


def test_an_empty_room_is_a_fault() -> None:
    with pytest.raises(ValueError, match="at least one"):
        plan(0)


@pytest.mark.parametrize("sizes", [[3], [2, 0, 3], [6, -1]])
def test_groups_must_fill_the_room(sizes: list[int]) -> None:
    with pytest.raises(ValueError, match="exactly"):
        sectors(plan(5), sizes)
