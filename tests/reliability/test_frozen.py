"""A process is frozen, loses its lease to another, and wakes up in the middle of what it was doing."""

import asyncio
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.kit.postgres import Server
from tests.kit.waiting import until
from tests.reliability.test_kill import hands
from tests.reliability.test_replicas import Pair, pair
from voting.domain.ids import PollId

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.long,
    pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="SIGSTOP is of Unix"),
]


def messages(two: Pair) -> set[str]:
    """Every message of the meeting's chat, by its number."""
    return {shown.id for shown in two.world.town.chats.transcript(two.world.meeting, None)}


async def voting_until(two: Pair, poll: PollId, *happen: Callable[[], bool]) -> None:
    """Everybody votes until each of these was so, one after the other."""
    two.crowd.begin()
    async with asyncio.TaskGroup() as everybody:
        for member, voter in hands().items():
            everybody.create_task(two.crowd.vote(poll, voter, member))
        for one in happen:
            await until(one)
        two.crowd.stop()


async def test_whoever_wakes_up_after_another_took_over_repeats_nothing(server: Server, tmp_path: Path) -> None:
    """Frozen with votes half written and figures half sent: each result is shown once, each vote stands where it was
    said, and the sleeper, once awake, serves as if it had been told of all that it missed."""
    async with pair(server.url(server.database()), tmp_path) as two:
        crowd, (sleeper, _) = two.crowd, two.bots
        first, other = crowd.port, crowd.others[0]
        poll = await two.staff.open_poll()  # through the sleeper, which speaks in the chat from then on
        asleep = 0

        def in_the_middle() -> bool:
            nonlocal asleep
            if crowd.in_flight < 10 or len(crowd.told) < 40:
                return False
            sleeper.freeze()
            asleep, crowd.port = crowd.in_flight, other
            return True

        told = len(hands())
        await voting_until(two, poll, in_the_middle, lambda: len(crowd.told) > 80 + told)
        await two.staff.proclaim()
        await two.results_are_on_screen(1)  # the lease has passed on
        shown = messages(two)
        sleeper.thaw()
        crowd.port = first
        second = await two.staff.open_poll()
        await voting_until(two, second, lambda: any(f"'{second}'" in card for card in two.cards()))
        await two.staff.proclaim()
        await two.results_are_on_screen(2)
        for bot in two.bots:
            await bot.retire()
        assert asleep, "nobody was waiting for the sleeper: nothing was tried"
        assert crowd.cut, "everybody was answered all the same"
        assert sum("hemicycle/" in card for card in two.cards()) == 2, "each result once"
        assert shown <= messages(two), "what the other one said was not taken away"
        await two.check()
