"""A journal in PostgreSQL, which several processes may serve at once; each is only one of the roles that may append.

How it grows: `postgres_appender`; what the server is told and asked: `postgres_rules`; its schema: `postgres_schema`.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Literal, TypeVar

import asyncpg
from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from voting.journal.faults import OutcomeUnknown, StoreClosed, StoreUnavailable
from voting.journal.migrations import History
from voting.journal.sql import postgres_rules as rules
from voting.journal.sql.postgres_appender import Appender
from voting.journal.sql.postgres_bulletin import PostgresBulletin
from voting.journal.sql.postgres_schema import check_schema, schema_of
from voting.journal.sql.tables import METADATA, TABLES, JournalTables
from voting.journal.sql.under_way import UnderWay
from voting.journal.store import Entry, Head, HeadMoved, KeyTaken, StoreHealth

_log = logging.getLogger(__name__)

ResultT = TypeVar("ResultT")
IsolationLevel = Literal["AUTOCOMMIT", "READ COMMITTED"]
Work = Callable[[AsyncConnection], Awaitable[ResultT]]

WRITERS = 3
"""Batches that may be under way at once: measured, more gain nothing."""
READERS = 4
READ_SECONDS = 20.0
"""Beyond, a connection is taken for dead."""


class PostgresDatabase:
    """One database, from `start` to `close`. The schema is made and brought up to date by `migrate` alone."""

    def __init__(self, url: URL, *, read_only: bool = False, history: History | None = None) -> None:
        self._dsn = rules.dsn(url)
        self._read_only = read_only
        self._history = history or History(metadata=(METADATA,))
        self._users = 0
        self._starting = asyncio.Lock()
        self._under_way = UnderWay()
        self._appender: Appender | None = None
        self._writer: AsyncEngine | None = None
        self._reader: AsyncEngine | None = None
        self._found_schema = ""
        self.bulletin = PostgresBulletin(self._dsn)

    @property
    def writers(self) -> int:
        """How many batches may be under way at once."""
        return WRITERS

    async def start(self) -> None:
        """Connect, once for all the stores that share it."""
        async with self._starting:
            if self._users == 0:
                try:
                    await self._open()
                except BaseException:
                    await self._shut()
                    raise
            self._users += 1

    async def close(self) -> None:
        """Disconnect when the last store that shares it closes."""
        async with self._starting:
            self._users = max(0, self._users - 1)
            if self._users == 0:
                await self._shut()

    async def write(self, work: Work[ResultT]) -> ResultT:
        """Do that work in one durable transaction, whole even if the caller is cancelled."""
        return await self._under_way.run(_write(self._engine(self._writer), work))

    async def read(self, work: Work[ResultT]) -> ResultT:
        """Do that work on a connection that cannot write; once more if the connection proves to be broken."""
        return await self._under_way.attend(_read_again(self._engine(self._reader), work))

    async def append(
        self, tables: JournalTables, expected: Mapping[str, Head], entries: Sequence[Entry]
    ) -> HeadMoved | KeyTaken | None:
        """The compare-and-append of `Store`. Without entries it only reads."""
        if self._appender is None:
            raise StoreUnavailable if self._reader is not None else StoreClosed
        if not entries:
            return await self._under_way.attend(self._appender.confirm(tables.events.name, expected))
        try:
            return await self._under_way.run(self._appender.append(tables.events.name, expected, entries))
        finally:  # also when the commit is in doubt: whoever is told looks for himself
            self.bulletin.post(*(f"{tables.events.name}/{sitting}" for sitting in {entry.sitting for entry in entries}))

    async def forget(self) -> None:
        """Have the room of deleted rows freed now, where our role may ask for it; else the server does it later."""
        await self._under_way.attend(_forget(self._engine(self._writer)))

    async def health(self) -> StoreHealth:
        """How the server is doing, asked now."""
        server = await self.inspect()
        return StoreHealth(
            backend="postgresql",
            engine_version=server.version,
            schema=self._found_schema,
            can_write=not (self._read_only or server.is_standby),
            warnings=server.warnings,
        )

    def has_room(self) -> bool:
        """The disk is the server's, and no function of PostgreSQL tells how full it is."""
        return True

    async def inspect(self) -> rules.Server:
        """What the server says of itself."""
        return await self.read(_inspect)

    def _engine(self, engine: AsyncEngine | None) -> AsyncEngine:
        if engine is None:
            raise StoreUnavailable if self._reader is not None else StoreClosed
        return engine

    async def _open(self) -> None:
        self._reader = _engine_on(self._dsn, rules.READER_SETTINGS, READERS, "AUTOCOMMIT")
        rules.check(await self.inspect())
        self._found_schema = await self.read(schema_of)
        await self.read(lambda connection: check_schema(connection, self._found_schema, self._history))
        if not self._read_only:
            self._writer = _engine_on(self._dsn, rules.SETTINGS, 2, "READ COMMITTED")
            self._appender = Appender(self._dsn, WRITERS)
            await self._appender.open()
            self.bulletin.start()

    async def _shut(self) -> None:
        """Nobody new comes in; whoever is in comes to his end, since a disposed engine forgets what is in use."""
        appender, self._appender = self._appender, None
        engines = [self._writer, self._reader]
        self._writer = self._reader = None
        await self._under_way.end()
        await self.bulletin.close()
        if appender is not None:
            await appender.close()
        for engine in engines:
            if engine is not None:
                await engine.dispose()


