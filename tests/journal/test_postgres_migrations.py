"""The history of the schema in PostgreSQL: made by its owner, while others serve, for a role that may only append."""

import asyncio
import shutil
from pathlib import Path

import asyncpg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData, make_url
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import METADATA as BOOKS
from tests.journal.sample import entries
from tests.kit.postgres import OWNER, ROLE, Server
from voting.journal.faults import BadDatabaseUrl, SchemaNewer, SchemaOutdated, StoreBusy, StoreDenied, StoreRefused
from voting.journal.migrations import History
from voting.journal.sql import postgres_schema
from voting.journal.sql.database import Migrated, exists, is_server, migrate, open_database
from voting.journal.sql.postgres import PostgresDatabase
from voting.journal.sql.store import SqlStore
from voting.journal.sql.tables import METADATA
from voting.journal.store import EMPTY, Appended, Head

pytestmark = pytest.mark.postgres
HEAD = History().head
NEXT = """
from alembic import op

revision = "9000"
down_revision = "{0}"


def upgrade() -> None:
    op.execute("ALTER TABLE journal_event ADD COLUMN note text")
    op.execute("CREATE TABLE bot_note (text text)")
    {1}
"""


def tomorrow(folder: Path, then: str = "pass") -> History:
    """The migrations of a program of tomorrow, which knows one more."""
    today = History()
    scripts = folder / "scripts"
    shutil.copytree(today.scripts, scripts)
    (scripts / "versions" / "r9000_note.py").write_text(NEXT.format(today.head, then))
    return History(scripts=scripts)


async def test_the_owner_makes_the_schema_and_the_role_serves(server: Server) -> None:
    name = server.database("empty")
    role, owner = server.url(name), server.url(name, OWNER)
    assert (is_server(role), exists(role)) == (True, True)
    with pytest.raises(SchemaOutdated) as caught:
        await open_database(role, upgrade=True).start()
    assert caught.value.found == ""
    with pytest.raises(StoreRefused):  # the bot's role makes no tables
        await migrate(role)
    assert await migrate(role, owner) == Migrated("", HEAD)
    assert await migrate(role, owner) == Migrated(HEAD, HEAD)
    store = SqlStore(open_database(role))
    await store.start()
    assert isinstance(await store.append({"s1": EMPTY}, entries("s1", 0, 3)), Appended)
    await store.close()


async def test_one_role_for_everything_works_and_is_warned_of(server: Server) -> None:
    url = server.url(server.database("empty"), OWNER)
    assert await migrate(url) == Migrated("", HEAD)
    database = open_database(url)
    await database.start()
    assert (await database.health()).warnings == ("store_privileges",)
    await database.close()


async def test_several_that_migrate_at_once_migrate_once(server: Server) -> None:
    name = server.database("empty")
    done = await asyncio.gather(*(migrate(server.url(name), server.url(name, OWNER)) for _ in range(3)))
    assert sorted(done) == [("", HEAD), (HEAD, HEAD), (HEAD, HEAD)]


async def test_the_migrations_make_the_tables_that_the_program_uses(server: Server) -> None:
    both = MetaData()
    for table in (*METADATA.tables.values(), *BOOKS.tables.values()):
        table.to_metadata(both)
    database = open_database(server.url(server.database(), OWNER))
    await database.start()

    def differences(connection: Connection) -> list[object]:
        found: list[object] = compare_metadata(MigrationContext.configure(connection), both)
        return found

    async def compare(connection: AsyncConnection) -> list[object]:
        return await connection.run_sync(differences)

    assert await database.read(compare) == []
    await database.close()


