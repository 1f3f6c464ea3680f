"""Durable votes without HTTP: the service over the journal, against the same rows inserted by the same driver.

Twice: on the disk of this machine, which on a virtual one may answer from memory, and as on one that takes its time.
"""

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import TypeVar
from unittest.mock import patch

import aiosqlite

from bot.bench import Figure
from bot.core import Core
from bot.installation import open_sql_core
from bot.rim import settle
from tests.bench.children import apart
from tests.bench.world import council
from tests.kit import sittings as kit
from voting.domain.commands import CastVote
from voting.domain.tally import Choice
from voting.journal.keys import SigningKey
from voting.journal.sql import sqlite_rules
from voting.journal.sql.database import open_database
from voting.journal.sql.store import SqlStore
from voting.journal.store import Entry
from voting.service.handle import BATCH
from voting.service.wishes import vote_key

VOTERS = 720
CHANGES = 4
"""How often each member votes in one round."""
ROUNDS = 7
TARGET = 0.5
SYNC = 0.002
"""Seconds that a disk of a cloud takes to write for good."""

ResultT = TypeVar("ResultT")


class OnSlowDisk(sqlite_rules.Connection):
    """Every commit waits for the disk, in the thread of the connection."""

    async def at_once(self, work: Callable[[sqlite3.Connection], ResultT]) -> ResultT:
        def slowly(connection: sqlite3.Connection) -> ResultT:
            done = work(connection)
            time.sleep(SYNC)
            return done

        return await super().at_once(slowly)

    async def commit(self) -> None:
        await self.at_once(sqlite3.Connection.commit)


def durable_core() -> Figure:
    """Votes per second in the core, of rows per second that the driver can insert."""
    return _figure("durable_core", apart(_measured))


def durable_core_disk() -> Figure:
    """The same where a commit takes two milliseconds more, for both."""
    return _figure("durable_core_disk", apart(_measured, OnSlowDisk))


def _measured(connection: type[sqlite_rules.Connection] = sqlite_rules.Connection) -> tuple[float, float]:
    with patch.object(sqlite_rules, "Connection", connection):
        return asyncio.run(_rounds())


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


async def _rounds() -> tuple[float, float]:
    mine, raw = [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        core = await open_sql_core(_url(folder / "core.sqlite"), SigningKey.generate("bench"))
        rows = await _raw_database(folder / "raw.sqlite")
        try:
            for command in kit.polled(council(VOTERS, 1)):
                await core.writer.submit(kit.SITTING, command)
            await _insert(rows, await core.store.read(kit.SITTING))
            settle()
            for turn in range(ROUNDS + 1):
                before = (await core.store.head(kit.SITTING)).seq
                mine.append(await vote_in_waves(core, turn * CHANGES))
                raw.append(await _insert(rows, await core.store.read(kit.SITTING, after=before)))
        finally:
            await rows.close()
            await core.close()
    return median(mine[1:]), median(raw[1:])


async def vote_in_waves(core: Core, revision: int, voters: int = VOTERS) -> float:
    """Every member votes, then changes his mind; votes per second."""
    wishes = [
        [_wish(number, change) for number in range(1, voters + 1)] for change in range(revision, revision + CHANGES)
    ]
    start = time.perf_counter()
    for wave in wishes:
        answers = [core.writer.submit(kit.SITTING, command, key) for command, key in wave]
        for answer in answers:
            await answer
    return voters * CHANGES / (time.perf_counter() - start)


def _wish(number: int, revision: int) -> tuple[CastVote, str]:
    member, choices = kit.m(number), list(Choice)
    choice = choices[(number + revision) % len(choices)]
    return kit.vote(member, choice, poll="p1", revision=revision), vote_key("p1", member, revision)


async def _insert(rows: aiosqlite.Connection, entries: Sequence[Entry]) -> float:
    """The same rows in batches of the same size, each durable; rows per second."""
    insert = sqlite_rules.insert_sql("journal_event")
    waves = [entries[start : start + VOTERS] for start in range(0, len(entries), VOTERS)]
    start = time.perf_counter()
    for wave in waves:
        for first in range(0, len(wave), BATCH):
            await rows.execute_fetchall("BEGIN IMMEDIATE")
            await rows.executemany(insert, wave[first : first + BATCH])
            await rows.commit()
    return len(entries) / (time.perf_counter() - start)


async def _raw_database(path: Path) -> aiosqlite.Connection:
    """The same schema and settings, with nobody in between."""
    store = SqlStore(open_database(_url(path)))
    await store.start()
    await store.close()
    return await sqlite_rules.connect(path, sqlite_rules.WRITER_SETTINGS, read_only=False)


def _url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"
