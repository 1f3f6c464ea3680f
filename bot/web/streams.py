"""What the pages have in common: the pace and the end of a stream, and a body read with suspicion."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import suppress
from typing import TypeVar

import orjson
from aiohttp import web

ItemT = TypeVar("ItemT")

PULSE = 15.0
"""Seconds of silence after which a page is told that the line is alive."""


async def paced(changes: AsyncIterator[ItemT], closed: asyncio.Event) -> AsyncGenerator[tuple[ItemT] | None, None]:
    """Each change as it comes, alone in its tuple; None when nothing came for a while. Ends when ``closed`` is set."""
    ending = asyncio.ensure_future(closed.wait())
    coming = asyncio.ensure_future(anext(changes))
    try:
        while True:
            done, _ = await asyncio.wait({coming, ending}, timeout=PULSE, return_when=asyncio.FIRST_COMPLETED)
            if ending in done:
                return
            if not done:
                yield None
                continue
            yield (coming.result(),)
            coming = asyncio.ensure_future(anext(changes))
    finally:
        for waiting in (coming, ending):
            waiting.cancel()
            with suppress(asyncio.CancelledError, StopAsyncIteration):
                await waiting


async def json_body(request: web.Request, largest: int) -> object:
    """The JSON of a request of at most that many bytes; 413 or 400 otherwise."""
    if (request.content_length or 0) > largest:
        raise web.HTTPRequestEntityTooLarge(largest, request.content_length or 0)
    try:
        return orjson.loads(await request.read())
    except orjson.JSONDecodeError:
        raise web.HTTPBadRequest from None
