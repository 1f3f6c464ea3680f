"""A standby of a PostgreSQL of the tests: copied from it, following it, and promoted when it is gone."""

import asyncio
import contextlib
import signal
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.kit.postgres import Server, _give_to_nobody, _memory, _run
from tests.kit.proxy import Line, line


@contextlib.contextmanager
def standby(primary: Server) -> Iterator[Server]:
    """Follows that server from now on, asynchronously unless the primary waits for it."""
    with tempfile.TemporaryDirectory(prefix="pg", dir=_memory()) as name:
        folder = Path(name)
        _give_to_nobody(folder)
        copy: list[Path | str] = [primary.binaries / "pg_basebackup", "-h", primary.folder, "-U", "postgres"]
        _run([*copy, "-D", folder / "data", "-R", "-X", "stream", "-c", "fast"])
        server = Server(folder, primary.binaries)
        try:
            server.start()
            yield server
        finally:
            with contextlib.suppress(subprocess.SubprocessError):
                server.stop()


async def followed(primary: Server, state: str) -> None:
    """Return once the standby follows in that way: ``async`` or ``sync``."""
    found: list[str] = []

    async def ask() -> None:
        found[:] = [row[0] for row in await primary.run("SELECT sync_state FROM pg_stat_replication")]

    await ask()
    while found != [state]:
        await ask()


@dataclass(frozen=True, slots=True)
class Hosts:
    """Servers as an administrator names them, by host and port: whichever of them writes."""

    url: str
    lines: Sequence[Line]
    servers: Sequence[Server]

    async def fail_over(self) -> None:
        """The first machine is gone, and the second one becomes the one that writes."""
        first, second = self.servers
        await asyncio.to_thread(first.stop, signal.SIGKILL)
        await self.lines[0].close()
        await second.run("SELECT pg_promote()")


@contextlib.asynccontextmanager
async def hosts(*servers: Server, database: str) -> AsyncIterator[Hosts]:
    """The address of both."""
    async with contextlib.AsyncExitStack() as stack:
        lines = [await stack.enter_async_context(line(server.socket)) for server in servers]
        names = ",".join(f"127.0.0.1:{one.port}" for one in lines)
        start = servers[0].url(database).partition("?")[0]
        yield Hosts(f"{start}?host={names}&target_session_attrs=primary&sslmode=disable", lines, servers)
