"""Entra's sign-in as our side of it sees it: msal against a login service of this process, tokens of a tab."""

import json
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.local.identity import LocalIssuer
from bot.teams.auth import TokenVerifier
from bot.teams.keys import KeysUnavailable, SigningKey, StaticKeys
from bot.teams.sign_in import EntraSignIn, issuer, metadata_url
from bot.visitors import SignInRefused, SignInUnavailable, Visitor

TENANT, APP = "11111111-2222-4333-8444-555555555555", "99999999-2222-4333-8444-555555555555"
ANNE = {"oid": "AAAAAAAA-0000-4000-8000-000000000001", "tid": TENANT, "name": "Anne Dubois"}
BACK = "https://seances.example/connexion/retour"


TENANT_KEYS = LocalIssuer(app_id=APP, issuer=issuer(TENANT))
VERIFIER = TokenVerifier(StaticKeys.from_jwks(TENANT_KEYS.jwks()), issuer=issuer(TENANT), audience=APP)


class _Answer:
    def __init__(self, body: object, status: int = 200) -> None:
        self.status_code, self.text = status, json.dumps(body)
        self.headers: dict[str, str] = {}

    def raise_for_status(self) -> None:
        assert self.status_code < 400


class Login:
    """What msal asks of login.microsoftonline.com, answered here. ``claims`` are those of the next id token."""

    def __init__(self, **claims: object) -> None:
        self.claims: dict[str, object] = ANNE | {"aud": APP, "iss": issuer(TENANT)} | claims
        self.error: str | None = None
        self.sent: dict[str, Any] = {}
        self.nonce = ""
        self.is_down = False
        self.signer = TENANT_KEYS

    def get(self, url: str, **_: object) -> _Answer:
        if self.is_down:
            raise OSError("no route")
        base = f"https://login.microsoftonline.com/{TENANT}"
        return _Answer(
            {
                "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
                "token_endpoint": f"{base}/oauth2/v2.0/token",
                "issuer": issuer(TENANT),
            }
        )

    def post(self, url: str, data: dict[str, Any] | None = None, **_: object) -> _Answer:
        self.sent = data or {}
        if self.error:
            return _Answer({"error": self.error}, 400)
        now = int(time.time())
        claims = {"nonce": self.nonce, "iat": now, "exp": now + 3600, "sub": "s"} | self.claims
        token = self.signer.sign(claims)
        return _Answer({"access_token": "a", "token_type": "Bearer", "expires_in": 3600, "id_token": token})

    def close(self) -> None:
        """msal calls it."""


def entra(login: Login, tokens: TokenVerifier | None = None) -> EntraSignIn:
    return EntraSignIn(
        app_id=APP,
        tenant_id=TENANT,
        credential="s3cret",
        tokens=tokens or VERIFIER,
        tenants={TENANT.upper()},
        http_client=login,
    )


async def came_back(login: Login, **answer: str) -> Visitor:
    sign_in = entra(login)
    address, flow = await sign_in.begin(BACK)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert asked["code_challenge_method"] == "S256", "PKCE (RFC 7636)"
    assert asked["redirect_uri"] == BACK
    assert asked["response_mode"] == "form_post"
    login.nonce = asked["nonce"]
    # the flow crosses a cookie on its way
    return await sign_in.finish(json.loads(json.dumps(flow)), {"state": asked["state"], "code": "c"} | answer)


async def test_one_comes_back_as_tenant_and_object_id() -> None:
    login = Login()
    assert await came_back(login) == Visitor(tenant_id=TENANT, account=str(ANNE["oid"]).lower(), name="Anne Dubois")
    assert login.sent["code_verifier"]


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"tid": "22222222-2222-4333-8444-555555555555"}, "tenant"),
        ({"tid": None}, "no object id"),
        ({"oid": ""}, "no object id"),
    ],
)
async def test_an_account_that_is_not_of_ours_is_refused(claims: dict[str, object], reason: str) -> None:
    with pytest.raises(SignInRefused) as refused:
        await came_back(Login(**claims))
    assert refused.value.reason == reason


@pytest.mark.parametrize("claims", [{"aud": "x"}, {"iss": "x"}, {"exp": 1}, {"nonce": "another"}])
async def test_a_token_for_somebody_else_or_of_another_time_is_refused(claims: dict[str, object]) -> None:
    with pytest.raises((SignInRefused, SignInUnavailable)):
        await came_back(Login(**claims))


async def test_another_way_back_or_a_no_of_the_organisation_is_refused() -> None:
    with pytest.raises(SignInRefused, match="state"):
        await came_back(Login(), state="another")
    login = Login()
    login.error = "invalid_grant"
    with pytest.raises(SignInRefused, match="invalid_grant"):
        await came_back(login)
    with pytest.raises(SignInRefused, match="access_denied"):
        await came_back(Login(), error="access_denied", code="")
    login = Login()
    login.signer = LocalIssuer(app_id=APP, issuer=issuer(TENANT))
    with pytest.raises(SignInRefused, match=r"InvalidSignature|unknown key"):
        await came_back(login)


async def test_a_login_service_that_is_away_is_not_a_refusal() -> None:
    login = Login()
    login.is_down = True
    with pytest.raises(SignInUnavailable):
        await entra(login).begin(BACK)


async def test_a_tab_is_believed_by_its_token_alone() -> None:
    tenant, sign_in = TENANT_KEYS, entra(Login())
    good = ANNE | {"exp": int(time.time()) + 600, "scp": "openid access_as_user"}
    assert (await sign_in.vouched(tenant.sign(good))).account == str(ANNE["oid"]).lower()
    stranger = LocalIssuer(app_id=APP, issuer=issuer(TENANT))
    for token in (
        tenant.sign(good | {"scp": "User.Read"}),
        tenant.sign(good | {"aud": "another"}),
        tenant.sign(good | {"iss": "https://login.microsoftonline.com/x/v2.0"}),
        tenant.sign(good | {"exp": 1}),
        tenant.sign(good | {"tid": "22222222-2222-4333-8444-555555555555"}),
        tenant.sign(good | {"oid": 3}),
        stranger.sign(good),
        "x.y.z",
    ):
        with pytest.raises(SignInRefused):
            await sign_in.vouched(token)


class _NoKeys:
    def current(self, kid: str) -> SigningKey | None:
        return None

    async def find(self, kid: str) -> SigningKey | None:
        raise KeysUnavailable(kid)


async def test_without_the_keys_of_the_tenant_nothing_is_judged() -> None:
    tenant = TENANT_KEYS
    sign_in = entra(Login(), TokenVerifier(_NoKeys(), issuer=issuer(TENANT), audience=APP))
    with pytest.raises(SignInUnavailable):
        await sign_in.vouched(tenant.sign(dict(ANNE)))
    assert TENANT in metadata_url(TENANT)
