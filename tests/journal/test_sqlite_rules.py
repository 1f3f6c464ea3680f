"""What the SQLite file itself refuses, and what it must be told before anything is written."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from tests.journal.sample import CODEC, entries, voted
from voting.journal.faults import StoreBusy, StoreFault, StoreRefused, UnsafeDatabase
from voting.journal.sql.sqlite import SqliteDatabase
from voting.journal.sql.sqlite_rules import check_setting
from voting.journal.sql.store import SqlStore
from voting.journal.store import EMPTY, Appended, Family, Head


@pytest.fixture
async def store(database: SqliteDatabase) -> SqlStore:
    """Both families with three events and a checkpoint each; the official one is given."""
    for family in Family:
        filled = SqlStore(database, family)
        assert isinstance(await filled.append({"s1": EMPTY}, entries("s1", 0, 3)), Appended)
        await filled.save_checkpoint("s1", 3, "note\n")
    return SqlStore(database)


def rows(beside: sqlite3.Connection) -> list[tuple[object, ...]]:
    return beside.execute(
        "SELECT 1, sitting, seq, at, actor, name, idem_key, line, leaf FROM journal_event"
        " UNION ALL SELECT 2, sitting, seq, at, actor, name, idem_key, line, leaf FROM rehearsal_event"
        " UNION ALL SELECT 3, sitting, last_seq, note, '', '', '', '', '' FROM journal_checkpoint"
        " UNION ALL SELECT 4, sitting, last_seq, note, '', '', '', '', '' FROM rehearsal_checkpoint"
    ).fetchall()


NEW = CODEC.entry("s1", 3, voted(3), "vote/3")


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
@pytest.mark.parametrize("prefix", ["journal", "rehearsal"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {0}_event SET line = '{{}}' WHERE seq = 1",
        "UPDATE {0}_event SET idem_key = NULL",
        "UPDATE OR REPLACE {0}_event SET seq = 1 WHERE seq = 2",
        "UPDATE {0}_checkpoint SET note = 'another'",
        "INSERT OR REPLACE INTO {0}_event SELECT sitting, 1, at, actor, name, idem_key, line, leaf FROM {0}_event"
        " WHERE seq = 1",
        "INSERT OR REPLACE INTO {0}_event SELECT sitting, 3, at, actor, name, 'vote/1', line, leaf FROM {0}_event"
        " WHERE seq = 1",
        "REPLACE INTO {0}_event SELECT * FROM {0}_event",
        "INSERT OR IGNORE INTO {0}_event SELECT * FROM {0}_event",
        "INSERT INTO {0}_event SELECT sitting, 4, at, actor, name, NULL, line, leaf FROM {0}_event WHERE seq = 2",
        "INSERT INTO {0}_event SELECT 's2', 1, at, actor, name, NULL, line, leaf FROM {0}_event WHERE seq = 2",
        "INSERT INTO {0}_event SELECT 's2', 0, at, actor, name, NULL, line, x'00' FROM {0}_event WHERE seq = 0",
        "INSERT INTO {0}_event SELECT 's2', 0, at, actor, name, NULL, CAST(line AS BLOB), leaf FROM {0}_event"
        " WHERE seq = 0",
        "REPLACE INTO {0}_checkpoint VALUES ('s1', 2, 'another')",
        "INSERT INTO {0}_event SELECT sitting, 3, at, actor, name, idem_key, line, leaf FROM {0}_event WHERE seq = 2"
        " ON CONFLICT (sitting, idem_key) DO UPDATE SET line = excluded.line",
    ],
)
async def test_the_file_refuses_to_forget_or_to_skip(
    store: SqlStore, beside: sqlite3.Connection, statement: str, prefix: str, recursive: str
) -> None:
    before = rows(beside)
    beside.execute(f"PRAGMA recursive_triggers={recursive}")
    with pytest.raises(sqlite3.IntegrityError):
        beside.execute(statement.format(prefix))
    assert rows(beside) == before
    assert len(await store.read("s1")) == 3


async def test_only_rehearsals_may_be_deleted(store: SqlStore, beside: sqlite3.Connection) -> None:
    before = rows(beside)
    for statement in ("DELETE FROM journal_event", "DELETE FROM journal_checkpoint"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            beside.execute(statement)
    assert rows(beside) == before
    beside.execute("DELETE FROM rehearsal_checkpoint")
    beside.execute("DELETE FROM rehearsal_event")
    assert len(rows(beside)) == 4


async def test_our_own_connection_is_refused_too(store: SqlStore, database: SqliteDatabase) -> None:
    async def forge(connection: AsyncConnection) -> None:
        await connection.execute(text("UPDATE journal_event SET line = '{}'"))

    with pytest.raises(StoreRefused):
        await database.write(forge)
    with pytest.raises(StoreFault):
        await database.read(forge)
    assert len(await store.read("s1")) == 3


async def test_the_writing_connection_is_durable_and_the_reading_ones_cannot_write(database: SqliteDatabase) -> None:
    async def settings(connection: AsyncConnection) -> list[object]:
        names = ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "secure_delete", "query_only")
        return [(await connection.exec_driver_sql(f"PRAGMA {name}")).scalar() for name in names]

    assert await database.write(settings) == ["wal", 2, 1, 1, 1, 0]
    assert (await database.read(settings))[5] == 1


def test_a_database_that_does_not_take_a_vital_setting_is_refused() -> None:
    check_setting("journal_mode", "wal", "WAL")
    check_setting("journal_size_limit", "1", "2")
    with pytest.raises(UnsafeDatabase) as caught:
        check_setting("synchronous", "2", "1")
    assert (caught.value.setting, caught.value.found) == ("synchronous", "1")


async def test_purged_votes_leave_the_file(database: SqliteDatabase, path: Path) -> None:
    rehearsals = SqlStore(database, Family.REHEARSAL)
    entry = CODEC.entry("s1", 0, voted(0), "remember-this-key")
    await rehearsals.append({"s1": EMPTY}, [entry])
    files = [path, path.with_name(path.name + "-wal")]
    assert any(b"remember-this-key" in file.read_bytes() for file in files)
    await rehearsals.purge("s1")
    assert not any(b"remember-this-key" in file.read_bytes() for file in files)


async def test_another_program_that_writes_makes_us_wait_and_then_say_so(
    store: SqlStore, database: SqliteDatabase, beside: sqlite3.Connection
) -> None:
    async def impatient(connection: AsyncConnection) -> None:
        await connection.exec_driver_sql("PRAGMA busy_timeout=20")

    await database.write(impatient)
    head = await store.head("s1")
    beside.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusy):
        await store.append({"s1": head}, [NEW])
    with pytest.raises(StoreBusy):
        await store.save_checkpoint("s1", 2, "note")
    assert len(await store.read("s1")) == 3
    beside.execute("ROLLBACK")
    assert isinstance(await store.append({"s1": head}, [NEW]), Appended)


async def test_an_event_written_past_us_moves_the_head(store: SqlStore, beside: sqlite3.Connection) -> None:
    head = await store.head("s1")
    values = [*NEW[:6], NEW.line.decode(), NEW.leaf]
    beside.execute("INSERT INTO journal_event VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
    assert not isinstance(await store.append({"s1": head}, [NEW]), Appended)
    assert await store.head("s1") == Head(3, NEW.leaf)


async def test_other_programs_may_read_while_we_serve(store: SqlStore, path: Path) -> None:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as reader:
        assert reader.execute("SELECT count(*) FROM journal_event").fetchone() == (3,)
