"""The few connections on which a journal in PostgreSQL grows: one statement per batch, several batches at a time."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import TypeAlias

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from voting.journal.faults import OutcomeUnknown, StoreClosed, StoreUnavailable
from voting.journal.sql import postgres_rules as rules
from voting.journal.store import EMPTY, Entry, Head, HeadMoved, KeyTaken, doubled_keys

Connection: TypeAlias = "PoolConnectionProxy[asyncpg.Record]"

ANSWER_SECONDS = 4.0
"""Beyond, a commit is in doubt: the bot waits no longer than a little more before it says that it does not know."""


class Appender:
    """Compare-and-append on as many connections as batches may be under way."""

    def __init__(self, dsn: str, width: int) -> None:
        self._dsn = dsn
        self._width = width
        self._pool: asyncpg.Pool[asyncpg.Record] | None = None

    async def open(self) -> None:
        """Connections are made when they are needed."""
        try:
            self._pool = await asyncpg.create_pool(
                self._dsn,
                min_size=0,
                max_size=self._width,
                timeout=rules.CONNECT_SECONDS,
                server_settings=rules.SETTINGS,
                reset=_leave_as_it_is,
            )
        except rules.FAILURES as error:
            raise rules.fault_of(error) from error

    async def close(self) -> None:
        """Disconnect; nothing is under way any more."""
        pool, self._pool = self._pool, None
        if pool is not None:
            try:
                async with asyncio.timeout(rules.CONNECT_SECONDS):
                    await pool.close()
            except rules.FAILURES:
                pool.terminate()

    async def confirm(self, table: str, expected: Mapping[str, Head]) -> HeadMoved | None:
        """Compare the heads alone."""
        moved = await self._moved(table, expected)
        return HeadMoved(moved) if moved else None

    async def append(
        self, table: str, expected: Mapping[str, Head], entries: Sequence[Entry]
    ) -> HeadMoved | KeyTaken | None:
        """Insert all entries if no head has moved; `OutcomeUnknown` unless the server said what became of it."""
        heads = _columns([(sitting, head.seq, head.leaf) for sitting, head in expected.items()])
        # In one order for everybody: two processes that wait for each other's rows would wait for ever.
        rows = _fields(sorted(entries, key=_place) if len(expected) > 1 else entries)
        async with self._connection() as connection:
            try:
                async with asyncio.timeout(ANSWER_SECONDS):
                    said = await connection.execute(rules.append_sql(table), *heads, *rows)
            except (asyncpg.UniqueViolationError, asyncpg.DeadlockDetectedError, asyncpg.SerializationError):
                said = ""
            except BaseException as error:
                if rules.has_ended(error):
                    raise rules.fault_of(error) from error
                _drop(connection)
                raise OutcomeUnknown(reason=rules.fault_of(error).code) from error
        return None if said == f"INSERT 0 {len(entries)}" else await self._told_apart(table, expected, entries)

    async def _told_apart(
        self, table: str, expected: Mapping[str, Head], entries: Sequence[Entry]
    ) -> HeadMoved | KeyTaken:
        """Nothing was written: was somebody quicker, or has a key its event already?"""
        if moved := await self._moved(table, expected):
            return HeadMoved(moved)
        taken = doubled_keys(entries) | await self._taken(table, entries)
        return KeyTaken(taken) if taken else HeadMoved(frozenset(expected))

    async def _moved(self, table: str, expected: Mapping[str, Head]) -> frozenset[str]:
        found = await self._ask(rules.heads_sql(table), list(expected))
        heads = {sitting: Head(seq, leaf) for sitting, seq, leaf in found}
        return frozenset(sitting for sitting, head in expected.items() if heads.get(sitting, EMPTY) != head)

    async def _taken(self, table: str, entries: Sequence[Entry]) -> frozenset[tuple[str, str]]:
        keys = [(entry.sitting, entry.key.encode()) for entry in entries if entry.key is not None]
        found = await self._ask(rules.taken_sql(table), *(_columns(keys) or ([], [])))
        return frozenset((sitting, key.decode()) for sitting, key in found)

    async def _ask(self, query: str, *parameters: Sequence[object]) -> list[asyncpg.Record]:
        """Read; once more when the connection proves to be broken, since reading twice does no harm."""
        try:
            return await self._fetch(query, *parameters)
        except StoreUnavailable:
            return await self._fetch(query, *parameters)

    async def _fetch(self, query: str, *parameters: Sequence[object]) -> list[asyncpg.Record]:
        async with self._connection() as connection:
            try:
                async with asyncio.timeout(ANSWER_SECONDS):
                    return await connection.fetch(query, *parameters)
            except rules.FAILURES as error:
                if not rules.has_ended(error):
                    _drop(connection)
                raise rules.fault_of(error) from error

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[Connection]:
        if self._pool is None:
            raise StoreClosed
        try:
            connection = await self._pool.acquire(timeout=rules.CONNECT_SECONDS)
        except rules.FAILURES as error:
            raise rules.fault_of(error) from error
        try:
            yield connection
        finally:
            await self._pool.release(connection)


async def _leave_as_it_is(connection: object) -> None:
    """Nothing that we do here leaves a trace on the connection: the usual cleaning would be a second round trip."""


def _drop(connection: Connection) -> None:
    """It is not to be used again; one that broke has left the pool by itself."""
    with suppress(asyncpg.InterfaceError):
        connection.terminate()


def _place(entry: Entry) -> tuple[str, int]:
    return entry.sitting, entry.seq


def _fields(entries: Sequence[Entry]) -> tuple[Sequence[object], ...]:
    """A column for each field, as the driver wants it: keys are kept as bytes, lines as text."""
    sittings, seqs, ats, actors, names, keys, lines, leaves = zip(*entries, strict=True)
    idem_keys = [None if key is None else key.encode() for key in keys]
    return sittings, seqs, ats, actors, names, idem_keys, [line.decode() for line in lines], leaves


def _columns(rows: Sequence[tuple[object, ...]]) -> list[list[object]]:
    return [list(column) for column in zip(*rows, strict=True)]
