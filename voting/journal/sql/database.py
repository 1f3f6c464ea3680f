"""What a store asks of a database, and which one an address means. One database serves every store of a process."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection

from voting.journal.faults import BadDatabaseUrl
from voting.journal.sql.sqlite import SqliteDatabase
from voting.journal.sql.tables import JournalTables
from voting.journal.store import Entry, Head, HeadMoved, KeyTaken, StoreHealth

ResultT = TypeVar("ResultT")


class Database(Protocol):
    """An engine with its own ways to append, to lock and to fail; its errors come out as `StoreFault`."""

    async def start(self) -> None:
        """Make ready, once for all the stores that share it: each start asks for one `close`."""
        ...

    async def close(self) -> None:
        """Let what is under way end; the last one frees everything."""
        ...

    async def write(self, work: Callable[[AsyncConnection], Awaitable[ResultT]]) -> ResultT:
        """Do that work in one durable transaction, whole even if the caller is cancelled."""
        ...

    async def read(self, work: Callable[[AsyncConnection], Awaitable[ResultT]]) -> ResultT:
        """Do that work on a connection that cannot write."""
        ...

    async def append(
        self, tables: JournalTables, expected: Mapping[str, Head], entries: Sequence[Entry]
    ) -> HeadMoved | KeyTaken | None:
        """The compare-and-append of `Store`, on a batch that has been checked; None: all is on disk."""
        ...

    async def forget(self) -> None:
        """Overwrite what was deleted wherever the engine still keeps it."""
        ...

    async def health(self) -> StoreHealth:
        """How the database is doing, asked now."""
        ...


class Migrated(NamedTuple):
    """What a migration did; both revisions are the same if there was nothing to do."""

    before: str
    """Empty: there was no schema."""
    after: str


def open_database(url: str, *, upgrade: bool = False, read_only: bool = False) -> Database:
    """The database of that address, not started yet.

    `upgrade` migrates an older schema at the start (an empty database always gets its schema). `read_only` opens
    beside the process that serves, for exports and the like.
    """
    return SqliteDatabase(_sqlite_path(url), upgrade=upgrade, read_only=read_only)


def exists(url: str) -> bool:
    """Whether something is kept at that address already."""
    return _sqlite_path(url).exists()


async def migrate(url: str) -> Migrated:
    """Bring the schema up to date, keeping a copy of the database as it was."""
    database = SqliteDatabase(_sqlite_path(url), upgrade=True)
    await database.start()
    await database.close()
    return Migrated(database.found_schema, database.schema)


def _sqlite_path(url: str) -> Path:
    try:
        parts = make_url(url)
        backend, driver = parts.get_backend_name(), parts.drivername.partition("+")[2]
    except (ArgumentError, ValueError) as error:
        raise BadDatabaseUrl(problem="syntax") from error
    if backend != "sqlite":
        raise BadDatabaseUrl(problem="backend")
    if driver not in ("", "aiosqlite"):
        raise BadDatabaseUrl(problem="driver")
    if not parts.database or parts.database == ":memory:" or parts.database.startswith("file:"):
        raise BadDatabaseUrl(problem="memory")
    return Path(parts.database).absolute()
