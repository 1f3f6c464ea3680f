"""What a store asks of a database, and which one an address means. One database serves every store of a process."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection

from voting.journal.bulletin import Bulletin
from voting.journal.faults import BadDatabaseUrl, DriverMissing
from voting.journal.migrations import History
from voting.journal.sql.sqlite import SqliteDatabase
from voting.journal.sql.tables import METADATA, JournalTables
from voting.journal.store import Entry, Head, HeadMoved, KeyTaken, StoreHealth

if TYPE_CHECKING:
    from voting.journal.sql.store import SqlStore

ResultT = TypeVar("ResultT")


class Database(Protocol):
    """An engine with its own ways to append, to lock and to fail; its errors come out as `StoreFault`."""

    @property
    def writers(self) -> int:
        """How many batches may usefully be under way at once."""
        ...

    @property
    def bulletin(self) -> Bulletin:
        """Where other processes on this database are told what has changed."""
        ...

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

    def has_room(self) -> bool:
        """False: so little of the disk is left that no vote should begin."""
        ...


class Migrated(NamedTuple):
    """What a migration did; both revisions are the same if there was nothing to do."""

    before: str
    """Empty: there was no schema."""
    after: str


def open_database(url: str, *, upgrade: bool = False, read_only: bool = False) -> Database:
    """The database of that address, not started yet.

    `upgrade` migrates an older schema at the start (an empty database always gets its schema); in PostgreSQL only
    `migrate` does, as the owner of the tables. `read_only` is for exports and the like: in SQLite it opens beside the
    process that serves.
    """
    address = _parse(url)
    if _is_postgresql(address):
        with _driver():
            from voting.journal.sql.postgres import PostgresDatabase
        return PostgresDatabase(address, read_only=read_only)
    return SqliteDatabase(_sqlite_path(address), upgrade=upgrade, read_only=read_only)


def is_server(url: str) -> bool:
    """Whether several processes may serve that address, and the schema has an owner of its own."""
    return _is_postgresql(_parse(url))


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerReport:
    """What a server of databases says of itself, for `doctor`."""

    version: str
    schema: str
    role: str
    is_standby: bool
    standbys: int
    warnings: tuple[str, ...]


@asynccontextmanager
async def inspect(url: str) -> AsyncIterator[tuple[ServerReport, "SqlStore"]]:
    """Look at the server of that address without writing to it."""
    address = _parse(url)
    with _driver():
        from voting.journal.sql.postgres import PostgresDatabase
    from voting.journal.sql.store import SqlStore

    database = PostgresDatabase(address, read_only=True)
    store = SqlStore(database)
    await store.start()
    try:
        server, health = await database.inspect(), await store.health()
        yield (
            ServerReport(
                version=server.version,
                schema=health.schema,
                role=server.role,
                is_standby=server.is_standby,
                standbys=server.standbys,
                warnings=server.warnings,
            ),
            store,
        )
    finally:
        await store.close()


def exists(url: str) -> bool:
    """Whether something is kept at that address already; of a server, one sees when it is asked."""
    address = _parse(url)
    return _is_postgresql(address) or _sqlite_path(address).exists()


async def migrate(url: str, owner_url: str = "") -> Migrated:
    """Bring the schema up to date. SQLite: a copy of the database as it was is kept.

    PostgreSQL: as the owner when his address is given; the role of `url` then gets what it needs and no more.
    """
    address = _parse(url)
    if _is_postgresql(address):
        with _driver():
            from voting.journal.sql import postgres_schema
        owner = _parse(owner_url) if owner_url else address
        if not _is_postgresql(owner):
            raise BadDatabaseUrl(problem="owner")
        return Migrated(*await postgres_schema.migrate(owner, address.username, History(metadata=(METADATA,))))
    database = SqliteDatabase(_sqlite_path(address), upgrade=True)
    await database.start()
    await database.close()
    return Migrated(database.found_schema, database.schema)


def _parse(url: str) -> URL:
    try:
        parts = make_url(url)
        parts.get_backend_name()
    except (ArgumentError, ValueError) as error:
        raise BadDatabaseUrl(problem="syntax") from error
    return parts


def _is_postgresql(address: URL) -> bool:
    backend, _, driver = address.drivername.partition("+")
    if backend not in ("postgresql", "postgres"):
        return False
    if driver not in ("", "asyncpg"):
        raise BadDatabaseUrl(problem="driver")
    return True


@contextmanager
def _driver() -> Iterator[None]:
    """The driver of PostgreSQL comes with an extra of the distribution."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise DriverMissing(driver=str(error.name)) from error


def _sqlite_path(address: URL) -> Path:
    backend, _, driver = address.drivername.partition("+")
    if backend != "sqlite":
        raise BadDatabaseUrl(problem="backend")
    if driver not in ("", "aiosqlite"):
        raise BadDatabaseUrl(problem="driver")
    if not address.database or address.database == ":memory:" or address.database.startswith("file:"):
        raise BadDatabaseUrl(problem="memory")
    return Path(address.database).absolute()
