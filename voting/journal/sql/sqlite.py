"""A journal in one SQLite file: held by one process, checked before anything is written to it.

One writing connection and readers that cannot checkpoint also keep clear of the WAL-reset defect of SQLite before
3.51.3, which needs two connections that write. What SQLite is told: `sqlite_rules`; transactions: `sqlite_writer`.
"""

import asyncio
import json
import os
import shutil
import sqlite3
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

import aiosqlite
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from voting.journal.bulletin import Silence
from voting.journal.faults import (
    BadDatabaseUrl,
    SchemaNewer,
    SchemaOutdated,
    StoreClosed,
    StoreUnavailable,
)
from voting.journal.migrations import History
from voting.journal.sql import sqlite_rules as rules
from voting.journal.sql.drives import refuse_network_drive
from voting.journal.sql.lock import ProcessLock
from voting.journal.sql.sqlite_writer import SqliteWriter
from voting.journal.sql.tables import METADATA, JournalTables
from voting.journal.sql.under_way import UnderWay
from voting.journal.store import EMPTY, Entry, Head, HeadMoved, KeyTaken, StoreHealth

ResultT = TypeVar("ResultT")

READERS = 2
LOW_DISK = 64 << 20
"""Bytes: with less, the health page says so and no vote begins; one that is under way would still fit many times."""


