"""Checks of a PostgreSQL that keeps the record: reached, safe, up to date, our role held back, the standby in step."""

from collections.abc import Iterator
from pathlib import Path

from bot.doctor.findings import Code, Finding, ok, problem, warning
from bot.rim import KEY_FILE
from voting.journal.checkpoint import open_checkpoint, origin_of
from voting.journal.faults import (
    BadDatabaseUrl,
    DriverMissing,
    KeyFault,
    SchemaNewer,
    SchemaOutdated,
    StoreDenied,
    StoreFault,
    UnsafeDatabase,
)
from voting.journal.keys import SigningKey
from voting.journal.sql.database import ServerReport, inspect, is_server
from voting.journal.sql.store import SqlStore

LOOKED_AT = 20
"""Sittings, newest first, among which the last checkpoint is looked for."""


def is_meant(url: str) -> bool:
    """Whether that address is a server's."""
    try:
        return is_server(url)
    except BadDatabaseUrl:
        return False


async def examine(url: str, folder: Path) -> tuple[Finding, ...]:
    """Every check of this module; the first says whether a record is there."""
    try:
        async with inspect(url) as (report, store):
            return (*_findings(report), *await _key(store, folder))
    except StoreFault as fault:
        return (_finding(fault),)


def _findings(report: ServerReport) -> Iterator[Finding]:
    yield ok(Code.SERVER, version=report.version, schema=report.schema, role=report.role)
    if report.is_standby:
        yield warning(Code.SERVER_STANDBY)
    yield ok(Code.SERVER_COMMIT)
    if "store_privileges" in report.warnings:
        yield warning(Code.SERVER_PRIVILEGES_TOO_MANY, role=report.role)
    else:
        yield ok(Code.SERVER_PRIVILEGES, role=report.role)
    if not report.standbys:
        yield warning(Code.SERVER_ALONE)
    elif "store_asynchronous_standby" in report.warnings:
        yield warning(Code.SERVER_ASYNCHRONOUS, number=report.standbys)
    else:
        yield ok(Code.SERVER_SYNCHRONOUS, number=report.standbys)


async def _key(store: SqlStore, folder: Path) -> tuple[Finding, ...]:
    """Whether this folder's key is the one that signs; a folder without a key is another check's affair."""
    try:
        key = SigningKey.load(folder / KEY_FILE)
    except (KeyFault, OSError):
        return ()
    for sitting in list(reversed(await store.sittings()))[:LOOKED_AT]:
        if kept := await store.checkpoints(sitting):
            signed = open_checkpoint(kept[-1].note, [key.vkey], origin_of(sitting)).holds
            return () if signed else (warning(Code.KEY_OTHER),)
    return ()


def _finding(fault: StoreFault) -> Finding:
    match fault:
        case SchemaOutdated() | SchemaNewer() | BadDatabaseUrl():
            return _schema(fault)
        case DriverMissing():
            return problem(Code.SERVER_DRIVER, driver=fault.driver)
        case StoreDenied():
            return problem(Code.SERVER_DENIED, problem=fault.problem)
        case UnsafeDatabase():
            return problem(Code.SERVER_UNSAFE, setting=fault.setting, found=fault.found)
        case _:
            return problem(Code.SERVER_UNREACHABLE, fault=fault.code)


def _schema(fault: SchemaOutdated | SchemaNewer | BadDatabaseUrl) -> Finding:
    match fault:
        case SchemaOutdated(found=""):
            return problem(Code.SERVER_EMPTY)
        case SchemaOutdated():
            return problem(Code.SERVER_OLDER, found=fault.found, known=fault.known)
        case SchemaNewer():
            return problem(Code.DATABASE_NEWER, found=fault.found, known=fault.known)
        case BadDatabaseUrl():
            return problem(Code.DATABASE_FOREIGN)
