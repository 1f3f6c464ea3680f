"""A PostgreSQL of every kind, and what the doctor says of it."""

from pathlib import Path

import pytest

from bot.doctor import Code, Finding, State, sentence
from bot.doctor import server as of_server
from bot.doctor.findings import ok, problem, warning
from bot.installation import open_sql_core
from bot.rim import journal_key
from bot.texts import catalogue
from tests.kit import sittings as kit
from tests.kit.postgres import OWNER, ROLE, Server
from tests.kit.proxy import line
from voting.domain.commands import CloseSitting
from voting.journal.faults import DriverMissing
from voting.journal.keys import SigningKey
from voting.journal.migrations import History
from voting.journal.sql.database import ServerReport

pytestmark = pytest.mark.postgres
HEAD = History().head


async def found(url: str, folder: Path) -> tuple[Finding, ...]:
    said = await of_server.examine(url, folder)
    for language in ("fr", "en"):
        assert all(sentence(finding, catalogue(language)) for finding in said)
    return said


async def test_a_server_in_order(server: Server, tmp_path: Path) -> None:
    said = await found(server.url(server.database()), tmp_path)
    assert said[0].code is Code.SERVER
    assert said[0].fields["role"] == ROLE
    assert said[0].fields["schema"] == HEAD
    assert said[1:] == (ok(Code.SERVER_COMMIT), ok(Code.SERVER_PRIVILEGES, role=ROLE), warning(Code.SERVER_ALONE))


@pytest.mark.parametrize("role", [OWNER, "postgres"])
async def test_a_role_that_could_rewrite_the_record_is_warned_of(server: Server, role: str, tmp_path: Path) -> None:
    said = await found(server.url(server.database(), role), tmp_path)
    assert warning(Code.SERVER_PRIVILEGES_TOO_MANY, role=role) in said


async def test_a_privilege_too_many_is_warned_of(server: Server, tmp_path: Path) -> None:
    name = server.database()
    await server.run(f"GRANT UPDATE ON journal_event TO {ROLE}", name)
    assert warning(Code.SERVER_PRIVILEGES_TOO_MANY, role=ROLE) in await found(server.url(name), tmp_path)


async def test_a_database_without_tables_or_of_another_time(server: Server, tmp_path: Path) -> None:
    assert await found(server.url(server.database("empty")), tmp_path) == (problem(Code.SERVER_EMPTY),)
    name = server.database()
    await server.run("UPDATE alembic_version SET version_num = '0001'", name)
    assert await found(server.url(name), tmp_path) == (problem(Code.SERVER_OLDER, found="0001", known=HEAD),)
    await server.run("UPDATE alembic_version SET version_num = '9999'; UPDATE schema_mark SET oldest = '9999'", name)
    assert await found(server.url(name), tmp_path) == (problem(Code.DATABASE_NEWER, found="9999", known=HEAD),)
    await server.run("DROP TABLE alembic_version", name)
    assert await found(server.url(name), tmp_path) == (problem(Code.DATABASE_FOREIGN),)


async def test_a_door_that_stays_shut(server: Server, tmp_path: Path) -> None:
    (denied,) = await found(server.url("ready", "nobody_that_we_know"), tmp_path)
    assert (denied.code, denied.state) == (Code.SERVER_DENIED, State.PROBLEM)
    async with line(str(tmp_path / "nobody")) as nowhere:
        gone = await found(f"postgresql+asyncpg://{ROLE}@127.0.0.1:{nowhere.port}/x?sslmode=disable", tmp_path)
    assert gone == (problem(Code.SERVER_UNREACHABLE, fault="store_unavailable"),)


async def test_a_server_that_may_lose_votes(server: Server, tmp_path: Path) -> None:
    await server.run("ALTER SYSTEM SET fsync = off")
    await server.reload("fsync", "off")
    try:
        said = await found(server.url("ready"), tmp_path)
    finally:
        await server.run("ALTER SYSTEM RESET fsync")
        await server.reload("fsync", "on")
    assert said == (problem(Code.SERVER_UNSAFE, setting="fsync", found="off"),)


async def test_another_key_than_the_one_that_signs_is_noticed(server: Server, tmp_path: Path) -> None:
    """Two processes with two keys: half of the results would be signed by nobody that anybody knows."""
    url = server.url(server.database())
    core = await open_sql_core(url, journal_key(tmp_path, "body"))
    for command in (*kit.opened(kit.standing_committee()), CloseSitting(by=kit.CHAIR)):
        await core.writer.submit(kit.SITTING, command)
    await core.close()
    assert warning(Code.KEY_OTHER) not in await found(url, tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    SigningKey.generate("body").save(other / "journal.key")
    assert warning(Code.KEY_OTHER) in await found(url, other)


@pytest.mark.parametrize(
    ("standbys", "warnings", "said"),
    [
        (0, (), warning(Code.SERVER_ALONE)),
        (2, (), ok(Code.SERVER_SYNCHRONOUS, number=2)),
        (1, ("store_asynchronous_standby",), warning(Code.SERVER_ASYNCHRONOUS, number=1)),
    ],
)
def test_the_standby_must_be_in_step(standbys: int, warnings: tuple[str, ...], said: Finding) -> None:
    report = ServerReport(
        version="18.6", schema=HEAD, role=ROLE, is_standby=False, standbys=standbys, warnings=warnings
    )
    assert list(of_server._findings(report))[-1] == said


def test_a_standby_is_not_served_from() -> None:
    report = ServerReport(version="18.6", schema=HEAD, role=ROLE, is_standby=True, standbys=0, warnings=())
    assert warning(Code.SERVER_STANDBY) in list(of_server._findings(report))
    assert of_server._finding(DriverMissing(driver="asyncpg")) == problem(Code.SERVER_DRIVER, driver="asyncpg")


@pytest.mark.parametrize("url", ["", "mysql://host/name", "postgresql+psycopg://host/name", "sqlite:///file"])
def test_other_addresses_are_looked_at_as_files(url: str) -> None:
    assert not of_server.is_meant(url)
