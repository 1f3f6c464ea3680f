"""The door: who may hand an activity to the bot.

Answers for: tokens, channel, recipient and tenant. Leaves to `endpoint` what a refusal looks like on the wire,
and to the electoral roll whether the person may do anything. Two doors, chosen by the composition root; nothing
in a request and no setting turns one into the other.
"""

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

import jwt
from aiohttp import web
from botbuilder.schema import Activity
from jwt.types import Options

from bot.teams.activity import tenants_of
from bot.teams.hosts import is_from_here, names_loopback
from bot.teams.keys import KeySource, KeysUnavailable, SigningKey

CHANNEL_ISSUER = "https://api.botframework.com"
"""Only the channel: a token that the bot's own secret can mint (the emulator's issuers) is not accepted."""
CHANNEL_METADATA_URL = "https://login.botframework.com/v1/.well-known/openidconfiguration"
CHANNEL = "msteams"
CLOCK_SKEW = 300.0
LONGEST_TOKEN = 8192
MEMO_SIZE = 512
OPTIONS: Options = {
    "require": ["exp", "iss", "aud"],
    "strict_aud": True,
    # Dates are compared below, with our own clock.
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iat": False,
}


class AuthenticationRefused(Exception):
    """Nobody we trust vouches for this request. `reason` is for the log, never for the sender."""

    status = 401

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class AccessRefused(AuthenticationRefused):
    """The sender is who it says, but this is not for us or not from a tenant of ours."""

    status = 403


class JudgementImpossible(AuthenticationRefused):
    """The issuer's keys could not be had: the sender should try again."""

    status = 503


@dataclass(frozen=True, slots=True)
class Caller:
    """What a token proved. `service_url` None and no endorsement: a local caller without token."""

    service_url: str | None
    endorsements: frozenset[str]


class Door(Protocol):
    """Two questions, the first before a byte of the body is read."""

    async def identify(self, request: web.BaseRequest) -> Caller:
        """Who sends this, from the connection and the headers alone."""

    def admit(self, caller: Caller, activity: Activity) -> None:
        """Whether that caller may send this activity to this bot."""


@dataclass(frozen=True, slots=True)
class _Remembered:
    key: SigningKey
    expires: float
    caller: Caller


class TokenVerifier:
    """Checks that a token was signed by the issuer, for us, and holds now; remembers the good ones while they hold."""

    def __init__(self, keys: KeySource, *, issuer: str, audience: str, clock: Callable[[], float] = time.time) -> None:
        if not issuer or not audience:
            raise ValueError("an issuer and an audience are needed: without them any token would do")
        self._keys, self._issuer, self._audience, self._clock = keys, issuer, audience, clock
        self._memo: dict[str, _Remembered] = {}

    async def verify(self, token: str) -> Caller:
        """The caller, or `AuthenticationRefused`."""
        known = self._memo.get(token)
        if known is not None and known.expires > self._clock() and self._keys.current(known.key.kid) is known.key:
            return known.caller
        key, claims = await self._judged(token)
        service_url = claims.get("serviceurl")
        caller = Caller(service_url if isinstance(service_url, str) else "", key.endorsements)
        self._remember(token, _Remembered(key, _instant(claims, "exp") + CLOCK_SKEW, caller))
        return caller

    async def claims(self, token: str) -> Mapping[str, object]:
        """Everything that a good token says, or `AuthenticationRefused`."""
        return (await self._judged(token))[1]

    async def _judged(self, token: str) -> tuple[SigningKey, Mapping[str, object]]:
        if len(token) > LONGEST_TOKEN:
            raise AuthenticationRefused("token too long")
        key = await self._key(_header(token))
        return key, self._claims(token, key)

    async def _key(self, header: Mapping[str, object]) -> SigningKey:
        kid = header.get("kid")
        if header.get("alg") != "RS256" or not isinstance(kid, str) or "crit" in header:
            raise AuthenticationRefused("algorithm or key id")
        try:
            key = await self._keys.find(kid)
        except KeysUnavailable:
            raise JudgementImpossible("keys unavailable") from None
        if key is None:
            raise AuthenticationRefused("unknown key")
        return key

    def _claims(self, token: str, key: SigningKey) -> Mapping[str, object]:
        try:
            claims: dict[str, object] = jwt.decode(
                token,
                key.public,
                algorithms=["RS256"],
                audience=self._audience,
                issuer=self._issuer,
                options=OPTIONS,
            )
        except (jwt.PyJWTError, ValueError, TypeError) as error:
            raise AuthenticationRefused(type(error).__name__) from None
        now = self._clock()
        if _instant(claims, "exp") + CLOCK_SKEW <= now:
            raise AuthenticationRefused("expired")
        if "nbf" in claims and _instant(claims, "nbf") - CLOCK_SKEW > now:
            raise AuthenticationRefused("not valid yet")
        return claims

    def _remember(self, token: str, what: _Remembered) -> None:
        if len(self._memo) >= MEMO_SIZE:
            now = self._clock()
            self._memo = {kept: entry for kept, entry in self._memo.items() if entry.expires > now}
            if len(self._memo) >= MEMO_SIZE:
                self._memo.clear()
        self._memo[token] = what


