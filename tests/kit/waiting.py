"""Waiting for what normally happens at once, on a machine that may be busy with other things."""

import asyncio
from collections.abc import Callable

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

PATIENCE = 30.0
"""Seconds after which something is taken not to happen at all: never a measure of how fast it should."""


async def until(happens: Callable[[], bool]) -> None:
    """Return as soon as it is so."""
    async with asyncio.timeout(PATIENCE):
        while not happens():
            await asyncio.sleep(0.005)


def together(count: int) -> Middleware:
    """Holds the first requests until so many are there, so that they overlap on any machine."""
    barrier, left = asyncio.Barrier(count), count

    @web.middleware
    async def meet(request: web.Request, handler: Handler) -> web.StreamResponse:
        nonlocal left
        if left:
            left -= 1
            await barrier.wait()
        return await handler(request)

    return meet
