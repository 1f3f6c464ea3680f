"""Who may hand an activity to the bot: forgeries of every kind, through HTTP, at the door to Teams."""

import base64
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import jwt
import pytest
from aiohttp import web
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from bot.local.identity import LOCAL_ISSUER, METADATA_PATH, LocalIssuer
from bot.teams.auth import (
    CHANNEL_ISSUER,
    AuthenticationRefused,
    ChannelDoor,
    TokenVerifier,
)
from bot.teams.keys import PublishedKeys, StaticKeys
from tests.kit import teams
from tests.teams.conftest import Servers
from tests.teams.gatehouse import Bot, Json, knock


@pytest.fixture
async def bot(servers: Servers, session: aiohttp.ClientSession, channel: LocalIssuer) -> AsyncIterator[Bot]:
    """Behind the door to Teams, whose keys come from a metadata server."""
    app = web.Application()
    app.add_routes(channel.routes())
    keys = PublishedKeys(session, await servers.start(app) + METADATA_PATH)
    verifier = TokenVerifier(keys, issuer=CHANNEL_ISSUER, audience=teams.APP_ID)
    made = Bot(ChannelDoor(verifier, app_id=teams.APP_ID, tenants=[teams.TENANT]))
    made.url = await servers.start(made.app) + "/api/messages"
    yield made
    await keys.close()


@pytest.fixture(scope="module")
def local_issuer() -> LocalIssuer:
    return LocalIssuer(app_id=teams.APP_ID)


def claims(**changes: Any) -> Json:
    now = int(time.time())
    return {"serviceurl": teams.SERVICE_URL, "nbf": now - 10, "exp": now + 3600} | changes


async def test_a_genuine_press_comes_in(session: aiohttp.ClientSession, bot: Bot, channel: LocalIssuer) -> None:
    token = channel.token_for(teams.SERVICE_URL)
    assert await knock(session, bot, token) == 200
    assert await knock(session, bot, token) == 200, "and again from the memory of good tokens"
    assert [turn.verb for turn in bot.turns] == ["vote", "vote"]


async def test_a_slash_at_the_end_of_the_service_url_makes_no_difference(
    session: aiohttp.ClientSession, bot: Bot, channel: LocalIssuer
) -> None:
    assert await knock(session, bot, channel.token_for(teams.SERVICE_URL.rstrip("/"))) == 200


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"exp": 1_000_000_000}, "expired"),
        ({"exp": "soon"}, "exp"),
        ({"exp": True}, "exp"),
        ({"exp": None}, "MissingRequiredClaimError"),
        ({"nbf": 4_000_000_000, "exp": 4_100_000_000}, "not valid yet"),
        ({"aud": "another-bot"}, "InvalidAudienceError"),
        ({"aud": [teams.APP_ID, "another-bot"]}, "InvalidAudienceError"),
        ({"aud": None}, "MissingRequiredClaimError"),
        ({"iss": f"https://sts.windows.net/{teams.TENANT}/"}, "InvalidIssuerError"),
        ({"iss": f"https://login.microsoftonline.com/{teams.TENANT}/v2.0"}, "InvalidIssuerError"),
        ({"iss": LOCAL_ISSUER}, "InvalidIssuerError"),
        ({"iss": ""}, "InvalidIssuerError"),
        ({"serviceurl": "https://smba.trafficmanager.net/emea/"}, "token of another service url"),
        ({"serviceurl": ""}, "token of another service url"),
        ({"serviceurl": 3}, "token of another service url"),
    ],
)
async def test_good_signature_wrong_claims(
    session: aiohttp.ClientSession, bot: Bot, channel: LocalIssuer, changes: Json, why: str
) -> None:
    assert await knock(session, bot, channel.sign(claims(**changes))) == 401
    assert why in bot.refusals[0]
    assert not bot.turns


async def test_five_minutes_of_clock_skew_are_forgiven(
    session: aiohttp.ClientSession, bot: Bot, channel: LocalIssuer
) -> None:
    now = int(time.time())
    assert await knock(session, bot, channel.sign(claims(exp=now - 200))) == 200
    assert await knock(session, bot, channel.sign(claims(nbf=now + 200))) == 200
    assert await knock(session, bot, channel.sign(claims(exp=now - 400))) == 401


def _part(content: Json) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


