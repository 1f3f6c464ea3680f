"""Who comes next among those who wait, case by case (R58); ``properties/test_queue.py`` tries every past."""

from datetime import timedelta

from tests.kit.sittings import START, m
from voting.domain.ids import ItemId, PersonId, item_id, request_id
from voting.domain.queue import in_turn
from voting.domain.speakers import FloorKind, FloorRequest

HERE, BEFORE = item_id(2), item_id(1)
A1, A2, A3, B1, B2, B3 = (m(n) for n in range(1, 7))
GROUPS = {A1: "A", A2: "A", A3: "A", B1: "B", B2: "B", B3: "B"}


def order(*asked: PersonId, heard: tuple[tuple[PersonId, ItemId], ...] = ()) -> list[PersonId]:
    requests = [
        FloorRequest(id=request_id(n), person=who, kind=FloorKind.INTERVENTION, asked_at=START + timedelta(seconds=n))
        for n, who in enumerate(asked, start=1)
    ]
    return [r.person for r in in_turn(requests, heard, HERE, GROUPS)]


def test_R58_who_has_not_spoken_today_comes_before_a_mate_who_has() -> None:
    assert order(A1, A2) == [A1, A2]
    assert order(A1, A2, heard=((A1, BEFORE),)) == [A2, A1]


def test_R58_a_group_heard_less_often_comes_first_and_each_turn_counts_for_one() -> None:
    assert order(A1, A2, B1, heard=((A3, HERE), (B2, HERE), (B3, HERE))) == [A1, A2, B1], "1, then 2 each: who asked"
    assert order(A1, B1, A2, heard=((A3, HERE), (B2, HERE), (B3, HERE))) == [A1, B1, A2], "A has had two by then"
    assert order(A1, A2, B1, heard=((B2, HERE),)) == [A1, A2, B1], "one each by then: who asked first"
