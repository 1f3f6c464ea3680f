"""A line between a program and its database that is cut, or falls silent, when a test wants it."""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class Line:
    """Listens on a port of this machine and passes everything on to a socket."""

    target: str
    chance: random.Random
    cut: float = 0.0
    """How often the connection is cut just after the program has spoken: it will never know what became of that."""
    is_silent: bool = False
    port: int = 0
    cuts: int = 0
    _server: asyncio.Server | None = None
    _open: set[asyncio.Task[None]] = field(default_factory=set)
    _ways: set[asyncio.Task[None]] = field(default_factory=set)

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        assert self._server is not None
        self._server.close()
        while self._open:
            for way in self._ways:
                way.cancel()
            await asyncio.wait(self._open)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        task.add_done_callback(self._open.discard)
        try:
            there, to_there = await asyncio.open_unix_connection(self.target)
        except OSError:
            writer.close()
            return
        ways = {asyncio.create_task(self._up(reader, to_there)), asyncio.create_task(self._down(there, writer))}
        self._ways |= ways
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)
        self._ways -= ways
        writer.transport.abort()
        await asyncio.sleep(0.01)  # what was said last is still heard over there
        to_there.close()
        for end in (writer, to_there):
            with contextlib.suppress(OSError):
                await end.wait_closed()

    async def _up(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while said := await reader.read(1 << 16):
                while self.is_silent:
                    await asyncio.sleep(0.01)
                writer.write(said)
                await writer.drain()
                if self.chance.random() < self.cut:
                    self.cuts += 1
                    await asyncio.sleep(self.chance.choice([0, 0.001, 0.01]))
                    return

    async def _down(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while said := await reader.read(1 << 16):
                while self.is_silent:
                    await asyncio.sleep(0.01)
                writer.write(said)
                await writer.drain()


@contextlib.asynccontextmanager
async def line(target: str, seed: int = 0) -> AsyncIterator[Line]:
    """A line to that socket, until the end of the block."""
    opened = Line(target, random.Random(seed))
    await opened.start()
    try:
        yield opened
    finally:
        await opened.close()