def _forgeries(channel: LocalIssuer, intruder: LocalIssuer) -> dict[str, str]:
    good = channel.sign(claims())
    head, body, signature = good.split(".")
    all_claims = {"iss": CHANNEL_ISSUER, "aud": teams.APP_ID} | claims()
    public = channel.private_key.public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    hs256_head = _part({"alg": "HS256", "typ": "JWT", "kid": channel.kid})
    signed_with_public = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256).sign(
        f"{hs256_head}.{_part(all_claims)}".encode(), pem
    )
    same_kid = jwt.encode(all_claims, intruder.private_key, "RS256", headers={"kid": channel.kid})
    inline = jwt.encode(
        all_claims, intruder.private_key, "RS256", headers={"kid": channel.kid, "jwk": intruder.jwks()["keys"]}
    )
    other = _part(all_claims | {"aud": "x"})
    encoded = base64.urlsafe_b64encode(signed_with_public).decode().rstrip("=")
    return {
        "no signature": f"{head}.{body}.",
        "alg none": f"{_part({'alg': 'none', 'kid': channel.kid})}.{_part(all_claims)}.",
        "alg None, signed": f"{_part({'alg': 'None', 'kid': channel.kid})}.{body}.{signature}",
        "HS256 with the public key": f"{hs256_head}.{_part(all_claims)}.{encoded}",
        "key swap under the same id": same_kid,
        "key in the header": inline,
        "unknown key": jwt.encode(all_claims, intruder.private_key, "RS256", headers={"kid": "unknown"}),
        "no key id": jwt.encode(all_claims, channel.private_key, "RS256"),
        "RS512": jwt.encode(all_claims, channel.private_key, "RS512", headers={"kid": channel.kid}),
        "critical extension": jwt.encode(
            all_claims, channel.private_key, "RS256", headers={"kid": channel.kid, "crit": ["x"], "x": 1}
        ),
        "body exchanged": f"{head}.{other}.{signature}",
        "kid is a list": f"{_part({'alg': 'RS256', 'kid': ['a']})}.{body}.{signature}",
        "header is a list": f"{base64.urlsafe_b64encode(b'[]').decode()}.{body}.{signature}",
        "garbage": "garbage",
        "three dots": "...",
        "not ascii": "\u00e9.\u00e9.\u00e9",
    }


FORGERIES = [
    "no signature",
    "alg none",
    "alg None, signed",
    "HS256 with the public key",
    "key swap under the same id",
    "key in the header",
    "unknown key",
    "no key id",
    "RS512",
    "critical extension",
    "body exchanged",
    "kid is a list",
    "header is a list",
    "garbage",
    "three dots",
    "not ascii",
]


@pytest.mark.parametrize("forgery", FORGERIES)
async def test_forged_tokens(
    session: aiohttp.ClientSession, bot: Bot, channel: LocalIssuer, intruder: LocalIssuer, forgery: str
) -> None:
    made = _forgeries(channel, intruder)
    assert set(made) == set(FORGERIES)
    assert await knock(session, bot, made[forgery]) == 401
    assert not bot.turns


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Basic dXNlcjpwYXNz", "", "bearer  ", "Token x"])
async def test_headers_that_are_no_bearer_token(session: aiohttp.ClientSession, bot: Bot, header: str) -> None:
    assert await knock(session, bot, None, Authorization=header) == 401


async def test_no_header_at_all_and_two_of_them(session: aiohttp.ClientSession, bot: Bot, channel: LocalIssuer) -> None:
    assert await knock(session, bot, None) == 401
    token = f"Bearer {channel.token_for(teams.SERVICE_URL)}"
    headers = [("Authorization", token), ("Authorization", token), ("Content-Type", "application/json")]
    async with session.post(bot.url, data=json.dumps(teams.pressed()), headers=headers) as response:
        assert response.status == 401


async def test_a_token_of_eight_kilobytes_is_not_even_looked_at(channel: LocalIssuer) -> None:
    verifier = TokenVerifier(StaticKeys.from_jwks(channel.jwks()), issuer=CHANNEL_ISSUER, audience=teams.APP_ID)
    with pytest.raises(AuthenticationRefused, match="too long"):
        await verifier.verify("x" * 8193)


async def test_replay_of_a_good_token_under_another_service_url(
    session: aiohttp.ClientSession, bot: Bot, channel: LocalIssuer
) -> None:
    token = channel.token_for(teams.SERVICE_URL)
    assert await knock(session, bot, token) == 200
    elsewhere = teams.pressed() | {"serviceUrl": "https://evil.example/"}
    assert await knock(session, bot, token, elsewhere) == 401
    assert await knock(session, bot, token, teams.pressed() | {"serviceUrl": None}) == 401
    assert len(bot.turns) == 1


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"channelId": "emulator"}, "channel"),
        ({"channelId": "webchat"}, "channel"),
        ({"channelId": None}, "channel"),
        ({"recipient": {"id": "28:another-bot"}}, "recipient"),
        ({"recipient": {"id": teams.APP_ID}}, "recipient"),
        ({"recipient": None}, "recipient"),
        ({"channelData": {"tenant": {"id": teams.OTHER_TENANT}}}, "tenant"),
        ({"channelData": {}, "conversation": {"id": "19:x"}}, "tenant"),
        ({"conversation": {"id": "19:x", "tenantId": teams.OTHER_TENANT}}, "tenant"),
        ({"channelData": None, "conversation": None}, "tenant"),
        ({"channelData": {"tenant": {"id": ""}}, "conversation": {"id": "19:x", "tenantId": ""}}, "tenant"),
    ],
)
async def test_genuine_but_not_for_us(
    session: aiohttp.ClientSession, bot: Bot, channel: LocalIssuer, changes: Json, why: str
) -> None:
    wire = teams.pressed() | changes
    assert await knock(session, bot, channel.token_for(teams.SERVICE_URL), wire) == 403
    assert bot.refusals == [why]
    assert not bot.turns


