"""The door of `--local`: this machine only, and a token that is given must be good."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import make_mocked_request

from bot.local.identity import LOCAL_ISSUER, LocalIssuer
from bot.teams.auth import (
    AccessRefused,
    LocalDoor,
    TokenVerifier,
)
from bot.teams.keys import StaticKeys
from tests.kit import teams
from tests.teams.conftest import Servers
from tests.teams.gatehouse import Bot, knock


@pytest.fixture
async def local_bot(servers: Servers, local_issuer: LocalIssuer) -> Bot:
    """Behind the door of `--local`."""
    keys = StaticKeys.from_jwks(local_issuer.jwks())
    made = Bot(LocalDoor(TokenVerifier(keys, issuer=LOCAL_ISSUER, audience=teams.APP_ID)))
    made.url = await servers.start(made.app) + "/api/messages"
    return made


@pytest.fixture(scope="module")
def local_issuer() -> LocalIssuer:
    return LocalIssuer(app_id=teams.APP_ID)


async def test_locally_no_token_is_needed(session: aiohttp.ClientSession, local_bot: Bot) -> None:
    assert await knock(session, local_bot, None, teams.playground(teams.pressed())) == 200
    assert len(local_bot.turns) == 1


async def test_locally_a_token_must_be_good(
    session: aiohttp.ClientSession, local_bot: Bot, local_issuer: LocalIssuer, channel: LocalIssuer
) -> None:
    wire = teams.pressed() | {"serviceUrl": "http://127.0.0.1:3978/teams"}
    assert await knock(session, local_bot, local_issuer.token_for("http://127.0.0.1:3978/teams"), wire) == 200
    assert await knock(session, local_bot, channel.token_for("http://127.0.0.1:3978/teams"), wire) == 401
    assert await knock(session, local_bot, local_issuer.token_for("http://127.0.0.1:1/other"), wire) == 401
    assert await knock(session, local_bot, "garbage", wire) == 401
    assert len(local_bot.turns) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"X-Forwarded-For": "203.0.113.7"},
        {"Forwarded": "for=203.0.113.7"},
    ],
)
async def test_locally_proxies_rebound_names_and_foreign_pages_stay_out(
    session: aiohttp.ClientSession, local_bot: Bot, headers: dict[str, str]
) -> None:
    assert await knock(session, local_bot, None, teams.playground(teams.pressed()), **headers) == 403


async def test_locally_a_page_cannot_post_without_being_asked_first(
    session: aiohttp.ClientSession, local_bot: Bot
) -> None:
    """A form or a simple fetch of another site sends text/plain, and no Origin in old browsers."""
    data = json.dumps(teams.playground(teams.pressed()))
    async with session.post(local_bot.url, data=data, headers={"Content-Type": "text/plain"}) as response:
        assert response.status == 415


async def test_locally_nothing_is_answered_to_another_machine(session: aiohttp.ClientSession, local_bot: Bot) -> None:
    assert await knock(session, local_bot, None, teams.pressed()) == 403, "its service URL is Teams'"


class FromElsewhere(asyncio.Transport):
    """A connection of another machine."""

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return ("203.0.113.7", 50_000) if name == "peername" else default


async def test_locally_another_machine_stays_out(local_issuer: LocalIssuer) -> None:
    keys = StaticKeys.from_jwks(local_issuer.jwks())
    door = LocalDoor(TokenVerifier(keys, issuer=LOCAL_ISSUER, audience=teams.APP_ID))
    headers = {"Host": "localhost", "Authorization": f"Bearer {local_issuer.token_for('http://localhost/')}"}
    request = make_mocked_request("POST", "/api/messages", headers=headers, transport=FromElsewhere())
    with pytest.raises(AccessRefused):
        await door.identify(request)
