"""Everything that breaks under a SQLite file: said in a typed fault, nothing acknowledged lost, nothing overwritten."""

import asyncio
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.journal.sample import CODEC, entries, voted
from voting.journal.faults import (
    EntryCorrupted,
    NetworkDrive,
    StoreCorrupted,
    StoreLocked,
    StoreUnavailable,
)
from voting.journal.sql.sqlite import SqliteDatabase
from voting.journal.sql.store import SqlStore
from voting.journal.store import EMPTY, Appended, Head


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
