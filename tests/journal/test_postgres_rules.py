"""What PostgreSQL itself refuses, to the bot's own role and to the owner of the tables, and what it must be."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

import asyncpg
import pytest
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import AsyncConnection

from tests.journal.sample import CODEC, entries, voted
from tests.kit.postgres import OWNER, ROLE, Server
from voting.journal.faults import StoreDenied, StoreFault, StoreRefused, UnsafeDatabase
from voting.journal.sql import postgres_rules as rules
from voting.journal.sql.database import Database, open_database
from voting.journal.sql.store import SqlStore
from voting.journal.store import EMPTY, Appended, Family, Head, HeadMoved

pytestmark = pytest.mark.postgres

FAMILIES = ["journal", "rehearsal"]
NEW = CODEC.entry("s1", 3, voted(3), "vote/3")
FORGERIES = [
    "UPDATE {0}_event SET line = '{{}}' WHERE seq = 1",
    "UPDATE {0}_event SET idem_key = NULL",
    "UPDATE {0}_checkpoint SET note = 'another'",
    "TRUNCATE {0}_event CASCADE",
    "TRUNCATE {0}_checkpoint",
    "INSERT INTO {0}_event SELECT sitting, 3, at, actor, name, idem_key, line, leaf FROM {0}_event WHERE seq = 2"
    " ON CONFLICT (sitting, idem_key) DO UPDATE SET line = excluded.line",
]
SKIPS = [
    "INSERT INTO {0}_event SELECT sitting, 4, at, actor, name, NULL, line, leaf FROM {0}_event WHERE seq = 2",
    "INSERT INTO {0}_event SELECT 's2', 1, at, actor, name, NULL, line, leaf FROM {0}_event WHERE seq = 2",
    "INSERT INTO {0}_event SELECT 's2', seq * 2, at, actor, name, NULL, line, leaf FROM {0}_event",
    "INSERT INTO {0}_event SELECT 's2', 0, at, actor, name, NULL, line, '\\x00' FROM {0}_event WHERE seq = 0",
    "INSERT INTO {0}_event SELECT 's2', 0, at, actor, name, NULL, line || ' ', leaf FROM {0}_event WHERE seq = 0",
    "INSERT INTO {0}_checkpoint VALUES ('s1', 7, 'note')",
]


@dataclass(frozen=True, slots=True)
class Place:
    """A database with three events and a checkpoint in each family."""

    server: Server
    name: str
    database: Database

    async def rows(self) -> str:
        found = await self.server.run(
            "SELECT 'e' AS what, to_jsonb(e)::text AS row FROM journal_event e"
            " UNION ALL SELECT 'r', to_jsonb(e)::text FROM rehearsal_event e"
            " UNION ALL SELECT 'c', to_jsonb(c)::text FROM journal_checkpoint c"
            " UNION ALL SELECT 'd', to_jsonb(c)::text FROM rehearsal_checkpoint c ORDER BY 1, 2",
            self.name,
        )
        return json.dumps([tuple(row) for row in found])

    async def run(self, statement: str, role: str = ROLE) -> None:
        await self.server.run(statement, self.name, role)


@pytest.fixture
async def place(server: Server) -> AsyncIterator[Place]:
    name = server.database()
    database = open_database(server.url(name))
    await database.start()
    for family in Family:
        filled = SqlStore(database, family)
        assert isinstance(await filled.append({"s1": EMPTY}, entries("s1", 0, 3)), Appended)
        await filled.save_checkpoint("s1", 3, "note\n")
    yield Place(server, name, database)
    await database.close()


@pytest.mark.parametrize("prefix", FAMILIES)
@pytest.mark.parametrize("role", [ROLE, OWNER, "postgres"])
async def test_nobody_changes_what_was_written(place: Place, role: str, prefix: str) -> None:
    """The bot for want of the privilege, the owner and the superuser because of the triggers."""
    before = await place.rows()
    for statement in FORGERIES:
        with pytest.raises((asyncpg.InsufficientPrivilegeError, asyncpg.IntegrityConstraintViolationError)) as caught:
            await place.run(statement.format(prefix), role)
        assert isinstance(caught.value, asyncpg.InsufficientPrivilegeError) == (role == ROLE), statement
    assert await place.rows() == before


@pytest.mark.parametrize("prefix", FAMILIES)
@pytest.mark.parametrize("role", [ROLE, "postgres"])
async def test_nobody_skips_a_place_or_writes_a_line_under_another_hash(place: Place, role: str, prefix: str) -> None:
    before = await place.rows()
    for statement in SKIPS:
        with pytest.raises(asyncpg.IntegrityConstraintViolationError):
            await place.run(statement.format(prefix), role)
    assert await place.rows() == before


@pytest.mark.parametrize("role", [ROLE, OWNER, "postgres"])
async def test_no_line_of_a_rehearsal_goes_among_the_official_ones(place: Place, role: str) -> None:
    before = await place.rows()
    for statement in (
        "INSERT INTO journal_event SELECT 'blanc-1', 0, at, actor, name, NULL, line, leaf FROM rehearsal_event"
        " WHERE seq = 0",
        "INSERT INTO journal_checkpoint SELECT 'blanc-1', 3, note FROM rehearsal_checkpoint",
    ):
        with pytest.raises(asyncpg.CheckViolationError, match="_official"):
            await place.run(statement, role)
    assert await place.rows() == before


async def test_only_rehearsals_may_be_deleted(place: Place) -> None:
    for statement in ("DELETE FROM journal_checkpoint", "DELETE FROM journal_event"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await place.run(statement)
        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="append-only"):
            await place.run(statement, OWNER)
    assert await SqlStore(place.database, Family.REHEARSAL).purge("s1") == 3
    assert len(await SqlStore(place.database).read("s1")) == 3


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE journal_event DISABLE TRIGGER ALL",
        "ALTER TABLE journal_event DROP CONSTRAINT journal_event_official",
        "DROP TRIGGER journal_event_keep ON journal_event",
        "DROP TABLE journal_event",
        "ALTER TABLE journal_event OWNER TO hemicycle",
        "SET session_replication_role = replica",
        "CREATE TABLE mine (a int)",
        "CREATE OR REPLACE FUNCTION journal_event_next() RETURNS trigger LANGUAGE sql AS 'SELECT NULL'",
        "UPDATE alembic_version SET version_num = '0000'",
        "UPDATE schema_mark SET oldest = '9999'",
    ],
)
async def test_the_bots_role_cannot_lift_the_refusals(place: Place, statement: str) -> None:
    with pytest.raises(asyncpg.PostgresError) as caught:
        await place.run(statement)
    if not isinstance(caught.value, asyncpg.InsufficientPrivilegeError):
        assert isinstance(caught.value, asyncpg.WrongObjectTypeError | asyncpg.InvalidFunctionDefinitionError)


async def test_a_replica_of_the_server_is_refused_too(place: Place) -> None:
    """With this setting, ordinary triggers do not fire."""
    with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="append-only"):
        await place.run("SET session_replication_role = replica; UPDATE journal_event SET line = ''", "postgres")


async def test_a_table_of_the_same_name_deceives_nobody(place: Place) -> None:
    connection = await asyncpg.connect(host=str(place.server.folder), user=ROLE, database=place.name)
    try:
        await connection.execute("CREATE TEMPORARY TABLE journal_event AS SELECT * FROM public.journal_event")
        await connection.execute("UPDATE journal_event SET seq = seq + 10")
        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="gap"):
            await connection.execute(
                "INSERT INTO public.journal_event SELECT sitting, seq + 1, at, actor, name, NULL, line, leaf"
                " FROM journal_event WHERE seq = 12"
            )
    finally:
        await connection.close()


async def test_our_own_connections_are_refused_too(place: Place) -> None:
    async def forge(connection: AsyncConnection) -> None:
        await connection.execute(text("UPDATE journal_event SET line = '{}'"))

    async def link(connection: AsyncConnection) -> None:
        await connection.execute(text("UPDATE bot_version SET version = 9"))

    with pytest.raises(StoreRefused):
        await place.database.write(forge)
    with pytest.raises(StoreFault):
        await place.database.read(link)
    await place.database.write(link)


async def test_an_event_written_past_us_moves_the_head(place: Place) -> None:
    store = SqlStore(place.database)
    head = await store.head("s1")
    other = SqlStore(open_database(place.server.url(place.name)))
    await other.start()
    assert isinstance(await other.append({"s1": head}, [NEW]), Appended)
    await other.close()
    assert await store.append({"s1": head}, [NEW]) == HeadMoved(frozenset({"s1"}))
    assert await store.append({"s1": head}, []) == HeadMoved(frozenset({"s1"}))
    assert await store.head("s1") == Head(3, NEW.leaf)


async def test_a_vote_is_on_disk_whatever_the_server_is_told(place: Place) -> None:
    """An administrator, or a default of the database, may have made commits asynchronous."""
    await place.server.run(f'ALTER DATABASE "{place.name}" SET synchronous_commit = off')
    database = open_database(place.server.url(place.name))
    await database.start()

    async def setting(connection: AsyncConnection) -> object:
        return await connection.scalar(text("SHOW synchronous_commit"))

    assert await database.write(setting) == "on"
    await database.close()


@pytest.mark.parametrize("setting", ["fsync", "full_page_writes"])
async def test_a_server_that_may_lose_what_it_committed_is_refused(server: Server, setting: str) -> None:
    name = server.database()
    await server.run(f"ALTER SYSTEM SET {setting} = off")
    await server.reload(setting, "off")
    try:
        with pytest.raises(UnsafeDatabase) as caught:
            await open_database(server.url(name)).start()
    finally:
        await server.run(f"ALTER SYSTEM RESET {setting}")
        await server.reload(setting, "on")
    assert (caught.value.setting, caught.value.found) == (setting, "off")
    await (database := open_database(server.url(name))).start()
    await database.close()


async def test_an_old_server_is_refused() -> None:
    old = rules.Server("13.9", 130009, False, "on", "on", "on", "r", False, False, False, 0, "")
    with pytest.raises(UnsafeDatabase, match=r"13\.9"):
        rules.check(old)
    rules.check(old._replace(number=140000))


@pytest.mark.parametrize(("database", "role"), [("nowhere", ROLE), ("ready", "nobody_that_we_know")])
async def test_a_door_that_stays_shut_is_said(server: Server, database: str, role: str) -> None:
    with pytest.raises(StoreDenied):
        await open_database(server.url(database, role)).start()


async def test_the_health_names_what_an_administrator_should_see(server: Server) -> None:
    name = server.database()
    for role, warnings in ((ROLE, ()), (OWNER, ("store_privileges",)), ("postgres", ("store_privileges",))):
        database = open_database(server.url(name, role))
        await database.start()
        health = await database.health()
        await database.close()
        assert (health.backend, health.can_write, health.warnings) == ("postgresql", True, warnings)
    lonely = rules.Server("18.0", 180000, False, "on", "on", "on", "r", False, False, False, 1, "")
    assert lonely.warnings == ("store_asynchronous_standby",)
    assert lonely._replace(synchronous_standby_names="*").warnings == ()


def test_the_address_of_a_primary_and_its_standby_reaches_the_driver_whole() -> None:
    both = "host=pg1:5432,pg2:5433&target_session_attrs=read-write"
    address = make_url(f"postgresql+asyncpg://bot:p%40ss@/sittings?{both}")
    said = urlsplit(rules.dsn(address))
    assert (said.scheme, said.username, said.path) == ("postgresql", "bot", "/sittings")
    assert unquote(said.password or "") == "p@ss"
    assert parse_qs(said.query) == {"host": ["pg1:5432,pg2:5433"], "target_session_attrs": ["primary"]}