async def test_a_migration_runs_while_the_version_before_serves(server: Server, tmp_path: Path) -> None:
    """It appends without a pause worth the name, and a process of that version may even start afterwards."""
    name = server.database()
    store = SqlStore(open_database(server.url(name)))
    await store.start()
    head, stop = EMPTY, False

    async def vote() -> int:
        nonlocal head
        count = 0
        while not stop:
            (entry,) = entries("s1", head.seq + 1, 1)
            assert isinstance(await store.append({"s1": head}, [entry]), Appended)
            assert len(await store.read("s1", after=head.seq)) == 1
            head, count = Head(entry.seq, entry.leaf), count + 1
        return count

    voting = asyncio.create_task(vote())
    while head.seq < 20:
        await asyncio.sleep(0.005)
    owner = make_url(server.url(name, OWNER))
    assert await postgres_schema.migrate(owner, ROLE, tomorrow(tmp_path)) == (HEAD, "9000")
    seen = head.seq
    while head.seq < seen + 20:
        await asyncio.sleep(0.005)
    stop = True
    assert await voting == head.seq + 1
    await store.close()
    await store.start()
    assert len(await store.read("s1")) == head.seq + 1
    await store.close()
    await server.run("UPDATE schema_mark SET oldest = '9000'", name)
    with pytest.raises(SchemaNewer):
        await store.start()


async def test_what_a_new_migration_makes_is_the_roles_to_use(server: Server, tmp_path: Path) -> None:
    name = server.database()
    await postgres_schema.migrate(make_url(server.url(name, OWNER)), ROLE, tomorrow(tmp_path))
    await server.run("INSERT INTO bot_note VALUES ('a'); DELETE FROM bot_note", name, ROLE)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await server.run("UPDATE journal_event SET note = 'a'", name, ROLE)


async def test_a_migration_that_fails_changes_nothing(server: Server, tmp_path: Path) -> None:
    name = server.database()
    broken = tomorrow(tmp_path, "raise ZeroDivisionError")
    with pytest.raises(ZeroDivisionError):
        await postgres_schema.migrate(make_url(server.url(name, OWNER)), ROLE, broken)
    ((found,),) = await server.run("SELECT to_regclass('bot_note')", name)
    assert found is None
    with pytest.raises(SchemaOutdated) as caught:
        await PostgresDatabase(make_url(server.url(name)), history=broken).start()
    assert (caught.value.found, caught.value.known) == (HEAD, "9000")


async def test_a_migration_lets_others_pass_before_it_gives_up(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Behind a long report it would hold up every vote: it waits a fifth of a second, and comes back."""
    monkeypatch.setattr(postgres_schema, "PAUSE", 0.05)
    monkeypatch.setattr(postgres_schema, "ATTEMPTS", 2)
    name = server.database()
    report = await asyncpg.connect(host=str(server.folder), user="postgres", database=name)
    await report.execute("BEGIN; SELECT count(*) FROM journal_event")
    owner, history = make_url(server.url(name, OWNER)), tomorrow(tmp_path)
    with pytest.raises(StoreBusy):
        await postgres_schema.migrate(owner, ROLE, history)
    waiting = asyncio.create_task(postgres_schema.migrate(owner, ROLE, history))
    await asyncio.sleep(0.1)
    await report.close()
    assert await waiting == (HEAD, "9000")


async def test_a_schema_of_another_time_or_of_nobody(server: Server) -> None:
    name = server.database()
    await server.run("UPDATE alembic_version SET version_num = '9999'; DROP TABLE schema_mark", name)
    for start in (open_database(server.url(name)).start(), migrate(server.url(name), server.url(name, OWNER))):
        with pytest.raises(SchemaNewer):
            await start
    await server.run("DROP TABLE alembic_version", name)
    with pytest.raises(BadDatabaseUrl, match="foreign"):
        await open_database(server.url(name)).start()


async def test_a_migration_for_nobody_or_by_somebody_elsewhere_is_refused(server: Server, tmp_path: Path) -> None:
    name = server.database("empty")
    with pytest.raises(StoreDenied, match="role"):
        await migrate(server.url(name, "nobody_that_we_know"), server.url(name, OWNER))
    with pytest.raises(BadDatabaseUrl, match="owner"):
        await migrate(server.url(name), f"sqlite:///{tmp_path / 'x'}")
    with pytest.raises(BadDatabaseUrl, match="driver"):
        await migrate("postgresql+psycopg://host/name")
