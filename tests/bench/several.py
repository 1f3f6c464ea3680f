"""What another process on the same PostgreSQL adds: the same sittings, shared out among one, two or four of them.

A sitting is the unit: each is served by one process here, as behind a server that keeps people where they are.
"""

import asyncio
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from statistics import median

from bot.bench import Figure
from tests.bench.children import ROOT
from tests.bench.on_server import convene_all, core_on
from tests.kit.postgres import Server, postgres
from voting.domain.ids import SittingId

SITTINGS = 24
ROUNDS = 5
WAVES = 4
LEAST = 0.9
"""Several processes may cost something on a machine with as few processors as this one; they may not lose more."""


def replicas(count: int, *, sittings: int = SITTINGS, rounds: int = ROUNDS) -> Figure:
    """Durable votes per second with that many processes, against one in the same run."""
    with postgres(on_disk=True) as server:
        several, one = asyncio.run(_measured(server, count, sittings, rounds))
    return Figure(
        name=f"replicas_{count}",
        value=round(several),
        unit="votes/s",
        yardstick=round(one),
        ratio=round(several / one, 2),
        target=f"ratio >= {LEAST}",
        met=several / one >= LEAST,
    )


async def _measured(server: Server, count: int, sittings: int, rounds: int) -> tuple[float, float]:
    """In turn, each on a database of its own."""
    async with AsyncExitStack() as stack:
        several = await stack.enter_async_context(_processes(server, count, sittings))
        one = await stack.enter_async_context(_processes(server, 1, sittings))
        taken = [(await _vote(several), await _vote(one)) for _ in range(rounds + 1)]
    return median(mine for mine, _ in taken[1:]), median(theirs for _, theirs in taken[1:])


@asynccontextmanager
async def _processes(server: Server, count: int, sittings: int) -> AsyncIterator[list[Process]]:
    """So many, with their share of so many sittings that have a poll open."""
    database = server.database()
    async with core_on(server, database) as core:
        names = await convene_all(core, sittings)
    shares: list[Sequence[SittingId]] = [names[start::count] for start in range(count)]
    started = []
    for share in shares:
        arguments = ("-m", "tests.bench.replica", server.url(database), ",".join(share))
        started.append(
            await asyncio.create_subprocess_exec(sys.executable, *arguments, cwd=ROOT, stdin=PIPE, stdout=PIPE)
        )
    try:
        for process in started:
            assert await _heard(process) == "ready"
        yield started
    finally:
        for process in started:
            assert process.stdin is not None
            process.stdin.close()
            await process.wait()


async def _vote(processes: Sequence[Process]) -> float:
    """Votes per second, from the first word to the last answer."""
    start = time.perf_counter()
    for process in processes:
        assert process.stdin is not None
        process.stdin.write(b"%d\n" % WAVES)
    said = [(await _heard(process)).split() for process in processes]
    return sum(int(votes) for votes, _ in said) / (time.perf_counter() - start)


async def _heard(process: Process) -> str:
    assert process.stdout is not None
    return (await process.stdout.readline()).decode().strip()
