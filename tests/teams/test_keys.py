"""Signing keys: fetched once, taken up when they roll over, never a way to make the bot fetch without end."""

import asyncio
import base64
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.local.identity import METADATA_PATH, LocalIssuer
from bot.teams.auth import CHANNEL_ISSUER, AuthenticationRefused, JudgementImpossible, TokenVerifier
from bot.teams.keys import ASK_AGAIN_AFTER, MAX_AGE, KeysUnavailable, PublishedKeys, StaticKeys, parse_keys
from tests.kit import teams
from tests.teams.conftest import Clock, Servers


class Publisher:
    """A metadata server that counts, and can break."""

    def __init__(self, issuer: LocalIssuer) -> None:
        self.issuer, self.fetches, self.slow = issuer, 0, 0.0
        self.metadata: Any = None
        self.jwks: Any = None
        self.app = web.Application()
        self.app.router.add_get(METADATA_PATH, self._metadata)
        self.app.router.add_get("/keys", self._keys)

    async def _metadata(self, request: web.Request) -> web.Response:
        self.fetches += 1
        await asyncio.sleep(self.slow)
        if self.metadata == "broken":
            return web.Response(status=500)
        return web.json_response(self.metadata or {"jwks_uri": str(request.url.with_path("/keys"))})

    async def _keys(self, _request: web.Request) -> web.Response:
        return web.json_response(self.issuer.jwks() if self.jwks is None else self.jwks)


@pytest.fixture
def publisher() -> Publisher:
    return Publisher(LocalIssuer(app_id=teams.APP_ID, issuer=CHANNEL_ISSUER))


@pytest.fixture
async def keys(
    publisher: Publisher, servers: Servers, session: aiohttp.ClientSession, clock: Clock
) -> AsyncIterator[PublishedKeys]:
    made = PublishedKeys(session, await servers.start(publisher.app) + METADATA_PATH, clock=clock)
    yield made
    await made.close()


def verifier(keys: PublishedKeys) -> TokenVerifier:
    return TokenVerifier(keys, issuer=CHANNEL_ISSUER, audience=teams.APP_ID)


async def test_many_at_once_cause_one_fetch(publisher: Publisher, keys: PublishedKeys) -> None:
    publisher.slow = 0.02
    token, checks = publisher.issuer.token_for(teams.SERVICE_URL), verifier(keys)
    await asyncio.gather(*(checks.verify(token) for _ in range(50)))
    assert publisher.fetches == 1


async def test_a_new_key_is_taken_up_without_restart(publisher: Publisher, keys: PublishedKeys, clock: Clock) -> None:
    checks = verifier(keys)
    old = publisher.issuer.token_for(teams.SERVICE_URL)
    await checks.verify(old)
    publisher.issuer.rotate()
    new = publisher.issuer.token_for(teams.SERVICE_URL)
    with pytest.raises(AuthenticationRefused, match="unknown key"):
        await checks.verify(new)
    clock.now += ASK_AGAIN_AFTER
    await checks.verify(new)
    assert publisher.fetches == 2
    with pytest.raises(AuthenticationRefused, match="unknown key"):
        await checks.verify(old), "remembered, but its key is trusted no longer"


async def test_unknown_keys_do_not_make_it_fetch_without_end(
    publisher: Publisher, keys: PublishedKeys, intruder: LocalIssuer, clock: Clock
) -> None:
    checks = verifier(keys)
    await keys.warm()
    for number in range(100):
        with pytest.raises(AuthenticationRefused):
            await checks.verify(intruder.sign({"exp": 9_000_000_000, "n": number}))
        assert await keys.find(f"invented-{number}") is None
    assert publisher.fetches == 1
    clock.now += ASK_AGAIN_AFTER
    assert await keys.find("invented") is None
    assert await keys.find("invented") is None
    assert publisher.fetches == 2


