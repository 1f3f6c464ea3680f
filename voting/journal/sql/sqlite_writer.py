"""The one connection that writes to a SQLite file, and what happens on it one transaction at a time."""

import asyncio
import json
import logging
import sqlite3
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TypeVar

import aiosqlite
from sqlalchemy import event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import StaticPool

from voting.journal.faults import OutcomeUnknown, StoreBusy, StoreFull, StoreRefused, StoreUnavailable
from voting.journal.sql import sqlite_rules as rules
from voting.journal.sql.under_way import UnderWay
from voting.journal.store import EMPTY, Entry, Head, HeadMoved, KeyTaken, doubled_keys

ResultT = TypeVar("ResultT")

_log = logging.getLogger(__name__)

ROWS = 250
"""Rows in one statement: while it runs, the other threads go on. Row by row, they would take turns at every row.

A batch of votes fits in one, which then compares, inserts and commits by itself.
"""


class SqliteWriter:
    """Transactions, each whole: a caller that is cancelled leaves, its transaction ends in its own time."""

    def __init__(self, path: Path, connection: rules.Connection) -> None:
        self._path = path
        self._raw = connection
        self._lock = asyncio.Lock()
        self._under_way = UnderWay()
        self._engine = _engine_on(connection)

    @classmethod
    async def open(cls, path: Path) -> "SqliteWriter":
        """Connect, and check that SQLite took every setting that durability rests on."""
        return cls(path, await rules.connect(path, rules.WRITER_SETTINGS, read_only=False))

    async def close(self) -> None:
        """Let what is under way end, and disconnect."""
        await self._under_way.end()
        await self._engine.dispose()
        await self._raw.close()

    async def write(self, work: Callable[[AsyncConnection], Awaitable[ResultT]]) -> ResultT:
        """Do that work in one transaction."""
        return await self._under_way.run(self._write(work))

    async def append(
        self, table: str, expected: Mapping[str, Head], entries: Sequence[Entry]
    ) -> HeadMoved | KeyTaken | None:
        """Compare the heads and insert the entries in one transaction."""
        return await self._under_way.run(self._append(table, expected, entries))

    async def run(self, statement: str, *parameters: str) -> None:
        """Run a statement that must be outside any transaction."""
        async with self._lock:
            try:
                await self._raw.execute_fetchall(statement, parameters)
            except sqlite3.Error as error:
                raise rules.fault_of(error, self._path) from error

    async def _write(self, work: Callable[[AsyncConnection], Awaitable[ResultT]]) -> ResultT:
        async with self._lock, self._engine.connect() as connection:
            try:
                result = await work(connection)
            except SQLAlchemyError as error:
                raise rules.fault_of(error, self._path) from error
            try:
                await connection.commit()
            except SQLAlchemyError as error:
                await self._raw.at_once(self._undo)  # SQLAlchemy believes that it is over
                raise OutcomeUnknown(reason=rules.fault_of(error, self._path).code) from error
            return result

    async def _append(
        self, table: str, expected: Mapping[str, Head], entries: Sequence[Entry]
    ) -> HeadMoved | KeyTaken | None:
        async with self._lock:
            return await self._raw.at_once(partial(self._transact, table, expected, entries))

    def _transact(
        self, table: str, expected: Mapping[str, Head], entries: Sequence[Entry], connection: sqlite3.Connection
    ) -> HeadMoved | KeyTaken | None:
        self._clear(connection)
        several = len(entries) > ROWS
        try:
            if several:
                connection.execute("BEGIN IMMEDIATE")
            written = _insert(connection, table, expected, entries)
            moved = frozenset[str]() if written else _moved(connection, table, expected)
        except sqlite3.Error as error:
            self._undo(connection)
            if isinstance(error, sqlite3.IntegrityError) and (taken := _taken(connection, table, entries)):
                return KeyTaken(taken)
            raise self._failed(error, is_commit=not several) from error
        except BaseException:  # a bug: what it leaves open would swallow the next batch, which commits by itself
            self._undo(connection)
            raise
        if not written:
            self._undo(connection)
            return HeadMoved(moved)
        try:
            if several:
                connection.commit()
        except sqlite3.Error as error:
            self._undo(connection)
            raise self._failed(error, is_commit=True) from error
        return None

    def _clear(self, connection: sqlite3.Connection) -> None:
        """A transaction that a bug left open, of which nobody was told yes, would swallow the batch: undo it."""
        if connection.in_transaction:
            _log.error("a transaction was left open and is undone")
            self._undo(connection)

    def _undo(self, connection: sqlite3.Connection) -> None:
        try:
            connection.rollback()
        except sqlite3.Error as error:
            raise OutcomeUnknown(reason=rules.fault_of(error, self._path).code) from error

    def _failed(self, error: sqlite3.Error, *, is_commit: bool) -> Exception:
        """What to raise after a failure that was undone; one that we do not know proves nothing, nor does a commit's.

        What a constraint refused, another process held up or a full disk cut short was not written in any case: the
        last frame of a transaction is what commits it.
        """
        fault = rules.fault_of(error, self._path)
        is_sure = isinstance(fault, StoreRefused | StoreBusy | StoreFull)
        in_doubt = not is_sure and (is_commit or isinstance(fault, StoreUnavailable))
        return OutcomeUnknown(reason=fault.code) if in_doubt else fault


def _insert(connection: sqlite3.Connection, table: str, expected: Mapping[str, Head], entries: Sequence[Entry]) -> bool:
    """Insert, unless a head has moved. The driver is asked directly: three times less work per batch."""
    heads = json.dumps([(sitting, head.seq, head.leaf.hex().upper()) for sitting, head in expected.items()])
    some = entries[:ROWS]
    added = connection.execute(rules.append_sql(table, len(some)), [*chain.from_iterable(some), heads])
    if added.rowcount == 0:
        return False
    for start in range(ROWS, len(entries), ROWS):
        some = entries[start : start + ROWS]
        connection.execute(rules.insert_sql(table, len(some)), list(chain.from_iterable(some)))
    return True


def _moved(connection: sqlite3.Connection, table: str, expected: Mapping[str, Head]) -> frozenset[str]:
    found = connection.execute(rules.heads_sql(table), (json.dumps(list(expected)),))
    heads = {sitting: Head(seq, leaf) for sitting, seq, leaf in found}
    return frozenset(sitting for sitting, head in expected.items() if heads.get(sitting, EMPTY) != head)


def _taken(connection: sqlite3.Connection, table: str, entries: Sequence[Entry]) -> frozenset[tuple[str, str]]:
    keys = [(entry.sitting, entry.key) for entry in entries if entry.key is not None]
    found: set[tuple[str, str]] = set()
    for start in range(0, len(keys), ROWS):
        some = keys[start : start + ROWS]
        found.update(connection.execute(rules.taken_sql(table, len(some)), list(chain.from_iterable(some))))
    return doubled_keys(entries) | found


def _engine_on(connection: aiosqlite.Connection) -> AsyncEngine:
    """SQLAlchemy on that very connection: there is never a second one that writes."""

    async def same() -> aiosqlite.Connection:
        return connection

    engine = create_async_engine("sqlite+aiosqlite://", hide_parameters=True, async_creator=same, poolclass=StaticPool)

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    event.listen(engine.sync_engine, "begin", begin)
    return engine
