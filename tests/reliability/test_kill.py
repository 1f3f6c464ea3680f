"""A process killed again and again during its polls loses no vote that it acknowledged, and counts none twice."""

import asyncio
import os
import random
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest

from tests.bench.children import ROOT
from tests.bench.hall import ADDRESS
from tests.bench.world import World
from tests.kit import sittings as kit
from tests.reliability import checks
from tests.reliability.crowd import AGAIN_AFTER, Crowd
from voting.domain.ids import PersonId, PollId, poll_id
from voting.journal.sql.database import open_database
from voting.journal.sql.store import SqlStore

SEED = 20201122
VOTERS, AWAY = 40, 5
LIFE = (0.05, 0.5)
"""Seconds between the first answer that a process can give and its death."""


@dataclass(slots=True)
class Mortal:
    """The bot, life after life on the same file and the same port."""

    process: asyncio.subprocess.Process
    pid: int = 0
    kills: int = 0

    async def rise(self) -> None:
        """Start; returns once it serves."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(b"again\n")
        async with asyncio.timeout(30):
            said = (await self.process.stdout.readline()).split()
        assert said[:1] == [b"ready"], "the process did not start again"
        self.pid = int(said[2])

    async def die(self) -> None:
        """kill -9."""
        self.kills += 1
        await self._end(signal.SIGKILL)

    def freeze(self) -> None:
        """Stop it as it is, as a machine that is moved or starved does."""
        os.kill(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on, as if no time had passed for it."""
        os.kill(self.pid, signal.SIGCONT)

    async def retire(self) -> None:
        """End as an administrator would have it."""
        await self._end(signal.SIGTERM)

    async def _end(self, how: signal.Signals) -> None:
        """Until the system has buried it: it frees the file's lock and the port by then."""
        os.kill(self.pid, how)
        async with asyncio.timeout(30):
            while _lives(self.pid):
                await asyncio.sleep(0.002)


@asynccontextmanager
async def mortal(plan: Path) -> AsyncIterator[Mortal]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.reliability.lives",
        str(plan),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    bot = Mortal(process)
    try:
        yield bot
    finally:
        if bot.pid and _lives(bot.pid):
            os.kill(bot.pid, signal.SIGKILL)
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()


@dataclass(slots=True)
class Staff:
    """The clerk and the chair, who lead while the bot lives."""

    crowd: Crowd
    polls: list[PollId]

    async def open_poll(self) -> PollId:
        await self._press(kit.CLERK, "next")
        await self._press(kit.CLERK, "vote")
        self.polls.append(poll_id(len(self.polls) + 1))
        return self.polls[-1]

    async def proclaim(self) -> None:
        await self._press(kit.CLERK, "close")
        await self._press(kit.CHAIR, "proclaim")

    async def _press(self, who: PersonId, verb: str) -> None:
        crowd = self.crowd
        headers = {"Authorization": f"Bearer {crowd.world.token()}"}
        url = f"http://127.0.0.1:{crowd.port}{ADDRESS}"
        async with crowd.session.post(url, json=crowd.world.press(who, verb), headers=headers) as response:
            answer = await response.json()
        assert answer["type"] == "application/vnd.microsoft.card.adaptive", answer


def hands() -> dict[PersonId, PersonId]:
    """Who gives each member's voice: the last ones are away, the first ones hold their proxies."""
    here = {kit.m(number): kit.m(number) for number in range(1, VOTERS - AWAY + 1)}
    return here | {kit.m(VOTERS - AWAY + number): kit.m(number) for number in range(1, AWAY + 1)}


async def open_doors(world: World) -> None:
    """The sitting open, those who are away represented."""
    await world.start()
    absent = [(kit.m(VOTERS - AWAY + n), kit.m(n)) for n in range(1, AWAY + 1)]
    proxies = [step for grantor, holder in absent for step in kit.accepted_proxy(grantor, holder)]
    convened, *arrivals, opening = kit.opened(world.convocation, kit.first(VOTERS - AWAY))
    await world.play([convened, *arrivals, *proxies, opening])


async def record_of(world: World) -> checks.Record:
    store = SqlStore(open_database(world.database))
    await store.start()
    try:
        return checks.Record(await store.read(world.sitting), await store.checkpoints(world.sitting))
    finally:
        await store.close()


async def killed_during_a_poll(bot: Mortal, crowd: Crowd, poll: PollId, kills: int) -> int:
    """Everybody votes in it while the process dies that often; how many presses were on their way at its deaths."""
    cut = 0
    crowd.begin()
    async with asyncio.TaskGroup() as everybody:  # an answer that nobody expected ends the test at once
        for member, voter in hands().items():
            everybody.create_task(crowd.vote(poll, voter, member))
        for _ in range(kills):
            await asyncio.sleep(crowd.chance.uniform(*LIFE))
            cut += crowd.in_flight
            await bot.die()
            await bot.rise()
        await asyncio.sleep(AGAIN_AFTER)
        crowd.stop()
    return cut


def free_port() -> int:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        port: int = place.getsockname()[1]
        return port


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 is of Unix")
@pytest.mark.parametrize("kills", [12, pytest.param(60, marks=pytest.mark.long)])
async def test_a_process_that_is_killed_loses_and_doubles_nothing(kills: int, tmp_path: Path) -> None:
    began = time.monotonic()
    world = World(tmp_path, kit.standing_committee(voters=VOTERS))
    await open_doors(world)
    port = free_port()
    plan = world.plan(port=port).write(tmp_path / "plan.json")
    async with mortal(plan) as bot, aiohttp.ClientSession() as session:
        crowd = Crowd(world, port, session, random.Random(SEED))
        staff = Staff(crowd, [])
        await bot.rise()
        cut = 0
        for _ in range(2):
            cut += await killed_during_a_poll(bot, crowd, await staff.open_poll(), kills // 2 - 1)
            await staff.proclaim()
            await bot.die()  # perhaps before the head of the journal was signed
            await bot.rise()
        await bot.retire()
    record = await record_of(world)
    await world.close()
    checks.acknowledged_votes_are_recorded(record, crowd.told)
    checks.nobody_votes_twice(record)
    checks.nothing_comes_from_nowhere(record, crowd.sent)
    checks.the_journal_holds_together(record, world.key, world.sitting, results=2)
    checks.results_count_the_last_voices(record, staff.polls)
    found = found_again(record, crowd)
    assert cut, "no press was under way when the process died: nothing was tried"
    sys.stdout.write(
        f"{bot.kills} kills, {crowd.posts} presses, {len(crowd.told)} acknowledged, {crowd.retries} pressed again, "
        f"{cut} cut off, {found} found already recorded, {len(record.entries)} lines, "
        f"{time.monotonic() - began:.1f} s\n"
    )


def found_again(record: checks.Record, crowd: Crowd) -> int:
    """How many presses whose answer was lost were in the journal before they were sent again."""
    hours = {press: record.entries[receipt.seq].at for press, receipt in record.votes()}
    return sum(hours[press] < _written(sent) for press, sent in crowd.sent_again.items())


def _written(seconds: float) -> str:
    """An hour as the journal writes it."""
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds)) + f".{int(seconds % 1 * 1000):03d}Z"


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
