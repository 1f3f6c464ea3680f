"""Two processes on one PostgreSQL: one is killed, both are restarted in turn, the server stops; no vote is lost."""

import asyncio
import os
import random
import signal
import sys
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import aiohttp
import pytest

from bot.storage.sql import Storage
from tests.bench.server import fill
from tests.bench.world import Plan, World
from tests.kit import sittings as kit
from tests.kit.postgres import Server, postgres
from tests.kit.waiting import until
from tests.reliability import checks
from tests.reliability.crowd import Crowd
from tests.reliability.test_kill import (
    SEED,
    VOTERS,
    Mortal,
    Staff,
    found_again,
    free_port,
    hands,
    killed_during_a_poll,
    mortal,
    open_doors,
    record_of,
)
from voting.domain.ids import PollId

pytestmark = [pytest.mark.postgres, pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 is of Unix")]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two processes that serve one sitting, and everybody who votes in it."""

    world: World
    bots: tuple[Mortal, Mortal]
    crowd: Crowd
    staff: Staff

    def cards(self) -> list[str]:
        """Every card of the meeting's chat, as text."""
        return [str(shown.card) for shown in self.world.town.chats.transcript(self.world.meeting, None)]

    async def results_are_on_screen(self, polls: int) -> None:
        """Whichever process was to send them."""
        await until(lambda: sum("hemicycle/" in card for card in self.cards()) >= polls)

    async def check(self) -> checks.Record:
        record = await record_of(self.world)
        checks.acknowledged_votes_are_recorded(record, self.crowd.told)
        checks.nobody_votes_twice(record)
        checks.nothing_comes_from_nowhere(record, self.crowd.sent)
        checks.the_journal_holds_together(record, self.world.key, self.world.sitting, results=len(self.staff.polls))
        checks.results_count_the_last_voices(record, self.staff.polls)
        return record


@asynccontextmanager
async def pair(address: str, folder: Path) -> AsyncIterator[Pair]:
    world = World(folder, kit.standing_committee(voters=VOTERS), address)
    await open_doors(world)
    await know_everybody(world.plan(), address)
    ports = [free_port() for _ in range(2)]
    async with AsyncExitStack() as stack:
        stack.push_async_callback(world.close)
        bots = []
        for port in ports:
            plan = replace(world.plan(), port=port).write(folder / f"plan-{port}.json")
            bots.append(await stack.enter_async_context(mortal(plan)))
            await bots[-1].rise()
        # one connection per press, as a server in front makes them
        connector = aiohttp.TCPConnector(force_close=True, limit=0)
        session = await stack.enter_async_context(aiohttp.ClientSession(connector=connector))
        crowd = Crowd(world, ports[0], session, random.Random(SEED), others=[ports[1]])
        yield Pair(world, (bots[0], bots[1]), crowd, Staff(crowd, []))


async def know_everybody(plan: Plan, address: str) -> None:
    storage = Storage.open(address)
    await storage.start()
    await fill(storage.accounts, storage.conversations, plan)
    await storage.close()


async def voting(crowd: Crowd, poll: PollId, change: Coroutine[object, object, None]) -> None:
    """Everybody votes while that happens."""
    crowd.begin()
    async with asyncio.TaskGroup() as everybody:
        for member, voter in hands().items():
            everybody.create_task(crowd.vote(poll, voter, member))
        await asyncio.sleep(0.2)
        await change
        await asyncio.sleep(0.2)
        crowd.stop()


@pytest.mark.long
@pytest.mark.parametrize("kills", [8])
async def test_one_of_two_is_killed_again_and_again(server: Server, kills: int, tmp_path: Path) -> None:
    async with pair(server.url(server.database()), tmp_path) as two:
        cut = 0
        for _ in range(2):
            poll = await two.staff.open_poll()
            cut += await killed_during_a_poll(two.bots[1], two.crowd, poll, kills // 2)
            await two.staff.proclaim()
        await two.results_are_on_screen(2)
        for bot in two.bots:
            await bot.retire()
        record = await two.check()
        assert cut, "no press was under way when the process died: nothing was tried"
        sys.stdout.write(
            f"{two.bots[1].kills} kills, {two.crowd.posts} presses, {len(two.crowd.told)} acknowledged, "
            f"{cut} cut off, {found_again(record, two.crowd)} found already recorded, {len(record.entries)} lines\n"
        )


@pytest.mark.long
async def test_whoever_speaks_in_the_chat_dies_and_the_other_goes_on(server: Server, tmp_path: Path) -> None:
    """The process that opened the poll holds the lease of the chat: killed, it takes nothing of the result along."""
    async with pair(server.url(server.database()), tmp_path) as two:
        poll = await two.staff.open_poll()
        await voting(two.crowd, poll, asyncio.sleep(0.5))
        await until(lambda: any(f"'{poll}'" in card for card in two.cards()))
        await two.bots[0].die()
        two.crowd.port = two.crowd.others[0]
        began = asyncio.get_running_loop().time()
        await two.staff.proclaim()
        await two.results_are_on_screen(1)
        assert asyncio.get_running_loop().time() - began < 20, "handed over within seconds, on a machine that is busy"
        assert sum("hemicycle/" in card for card in two.cards()) == 1
        await two.bots[1].retire()
        await two.check()


@pytest.mark.long
async def test_a_rolling_restart_during_a_poll_is_not_noticed(server: Server, tmp_path: Path) -> None:
    async with pair(server.url(server.database()), tmp_path) as two:

        async def restart() -> None:
            for bot in two.bots:
                await bot.retire()
                await bot.rise()
                await asyncio.sleep(0.1)

        poll = await two.staff.open_poll()
        await voting(two.crowd, poll, restart())
        await two.staff.proclaim()
        await two.results_are_on_screen(1)
        for bot in two.bots:
            await bot.retire()
        await two.check()
        assert two.crowd.refused, "nobody came while a door was closed: nothing was tried"
        assert not two.crowd.cut, "somebody was let in and sent away"
        assert two.crowd.retries == two.crowd.refused, "somebody was let in and asked to press again"


@pytest.mark.parametrize("how", [pytest.param(signal.SIGINT, marks=pytest.mark.long), signal.SIGKILL])
async def test_the_server_goes_away_in_the_middle_of_a_poll(how: signal.Signals, tmp_path: Path) -> None:
    with postgres() as own:

        async def stop() -> None:
            await asyncio.to_thread(own.stop, how)
            await asyncio.sleep(0.3)
            await asyncio.to_thread(own.start)
            await asyncio.sleep(0.5)

        async with pair(own.url(own.database()), tmp_path) as two:
            poll = await two.staff.open_poll()
            await voting(two.crowd, poll, stop())
            await two.staff.proclaim()
            await two.results_are_on_screen(1)
            for bot in two.bots:
                await bot.retire()
            await two.check()
            assert two.crowd.retries
