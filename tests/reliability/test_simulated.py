"""The writer, the store and two processes under faults drawn from a seed: crashes, lost answers, delays, bad clocks.

    .venv/bin/python -m tests.reliability.test_simulated SEED [HOW_MANY]

plays that evening again, or that many from there on, and says what each fault did.
"""

import sys
from collections import Counter
from collections.abc import Callable

import pytest

from tests.reliability.evening import Wrong, evening_of, replay, trace
from voting.service.handle import Writer
from voting.service.lane import Lane

MANY = [pytest.param(range(first, first + 500), marks=pytest.mark.long) for first in range(40, 3040, 500)]


@pytest.mark.parametrize("seeds", [range(40), *MANY])
def test_whatever_fails_every_acknowledged_vote_counts_once(seeds: range) -> None:
    faults: Counter[str] = Counter()
    for seed in seeds:
        try:
            evening = evening_of(seed)
        except Exception as error:
            raise Wrong(f"seed {seed}: {error!r}") from error
        faults += evening.disk.faults
    assert len(faults) == 13, f"not every kind of fault struck: {faults}"
    assert min(faults.values()) >= 3, faults


def test_the_same_seed_is_the_same_evening() -> None:
    one, other = evening_of(7), evening_of(7)
    assert trace(one.lines) == trace(other.lines)
    assert one.told == other.told
    assert trace(one.lines) != trace(evening_of(8).lines)


def acknowledges_too_soon(writer: Writer) -> None:
    """A planted bug: what is in doubt is taken for written."""

    async def believe(waiters: object, fault: object) -> None:
        """Nobody looks anything up."""

    for lane in writer._lanes:
        lane._look_up = believe  # type: ignore[method-assign]  # planted


def keeps_what_was_not_written(writer: Writer) -> None:
    """A planted bug: after a doubt the speculative state is believed."""
    for lane in writer._lanes:
        lane.held.forget = lambda sittings: None  # type: ignore[method-assign]  # planted


def acknowledges_what_is_only_decided(writer: Writer) -> None:
    """A planted bug: what was decided behind a batch is answered before anything of it is written."""
    for lane in writer._lanes:

        def hastily(lane: Lane = lane, decide_more: Callable[[], bool] = lane._decide_more) -> bool:
            goes_on = decide_more()
            for waiter in lane._ahead.waiters if lane._ahead is not None else ():
                waiter.resolve(lane.held.live[waiter.sitting].snapshot())
            return goes_on

        lane._decide_more = hastily  # type: ignore[method-assign]  # planted


def forgets_keys(writer: Writer) -> None:
    """A planted bug: a press that comes again is another press."""
    submit = writer.submit
    writer.submit = lambda sitting, command, key=None: submit(sitting, command)  # type: ignore[method-assign]  # planted


BUGS = [acknowledges_too_soon, keeps_what_was_not_written, acknowledges_what_is_only_decided, forgets_keys]


@pytest.mark.parametrize("bug", BUGS)
def test_a_planted_bug_is_found(bug: Callable[[Writer], None]) -> None:
    for seed in range(20):
        try:
            evening_of(seed, bug)
        except Exception:
            return
    pytest.fail("twenty evenings, and nobody noticed")


if __name__ == "__main__":
    replay(evening_of, sys.argv[1:])