class SqliteDatabase:
    """One file, from `start` to `close`."""

    def __init__(
        self,
        path: Path,
        *,
        upgrade: bool = False,
        read_only: bool = False,
        history: History | None = None,
        mounts: str | None = None,
        checked_up_to: int = rules.CHECKED_UP_TO,
        low_disk: int = LOW_DISK,
    ) -> None:
        self._path = path
        self._upgrade = upgrade
        self._read_only = read_only
        self._history = history or History(metadata=(METADATA,))
        self._mounts = mounts
        self._checked_up_to = checked_up_to
        self._low_disk = low_disk
        self._users = 0
        self._starting = asyncio.Lock()
        self._process_lock = ProcessLock(path.with_name(path.name + ".lock"))
        self._reads = UnderWay()
        self._writer: SqliteWriter | None = None
        self._reader: AsyncEngine | None = None
        self._was_checked = True
        self.bulletin = Silence()
        self.found_schema = ""
        """The revision that the file had when it was opened; empty if it had none."""

    @property
    def schema(self) -> str:
        """The revision that the file has once it is started."""
        return self._history.head

    @property
    def writers(self) -> int:
        """One batch at a time: a file has one writing connection."""
        return 1

    async def start(self) -> None:
        """Open the file, once for all the stores that share it."""
        async with self._starting:
            if self._users == 0:
                try:
                    await self._open()
                except BaseException:
                    await self._shut()
                    raise
            self._users += 1

    async def close(self) -> None:
        """Free the file when the last store that shares it closes."""
        async with self._starting:
            self._users = max(0, self._users - 1)
            if self._users == 0:
                await self._shut()

    async def write(self, work: Callable[[AsyncConnection], Awaitable[ResultT]]) -> ResultT:
        """Do that work in one durable transaction."""
        return await self._writing().write(work)

    async def read(self, work: Callable[[AsyncConnection], Awaitable[ResultT]]) -> ResultT:
        """Do that work on a connection that cannot write."""
        if self._reader is None:
            raise StoreClosed
        return await self._reads.attend(self._read(self._reader, work))

    async def append(
        self, tables: JournalTables, expected: Mapping[str, Head], entries: Sequence[Entry]
    ) -> HeadMoved | KeyTaken | None:
        """The compare-and-append of `Store`. Without entries it only reads, and waits for nobody."""
        if entries:
            return await self._writing().append(tables.events.name, expected, entries)
        found = await self.read(partial(_heads, tables.events.name, expected))
        moved = frozenset(sitting for sitting, head in expected.items() if found.get(sitting, EMPTY) != head)
        return HeadMoved(moved) if moved else None

    async def forget(self) -> None:
        """Empty the write-ahead log, where deleted events would still be; the file itself is overwritten at once."""
        await self._writing().run("PRAGMA wal_checkpoint(TRUNCATE)")

    async def health(self) -> StoreHealth:
        """How the file is doing, asked now."""
        await self.read(_any)
        return StoreHealth(
            backend="sqlite",
            engine_version=sqlite3.sqlite_version,
            schema=self.schema,
            can_write=not self._read_only and self.has_room(),
            free_bytes=self._free(),
            warnings=() if self._was_checked else ("store_not_checked",),
        )

    def has_room(self) -> bool:
        """Whether the disk keeps enough free for a vote to begin."""
        return self._free() > self._low_disk

    def _free(self) -> int:
        return shutil.disk_usage(self._path.parent).free

    async def _read(self, reader: AsyncEngine, work: Callable[[AsyncConnection], Awaitable[ResultT]]) -> ResultT:
        try:
            async with reader.connect() as connection:
                return await work(connection)
        except SQLAlchemyError as error:
            raise rules.fault_of(error, self._path) from error

    def _writing(self) -> SqliteWriter:
        if self._writer is None:
            raise StoreUnavailable if self._reader is not None else StoreClosed
        return self._writer

    async def _open(self) -> None:
        """Everything that could refuse the file comes before the first byte that is written to it."""
        refuse_network_drive(self._path, self._mounts)
        if not self._read_only:
            self._take_place()
        self._was_checked = await asyncio.to_thread(rules.check_integrity, self._path, self._checked_up_to)
        self._reader = create_async_engine(
            "sqlite+aiosqlite://",
            hide_parameters=True,
            async_creator=self._connect_reader,
            poolclass=AsyncAdaptedQueuePool,
            pool_size=READERS,
            max_overflow=0,
            pool_reset_on_return=None,
        )
        self.found_schema = await self.read(_schema_of)
        self._check_schema(self.found_schema)
        if not self._read_only:
            self._writer = await SqliteWriter.open(self._path)
            await self._bring_schema(self._writer)

    def _take_place(self) -> None:
        """Be the one process on this file, and make it, readable by its owner alone, if there is none."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._process_lock.take()
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
        except OSError as error:
            raise BadDatabaseUrl(problem="folder") from error

    async def _connect_reader(self) -> aiosqlite.Connection:
        return await rules.connect(self._path, rules.READER_SETTINGS, read_only=True)

    def _check_schema(self, found: str) -> None:
        wanted = self._history.head
        if found == wanted:
            return
        if found and found not in self._history.revisions:
            raise SchemaNewer(found=found, known=wanted)
        if self._read_only or (found and not self._upgrade):
            raise SchemaOutdated(found=found, known=wanted)

    async def _bring_schema(self, writer: SqliteWriter) -> None:
        if self.found_schema == self._history.head:
            return
        if self.found_schema:
            await writer.run("VACUUM INTO ?", str(self._copy_of(self.found_schema)))
        await writer.write(self._migrate)

    async def _migrate(self, connection: AsyncConnection) -> None:
        await connection.run_sync(self._history.upgrade)

    def _copy_of(self, revision: str) -> Path:
        """Where the database goes as it was before a migration: never over an older copy."""
        number = 0
        while True:
            suffix = f".{number}" if number else ""
            copy = self._path.with_name(f"{self._path.name}.before-{revision}{suffix}")
            if not copy.exists():
                return copy
            number += 1

    async def _shut(self) -> None:
        """Readers first: the last connection to close tidies the write-ahead log away, and it must be the writer.

        An engine that is disposed of forgets the connections that somebody uses: they would stay open.
        """
        reader, self._reader = self._reader, None
        writer, self._writer = self._writer, None
        try:
            await self._reads.end()
            if reader is not None:
                await reader.dispose()
        finally:
            if writer is not None:
                await writer.close()
            self._process_lock.give_back()


async def _any(connection: AsyncConnection) -> None:
    await connection.execute(text("SELECT 1 FROM alembic_version"))


async def _schema_of(connection: AsyncConnection) -> str:
    tables = set((await connection.execute(text("SELECT name FROM sqlite_schema WHERE type = 'table'"))).scalars())
    if not tables:
        return ""
    if "alembic_version" not in tables:
        raise BadDatabaseUrl(problem="foreign")
    revision = (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar()
    return str(revision or "")


async def _heads(table: str, expected: Mapping[str, Head], connection: AsyncConnection) -> dict[str, Head]:
    rows = await connection.exec_driver_sql(rules.heads_sql(table), (json.dumps(list(expected)),))
    return {row.sitting: Head(row.seq, row.leaf) for row in rows}
