"""Never above the limits, one writer per conversation, the most urgent first."""

import asyncio
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.teams.pace import APPLICATION, WRITES, Baton, Gate, Limit, Pace, Windows
from bot.turn import Priority
from tests.kit.waiting import until
from tests.teams.conftest import Clock

TEAMS_ALLOWS = ((7, 1), (8, 2), (60, 30), (1800, 3600))


def busiest(calls: Sequence[float], seconds: float) -> int:
    """The most calls in any span of that length."""
    return max(sum(1 for call in calls if start <= call < start + seconds) for start in calls)


@given(st.lists(st.floats(0, 3), min_size=1, max_size=120))
def test_no_window_is_ever_overfull(idle: list[float]) -> None:
    windows, now, calls = Windows(WRITES), 0.0, []
    for pause in idle:
        now += pause
        now += windows.delay(now)
        windows.take(now)
        calls.append(now)
    for limit in WRITES:
        assert busiest(calls, limit.seconds - 1e-6) <= limit.count


def test_an_eager_writer_stays_below_every_limit_of_teams() -> None:
    windows, now, calls = Windows(WRITES), 0.0, []
    while now < 3600:
        now += windows.delay(now)
        windows.take(now)
        calls.append(now)
    for count, seconds in TEAMS_ALLOWS:
        assert busiest(calls[:200] if seconds < 3600 else calls, seconds) < count


async def test_a_gate_lets_the_urgent_first_then_the_first_come() -> None:
    clock = Clock()
    gate, order = Gate((Limit(1, 0.01),), clock), []

    async def go(name: str, priority: Priority) -> None:
        await gate.enter(priority)
        order.append(name)

    async def entered(count: int) -> None:
        await until(lambda: len(order) == count)

    await gate.enter(Priority.LIVE)
    assert not gate.is_idle
    async with asyncio.TaskGroup() as group:
        group.create_task(go("notice", Priority.NOTICE))
        group.create_task(go("live", Priority.LIVE))
        group.create_task(go("urgent 1", Priority.URGENT))
        group.create_task(go("urgent 2", Priority.URGENT))
        await asyncio.sleep(0)
        for count in range(1, 5):
            clock.now += 0.01
            await entered(count)
    assert order == ["urgent 1", "urgent 2", "live", "notice"]


async def test_who_gives_up_waiting_takes_no_place() -> None:
    clock = Clock()
    gate = Gate((Limit(1, 0.01),), clock)
    await gate.enter(Priority.URGENT)
    given_up = asyncio.create_task(gate.enter(Priority.URGENT))
    await asyncio.sleep(0)
    given_up.cancel()
    entering = asyncio.create_task(gate.enter(Priority.NOTICE))
    await asyncio.sleep(0)
    clock.now += 0.01  # time for one, and the first in the line has left it
    await until(entering.done)
    with pytest.raises(asyncio.CancelledError):
        await given_up


async def test_a_baton_goes_to_the_most_urgent() -> None:
    baton, order = Baton(), []

    async def go(name: str, priority: Priority) -> None:
        async with baton.held(priority):
            order.append(name)
            await asyncio.sleep(0)

    async with asyncio.TaskGroup() as group:
        async with baton.held(Priority.LIVE):
            group.create_task(go("notice", Priority.NOTICE))
            group.create_task(go("urgent", Priority.URGENT))
            await asyncio.sleep(0)
            assert order == []
    assert order == ["urgent", "notice"]
    assert baton.is_free


async def test_a_baton_survives_those_who_are_cancelled() -> None:
    baton = Baton()

    async def go() -> None:
        async with baton.held(Priority.LIVE):
            pass

    async with baton.held(Priority.LIVE):
        waiting = [asyncio.create_task(go()) for _ in range(3)]
        await asyncio.sleep(0)
        waiting[0].cancel()
        await asyncio.sleep(0)
    waiting[1].cancel()  # the baton was just given to it
    await asyncio.wait(waiting)
    assert [task.cancelled() for task in waiting] == [True, True, False]
    assert baton.is_free


async def test_the_delay_tells_what_a_write_would_wait(clock: Clock) -> None:
    pace = Pace(application=(Limit(20, 1),), clock=clock)
    assert pace.delay("19:x") == 0
    for _ in range(6):
        async with pace.writing("19:x", Priority.LIVE) as lane:
            await pace.permit(lane.writes, Priority.LIVE)
    assert pace.delay("19:x") == 1
    assert pace.delay("19:y") == 0
    for number in range(14):
        async with pace.writing(f"19:{number}", Priority.NOTICE) as lane:
            await pace.permit(lane.writes, Priority.NOTICE)
    assert pace.delay("19:y") == 1, "the application has its own limit"


async def test_idle_lanes_are_forgotten(clock: Clock) -> None:
    pace = Pace(most_lanes=3, clock=clock)
    async with pace.writing("19:busy", Priority.LIVE):
        for number in range(10):
            pace.reading(f"19:{number}")
        assert "19:busy" in pace._lanes
        assert len(pace._lanes) <= 3


@given(st.integers(1, 200), st.sampled_from(APPLICATION))
def test_all_processes_together_stay_within_the_limit(processes: int, limit: Limit) -> None:
    share = limit.share(processes)
    assert share.count >= 1
    assert processes * share.count / share.seconds <= limit.count / limit.seconds + 1e-9


async def test_a_process_that_is_joined_by_another_keeps_to_its_half(clock: Clock) -> None:
    pace = Pace(application=(Limit(4, 10),), clock=clock)
    pace.share(2)
    for chat in ("a", "b"):
        async with pace.writing(chat, Priority.URGENT) as lane:
            await pace.permit(lane.writes, Priority.URGENT)
    assert pace.delay("c") == pytest.approx(10)
    pace.share(1)
    assert pace.delay("c") == 0, "alone again"