def _header(token: str) -> Mapping[str, object]:
    try:
        return jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError):
        raise AuthenticationRefused("not a token") from None


def _instant(claims: Mapping[str, object], name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise AuthenticationRefused(f"{name} is not a date")
    return float(value)


def _bearer(request: web.BaseRequest) -> str | None:
    """The one token of the request, None if there is no Authorization header at all."""
    headers = request.headers.getall("Authorization", [])
    if not headers:
        return None
    scheme, _, token = headers[0].partition(" ")
    if len(headers) > 1 or scheme.casefold() != "bearer" or not token.strip():
        raise AuthenticationRefused("authorization header")
    return token.strip()


def _same_service(one: str | None, other: str | None) -> bool:
    return bool(one) and bool(other) and str(one).rstrip("/") == str(other).rstrip("/")


class ChannelDoor:
    """The door to Teams: a token of the Bot Connector, for this bot, from an allowed tenant."""

    def __init__(self, verifier: TokenVerifier, *, app_id: str, tenants: Collection[str]) -> None:
        if not app_id or not tenants or not all(tenants):
            raise ValueError("an application id and at least one tenant are needed")
        self._verifier = verifier
        self._bot_id = f"28:{app_id}".casefold()
        self._tenants = frozenset(tenant.casefold() for tenant in tenants)

    async def identify(self, request: web.BaseRequest) -> Caller:
        """See `Door`."""
        token = _bearer(request)
        if token is None:
            raise AuthenticationRefused("no token")
        return await self._verifier.verify(token)

    def admit(self, caller: Caller, activity: Activity) -> None:
        """See `Door`."""
        if not _same_service(caller.service_url, activity.service_url):
            raise AuthenticationRefused("token of another service url")
        if activity.channel_id != CHANNEL:
            raise AccessRefused("channel")
        if CHANNEL not in caller.endorsements:
            raise AccessRefused("key not endorsed for the channel")
        if activity.recipient is None or str(activity.recipient.id or "").casefold() != self._bot_id:
            raise AccessRefused("recipient")
        tenants = tenants_of(activity)
        if not tenants or not tenants <= self._tenants:
            raise AccessRefused("tenant")


class LocalDoor:
    """The door of `--local`: this machine only. A token may be left out, but one that is given must be good."""

    def __init__(self, verifier: TokenVerifier) -> None:
        self._verifier = verifier

    async def identify(self, request: web.BaseRequest) -> Caller:
        """See `Door`; also keeps out proxies, other sites' pages and rebound names, which reach loopback too."""
        if not is_from_here(request):
            raise AccessRefused("not from this machine")
        token = _bearer(request)
        return Caller(None, frozenset()) if token is None else await self._verifier.verify(token)

    def admit(self, caller: Caller, activity: Activity) -> None:
        """See `Door`."""
        if caller.service_url is not None and not _same_service(caller.service_url, activity.service_url):
            raise AuthenticationRefused("token of another service url")
        if not names_loopback(str(activity.service_url or "")):
            raise AccessRefused("service url is not on this machine")