async def _write(engine: AsyncEngine, work: Work[ResultT]) -> ResultT:
    try:
        async with engine.connect() as connection:
            result = await _done(connection, work(connection))
            try:
                await connection.commit()
            except rules.FAILURES as error:
                await _drop_if_lost(connection, error)
                raise OutcomeUnknown(reason=rules.fault_of(error).code) from error
            return result
    except rules.FAILURES as error:
        raise rules.fault_of(error) from error


async def _forget(engine: AsyncEngine) -> None:
    try:
        async with engine.connect() as connection:
            alone = await connection.execution_options(isolation_level="AUTOCOMMIT")
            for tables in TABLES.values():
                await alone.exec_driver_sql(f"VACUUM {tables.events.name}, {tables.checkpoints.name}")
    except rules.FAILURES as error:
        _log.warning("deleted rows not freed yet: %s", rules.fault_of(error).code)


async def _read_again(engine: AsyncEngine, work: Work[ResultT]) -> ResultT:
    try:
        return await _read(engine, work)
    except StoreUnavailable:
        return await _read(engine, work)


async def _read(engine: AsyncEngine, work: Work[ResultT]) -> ResultT:
    try:
        async with engine.connect() as connection:
            return await _done(connection, work(connection))
    except rules.FAILURES as error:
        raise rules.fault_of(error) from error


async def _done(connection: AsyncConnection, work: Awaitable[ResultT]) -> ResultT:
    try:
        return await work
    except rules.FAILURES as error:
        await _drop_if_lost(connection, error)
        raise


async def _drop_if_lost(connection: AsyncConnection, error: BaseException) -> None:
    """A connection that does not answer would not answer to its last rollback either."""
    if not rules.has_ended(error):
        await connection.invalidate()


async def _inspect(connection: AsyncConnection) -> rules.Server:
    return rules.Server._make((await connection.exec_driver_sql(rules.INSPECT)).one())


def _engine_on(dsn: str, settings: Mapping[str, str], size: int, isolation: IsolationLevel) -> AsyncEngine:
    """SQLAlchemy on connections that we make ourselves: the driver's own options hold for all of them."""

    async def connect() -> "asyncpg.Connection[asyncpg.Record]":
        return await asyncpg.connect(
            dsn, timeout=rules.CONNECT_SECONDS, command_timeout=READ_SECONDS, server_settings=dict(settings)
        )

    return create_async_engine(
        "postgresql+asyncpg://",
        hide_parameters=True,
        async_creator=connect,
        pool_size=size,
        max_overflow=0,
        pool_use_lifo=True,
        isolation_level=isolation,
    )
