"""What SQLite must be told and asked, and what its errors mean for us. Connections and transactions: `sqlite`."""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TypeVar, cast

import aiosqlite
from sqlalchemy.exc import DBAPIError

from voting.journal.faults import (
    StoreBusy,
    StoreCorrupted,
    StoreFault,
    StoreFull,
    StoreRefused,
    StoreUnavailable,
    UnsafeDatabase,
)
from voting.journal.store import EMPTY

ResultT = TypeVar("ResultT")

logging.getLogger("aiosqlite").setLevel(logging.INFO)  # its debug lines carry the parameters, so the votes

BUSY_MS = 5000
CHECKED_UP_TO = 1 << 30
"""Bytes: a larger file is not read through at every start, since that would take longer than people wait."""

# FULL, not NORMAL: NORMAL lost acknowledged votes in two simulated power cuts out of three.
# recursive_triggers: without it INSERT OR REPLACE walks past the triggers that refuse DELETE.
# secure_delete: a purged vote is overwritten. fullfsync: the only real fsync on macOS, ignored elsewhere.
WRITER_SETTINGS: Mapping[str, str] = {
    "journal_mode": "wal",
    "synchronous": "2",
    "foreign_keys": "1",
    "recursive_triggers": "1",
    "secure_delete": "1",
    "fullfsync": "1",
    "checkpoint_fullfsync": "1",
    "busy_timeout": str(BUSY_MS),
    "journal_size_limit": str(64 << 20),
}
READER_SETTINGS: Mapping[str, str] = {"query_only": "1", "busy_timeout": str(BUSY_MS)}
_VITAL = frozenset({"journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "query_only"})


def uri(path: Path, *, read_only: bool) -> str:
    """The address of a file that SQLite itself understands. A read-only connection never checkpoints."""
    return f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"


class Connection(aiosqlite.Connection):
    """A connection in a thread of its own, which can also do several things there without coming back in between."""

    _stopping: "asyncio.Future[object] | None" = None

    def let_go(self) -> None:
        """A process that ends without having closed it ends all the same: what was not committed is not written."""
        self._thread.daemon = True

    def stop(self) -> "asyncio.Future[object] | None":
        """Have the thread end; a connection that did not open is told so without anybody waiting for it."""
        self._stopping = super().stop()
        return self._stopping

    async def ended(self) -> None:
        """Once the thread has nothing more to say to the event loop."""
        if self._stopping is not None:
            await self._stopping

    async def at_once(self, work: Callable[[sqlite3.Connection], ResultT]) -> ResultT:
        """Do that in the thread: each crossing between threads costs as much as the insertion of some ten votes."""
        in_thread = cast(Callable[..., Awaitable[ResultT]], self._execute)
        return await in_thread(work, self._conn)


async def connect(path: Path, settings: Mapping[str, str], *, read_only: bool) -> Connection:
    """A connection that took these settings; it begins no transaction of its own accord."""

    def open_file() -> sqlite3.Connection:
        return sqlite3.connect(uri(path, read_only=read_only), uri=True, isolation_level=None)

    connection = Connection(open_file, iter_chunk_size=64)
    connection.let_go()
    try:
        await connection
    except sqlite3.Error as error:
        await connection.ended()
        raise fault_of(error, path) from error
    try:
        for setting, wanted in settings.items():
            await connection.execute_fetchall(f"PRAGMA {setting}={wanted}")
            found = list(await connection.execute_fetchall(f"PRAGMA {setting}"))
            check_setting(setting, wanted, str(found[0][0]))
    except BaseException as error:
        await connection.close()
        if isinstance(error, sqlite3.Error):
            raise fault_of(error, path) from error
        raise
    return connection


def check_setting(setting: str, wanted: str, found: str) -> None:
    """Refuse a database that did not accept what durability rests on."""
    if setting in _VITAL and found.lower() != wanted:
        raise UnsafeDatabase(setting=setting, found=found)


SIZES = 64
"""Sizes of batches whose statements are kept: one of 250 rows is 10 kB long."""


def heads_sql(table: str) -> str:
    """The last event of each sitting named in one JSON list; no row for an empty one."""
    return (
        f"SELECT e.sitting, e.seq, e.leaf FROM json_each(?) AS w JOIN {table} AS e ON e.sitting = w.value"  # noqa: S608
        f" AND e.seq = (SELECT max(seq) FROM {table} WHERE sitting = w.value)"
    )


@lru_cache(SIZES)
def insert_sql(table: str, rows: int = 1) -> str:
    """So many entries, the fields of each in the order of `Entry`. Lines come as bytes and are kept as text."""
    return f"{_into(table)} VALUES {_rows(rows, '(?, ?, ?, ?, ?, ?, CAST(? AS TEXT), ?)')}"


@lru_cache(SIZES)
def append_sql(table: str, rows: int) -> str:
    """The same, but nothing at all if one of the heads in a JSON list has moved: `[[sitting, seq, leaf in hex], …]`.

    One statement that is its own transaction: the thread takes the interpreter back once, and not at every step.
    """
    head = f"SELECT seq || hex(leaf) FROM {table} WHERE sitting = json_extract(w.value, '$[0]')"  # noqa: S608
    wanted = "json_extract(w.value, '$[1]') || json_extract(w.value, '$[2]')"
    found = f"coalesce(({head} ORDER BY seq DESC LIMIT 1), '{EMPTY.seq}')"
    moved = f"SELECT 1 FROM json_each(?) AS w WHERE {found} <> {wanted}"  # noqa: S608
    fields = "column1, column2, column3, column4, column5, column6, CAST(column7 AS TEXT), column8"
    values = f"VALUES {_rows(rows, '(?, ?, ?, ?, ?, ?, ?, ?)')}"
    return f"{_into(table)} SELECT {fields} FROM ({values}) WHERE NOT EXISTS ({moved})"  # noqa: S608


def _into(table: str) -> str:
    return f"INSERT INTO {table} (sitting, seq, at, actor, name, idem_key, line, leaf)"


def _rows(rows: int, row: str) -> str:
    return ", ".join([row] * rows)


def taken_sql(table: str, rows: int) -> str:
    """Which of so many (sitting, key) have their event. No JSON: this SQLite may end a text of it at its first NUL."""
    return f"SELECT sitting, idem_key FROM {table} WHERE (sitting, idem_key) IN (VALUES {_rows(rows, '(?, ?)')})"  # noqa: S608


def check_integrity(path: Path, up_to: int = CHECKED_UP_TO) -> bool:
    """Read a database file through without changing a byte of it; False if it was too large to do so."""
    if not path.exists() or path.stat().st_size == 0:
        return True
    try:
        connection = sqlite3.connect(uri(path, read_only=True), uri=True)
        try:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            if path.stat().st_size > up_to:
                return False
            (answer,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise fault_of(error, path) from error
    if answer != "ok":
        raise StoreCorrupted(path=str(path), problem=str(answer))
    return True


def fault_of(error: Exception, path: Path) -> StoreFault:
    """What an error of SQLite means, whoever reported it."""
    original = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(original, "sqlite_errorcode", None)
    primary = code & 0xFF if isinstance(code, int) else None
    match primary:
        case sqlite3.SQLITE_FULL:
            return StoreFull()
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return StoreBusy()
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return StoreCorrupted(path=str(path), problem=str(original))
        case sqlite3.SQLITE_CONSTRAINT | sqlite3.SQLITE_READONLY:
            return StoreRefused()
        case _:
            return StoreUnavailable()
