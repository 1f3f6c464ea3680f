"""The core on PostgreSQL: against the same rows inserted by the same driver, and with a thousand assemblies at once.

The server is started for the measure, on the disk of this machine, as it is configured by default.
"""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from statistics import median, quantiles

import asyncpg

from bot.bench import Figure
from bot.core import Core
from bot.installation import open_sql_core
from bot.rim import settle
from tests.bench.children import apart
from tests.bench.core import ROUNDS, SYNC, TARGET, VOTERS, vote_in_waves
from tests.bench.world import council
from tests.kit import sittings as kit
from tests.kit.postgres import Server, postgres
from tests.service.kit import CODEC
from voting.domain.events import SittingConvened
from voting.domain.ids import SittingId
from voting.domain.tally import Choice
from voting.journal.keys import SigningKey
from voting.journal.sql import postgres_rules
from voting.journal.store import EMPTY, Entry
from voting.service.handle import BATCH
from voting.service.wishes import vote_key

CHANGES = 4
SITTINGS = 1000
MEMBERS = 60
RATE = 500
"""Votes per second over all sittings."""
SECONDS = 30
TICK = 0.01
AT_MOST = 1.0
"""Seconds for the slowest sitting's p99."""


def durable_core_pg() -> Figure:
    """Votes per second in the core on PostgreSQL, of rows per second that the driver can insert in such batches."""
    return _figure("durable_core_pg", apart(_measured, 0.0))


def durable_core_pg_disk() -> Figure:
    """The same where the server waits two milliseconds more before it flushes a commit, for both."""
    return _figure("durable_core_pg_disk", apart(_measured, SYNC))


def _measured(sync: float) -> tuple[float, float]:
    waits = ("-c", f"commit_delay={round(sync * 1e6)}", "-c", "commit_siblings=0")
    with postgres(*waits, on_disk=True) as server:
        return asyncio.run(_rounds(server))


def _figure(name: str, measured: tuple[float, float]) -> Figure:
    mine, raw = measured
    ratio = mine / raw
    return Figure(
        name=name,
        value=round(mine),
        unit="votes/s",
        yardstick=round(raw),
        ratio=round(ratio, 2),
        target=f"ratio >= {TARGET}",
        met=ratio >= TARGET,
    )


def sittings_1000() -> Figure:
    """Seconds of the slowest sitting's p99 acknowledgement; the yardstick is the p99 of all votes together."""
    with postgres(on_disk=True) as server:
        slowest, together = asyncio.run(_interleaved(server))
    return Figure(
        name="sittings_1000",
        value=round(slowest, 3),
        unit="s",
        yardstick=round(together, 3),
        ratio=round(slowest / together, 2),
        target=f"<= {AT_MOST} s at {RATE} votes/s",
        met=slowest <= AT_MOST,
    )


@asynccontextmanager
async def core_on(server: Server, database: str = "") -> AsyncIterator[Core]:
    """The core on that database, or one of its own."""
    core = await open_sql_core(server.url(database or server.database()), SigningKey.generate("bench"))
    try:
        yield core
    finally:
        await core.close()


async def _rounds(server: Server) -> tuple[float, float]:
    mine, raw = [], []
    rows = await asyncpg.connect(
        host=str(server.folder), user="hemicycle", database=server.database(), server_settings=postgres_rules.SETTINGS
    )
    async with core_on(server) as core:
        for command in kit.polled(council(VOTERS, 1)):
            await core.writer.submit(kit.SITTING, command)
        await _insert(rows, await core.official.store.read(kit.SITTING))
        settle()
        for turn in range(ROUNDS + 1):
            before = (await core.official.store.head(kit.SITTING)).seq
            mine.append(await vote_in_waves(core, turn * CHANGES))
            raw.append(await _insert(rows, await core.official.store.read(kit.SITTING, after=before)))
    await rows.close()
    return median(mine[1:]), median(raw[1:])


