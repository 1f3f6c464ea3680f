"""Reading a body of which nobody said the truth about its length."""

import aiohttp


class TooLong(Exception):
    """More bytes came than are acceptable; the rest was not read."""


async def read_at_most(stream: aiohttp.StreamReader, limit: int) -> bytes:
    """The whole body, or `TooLong`."""
    received = bytearray()
    async for chunk in stream.iter_any():
        received += chunk
        if len(received) > limit:
            raise TooLong
    return bytes(received)
