"""How a process that ends leaves its address: nobody new is let in, nobody at the door is sent away."""

import asyncio
import contextlib
import socket

from aiohttp import web

ROUNDS = 5
"""Of the loop: more than asyncio takes from the acceptance of a connection to its handler."""
LEAVE = 5.0
"""Seconds in which whoever is inside says what he came for and has his answer; idle connections are cut then."""


async def refuse(runner: web.AppRunner, site: web.SockSite, listening: socket.socket) -> None:
    """Close the address. Closing it alone would reset the connections that the system holds ready for us."""
    loop = asyncio.get_running_loop()
    loop.remove_reader(listening)
    for _ in range(ROUNDS):  # asyncio drops whoever it has accepted and not yet let in, for good, when it stops
        await asyncio.sleep(0)
    waiting: list[socket.socket] = []
    with contextlib.suppress(OSError):  # nobody more
        while True:
            waiting.append(listening.accept()[0])
    await site.stop()
    for connection in waiting:
        connection.setblocking(False)
        if runner.server is not None:
            await loop.connect_accepted_socket(runner.server, connection)


async def emptied(runner: web.AppRunner, seconds: float = LEAVE) -> None:
    """Wait until nobody is inside any more."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while runner.server is not None and runner.server.connections:
                await asyncio.sleep(0.01)