INSERT = (
    "INSERT INTO journal_event (sitting, seq, at, actor, name, idem_key, line, leaf) SELECT * FROM"
    " unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::text[], $6::bytea[], $7::text[], $8::bytea[])"
)


async def _insert(rows: "asyncpg.Connection[asyncpg.Record]", entries: Sequence[Entry]) -> float:
    """The same rows in batches of the same size, each durable, under the same triggers; rows per second."""
    made = [
        (e.sitting, e.seq, e.at, e.by, e.name, e.key.encode() if e.key else None, e.line.decode(), e.leaf)
        for e in entries
    ]
    waves = [made[start : start + VOTERS] for start in range(0, len(made), VOTERS)]
    start = time.perf_counter()
    for wave in waves:
        for first in range(0, len(wave), BATCH):
            columns = [list(column) for column in zip(*wave[first : first + BATCH], strict=True)]
            await rows.execute(INSERT, *columns)
    return len(entries) / (time.perf_counter() - start)


@dataclass(slots=True)
class Waits:
    """How long each sitting's voters waited."""

    of: dict[SittingId, list[float]] = field(default_factory=dict)

    def p99(self, sitting: SittingId) -> float:
        return _p99(self.of[sitting])

    def together(self) -> float:
        return _p99([wait for waits in self.of.values() for wait in waits])


async def _interleaved(server: Server) -> tuple[float, float]:
    async with core_on(server) as core:
        sittings = await convene_all(core, SITTINGS)
        for sitting in sittings:
            await core.writer.snapshot(sitting)
        settle()
        await _load(core, sittings, SECONDS / 6)
        waits = await _load(core, sittings, SECONDS)
    return max(waits.p99(sitting) for sitting in waits.of), waits.together()


async def convene_all(core: Core, count: int) -> list[SittingId]:
    """The same opening in every sitting, with a poll under way."""
    for command in kit.polled(kit.standing_committee(voters=MEMBERS)):
        await core.writer.submit(kit.SITTING, command)
    events = [CODEC.decode(entry.line).event for entry in await core.official.store.read(kit.SITTING)]
    sittings = [SittingId(f"sitting-{number:04}") for number in range(count)]
    for start in range(0, count, 50):
        some = sittings[start : start + 50]
        made = [
            CODEC.entry(sitting, seq, replace(event, sitting=sitting) if isinstance(event, SittingConvened) else event)
            for sitting in some
            for seq, event in enumerate(events)
        ]
        await core.official.store.append(dict.fromkeys(some, EMPTY), made)
    return sittings


async def _load(core: Core, sittings: Sequence[SittingId], seconds: float) -> Waits:
    """That many votes a second whatever becomes of those before, each in any sitting."""
    chance, waits, revisions = random.Random(RATE), Waits(), dict[tuple[SittingId, int], int]()
    loop = asyncio.get_running_loop()
    begin = loop.time()

    async def vote(sitting: SittingId, number: int, revision: int) -> None:
        member, choice = kit.m(number), chance.choice(list(Choice))
        wish = kit.vote(member, choice, poll="p1", revision=revision)
        start = loop.time()
        await core.writer.submit(sitting, wish, vote_key("p1", member, revision))
        waits.of.setdefault(sitting, []).append(loop.time() - start)

    async with asyncio.TaskGroup() as everybody:
        for tick in range(int(seconds / TICK)):
            await asyncio.sleep(begin + tick * TICK - loop.time())
            for _ in range(int(RATE * TICK)):
                who = chance.choice(sittings), chance.randint(1, MEMBERS)
                held = await core.writer.snapshot(who[0])
                ballot = held.sitting.polls.all[next(iter(held.sitting.polls.all))].ballots.get(kit.m(who[1]))
                revisions[who] = max(revisions.get(who, 0), 0 if ballot is None else ballot.revision + 1)
                everybody.create_task(vote(*who, revisions[who]))
                revisions[who] += 1
    return waits


def _p99(waits: Sequence[float]) -> float:
    return quantiles(waits, n=100, method="inclusive")[98] if len(waits) > 1 else waits[0]
