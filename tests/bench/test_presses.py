"""The measures of three hundred presses, tried here with a handful: that they measure what they say, not how much."""

import asyncio
import time

import pytest

from tests.bench.outbound import MOST, Cost, cost
from tests.bench.presses import held_300, presses_300
from tests.bench.probe import Probe, run

HELD = 0.02


def test_a_loop_that_is_held_is_seen() -> None:
    async def hold() -> None:
        await asyncio.sleep(0)
        time.sleep(HELD)
        await asyncio.sleep(0)

    probe = Probe()
    run(hold(), probe)
    assert probe.longest >= HELD
    assert probe.longest_cpu < HELD, "it slept: no processor was used"


def test_waiting_holds_nothing() -> None:
    async def wait() -> None:
        for _ in range(5):
            await asyncio.sleep(HELD)

    probe = Probe()
    run(wait(), probe)
    assert probe.longest_cpu < HELD


def test_each_question_begins_anew() -> None:
    probe = Probe()
    probe.longest, probe.longest_cpu = 1.0, 0.5
    assert probe.take() == {"wall": 1.0, "cpu": 0.5}
    assert probe.take() == {"wall": 0.0, "cpu": 0.0}


@pytest.mark.long
def test_presses_are_measured_beside_a_bare_handler() -> None:
    waited, held = presses_300(6, 0.2, 1), held_300(6, 0.2, 1)
    assert waited.value > 0
    assert waited.yardstick
    assert held.value > 0
    assert held.yardstick


async def test_the_calls_of_a_poll_are_counted() -> None:
    counted = await cost(6, 2.0, live_seconds=0.5)
    assert 0 < counted.calls <= MOST
    assert 1 <= counted.live <= counted.most_live
    assert counted.outside == counted.refused == 0
    assert counted.is_within_budget


@pytest.mark.parametrize(
    "bad",
    [
        Cost(calls=MOST + 1, live=1, most_live=1, outside=0, refused=0),
        Cost(calls=MOST, live=2, most_live=1, outside=0, refused=0),
        Cost(calls=MOST, live=1, most_live=1, outside=1, refused=0),
        Cost(calls=MOST, live=1, most_live=1, outside=0, refused=1),
    ],
    ids=["calls", "live", "outside", "refused"],
)
def test_a_promise_that_is_broken_is_told(bad: Cost) -> None:
    assert not bad.is_within_budget