async def test_ids_are_compared_whatever_their_case(
    session: aiohttp.ClientSession, bot: Bot, channel: LocalIssuer
) -> None:
    wire = teams.pressed() | {"recipient": {"id": teams.BOT_ID.upper()}}
    wire["channelData"]["tenant"]["id"] = teams.TENANT.upper()
    assert await knock(session, bot, channel.token_for(teams.SERVICE_URL), wire) == 200


async def test_a_key_must_be_endorsed_for_teams(session: aiohttp.ClientSession, servers: Servers) -> None:
    skype = LocalIssuer(app_id=teams.APP_ID, issuer=CHANNEL_ISSUER, endorsements=["skype"])
    verifier = TokenVerifier(StaticKeys.from_jwks(skype.jwks()), issuer=CHANNEL_ISSUER, audience=teams.APP_ID)
    bot = Bot(ChannelDoor(verifier, app_id=teams.APP_ID, tenants=[teams.TENANT]))
    bot.url = await servers.start(bot.app) + "/api/messages"
    assert await knock(session, bot, skype.token_for(teams.SERVICE_URL)) == 403
    assert bot.refusals == ["key not endorsed for the channel"]


async def test_a_forged_object_id_of_another_tenant_is_never_one_of_ours(
    session: aiohttp.ClientSession, bot: Bot, channel: LocalIssuer
) -> None:
    forged = teams.pressed(sender=teams.MARTIN | {"tenantId": teams.OTHER_TENANT})
    assert await knock(session, bot, channel.token_for(teams.SERVICE_URL), forged) == 200
    assert bot.turns[0].sender.identity == (teams.OTHER_TENANT, teams.MARTIN["aadObjectId"])


async def test_an_anonymous_guest_comes_in_as_nobody(
    session: aiohttp.ClientSession, bot: Bot, channel: LocalIssuer
) -> None:
    wire = teams.pressed(sender=teams.ANONYMOUS)
    assert await knock(session, bot, channel.token_for(teams.SERVICE_URL), wire) == 200
    assert bot.turns[0].sender.identity is None


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"", "application/json", 400),
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b'"text"', "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b'{"a": NaN}', "application/json", 400),
        (b"[" * 9000, "application/json", 400),
        (b"{}", None, 415),
        (b"{}", "text/plain", 415),
        (b"x" * 20_001, "application/json", 413),
        (b"{}", "application/json", 401),
    ],
)
async def test_bodies(
    session: aiohttp.ClientSession,
    bot: Bot,
    channel: LocalIssuer,
    body: bytes,
    content_type: str | None,
    status: int,
) -> None:
    headers = {"Authorization": f"Bearer {channel.token_for(teams.SERVICE_URL)}"}
    if content_type is not None:
        headers["Content-Type"] = content_type
    async with session.post(bot.url, data=body, headers=headers, skip_auto_headers=["Content-Type"]) as response:
        assert response.status == status
    assert not bot.turns


async def test_a_body_without_length_is_cut_off(session: aiohttp.ClientSession, bot: Bot, channel: LocalIssuer) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b"x" * 1000

    headers = {
        "Authorization": f"Bearer {channel.token_for(teams.SERVICE_URL)}",
        "Content-Type": "application/json",
    }
    async with session.post(bot.url, data=endless(), headers=headers) as response:
        assert response.status == 413


async def test_the_body_is_not_read_before_the_token(session: aiohttp.ClientSession, bot: Bot) -> None:
    headers = {"Content-Type": "application/json"}
    async with session.post(bot.url, data=b"{ broken " + b"x" * 30_000, headers=headers) as response:
        assert response.status == 401


async def test_a_local_token_never_opens_the_door_to_teams(
    session: aiohttp.ClientSession, bot: Bot, local_issuer: LocalIssuer
) -> None:
    assert await knock(session, bot, local_issuer.token_for(teams.SERVICE_URL)) == 401


def test_a_door_without_credentials_cannot_be_built(channel: LocalIssuer) -> None:
    keys = StaticKeys.from_jwks(channel.jwks())
    verifier = TokenVerifier(keys, issuer=CHANNEL_ISSUER, audience=teams.APP_ID)
    with pytest.raises(ValueError, match="audience"):
        TokenVerifier(keys, issuer=CHANNEL_ISSUER, audience="")
    for app_id, tenants in (("", [teams.TENANT]), (teams.APP_ID, []), (teams.APP_ID, [""])):
        with pytest.raises(ValueError, match="tenant"):
            ChannelDoor(verifier, app_id=app_id, tenants=tenants)
