"""Everything that breaks under a SQLite file: said in a typed fault, nothing acknowledged lost, nothing overwritten."""

import asyncio
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from tests.journal.sample import CODEC, entries, voted
from voting.journal.faults import (
    EntryCorrupted,
    NetworkDrive,
    OutcomeUnknown,
    StoreCorrupted,
    StoreFull,
    StoreLocked,
    StoreUnavailable,
)
from voting.journal.sql import sqlite_rules
from voting.journal.sql.sqlite import SqliteDatabase
from voting.journal.sql.store import SqlStore
from voting.journal.store import EMPTY, Appended, Family, Head, Sealed


async def filled(path: Path, count: int = 300) -> None:
    database = SqliteDatabase(path)
    await database.start()
    await SqlStore(database).append({"s1": EMPTY}, entries("s1", 0, count))
    await database.close()


# --- One process ----------------------------------------------------------------------------------------------------


async def test_a_second_process_is_refused_and_told_who_is_there(database: SqliteDatabase, path: Path) -> None:
    code = (
        "import asyncio, sys; from pathlib import Path\n"
        "from voting.journal.sql.sqlite import SqliteDatabase; from voting.journal.faults import StoreLocked\n"
        "try: asyncio.run(SqliteDatabase(Path(sys.argv[1])).start())\n"
        "except StoreLocked as fault: print(fault.holder)\n"
    )
    second = await asyncio.create_subprocess_exec(sys.executable, "-c", code, str(path), stdout=asyncio.subprocess.PIPE)
    said, _ = await second.communicate()
    assert said.decode().strip() == f"pid {os.getpid()}"
    await SqlStore(database).append({"s1": EMPTY}, entries("s1", 0, 1))


async def test_a_process_that_ends_without_closing_ends(path: Path) -> None:
    code = (
        "import asyncio, sys; from pathlib import Path\n"
        "from voting.journal.sql.sqlite import SqliteDatabase\n"
        "asyncio.run(SqliteDatabase(Path(sys.argv[1])).start())\n"
    )
    process = await asyncio.create_subprocess_exec(sys.executable, "-W", "ignore", "-c", code, str(path))
    async with asyncio.timeout(30):
        assert await process.wait() == 0


async def test_the_place_is_free_again_after_closing(path: Path) -> None:
    first, second = SqliteDatabase(path), SqliteDatabase(path)
    await first.start()
    with pytest.raises(StoreLocked) as caught:
        await second.start()
    assert caught.value.path == str(path) + ".lock"
    await first.close()
    await second.start()
    await second.close()


async def test_a_reader_opens_beside_the_process_that_serves(database: SqliteDatabase, path: Path) -> None:
    await SqlStore(database).append({"s1": EMPTY}, entries("s1", 0, 5))
    reader = SqliteDatabase(path, read_only=True)
    await reader.start()
    beside = SqlStore(reader)
    assert len(await beside.read("s1")) == 5
    assert not (await beside.health()).can_write
    with pytest.raises(StoreUnavailable):
        await beside.append({"s2": EMPTY}, entries("s2", 0, 1))
    with pytest.raises(StoreUnavailable):
        await beside.save_checkpoint("s1", 1, "note")
    assert isinstance(await beside.append({"s2": EMPTY}, []), Appended)
    await reader.close()
    assert len(await SqlStore(database).read("s1")) == 5


async def test_nothing_to_read_is_not_made(path: Path) -> None:
    with pytest.raises(StoreUnavailable):
        await SqliteDatabase(path, read_only=True).start()
    assert not path.exists()


async def test_the_file_is_for_its_owner_alone(database: SqliteDatabase, path: Path) -> None:
    await SqlStore(database).append({"s1": EMPTY}, entries("s1", 0, 1))
    for file in path.parent.iterdir():
        assert file.stat().st_mode & 0o077 == 0, file


# --- Where the file is ----------------------------------------------------------------------------------------------

LOCAL = "22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw\n"


@pytest.mark.parametrize(
    ("mount", "kind"),
    [
        ("30 22 0:40 / {0} rw shared:2 - nfs4 server:/export rw", "nfs4"),
        ("30 22 0:40 / {0} rw - cifs //server/share rw", "cifs"),
        ("30 22 0:40 / {0} rw - 9p C: rw", "9p"),
        ("30 22 0:40 / {0} rw - fuse.sshfs user@server: rw", "fuse.sshfs"),
        ("30 22 0:40 / {0} rw - virtiofs share rw", "virtiofs"),
        ("29 22 0:39 / {0} rw - ext4 /dev/vdb rw\n30 22 0:40 / {0} rw - nfs server:/export rw", "nfs"),
    ],
)
async def test_a_network_drive_is_refused_before_anything_is_written(tmp_path: Path, mount: str, kind: str) -> None:
    folder = tmp_path / "shared drive"
    folder.mkdir()
    mounts = LOCAL + mount.format(str(folder).replace(" ", r"\040")) + "\n"
    with pytest.raises(NetworkDrive) as caught:
        await SqliteDatabase(folder / "journal.sqlite", mounts=mounts).start()
    assert caught.value.kind == kind
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "mounts",
    [
        LOCAL,
        "",
        "nonsense\n\n1 2 3 - \n" + LOCAL,
        LOCAL + "30 22 0:40 / /elsewhere rw - nfs4 server:/export rw\n",
        LOCAL + "30 22 0:40 / {0}x rw - nfs4 server:/export rw\n",
        LOCAL + "30 22 0:40 / / rw - nfs4 server:/export rw\n31 22 0:41 / {0} rw - tmpfs tmpfs rw\n",
    ],
)
async def test_a_disk_of_this_machine_is_accepted(path: Path, mounts: str) -> None:
    database = SqliteDatabase(path, mounts=mounts.format(path.parent))
    await database.start()
    await database.close()


