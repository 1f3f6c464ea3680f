"""The event loop is never held: keys, tokens and a slow Teams are waited for, three hundred presses are answered."""

import asyncio
import threading
from collections.abc import Mapping
from typing import Any

import aiohttp
import orjson
from aiohttp import web

from bot.local.connector import Behaviour
from bot.local.identity import METADATA_PATH, LocalIssuer
from bot.teams.auth import CHANNEL_ISSUER, ChannelDoor, TokenVerifier
from bot.teams.connector import Connector
from bot.teams.endpoint import Apologies, Endpoint, Limits
from bot.teams.hosts import ServiceUrls
from bot.teams.keys import PublishedKeys
from bot.teams.responder import Responder
from bot.teams.token import AppToken
from bot.teams.transport import Transport
from bot.turn import CardReply, ErrorReply, Message, Priority, Reply, Turn
from tests.kit import teams
from tests.kit.waiting import PATIENCE
from tests.teams.conftest import Servers
from tests.teams.worlds import Local

PRESSES = 300
CARD: Mapping[str, object] = {"type": "AdaptiveCard", "version": "1.5", "body": []}


class SlowLogin:
    """Blocks as msal does, until the loop has done something else meanwhile."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._loop, self._patience = asyncio.get_running_loop(), patience

    def acquire(self, scope: str) -> Mapping[str, object]:
        went_on = threading.Event()
        self._loop.call_soon_threadsafe(went_on.set)
        if not went_on.wait(self._patience):
            return {"error": "the loop is held"}
        return {"access_token": "bot", "expires_in": 3600}


class SlowKeys:
    """Publishes keys after a while. On the loop of the bot, as Teams is here: who blocks it never gets an answer."""

    def __init__(self, issuer: LocalIssuer) -> None:
        self.fetches = 0
        self.app = web.Application()
        self.app.middlewares.append(self._slowly)
        self.app.add_routes(issuer.routes())

    @web.middleware
    async def _slowly(self, request: web.Request, handler: Any) -> web.StreamResponse:
        self.fetches += 1
        await asyncio.sleep(0.1)
        answer: web.StreamResponse = await handler(request)
        return answer


class World:
    """A bot at the real door, a local Teams far away, and people who press."""

    def __init__(self, session: aiohttp.ClientSession, channel: LocalIssuer, servers: Servers) -> None:
        self._session, self._channel, self._servers = session, channel, servers
        self.local, self.published = Local(), SlowKeys(channel)
        self.connector = Connector(Transport(session, AppToken(SlowLogin())), ServiceUrls.local())
        self.votes = self.answered = 0
        self._url = ""

    async def start(self) -> PublishedKeys:
        self.local.server.behaviour = Behaviour(latency=0.05)
        self.local.service_url = await self._servers.start(self.local.app) + "/teams"
        keys = PublishedKeys(self._session, await self._servers.start(self.published.app) + METADATA_PATH)
        verifier = TokenVerifier(keys, issuer=CHANNEL_ISSUER, audience=teams.APP_ID)
        endpoint = Endpoint(
            ChannelDoor(verifier, app_id=teams.APP_ID, tenants=[teams.TENANT]),
            self._on_turn,
            respond=Responder(self.connector).respond,
            apologies=Apologies(late=_sorry, failed=_sorry, unreadable=_sorry),
            limits=Limits(invoke_seconds=PATIENCE),
        )
        app = web.Application()
        app.router.add_post("/api/messages", endpoint.handle)
        self._url = await self._servers.start(app) + "/api/messages"
        return keys

    async def press(self, clients: aiohttp.ClientSession, number: int) -> None:
        headers = {
            "Authorization": f"Bearer {self._channel.token_for(teams.SERVICE_URL)}",
            "Content-Type": "application/json",
        }
        body = orjson.dumps(teams.pressed("vote", {"choice": "for", "n": number}))
        async with clients.post(self._url, data=body, headers=headers) as response:
            assert (await response.json(loads=orjson.loads))["statusCode"] == 200
        self.answered += 1

    async def live_card(self) -> None:
        conversation = self.local.conversation
        identifier = await self.connector.send(conversation, self._figures)
        while self.votes < PRESSES:
            await asyncio.sleep(max(0.02, self.connector.delay(conversation)))
            await self.connector.edit(conversation, identifier, self._figures)
        await self.connector.edit(conversation, identifier, self._figures, priority=Priority.URGENT)

    def _figures(self) -> Message:
        return Message(text=str(self.votes))

    async def _on_turn(self, turn: Turn) -> Reply:
        self.votes += 1
        return CardReply(CARD)


def _sorry(turn: Turn) -> ErrorReply:
    return ErrorReply("late", "late")


async def test_three_hundred_presses_at_once(
    servers: Servers, session: aiohttp.ClientSession, channel: LocalIssuer
) -> None:
    world = World(session, channel, servers)
    keys = await world.start()
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=60)) as clients:
        async with asyncio.TaskGroup() as group:
            group.create_task(world.live_card())
            for number in range(PRESSES):
                group.create_task(world.press(clients, number))
    await keys.close()
    assert (world.votes, world.answered) == (PRESSES, PRESSES)
    assert world.published.fetches == 2, "the metadata and the keys, once for all"
    assert world.local.shown() == [(str(PRESSES), None)]
    assert world.local.server.count(429) == world.local.server.count(412) == 0


async def test_a_login_on_the_loop_would_be_found() -> None:
    """Otherwise the test above could not fail."""
    assert SlowLogin(patience=0.01).acquire("x") == {"error": "the loop is held"}
    assert "error" not in await asyncio.to_thread(SlowLogin().acquire, "x")
