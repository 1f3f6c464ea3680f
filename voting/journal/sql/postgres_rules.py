"""What PostgreSQL must be told and asked, and what its errors mean for us. Connections and transactions: `postgres`."""

from typing import NamedTuple

import asyncpg
from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from voting.journal.faults import (
    StoreBusy,
    StoreCorrupted,
    StoreDenied,
    StoreFault,
    StoreFull,
    StoreRefused,
    StoreUnavailable,
    UnsafeDatabase,
)

OLDEST = 14
"""Major version; older ones are out of the care of their makers by the time that anybody reads this."""

CONNECT_SECONDS = 5.0

FAILURES = (
    *(SQLAlchemyError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError),
    *(OSError, TimeoutError),
)
"""Whatever the driver, SQLAlchemy or the network may raise; `fault_of` says what it means. The driver calls it a fault
of its own (`InternalClientError`) when a server that stops answers out of turn."""

# synchronous_commit: an acknowledgement means that the vote is on disk, whatever the server's own setting is.
# enable_seqscan, jit: every query is by sitting; a plan made while the tables were empty must not outlive that time.
# idle_in_transaction: a process that is frozen in a transaction holds nobody up for longer.
SETTINGS = {
    "application_name": "hemicycle",
    "synchronous_commit": "on",
    "enable_seqscan": "off",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    "jit": "off",
    "lock_timeout": "4000",
    "statement_timeout": "30000",
    "idle_in_transaction_session_timeout": "10000",
}
READER_SETTINGS = {**SETTINGS, "default_transaction_read_only": "on"}


class Server(NamedTuple):
    """What the server says of itself and of the role that we are."""

    version: str
    number: int
    is_standby: bool
    fsync: str
    full_page_writes: str
    synchronous_commit: str
    """In our own sessions, which ask for it."""
    role: str
    is_superuser: bool
    owns: bool
    """The role could lift the refusal to change the journal: it owns its tables, or what owns them."""
    may_change: bool
    """The role holds a privilege to change or delete what is in the journal."""
    standbys: int
    synchronous_standby_names: str

    @property
    def warnings(self) -> tuple[str, ...]:
        """Codes of what an administrator should look at."""
        found = []
        if self.is_superuser or self.owns or self.may_change:
            found.append("store_privileges")
        if self.standbys and not self.synchronous_standby_names:
            found.append("store_asynchronous_standby")
        return tuple(found)


INSPECT = """
SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
    pg_is_in_recovery() AS is_standby, current_setting('fsync') AS fsync,
    current_setting('full_page_writes') AS full_page_writes,
    current_setting('synchronous_commit') AS synchronous_commit, current_user::text AS role,
    (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AS is_superuser,
    coalesce((SELECT bool_or(pg_has_role(current_user, relowner, 'MEMBER')) FROM pg_class
        WHERE oid IN (to_regclass('journal_event'), to_regclass('journal_checkpoint'))), false) AS owns,
    coalesce((SELECT bool_or(has_table_privilege(oid, 'UPDATE,DELETE,TRUNCATE,TRIGGER')) FROM pg_class
        WHERE oid IN (to_regclass('journal_event'), to_regclass('journal_checkpoint'))), false) AS may_change,
    (SELECT count(*)::int FROM pg_stat_replication WHERE application_name <> 'pg_basebackup') AS standbys,
    current_setting('synchronous_standby_names') AS synchronous_standby_names
"""


def check(server: Server) -> None:
    """Refuse a server on which an acknowledged vote could be lost."""
    if server.number < OLDEST * 10_000:
        raise UnsafeDatabase(setting="server_version", found=server.version)
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        if (found := getattr(server, setting)) != "on":
            raise UnsafeDatabase(setting=setting, found=found)


def dsn(url: URL) -> str:
    """The address as the driver reads it: every option of its own is allowed after the question mark.

    For the driver, ``read-write`` is also a matter of the session, and our readers' sessions only read: it would find
    no server for them. Which server writes is what is meant.
    """
    if url.query.get("target_session_attrs") == "read-write":
        url = url.update_query_dict({"target_session_attrs": "primary"})
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def append_sql(table: str) -> str:
    """Insert all rows if every expected head is still the last event of its sitting: one statement, one round trip.

    What another transaction commits meanwhile is not seen; the primary key then refuses the whole statement.
    """
    return f"""
WITH want AS (SELECT * FROM unnest($1::text[], $2::int[], $3::bytea[]) AS w(sitting, seq, leaf)),
verdict AS (
    SELECT bool_and(n.seq IS NULL AND (w.seq < 0 OR e.leaf IS NOT DISTINCT FROM w.leaf)) AS holds
    FROM want AS w
    LEFT JOIN {table} AS e ON e.sitting = w.sitting AND e.seq = w.seq
    LEFT JOIN {table} AS n ON n.sitting = w.sitting AND n.seq = w.seq + 1)
INSERT INTO {table} (sitting, seq, at, actor, name, idem_key, line, leaf)
SELECT r.* FROM verdict, unnest($4::text[], $5::int[], $6::text[], $7::text[], $8::text[], $9::bytea[], $10::text[],
    $11::bytea[]) AS r(sitting, seq, at, actor, name, idem_key, line, leaf)
WHERE verdict.holds
"""  # noqa: S608


def heads_sql(table: str) -> str:
    """The last event of each sitting; no row for an empty one."""
    return f"""
SELECT w.sitting, e.seq, e.leaf FROM unnest($1::text[]) AS w(sitting) CROSS JOIN LATERAL (
    SELECT seq, leaf FROM {table} WHERE sitting = w.sitting ORDER BY seq DESC LIMIT 1) AS e
"""  # noqa: S608


def taken_sql(table: str) -> str:
    """Which of these (sitting, key) have their event."""
    return f"""
SELECT e.sitting, e.idem_key FROM unnest($1::text[], $2::bytea[]) AS w(sitting, key)
JOIN {table} AS e ON e.sitting = w.sitting AND e.idem_key = w.key
"""  # noqa: S608


_REFUSED = ("22", "23", "25006", "42501")
_BUSY = ("55P03", "40001", "40P01", "57014")


def fault_of(error: BaseException) -> StoreFault:
    """What an error of PostgreSQL or of its driver means, whoever reported it."""
    state = sqlstate_of(error)
    if state == "53100":
        return StoreFull()
    if state.startswith(_BUSY):
        return StoreBusy()
    if state.startswith(_REFUSED):
        return StoreRefused()
    if state.startswith(("28", "3D")):
        return StoreDenied(problem=state)
    if state in ("XX001", "XX002"):
        return StoreCorrupted(path="PostgreSQL", problem=state)
    return StoreUnavailable()


def sqlstate_of(error: BaseException) -> str:
    """The five letters by which PostgreSQL says what went wrong; empty when it said nothing."""
    original = error.orig if isinstance(error, DBAPIError) else error
    return getattr(original, "sqlstate", None) or ""


def has_ended(error: BaseException) -> bool:
    """The server itself said that the statement failed and was undone; anything else proves nothing.

    08: the connection is gone; 57: the server is going, perhaps after the commit; XX: it does not know itself.
    """
    state = sqlstate_of(error)
    return bool(state) and (state == "57014" or not state.startswith(("08", "57", "XX")))
