"""Checks of what is kept: the data folder, the database and the key of the journal. Leaves nothing behind."""

import tempfile
from pathlib import Path

from bot.control import PING, AskedInVain, NotServing, ask
from bot.doctor.findings import Code, Finding, ok, problem, warning
from bot.doctor.machine import Machine
from bot.rim import KEY_FILE
from voting.journal.faults import (
    BadDatabaseUrl,
    KeyFault,
    NetworkDrive,
    SchemaNewer,
    SchemaOutdated,
    StoreCorrupted,
    StoreFault,
)
from voting.journal.keys import SigningKey
from voting.journal.sql.database import open_database
from voting.journal.sql.drives import refuse_network_drive

_MEGABYTE = 1 << 20

HAS_RECORD = frozenset({Code.DATABASE, Code.DATABASE_OLDER, Code.DATABASE_NEWER, Code.DATABASE_DISK_LOW, Code.SERVER})


def folder(path: Path, machine: Machine) -> Finding:
    """Where keys and papers go: there or to be made, writable, on a disk of this machine."""
    if (obstacle := _obstacle(path)) is not None:
        return obstacle
    try:
        refuse_network_drive(path, machine.mounts)
    except NetworkDrive as drive:
        return warning(Code.FOLDER_NETWORK, path=str(path), kind=drive.kind)
    return ok(Code.FOLDER if path.exists() else Code.FOLDER_LATER, path=str(path))


async def database(url: str, machine: Machine) -> Finding:
    """Opened beside the process that may be serving, and read through as a start would do."""
    try:
        opened = open_database(url, read_only=True)
        path = _file_of(url)
        refuse_network_drive(path, machine.mounts)
        if not path.exists():
            return _obstacle(path.parent) or ok(Code.DATABASE_LATER, path=str(path))
        await opened.start()
        try:
            health = await opened.health()
        finally:
            await opened.close()
    except StoreFault as fault:
        if isinstance(fault, SchemaOutdated) and not fault.found:  # an empty file
            return ok(Code.DATABASE_LATER, path=str(_file_of(url)))
        return _finding(fault)
    free = (health.free_bytes or 0) // _MEGABYTE
    if free < machine.room:
        return warning(Code.DATABASE_DISK_LOW, free=free)
    return ok(Code.DATABASE, backend=health.backend, version=health.engine_version, schema=health.schema)


def key(folder: Path, *, has_record: bool) -> Finding:
    """The key that signs the heads of the journal: readable by us alone, and sound. A record without it lost it."""
    path = folder / KEY_FILE
    try:
        if not path.exists():
            return warning(Code.KEY_LOST, path=str(path)) if has_record else ok(Code.KEY_LATER, path=str(path))
        vkey = SigningKey.load(path).vkey
    except KeyFault as fault:
        return problem(Code.KEY_PERMISSIONS if fault.problem == "permissions" else Code.KEY_BAD, path=str(path))
    except OSError:
        return problem(Code.KEY_BAD, path=str(path))
    return ok(Code.KEY, name=vkey.name, id=vkey.key_id.hex())


def serving(folder: Path, url: str) -> Finding:
    """Whether the bot runs on this machine, asked by the way that the command line asks it things."""
    try:
        ask(folder, url, PING)
    except NotServing:
        return ok(Code.SERVING_NOT)
    except AskedInVain as vain:
        return warning(Code.SERVING, problem=vain.code.rpartition(".")[2])
    return ok(Code.SERVING, problem="ok")


def _file_of(url: str) -> Path:
    """The file behind an address that `open_database` has accepted."""
    return Path(url.partition(":///")[2].partition("?")[0]).absolute()


def _obstacle(folder: Path) -> Finding | None:
    """Why no file can be made there; the folder itself need not exist yet."""
    nearest = next(parent for parent in (folder.absolute(), *folder.absolute().parents) if parent.exists())
    if not nearest.is_dir():
        return problem(Code.FOLDER_NOT_A_FOLDER, path=str(nearest))
    try:
        # Asking for permissions is not enough: a disk may be mounted read-only, a quota reached.
        with tempfile.TemporaryFile(dir=nearest):
            return None
    except OSError as error:
        return problem(Code.FOLDER_NOT_WRITABLE, path=str(nearest), problem=error.strerror or "")


def _finding(fault: StoreFault) -> Finding:
    match fault:
        case BadDatabaseUrl(problem="foreign"):
            return problem(Code.DATABASE_FOREIGN)
        case BadDatabaseUrl():
            return problem(Code.DATABASE_BAD_URL)
        case NetworkDrive():
            return problem(Code.DATABASE_NETWORK, path=fault.path, kind=fault.kind)
        case SchemaOutdated():
            return warning(Code.DATABASE_OLDER, found=fault.found, known=fault.known)
        case SchemaNewer():
            return problem(Code.DATABASE_NEWER, found=fault.found, known=fault.known)
        case StoreCorrupted():
            return problem(Code.DATABASE_DAMAGED, path=fault.path)
        case _:
            return problem(Code.DATABASE_UNAVAILABLE, fault=fault.code)
