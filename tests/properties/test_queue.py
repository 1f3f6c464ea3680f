"""The order of those who wait, whatever was asked and heard before: nobody lost, the groups in turn (R58)."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from hypothesis import given as for_all
from hypothesis import strategies as st

from tests.kit.sittings import START, m
from voting.domain.ids import ItemId, PersonId, item_id, request_id
from voting.domain.queue import in_turn
from voting.domain.speakers import FloorKind, FloorRequest

HERE, BEFORE = item_id(2), item_id(1)
PEOPLE = [m(n) for n in range(1, 13)]
GROUPS = {person: ("", "A", "A", "A", "B", "B", "C")[n % 7] for n, person in enumerate(PEOPLE)}
Turn = tuple[PersonId, ItemId | None]
TURNS = st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from([HERE, BEFORE, None])), max_size=12)
ASKED = st.lists(st.sampled_from(PEOPLE), unique=True, max_size=12)


def requests(people: Sequence[PersonId]) -> list[FloorRequest]:
    """In the order in which they were made."""
    return [
        FloorRequest(
            id=request_id(n), person=person, kind=FloorKind.INTERVENTION, asked_at=START + timedelta(seconds=n)
        )
        for n, person in enumerate(people, start=1)
    ]


def order(people: Sequence[PersonId], turns: Sequence[Turn] = ()) -> list[PersonId]:
    return [r.person for r in in_turn(requests(people), turns, HERE, GROUPS)]


def bench(person: PersonId) -> str:
    return GROUPS[person] or person


@for_all(ASKED, TURNS)
def test_R58_the_balanced_order_is_a_permutation(people: list[PersonId], turns: list[Turn]) -> None:
    assert Counter(order(people, turns)) == Counter(people)


@for_all(ASKED, TURNS)
def test_R58_who_has_not_spoken_on_the_item_goes_first(people: list[PersonId], turns: list[Turn]) -> None:
    spoken = {person for person, item in turns if item == HERE}
    again = [person in spoken for person in order(people, turns)]
    assert again == sorted(again)


@for_all(ASKED, TURNS)
def test_R58_the_group_heard_least_is_always_next(people: list[PersonId], turns: list[Turn]) -> None:
    heard = Counter(bench(person) for person, item in turns if item == HERE)
    spoken = {person for person, item in turns if item == HERE}
    ordered = order(people, turns)
    for place, person in enumerate(ordered):
        rivals = [x for x in ordered[place:] if (x in spoken) == (person in spoken)]
        assert heard[bench(person)] == min(heard[bench(x)] for x in rivals)
        heard[bench(person)] += 1


@for_all(ASKED, TURNS)
def test_R58_in_a_group_who_was_silent_today_then_who_asked_first(people: list[PersonId], turns: list[Turn]) -> None:
    spoken = {person for person, item in turns if item == HERE}
    today = {person for person, _ in turns}
    ordered = order(people, turns)
    for group in {bench(x) for x in people}:
        own = [x for x in ordered if bench(x) == group]
        assert own == sorted(own, key=lambda x: (x in spoken, x in today, people.index(x)))


@for_all(st.lists(st.sampled_from([p for p in PEOPLE if not GROUPS[p]]), unique=True))
def test_R58_among_the_unattached_it_is_first_come_first_served(people: list[PersonId]) -> None:
    assert order(people) == people


def test_R58_one_big_group_does_not_keep_the_others_waiting() -> None:
    big, small, lone = [p for p in PEOPLE if GROUPS[p] == "A"][:3], PEOPLE[4], PEOPLE[0]
    assert order([*big, small, lone]) == [big[0], small, lone, big[1], big[2]]
    assert order([*big, small, lone], [(big[0], HERE)]) == [small, lone, big[1], big[2], big[0]]
