"""Going on by events gives what ``evolve`` gives after each of them, and leaves alone what it has given away."""

import random
from collections.abc import Callable, Sequence

import pytest

from tests.kit import journals
from tests.kit.journals import Story
from tests.kit.sittings import m
from voting.domain.events import SittingEvent, VoteCast
from voting.domain.evolve import evolve, fold
from voting.domain.fold import Fold
from voting.domain.ids import PollId
from voting.domain.sitting import Sitting

STORIES: dict[str, Callable[[], Story]] = {
    "small": journals.small,
    "large": lambda: journals.large(25, 6),
    "tender": journals.tender_committee,
}


def states(history: Sequence[SittingEvent]) -> list[Sitting]:
    reached: list[Sitting] = []
    for event in history:
        reached.append(evolve(reached[-1] if reached else None, event))
    return reached


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("kept", [0.0, 0.3, 1.0])
def test_every_state_is_that_of_evolve(story: str, kept: float) -> None:
    history, chance, going = STORIES[story]().events, random.Random(7), Fold()
    given: list[tuple[Sitting | None, Sitting]] = []
    for event, expected in zip(history, states(history), strict=True):
        going.add((event,))
        assert going.now == expected
        if chance.random() < kept:
            given.append((going.sitting(), expected))
    assert going.sitting() == fold(history)
    assert all(found == expected for found, expected in given), "what was given away has changed"


@pytest.mark.parametrize("story", STORIES)
def test_several_events_at_once(story: str) -> None:
    history, chance, going = STORIES[story]().events, random.Random(7), Fold()
    start = 0
    while start < len(history):
        end = start + chance.randint(1, 5)
        going.add(history[start:end])
        start = end
    assert going.sitting() == fold(history)


def test_events_that_cannot_be_leave_everything_as_it_was() -> None:
    history = journals.small().events
    first = next(n for n, event in enumerate(history) if isinstance(event, VoteCast))
    going = Fold()
    going.add(history[: first + 2])
    before = fold(history[: first + 2])
    vote = history[first]
    assert isinstance(vote, VoteCast)
    nowhere = VoteCast(
        at=vote.at, by=m(1), poll=PollId("p99"), member=m(1), choice=vote.choice, source=vote.source, revision=0
    )
    for impossible in ([nowhere], [history[first + 2], nowhere], [history[0]]):
        with pytest.raises((KeyError, ValueError)):
            going.add(impossible)
        assert going.now == before
    going.add(history[first + 2 :])
    assert going.sitting() == fold(history)


def test_nothing_happened_yet() -> None:
    assert Fold().sitting() is None
    assert Fold().now is None
    with pytest.raises(ValueError, match="convocation"):
        Fold().add([event for event in journals.small().events if isinstance(event, VoteCast)][:1])


def test_it_goes_on_from_the_sitting_that_it_was_given() -> None:
    reached = fold(journals.small().events)
    assert Fold(reached).now is reached
    assert Fold().now is None


def test_each_poll_has_a_box_of_its_own() -> None:
    """The votes of a second poll do not fall into the first one's."""
    history = journals.large(25, 6).events
    going = Fold()
    for event in history:
        going.add([event])
    for reached in (going.now, fold(history)):
        assert reached is not None
        assert [len(p.ballots) for p in reached.polls.all.values()].count(0) == 0
    assert going.now == fold(history)
