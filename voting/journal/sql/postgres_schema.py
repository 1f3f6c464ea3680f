"""The schema in PostgreSQL: made and brought up to date by its owner, and what the bot's own role may do in it."""

import asyncio
from collections.abc import Mapping

import asyncpg
from sqlalchemy import URL, Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from voting.journal.faults import BadDatabaseUrl, SchemaNewer, SchemaOutdated, StoreBusy, StoreDenied
from voting.journal.migrations import History
from voting.journal.sql import postgres_rules as rules

# A change of the schema that waits for a long report makes everybody else wait behind it: it waits a moment, lets
# the others pass, and tries again.
MIGRATION_SETTINGS = {"application_name": "hemicycle migrate", "synchronous_commit": "on", "lock_timeout": "200"}
ATTEMPTS = 100
PAUSE = 0.3
_TURN = 0x68656D69
"""Key of the lock that has two migrations come one after the other."""

MAY: Mapping[str, str] = {"journal": "SELECT, INSERT", "rehearsal": "SELECT, INSERT, DELETE"}
"""What the bot's role may do in the tables of each prefix."""
MAY_IN_BOOKS = "SELECT, INSERT, UPDATE, DELETE"
MAY_IN_SCHEMA = "SELECT"


async def schema_of(connection: AsyncConnection) -> str:
    """The revision of the schema; empty where there is none."""
    marked = await connection.scalar(text("SELECT to_regclass('alembic_version')::text"))
    if marked is None:
        if await connection.scalar(text("SELECT to_regclass('journal_event')::text")) is not None:
            raise BadDatabaseUrl(problem="foreign")
        return ""
    return str(await connection.scalar(text("SELECT version_num FROM alembic_version")) or "")


async def check_schema(connection: AsyncConnection, found: str, history: History) -> None:
    """Serve on our own schema, or on a newer one that says that we may."""
    wanted = history.head
    if found == wanted:
        return
    if not found or found in history.revisions:
        raise SchemaOutdated(found=found, known=wanted)
    marked = await connection.scalar(text("SELECT to_regclass('schema_mark')::text"))
    oldest = await connection.scalar(text("SELECT oldest FROM schema_mark")) if marked else None
    if oldest is None or oldest > wanted:
        raise SchemaNewer(found=found, known=wanted)


async def migrate(owner: URL, role: str | None, history: History) -> tuple[str, str]:
    """Bring the schema up to date and set what that role may do; the revisions before and after.

    Everything happens in one transaction, while other processes serve.
    """

    async def connect() -> "asyncpg.Connection[asyncpg.Record]":
        return await asyncpg.connect(
            rules.dsn(owner), timeout=rules.CONNECT_SECONDS, server_settings=MIGRATION_SETTINGS
        )

    engine = create_async_engine(
        "postgresql+asyncpg://", hide_parameters=True, async_creator=connect, poolclass=NullPool
    )
    try:
        for _ in range(ATTEMPTS):
            try:
                async with engine.begin() as connection:
                    return await _bring_up(connection, role, history)
            except rules.FAILURES as error:
                fault = rules.fault_of(error)
                if not isinstance(fault, StoreBusy):
                    raise fault from error
            await asyncio.sleep(PAUSE)
        raise StoreBusy
    finally:
        await engine.dispose()


async def _bring_up(connection: AsyncConnection, role: str | None, history: History) -> tuple[str, str]:
    await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _TURN})
    before = await schema_of(connection)
    if before and before not in history.revisions:
        raise SchemaNewer(found=before, known=history.head)
    if before != history.head:
        await connection.run_sync(history.upgrade)
    if role is not None:
        await connection.run_sync(grant, role)
    return before, history.head


def grant(connection: Connection, role: str) -> None:
    """What the bot needs and no more. Nothing, if that role owns the tables itself: it cannot be held back."""
    if role == connection.scalar(text("SELECT current_user")):
        return
    if connection.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role}) is None:
        raise StoreDenied(problem="role")
    quoted = connection.dialect.identifier_preparer.quote_identifier(role)
    schema = connection.scalar(text("SELECT quote_ident(current_schema())"))
    run = connection.exec_driver_sql
    run(f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC")
    run(f"GRANT USAGE ON SCHEMA {schema} TO {quoted}")
    run(f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM PUBLIC, {quoted}")
    tables = connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")).all()
    for table in tables:
        run(f"GRANT {_allowed(table)} ON {schema}.{table} TO {quoted}")
    run(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {quoted}")


def _allowed(table: str) -> str:
    if table in ("alembic_version", "schema_mark"):
        return MAY_IN_SCHEMA
    return MAY.get(table.partition("_")[0], MAY_IN_BOOKS)