async def test_after_a_day_they_are_fetched_again_while_the_old_ones_serve(
    publisher: Publisher, keys: PublishedKeys, clock: Clock
) -> None:
    await keys.warm()
    kid = publisher.issuer.kid
    first = keys.current(kid)
    clock.now += MAX_AGE + 1
    assert await keys.find(kid) is first
    await keys.warm()
    assert publisher.fetches == 2
    assert keys.current(kid) is first, "unchanged, so that what was checked with it stays checked"


async def test_without_any_key_nothing_is_judged(publisher: Publisher, keys: PublishedKeys, clock: Clock) -> None:
    publisher.metadata = "broken"
    token, checks = publisher.issuer.token_for(teams.SERVICE_URL), verifier(keys)
    with pytest.raises(JudgementImpossible):
        await checks.verify(token)
    with pytest.raises(KeysUnavailable):
        await keys.find("x")
    assert publisher.fetches == 1
    publisher.metadata = None
    clock.now += 6
    await checks.verify(token)


async def test_a_broken_answer_does_not_drop_the_keys_we_have(
    publisher: Publisher, keys: PublishedKeys, clock: Clock
) -> None:
    await keys.warm()
    answers: list[object] = ["broken", {"jwks_uri": 3}, {"jwks_uri": "http://keys.example/"}, [1]]
    for broken in answers:
        publisher.metadata = broken
        clock.now += MAX_AGE + 1
        await keys.warm()
        assert keys.current(publisher.issuer.kid) is not None
    publisher.metadata, publisher.jwks = None, {"keys": []}
    clock.now += MAX_AGE + 1
    await keys.warm()
    assert keys.current(publisher.issuer.kid) is not None
    publisher.jwks = {"keys": ["x" * (1 << 21)]}
    clock.now += MAX_AGE + 1
    await keys.warm()
    assert keys.current(publisher.issuer.kid) is not None


def test_weak_odd_and_foreign_keys_are_left_out(channel: LocalIssuer) -> None:
    (good,) = channel.jwks()["keys"]
    weak = {"kty": "RSA", "e": "AQAB", "n": base64.urlsafe_b64encode(b"\xff" * 128).decode().rstrip("=")}
    published = [
        good,
        weak | {"kid": "weak"},
        good | {"kid": 3},
        good | {"kid": "enc", "use": "enc"},
        good | {"kid": "oct", "kty": "oct"},
        {"kid": "empty", "kty": "RSA"},
        "not an object",
    ]
    assert set(parse_keys({"keys": published})) == {channel.kid}
    assert parse_keys([]) == parse_keys({"keys": 3}) == {}
    assert parse_keys({"keys": [good | {"endorsements": ["msteams", 3]}]})[channel.kid].endorsements == {"msteams"}


def test_keys_are_not_fetched_in_the_clear(session: aiohttp.ClientSession) -> None:
    with pytest.raises(ValueError, match="https"):
        PublishedKeys(session, "http://login.botframework.com/keys")


async def test_static_keys(channel: LocalIssuer) -> None:
    static = StaticKeys.from_jwks(channel.jwks())
    assert await static.find(channel.kid) is static.current(channel.kid) is not None
    assert await static.find("x") is None


async def test_the_memory_of_tokens_is_bounded_and_forgets(channel: LocalIssuer, clock: Clock) -> None:
    checks = TokenVerifier(
        StaticKeys.from_jwks(channel.jwks()), issuer=CHANNEL_ISSUER, audience=teams.APP_ID, clock=clock
    )
    first = channel.sign({"exp": clock.now + 60, "serviceurl": "https://a/"})
    assert (await checks.verify(first)).service_url == "https://a/"
    assert await checks.verify(first) is await checks.verify(first)
    for number in range(600):
        await checks.verify(channel.sign({"exp": clock.now + 60, "n": number}))
    assert len(checks._memo) <= 512
    clock.now += 60 + 300
    with pytest.raises(AuthenticationRefused, match="expired"):
        await checks.verify(first)
