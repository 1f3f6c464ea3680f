"""A channel of our own: keys behind a metadata server, and servers that stop when the test does."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.local.identity import LocalIssuer
from bot.teams.auth import CHANNEL_ISSUER
from tests.kit import teams


class Clock:
    """A clock that only moves when told to."""

    def __init__(self, now: float = 1_795_341_792.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def channel() -> LocalIssuer:
    """Signs as the Bot Connector does; only the key is another."""
    return LocalIssuer(app_id=teams.APP_ID, issuer=CHANNEL_ISSUER)


@pytest.fixture(scope="session")
def intruder() -> LocalIssuer:
    """Says the same with a key of its own."""
    return LocalIssuer(app_id=teams.APP_ID, issuer=CHANNEL_ISSUER)


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


class Servers:
    """Starts applications on loopback."""

    def __init__(self) -> None:
        self._running: list[TestServer] = []

    async def start(self, app: web.Application) -> str:
        server = TestServer(app)
        await server.start_server()
        self._running.append(server)
        return str(server.make_url("")).rstrip("/")

    async def stop(self) -> None:
        for server in self._running:
            await server.close()


@pytest.fixture
async def servers() -> AsyncIterator[Servers]:
    running = Servers()
    yield running
    await running.stop()
