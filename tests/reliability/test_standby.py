"""Fail-over to a real standby: what an asynchronous one loses, what a synchronous one does not, and what follows.

.venv/bin/pytest -m long tests/reliability/test_standby.py -s
"""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.doctor.findings import Code, warning
from tests.doctor.test_server import found
from tests.kit import sittings as kit
from tests.kit.postgres import Server, postgres
from tests.kit.standby import followed, hosts, standby
from tests.kit.waiting import PATIENCE
from tests.service.kit import CODEC, VOTERS, Office, Unsteady
from voting.domain.events import VoteCast
from voting.journal.faults import StoreFault
from voting.journal.merkle import leaf_hash
from voting.journal.sql.database import open_database
from voting.journal.sql.store import SqlStore
from voting.journal.store import Entry
from voting.service.handle import Done

pytestmark = [pytest.mark.postgres, pytest.mark.long]


@pytest.fixture
def primary() -> Iterator[Server]:
    with postgres() as server:
        yield server


def office_on(url: str) -> Office:
    return Office(Unsteady(SqlStore(open_database(url))))


async def until_done(office: Office, number: int) -> Done:
    """The member presses until he is answered: meanwhile another server is made the one that writes."""
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                return await office.vote(number)
            except StoreFault:
                await asyncio.sleep(0.05)


def votes(lines: list[Entry]) -> int:
    return sum(isinstance(CODEC.decode(line.line).event, VoteCast) for line in lines)


def holds(lines: list[Entry]) -> bool:
    """No gap, every hash right."""
    return [line.seq for line in lines] == list(range(len(lines))) and all(
        line.leaf == leaf_hash(line.line) for line in lines
    )


async def test_an_asynchronous_standby_loses_what_was_acknowledged_and_nothing_is_built_on_it(
    primary: Server, tmp_path: Path
) -> None:
    name = primary.database()
    async with AsyncExitStack() as stack:
        other = stack.enter_context(standby(primary))
        async with asyncio.timeout(PATIENCE):
            await followed(primary, "async")
        assert warning(Code.SERVER_ASYNCHRONOUS, number=1) in await found(primary.url(name), tmp_path)
        both = await stack.enter_async_context(hosts(primary, other, database=name))
        office = office_on(both.url)
        await office.store.start()
        office.open()
        await office.poll()
        for number in range(1, 6):
            await office.vote(number)
        await reached(other, name, await office.lines())
        await other.run("ALTER SYSTEM SET primary_conninfo = ''; SELECT pg_reload_conf()")
        async with asyncio.timeout(PATIENCE):
            while await primary.run("SELECT 1 FROM pg_stat_replication"):
                await asyncio.sleep(0.01)
        for number in range(6, 16):
            assert isinstance(await office.vote(number), Done), "acknowledged: the primary waits for nobody"
        before = await office.lines()
        await both.fail_over()
        answer = await until_done(office, 20)
        after = await office.lines()
        assert votes(before) == 15
        assert votes(after) == 6, "ten acknowledged votes are gone: that is what an asynchronous standby costs"
        assert holds(after)
        assert after[:-1] == before[: len(after) - 1], "no line in place of another"
        assert answer.recorded[0].seq == len(after) - 1, "nothing is built on what is missing"
        sys.stdout.write(f"asynchronous: {votes(before)} acknowledged, {votes(before) - votes(after) + 1} lost\n")
        await office.writer.close()
        await office.store.close()


async def test_a_synchronous_standby_loses_nothing(primary: Server) -> None:
    name = primary.database()
    async with AsyncExitStack() as stack:
        other = stack.enter_context(standby(primary))
        await primary.run("ALTER SYSTEM SET synchronous_standby_names = '*'; SELECT pg_reload_conf()")
        async with asyncio.timeout(PATIENCE):
            await followed(primary, "sync")
        both = await stack.enter_async_context(hosts(primary, other, database=name))
        office = office_on(both.url)
        await office.store.start()
        office.open()
        await office.poll()
        told: list[Done] = []

        async def press() -> None:
            for number in range(1, VOTERS + 1):
                told.append(await until_done(office, number))

        pressing = asyncio.create_task(press())
        while len(told) < 8:
            await asyncio.sleep(0)
        acknowledged = list(told)
        await both.fail_over()
        await pressing
        lines = await office.lines()
        assert votes(lines) == VOTERS
        assert holds(lines)
        for done in told:
            assert lines[done.recorded[0].seq].leaf == done.recorded[0].leaf
        sys.stdout.write(f"synchronous: {len(acknowledged)} acknowledged before the fall, {len(told)} in all, 0 lost\n")
        await office.writer.close()
        await office.store.close()


async def test_a_synchronous_standby_that_is_gone_acknowledges_nothing(primary: Server) -> None:
    """It stops the votes rather than lose them: hence two standbys."""
    name = primary.database()
    office = office_on(primary.url(name))
    await office.store.start()
    office.open()
    await office.poll()
    await primary.run("ALTER SYSTEM SET synchronous_standby_names = '*'; SELECT pg_reload_conf()")
    await primary.reload("synchronous_standby_names", "*")
    try:
        with pytest.raises(StoreFault):
            await office.vote(1)
    finally:
        await primary.run("ALTER SYSTEM RESET synchronous_standby_names; SELECT pg_reload_conf()")
    assert isinstance(await until_done(office, 1), Done)
    assert [kit.m(1)] == await office.cast()
    await office.writer.close()
    await office.store.close()


async def reached(other: Server, name: str, lines: list[Entry]) -> None:
    """Return once the standby has that many lines."""
    async with asyncio.timeout(PATIENCE):
        while (await other.run("SELECT count(*) FROM journal_event", name))[0][0] < len(lines):
            await asyncio.sleep(0.01)
