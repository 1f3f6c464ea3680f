"""How a process listens, and leaves its address: nobody new is let in, nobody at the door is sent away."""

import asyncio
import contextlib
import socket

from aiohttp import web

ROUNDS = 5
"""Of the loop: more than asyncio takes from the acceptance of a connection to its handler."""
LEAVE = 5.0
"""Seconds in which whoever is inside says what he came for and has his answer; idle connections are cut then."""


class Served:
    """An aiohttp application that listens."""

    def __init__(self, application: web.Application, listening: socket.socket) -> None:
        """Starts with ``start``."""
        self._runner = web.AppRunner(application, access_log=None)
        self._listening = listening
        self._site: web.SockSite | None = None

    async def start(self) -> None:
        """Listen."""
        self._listening.setblocking(False)
        await self._runner.setup()
        self._site = web.SockSite(self._runner, self._listening, backlog=1024)
        await self._site.start()

    async def refuse(self) -> None:
        """Take no new connection; whoever is here, or at the door, is still served.

        Closing the address alone would reset the connections that the system holds ready for us.
        """
        site, self._site = self._site, None
        if site is None:
            return
        loop = asyncio.get_running_loop()
        with contextlib.suppress(NotImplementedError):  # the loop of Windows waits for no reader
            loop.remove_reader(self._listening)
        for _ in range(ROUNDS):  # asyncio drops whoever it has accepted and not yet let in, for good, when it stops
            await asyncio.sleep(0)
        waiting: list[socket.socket] = []
        with contextlib.suppress(OSError):  # nobody more
            while True:
                waiting.append(self._listening.accept()[0])
        await site.stop()
        for connection in waiting:
            connection.setblocking(False)
            if self._runner.server is not None:
                await loop.connect_accepted_socket(self._runner.server, connection)

    async def emptied(self) -> None:
        """Wait until whoever was here has left."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LEAVE):
                while self._runner.server is not None and self._runner.server.connections:
                    await asyncio.sleep(0.01)

    async def close(self) -> None:
        """Stop listening, let what runs end; also where it did not start, or not wholly."""
        try:
            await self.refuse()
            await asyncio.shield(self._runner.cleanup())
        finally:
            self._listening.close()