# --- Damage ---------------------------------------------------------------------------------------------------------


def damaged(path: Path, offset: int, data: bytes) -> None:
    content = bytearray(path.read_bytes())
    content[offset : offset + len(data)] = data
    path.write_bytes(content)


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: damaged(path, 0, b"Not a database!!"),
        lambda path: path.write_bytes(b"anything but a database, and long enough to have a header" * 40),
        lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2 // 4096 * 4096]),
        lambda path: damaged(path, 3 * 4096, b"\xff" * 4096),
        lambda path: damaged(path, 100, b"\xff" * 300),
    ],
    ids=["magic", "garbage", "cut", "page", "schema"],
)
async def test_a_damaged_file_is_refused_and_left_as_it_is(path: Path, damage: object) -> None:
    await filled(path)
    assert callable(damage)
    damage(path)
    before = path.read_bytes()
    database = SqliteDatabase(path)
    with pytest.raises(StoreCorrupted) as caught:
        await database.start()
    assert caught.value.path == str(path)
    assert path.read_bytes() == before
    again = SqliteDatabase(path)
    with pytest.raises(StoreCorrupted):
        await again.start()


async def test_a_very_large_file_is_not_read_through_and_health_says_so(path: Path) -> None:
    await filled(path)
    database = SqliteDatabase(path, checked_up_to=4096)
    await database.start()
    assert (await database.health()).warnings == ("store_not_checked",)
    await database.close()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ("line = replace(line, 'for', 'FOR')", "leaf"),
        ("leaf = zeroblob(32)", "leaf"),
        ("actor = 'somebody'", "start"),
        ("at = '2026-11-22T10:00:00.999Z'", "start"),
        ("name = 'vote.cast/3'", "end"),
        ("seq = 400", "gap"),
    ],
)
async def test_an_altered_event_is_not_served(path: Path, change: str, problem: str) -> None:
    await filled(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as owner:
        owner.execute("DROP TRIGGER journal_event_update")
        owner.execute(f"UPDATE journal_event SET {change} WHERE seq = 7")  # noqa: S608 — the cases above
    database = SqliteDatabase(path)
    await database.start()
    store = SqlStore(database)
    with pytest.raises(EntryCorrupted) as caught:
        await store.read("s1")
    assert (caught.value.sitting, caught.value.seq, caught.value.problem) == ("s1", 7, problem)
    assert len(await store.read("s1", limit=7)) == 7
    if problem != "gap":
        with pytest.raises(EntryCorrupted):
            await store.find("s1", ["vote/7"])
    await database.close()


async def test_text_that_became_a_blob_is_not_served(path: Path) -> None:
    await filled(path, 3)
    with closing(sqlite3.connect(path, isolation_level=None)) as owner:
        owner.executescript(
            "DROP TRIGGER journal_event_update; PRAGMA writable_schema=ON;"
            "UPDATE sqlite_schema SET sql = replace(sql, 'STRICT', '') WHERE name = 'journal_event';"
        )
    with closing(sqlite3.connect(path, isolation_level=None)) as owner:
        owner.execute("UPDATE journal_event SET line = CAST(line AS BLOB) WHERE seq = 1")
    database = SqliteDatabase(path)
    await database.start()
    with pytest.raises(EntryCorrupted, match="text"):
        await SqlStore(database).read("s1")
    await database.close()


# --- No room --------------------------------------------------------------------------------------------------------


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


# --- kill -9 --------------------------------------------------------------------------------------------------------

VICTIM = """
import asyncio, sys
from pathlib import Path
from tests.journal.sample import entries
from voting.journal.sql.sqlite import SqliteDatabase
from voting.journal.sql.store import SqlStore
from voting.journal.store import Appended

async def main():
    database = SqliteDatabase(Path(sys.argv[1]))
    await database.start()
    store = SqlStore(database)
    head = await store.head("s1")
    while True:
        outcome = await store.append({"s1": head}, entries("s1", head.seq + 1, 7))
        assert isinstance(outcome, Appended)
        head = outcome.heads["s1"]
        print(head.seq, flush=True)

asyncio.run(main())
"""


def test_what_was_acknowledged_survives_kill_9(path: Path) -> None:
    root = Path(__file__).parents[2]
    acknowledged = -1
    for kill in range(6):
        with subprocess.Popen([sys.executable, "-c", VICTIM, str(path)], cwd=root, stdout=subprocess.PIPE) as victim:
            assert victim.stdout is not None
            for _ in range(3 + kill * 5):
                acknowledged = int(victim.stdout.readline())
            victim.kill()
            rest = victim.stdout.read().split()
            acknowledged = int(rest[-1]) if rest else acknowledged
        kept = asyncio.run(reopened(path))
        assert kept.seq >= acknowledged
        assert (kept.seq + 1) % 7 == 0


async def reopened(path: Path) -> Head:
    database = SqliteDatabase(path)
    await database.start()
    events = await SqlStore(database).read("s1")
    await database.close()
    assert [CODEC.decode(entry.line).event for entry in events] == [voted(seq) for seq in range(len(events))]
    return Head(events[-1].seq, events[-1].leaf)
