"""The board's routes on a real server, with somebody who lets in or does not."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from bot.web import board
from bot.web.live import LiveBoards
from bot.web.ports import Access, Boards
from tests.web.stories import CLOCK
from voting.domain.ids import SittingId

Client = TestClient[web.Request, web.Application]
LIVE = web.AppKey("live", LiveBoards)


async def everybody(_: web.Request, __: SittingId) -> bool:
    return True


async def nobody(_: web.Request, __: SittingId) -> bool:
    return False


@asynccontextmanager
async def serving(table: Boards, access: Access = everybody) -> AsyncGenerator[Client, None]:
    live = LiveBoards(table, now=lambda: CLOCK)
    app = web.Application()
    app.add_routes(board.routes(live, access))
    app.on_shutdown.append(live.close)
    app[LIVE] = live
    async with TestClient(TestServer(app)) as client:
        yield client


async def frames(response: ClientResponse) -> AsyncGenerator[tuple[str, str], None]:
    """Each event of a stream: its name and its data."""
    name, data = "", ""
    async for raw in response.content:
        line = raw.decode().rstrip("\n")
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            data = line.removeprefix("data: ")
        elif not line and name:
            yield name, data
            name, data = "", ""
