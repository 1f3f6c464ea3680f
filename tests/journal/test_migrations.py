"""The history of the schema, and what a start does with a database of another time."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from tests.journal.sample import entries
from voting.journal.faults import BadDatabaseUrl, SchemaNewer, SchemaOutdated, StoreUnavailable
from voting.journal.migrations import History
from voting.journal.sql.database import Migrated, migrate, open_database
from voting.journal.sql.sqlite import SqliteDatabase
from voting.journal.sql.store import SqlStore
from voting.journal.sql.tables import METADATA
from voting.journal.store import EMPTY

HEAD = History().head


def url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


def pretend(path: Path, revision: str) -> None:
    """Make the database look as if another program had migrated it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))


def test_the_names_of_the_scripts_are_the_history() -> None:
    config = Config()
    config.set_main_option("script_location", str(History().scripts))
    config.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(config)
    assert History().revisions == tuple(script.revision for script in reversed(list(scripts.walk_revisions())))
    assert History().head == scripts.get_current_head()


async def test_the_migrations_make_the_tables_that_the_program_uses(database: SqliteDatabase) -> None:
    def differences(connection: Connection) -> list[object]:
        ours = {"include_name": lambda name, kind, _: kind != "table" or name in METADATA.tables}
        found: list[object] = compare_metadata(MigrationContext.configure(connection, opts=ours), METADATA)
        return found

    async def compare(connection: AsyncConnection) -> list[object]:
        return await connection.run_sync(differences)

    assert await database.write(compare) == []


async def test_a_new_database_gets_its_schema_and_keeps_it(path: Path) -> None:
    assert await migrate(url(path)) == Migrated("", HEAD)
    assert await migrate(url(path)) == Migrated(HEAD, HEAD)
    assert sorted(file.name for file in path.parent.iterdir()) == ["journal.sqlite", "journal.sqlite.lock"]


async def test_a_database_of_a_newer_program_is_refused_untouched(path: Path) -> None:
    await migrate(url(path))
    pretend(path, "9999")
    before = path.read_bytes()
    for upgrade in (False, True):
        with pytest.raises(SchemaNewer) as caught:
            await open_database(url(path), upgrade=upgrade).start()
        assert (caught.value.found, caught.value.known) == ("9999", HEAD)
    assert path.read_bytes() == before


async def test_a_database_without_schema_is_not_read(path: Path) -> None:
    path.touch()
    with pytest.raises(SchemaOutdated) as caught:
        await open_database(url(path), read_only=True).start()
    assert caught.value.found == ""


NEXT = """
from alembic import op

revision = "9000"
down_revision = "{0}"


def upgrade() -> None:
    op.execute("CREATE TABLE note (text TEXT)")
    {1}
"""


def history(folder: Path, then: str = "pass") -> History:
    """The migrations of a program of tomorrow, which knows one more."""
    today = History()
    scripts = folder / "100% scripts"
    shutil.copytree(today.scripts, scripts)
    (scripts / "versions" / "r9000_note.py").write_text(NEXT.format(today.head, then))
    return History(scripts=scripts)


async def notes(database: SqliteDatabase) -> int:
    async def count(connection: AsyncConnection) -> int:
        return len((await connection.exec_driver_sql("SELECT * FROM note")).all())

    return await database.read(count)


async def test_an_older_database_is_migrated_on_request_after_a_copy(path: Path, tmp_path: Path) -> None:
    database = SqliteDatabase(path)
    await database.start()
    await SqlStore(database).append({"s1": EMPTY}, entries("s1", 0, 3))
    await database.close()
    tomorrow = history(tmp_path)
    for refused in (SqliteDatabase(path, history=tomorrow), SqliteDatabase(path, history=tomorrow, read_only=True)):
        with pytest.raises(SchemaOutdated) as caught:
            await refused.start()
        assert (caught.value.found, caught.value.known) == (HEAD, "9000")
    migrated = SqliteDatabase(path, history=tomorrow, upgrade=True)
    await migrated.start()
    assert (migrated.found_schema, migrated.schema) == (HEAD, "9000")
    assert await notes(migrated) == 0
    assert await SqlStore(migrated).read("s1") == entries("s1", 0, 3)
    await migrated.close()
    copy = SqliteDatabase(path.with_name(f"journal.sqlite.before-{HEAD}"))
    await copy.start()
    assert await SqlStore(copy).read("s1") == entries("s1", 0, 3)
    await copy.close()
    with pytest.raises(SchemaNewer):
        await SqliteDatabase(path).start()


async def test_a_migration_that_fails_changes_nothing(path: Path, tmp_path: Path) -> None:
    await migrate(url(path))
    broken = history(tmp_path, "raise ZeroDivisionError")
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            await SqliteDatabase(path, history=broken, upgrade=True).start()
    assert path.with_name(f"journal.sqlite.before-{HEAD}.1").exists()
    database = SqliteDatabase(path)
    await database.start()
    with pytest.raises(StoreUnavailable):
        await notes(database)
    await database.close()


async def test_a_file_of_another_program_is_refused_untouched(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    before = path.read_bytes()
    with pytest.raises(BadDatabaseUrl, match="foreign"):
        await open_database(url(path)).start()
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("", "syntax"),
        ("nonsense", "syntax"),
        ("sqlite", "syntax"),
        ("mysql://host/name", "backend"),
        ("sqlite+pysqlcipher:///file", "driver"),
        ("sqlite+aiosqlite://", "memory"),
        ("sqlite:///:memory:", "memory"),
        ("sqlite:///file:x?mode=memory", "memory"),
    ],
)
async def test_refuses_an_address_that_it_cannot_use(address: str, problem: str) -> None:
    with pytest.raises(BadDatabaseUrl) as caught:
        open_database(address)
    assert caught.value.problem == problem


async def test_refuses_a_folder_that_it_cannot_make(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BadDatabaseUrl, match="folder"):
        await open_database(url(tmp_path / "file" / "journal.sqlite")).start()


async def test_a_path_with_every_kind_of_character(tmp_path: Path) -> None:
    path = tmp_path / "été 100% #1 ?x=é" / "journal.sqlite"
    database = SqliteDatabase(path)
    await database.start()
    await SqlStore(database).append({"s1": EMPTY}, entries("s1", 0, 1))
    await database.close()
    assert path.stat().st_size > 0
