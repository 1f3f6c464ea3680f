"""The bot's own token, for what it sends.

Answers for: one token per process, got by msal in a thread, renewed before it expires, asked for once
however many wait.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

log = logging.getLogger(__name__)

SCOPE = "https://api.botframework.com"
"""What the connector's token is for; the directory's is for another."""
RENEW_BEFORE = 600.0
"""Renewed in the background from ten minutes before the end…"""
USABLE_BEFORE = 60.0
"""…and never used in the last one."""
LOGIN_PATIENCE = 15.0


class TokenRefused(Exception):
    """The login service gave no token: wrong secret, expired certificate, no network. `reason` is its error code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Credential(Protocol):
    """One way of proving who the bot is."""

    def acquire(self, scope: str) -> Mapping[str, object]:
        """msal's answer to a request for a token of that service. Blocks: called in a thread."""


class TokenSource(Protocol):
    """Where the connector gets its token."""

    async def token(self, *, rejected: str | None = None) -> str | None:
        """A token that holds for another minute; never `rejected` again. None when there is nobody to prove it to."""


class NoToken:
    """For the local connector, which knows no tenant. Only together with `ServiceUrls.local()`."""

    async def token(self, *, rejected: str | None = None) -> str | None:
        """See `TokenSource`."""
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """A client secret of a single-tenant application."""

    app_id: str
    tenant_id: str
    secret: str = field(repr=False)
    http_client: object = field(default=None, repr=False)
    """msal's own way of being given another HTTP client; None for its own."""

    def acquire(self, scope: str) -> Mapping[str, object]:
        """See `Credential`."""
        return _confidential(self, self.secret, scope)


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """A certificate of a single-tenant application: the PEM of the key and the PEM of the certificate."""

    app_id: str
    tenant_id: str
    private_key: str = field(repr=False)
    certificate: str
    http_client: object = field(default=None, repr=False)

    def acquire(self, scope: str) -> Mapping[str, object]:
        """See `Credential`."""
        credential = {"private_key": self.private_key, "public_certificate": self.certificate}
        return _confidential(self, credential, scope)


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagedIdentity:
    """A user-assigned managed identity, where the bot runs in Azure: no secret at all."""

    client_id: str
    http_client: object = field(default=None, repr=False)

    def acquire(self, scope: str) -> Mapping[str, object]:
        """See `Credential`."""
        import msal  # here and below: a tenth of a second that a local start does not pay
        import requests

        identity = msal.UserAssignedManagedIdentity(client_id=self.client_id)
        client = msal.ManagedIdentityClient(identity, http_client=self.http_client or requests.Session())
        return _answer(client.acquire_token_for_client(resource=scope))


def _confidential(by: Secret | Certificate, credential: object, scope: str) -> Mapping[str, object]:
    import msal

    # A new application each time, hourly: msal's cache would hand out the old token until its last second.
    application = msal.ConfidentialClientApplication(
        by.app_id,
        client_credential=credential,
        authority=f"https://login.microsoftonline.com/{by.tenant_id}",
        http_client=by.http_client,
        timeout=LOGIN_PATIENCE,
    )
    return _answer(application.acquire_token_for_client([f"{scope}/.default"]))


def _answer(answer: object) -> Mapping[str, object]:
    return answer if isinstance(answer, dict) else {}


@dataclass(frozen=True, slots=True)
class _Token:
    value: str = field(repr=False)
    expires: float


class AppToken:
    """The token of this process: whoever asks while one is being fetched waits for that one."""

    def __init__(self, credential: Credential, *, scope: str = SCOPE, clock: Callable[[], float] = time.time) -> None:
        self._credential, self._scope, self._clock = credential, scope, clock
        self._held: _Token | None = None
        self._fetching: asyncio.Task[_Token] | None = None

    async def token(self, *, rejected: str | None = None) -> str:
        """See `TokenSource`; `TokenRefused` when the login service gives none."""
        held = self._held
        if held is None or held.value == rejected or self._left(held) < USABLE_BEFORE:
            return (await asyncio.shield(self._fetch())).value
        if self._left(held) < RENEW_BEFORE:
            self._fetch().add_done_callback(_log_failure)
        return held.value

    async def close(self) -> None:
        """Forget a fetch under way."""
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.wait([self._fetching])

    def _left(self, token: _Token) -> float:
        return token.expires - self._clock()

    def _fetch(self) -> asyncio.Task[_Token]:
        if self._fetching is None:
            self._fetching = asyncio.create_task(self._acquire())
        return self._fetching

    async def _acquire(self) -> _Token:
        try:
            answer = await asyncio.to_thread(self._credential.acquire, self._scope)
        except Exception as error:
            # msal lets every kind of network and key error through; the connector must see one.
            raise TokenRefused(type(error).__name__) from error
        finally:
            self._fetching = None
        value, lasts = answer.get("access_token"), answer.get("expires_in")
        if not isinstance(value, str) or not isinstance(lasts, int | float | str):
            raise TokenRefused(str(answer.get("error") or "no token"))
        self._held = _Token(value, self._clock() + float(lasts))
        return self._held


def _log_failure(task: asyncio.Task[_Token]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.warning("token not renewed early, the old one still holds: %s", error)
