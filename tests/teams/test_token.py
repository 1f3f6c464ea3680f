"""The bot's own token: one at a time, off the loop, renewed before it ends."""

import asyncio
import datetime
import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from bot.teams.token import AppToken, Certificate, Credential, ManagedIdentity, NoToken, Secret, TokenRefused
from tests.kit import teams
from tests.kit.waiting import PATIENCE, until
from tests.teams.conftest import Clock


@dataclass
class Login:
    """Gives out numbered tokens, slowly and in a thread."""

    lasts: Any = 3600
    error: str | None = None
    asked: int = 0
    threads: set[int] = field(default_factory=set)

    def acquire(self, scope: str) -> Mapping[str, object]:
        self.asked += 1
        self.threads.add(threading.get_ident())
        time.sleep(0.01)
        if self.error == "network":
            raise OSError("no route")
        if self.error is not None:
            return {"error": self.error, "error_description": "a secret may be quoted here"}
        return {"access_token": f"token-{self.asked}", "expires_in": self.lasts}


async def renewed(token: AppToken, expected: str) -> None:
    """Ask until it is that one."""
    async with asyncio.timeout(PATIENCE):
        while await token.token() != expected:
            await asyncio.sleep(0.005)


async def test_many_wait_for_one_login_off_the_loop(clock: Clock) -> None:
    login = Login()
    token = AppToken(login, clock=clock)
    assert set(await asyncio.gather(*(token.token() for _ in range(50)))) == {"token-1"}
    assert login.asked == 1
    assert threading.get_ident() not in login.threads


async def test_it_is_renewed_early_without_anybody_waiting(clock: Clock) -> None:
    login = Login()
    token = AppToken(login, clock=clock)
    await token.token()
    clock.now += 3600 - 599
    assert await token.token() == "token-1"
    await renewed(token, "token-2")
    assert login.asked == 2


async def test_it_is_not_used_in_its_last_minute(clock: Clock) -> None:
    token = AppToken(Login(), clock=clock)
    await token.token()
    clock.now += 3600 - 59
    assert await token.token() == "token-2"


async def test_a_failed_early_renewal_is_only_logged(clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    login = Login()
    token = AppToken(login, clock=clock)
    await token.token()
    clock.now += 3600 - 599
    login.error = "temporarily_unavailable"
    assert await token.token() == "token-1"
    await until(lambda: "temporarily_unavailable" in caplog.text)
    login.error = None
    assert await token.token() == "token-1"
    await renewed(token, "token-3")


async def test_a_rejected_token_is_not_given_again(clock: Clock) -> None:
    token = AppToken(Login(), clock=clock)
    assert await token.token() == "token-1"
    assert await token.token(rejected="token-1") == "token-2"
    assert await token.token(rejected="token-1") == "token-2"


@pytest.mark.parametrize(("error", "reason"), [("invalid_client", "invalid_client"), ("network", "OSError")])
async def test_a_refused_login_says_why_and_is_tried_again(clock: Clock, error: str, reason: str) -> None:
    login = Login(error=error)
    token = AppToken(login, clock=clock)
    with pytest.raises(TokenRefused) as refused:
        await token.token()
    assert refused.value.reason == reason
    login.error = None
    assert await token.token() == "token-2"


async def test_an_answer_without_a_life_time_is_refused(clock: Clock) -> None:
    with pytest.raises(TokenRefused, match="no token"):
        await AppToken(Login(lasts=None), clock=clock).token()


async def test_closing_stops_a_login(clock: Clock) -> None:
    token = AppToken(Login(), clock=clock)
    await token.close()
    waiting = asyncio.create_task(token.token())
    await asyncio.sleep(0)
    await token.close()
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_locally_there_is_none() -> None:
    assert await NoToken().token() is None


# What goes over the wire, seen from msal's HTTP client


@dataclass
class Answer:
    status_code: int
    text: str
    headers: Mapping[str, str] = field(default_factory=dict)

    def raise_for_status(self) -> None:
        return None


class Wire:
    """msal's HTTP client, answering as login.microsoftonline.com and the managed identity endpoint do."""

    def __init__(self) -> None:
        self.posted: list[tuple[str, Mapping[str, Any]]] = []
        self.got: list[tuple[str, Mapping[str, Any]]] = []

    def get(self, url: str, params: Any = None, headers: Any = None, **_: Any) -> Answer:
        self.got.append((url, params or {}))
        if "openid-configuration" in url:
            base = f"https://login.microsoftonline.com/{teams.TENANT}"
            return Answer(
                200,
                json.dumps(
                    {
                        "issuer": f"{base}/v2.0",
                        "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
                        "token_endpoint": f"{base}/oauth2/v2.0/token",
                    }
                ),
            )
        return Answer(200, json.dumps({"access_token": "mi", "expires_in": "3600", "resource": "r", "token_type": "B"}))

    def post(self, url: str, data: Any = None, headers: Any = None, **_: Any) -> Answer:
        self.posted.append((url, data))
        return Answer(200, json.dumps({"access_token": "at", "expires_in": 3599, "token_type": "Bearer"}))

    def close(self) -> None:
        return None


def certificate() -> tuple[str, str]:
    key = generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "hemicycle")])
    start = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(start + datetime.timedelta(days=365))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    return private, made.public_bytes(Encoding.PEM).decode()


async def test_a_secret_of_a_single_tenant(clock: Clock) -> None:
    wire = Wire()
    secret = Secret(app_id=teams.APP_ID, tenant_id=teams.TENANT, secret="s3cret", http_client=wire)
    assert await AppToken(secret, clock=clock).token() == "at"
    ((url, data),) = wire.posted
    assert url == f"https://login.microsoftonline.com/{teams.TENANT}/oauth2/v2.0/token"
    assert (data["client_id"], data["client_secret"]) == (teams.APP_ID, "s3cret")
    assert data["scope"] == "https://api.botframework.com/.default"
    assert "s3cret" not in repr(secret)


async def test_each_renewal_asks_anew(clock: Clock) -> None:
    wire = Wire()
    token = AppToken(Secret(app_id="a", tenant_id=teams.TENANT, secret="s", http_client=wire), clock=clock)
    await token.token()
    await token.token(rejected="at")
    assert len(wire.posted) == 2, "not from a cache of msal's"


async def test_a_certificate(clock: Clock) -> None:
    private, public = certificate()
    wire = Wire()
    credential: Credential = Certificate(
        app_id=teams.APP_ID, tenant_id=teams.TENANT, private_key=private, certificate=public, http_client=wire
    )
    assert await AppToken(credential, clock=clock).token() == "at"
    ((_, data),) = wire.posted
    assert "client_secret" not in data
    assert data["client_assertion"].count(b"." if isinstance(data["client_assertion"], bytes) else ".") == 2
    assert private not in repr(credential)


async def test_a_managed_identity(clock: Clock) -> None:
    wire = Wire()
    assert await AppToken(ManagedIdentity(client_id="mi-client", http_client=wire), clock=clock).token() == "mi"
    ((url, params),) = wire.got
    assert url.startswith("http://169.254.169.254/")
    assert params["resource"] == "https://api.botframework.com"
