"""Everybody who looks at a live board, in a process of their own: `python -m tests.bench.viewers PORT PATH COUNT`.

Says `ready PORT` once each has the board before him. They read what comes and do nothing with it, as cheaply as can be:
they share the machine with the bot.
"""

import asyncio
import sys

from tests.bench.lines import get

AT_ONCE = 50
"""So many come in together."""


class Viewer(asyncio.Protocol):
    """One page that looks on."""

    def __init__(self) -> None:
        self.looks_on: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def data_received(self, data: bytes) -> None:
        """The first words are the board as it is; what follows is what changes."""
        if not self.looks_on.done() and b"event: board" in data:
            self.looks_on.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody may be sent away: the figure would be worth nothing."""
        if not self.looks_on.done():
            self.looks_on.set_exception(exc or ConnectionResetError())


async def open_viewer(port: int, path: str) -> asyncio.Transport:
    """Come in, and see the board."""
    transport, viewer = await asyncio.get_running_loop().create_connection(Viewer, "127.0.0.1", port)
    transport.write(get(path))
    await viewer.looks_on
    return transport


async def look(port: int, path: str, count: int) -> None:
    """Until the process is told to stop."""
    here = []
    for start in range(0, count, AT_ONCE):
        some = range(start, min(start + AT_ONCE, count))
        here += await asyncio.gather(*(open_viewer(port, path) for _ in some))
    control = await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", 0)
    sys.stdout.write(f"ready {control.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await control.serve_forever()


if __name__ == "__main__":
    asyncio.run(look(int(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
