"""A batch that SQLite does not write, or of which nobody can say: nothing half written, nothing left open."""

import resource
import shutil
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from tests.journal.sample import entries
from voting.journal.faults import (
    OutcomeUnknown,
    StoreFull,
    StoreUnavailable,
)
from voting.journal.sql import sqlite_rules
from voting.journal.sql.sqlite import SqliteDatabase
from voting.journal.sql.store import SqlStore
from voting.journal.store import EMPTY, Appended, Family, Sealed


async def pages(database: SqliteDatabase, limit: int) -> None:
    async def set_limit(connection: AsyncConnection) -> None:
        await connection.exec_driver_sql(f"PRAGMA max_page_count={limit}")

    await database.write(set_limit)


@pytest.mark.parametrize("family", list(Family))
@pytest.mark.parametrize("count", [100, 1000], ids=["one statement", "several"])
async def test_a_full_disk_is_said_and_nothing_is_half_written(
    database: SqliteDatabase, family: Family, count: int
) -> None:
    store = SqlStore(database, family)
    await store.append({"s1": EMPTY}, entries("s1", 0, 10))
    head = await store.head("s1")
    await pages(database, 1)
    with pytest.raises(StoreFull):
        await store.append({"s1": head}, entries("s1", 10, count))
    with pytest.raises(StoreFull):
        await store.save_checkpoint("s1", 10, "note\n" * 5000)
    assert await store.head("s1") == head
    assert len(await store.read("s1")) == 10
    await pages(database, 1 << 30)
    assert isinstance(await store.append({"s1": head}, entries("s1", 10, count)), Appended)


async def test_a_disk_that_is_nearly_full_is_said_while_there_is_still_room(path: Path) -> None:
    free = shutil.disk_usage(path.parent).free
    for low_disk, room in ((free * 2, False), (free // 2, True)):
        database = SqliteDatabase(path, low_disk=low_disk)
        await database.start()
        store = SqlStore(database)
        assert (store.has_room(), (await store.health()).can_write) == (room, room)
        head = await store.head("s1")
        assert isinstance(await store.append({"s1": head}, entries("s1", head.seq + 1, 1)), Appended)
        await database.close()


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


async def test_a_commit_that_fails_is_unknown_until_the_keys_are_looked_up(
    database: SqliteDatabase, path: Path
) -> None:
    store = SqlStore(database)
    await store.append({"s1": EMPTY}, entries("s1", 0, 10))
    head, size = await store.head("s1"), path.with_name(path.name + "-wal").stat().st_size
    with files_no_larger_than(size + 4096):
        with pytest.raises(OutcomeUnknown) as caught:
            await store.append({"s1": head}, entries("s1", 10, 100))
        assert caught.value.reason == StoreUnavailable.code
        assert isinstance(caught.value.__cause__, sqlite3.Error)
        with pytest.raises(OutcomeUnknown):
            await store.save_checkpoint("s1", 10, "note\n" * 5000)
    assert await store.find("s1", ["vote/10", "vote/9"]) == {"vote/9": entries("s1", 9, 1)[0]}
    assert isinstance(await store.append({"s1": head}, entries("s1", 10, 100)), Appended)
    assert len(await store.read("s1")) == 110


async def test_a_deferred_refusal_is_unknown_too_and_leaves_nothing_open(
    database: SqliteDatabase, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def orphan(connection: AsyncConnection) -> None:
        await connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        await connection.execute(text("INSERT INTO journal_checkpoint VALUES ('s9', 3, 'note')"))

    with pytest.raises(OutcomeUnknown) as caught:
        await database.write(orphan)
    assert caught.value.reason == "store_refused"
    assert await SqlStore(database).checkpoints("s9") == []
    assert isinstance(await SqlStore(database).append({"s1": EMPTY}, entries("s1", 0, 1)), Appended)
    with closing(sqlite3.connect(path)) as somebody:
        assert somebody.execute("SELECT sitting, seq FROM journal_event").fetchall() == [("s1", 0)]
    assert "left open" not in caplog.text


async def test_a_moved_head_that_cannot_be_read_is_a_fault_of_the_store(
    database: SqliteDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SqlStore(database)
    await store.append({"s1": EMPTY}, entries("s1", 0, 1))
    monkeypatch.setattr(sqlite_rules, "heads_sql", lambda _: "SELECT 1 FROM nowhere")
    with pytest.raises(OutcomeUnknown):
        await store.append({"s1": EMPTY}, entries("s1", 0, 1))


async def test_a_fault_of_our_own_undoes_the_transaction(database: SqliteDatabase) -> None:
    async def careless(connection: AsyncConnection) -> None:
        await connection.execute(text("INSERT INTO alembic_version VALUES ('x')"))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await database.write(careless)
    await SqlStore(database).append({"s1": EMPTY}, entries("s1", 0, 1))
    await database.close()
    await database.start()
    assert database.found_schema == database.schema


@pytest.mark.parametrize("count", [10, 300], ids=["one statement", "several"])
async def test_a_batch_that_the_driver_cannot_even_send_leaves_nothing_open(
    database: SqliteDatabase, path: Path, count: int
) -> None:
    """Else the next batch, which commits by itself, would be acknowledged inside a transaction that nobody ends."""
    store = SqlStore(database)
    *batch, last = entries("s1", 0, count)
    with pytest.raises(UnicodeEncodeError):
        await store.append({"s1": EMPTY}, [*batch, Sealed(*last._replace(key="\ud800"))])
    assert isinstance(await store.append({"s2": EMPTY}, entries("s2", 0, 1)), Appended)
    with closing(sqlite3.connect(path)) as somebody:
        assert somebody.execute("SELECT sitting, seq FROM journal_event").fetchall() == [("s2", 0)]


async def test_a_transaction_that_was_left_open_swallows_no_batch(
    database: SqliteDatabase, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await database._writing().run("BEGIN")
    batch = entries("s1", 0, 3)
    assert isinstance(await SqlStore(database).append({"s1": EMPTY}, batch), Appended)
    assert "left open" in caplog.text
    with closing(sqlite3.connect(path)) as somebody:
        assert somebody.execute("SELECT count(*) FROM journal_event").fetchone() == (3,)
