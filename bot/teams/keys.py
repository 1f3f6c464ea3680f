"""The public keys that sign what Teams sends.

Answers for: fetching them off the event loop, keeping them, taking up a new one the minute it is used.
Leaves to `auth` what a signature proves.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

import aiohttp
import jwt
import orjson
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from bot.teams.hosts import is_loopback
from bot.teams.streams import TooLong, read_at_most

log = logging.getLogger(__name__)

SMALLEST_KEY_BITS = 2048
LARGEST_DOCUMENT = 1 << 20
MAX_AGE = 24 * 3600.0
"""Microsoft asks that keys be fetched again every day; a vanished key is then no longer trusted."""
ASK_AGAIN_AFTER = 60.0
"""An unknown key id costs at most one fetch a minute, whoever sends how many."""
RETRY_FAILED_AFTER = 5.0


class KeysUnavailable(Exception):
    """No key has ever been fetched, so that nothing can be judged."""


@dataclass(frozen=True, slots=True, eq=False)
class SigningKey:
    """One key and the channels it may speak for. Two are the same only if they are the same object."""

    kid: str
    public: RSAPublicKey
    endorsements: frozenset[str]


class KeySource(Protocol):
    """Where the door finds keys."""

    def current(self, kid: str) -> SigningKey | None:
        """The key if it is trusted now, without asking anybody."""

    async def find(self, kid: str) -> SigningKey | None:
        """The key, after asking the issuer if need be; None when the issuer does not know it."""


def parse_keys(jwks: object) -> dict[str, SigningKey]:
    """The usable RSA keys of a JWKS document; what cannot be read or is too weak is left out."""
    entries = jwks.get("keys") if isinstance(jwks, Mapping) else None
    keys = (_parse(entry) for entry in entries if isinstance(entry, Mapping)) if isinstance(entries, list) else ()
    return {key.kid: key for key in keys if key is not None}


def _parse(jwk: Mapping[str, object]) -> SigningKey | None:
    kid, endorsements = jwk.get("kid"), jwk.get("endorsements")
    if not isinstance(kid, str) or jwk.get("kty") != "RSA" or jwk.get("use", "sig") != "sig":
        return None
    try:
        public = jwt.PyJWK(dict(jwk), algorithm="RS256").key
    except (jwt.PyJWTError, ValueError, TypeError, KeyError):
        return None
    if not isinstance(public, RSAPublicKey) or public.key_size < SMALLEST_KEY_BITS:
        return None
    named = endorsements if isinstance(endorsements, list) else ()
    return SigningKey(kid, public, frozenset(name for name in named if isinstance(name, str)))


class StaticKeys:
    """Keys that were handed over, for an issuer in this process."""

    def __init__(self, keys: Iterable[SigningKey]) -> None:
        self._keys = {key.kid: key for key in keys}

    @classmethod
    def from_jwks(cls, jwks: object) -> "StaticKeys":
        """Keys of a JWKS document."""
        return cls(parse_keys(jwks).values())

    def current(self, kid: str) -> SigningKey | None:
        """See `KeySource`."""
        return self._keys.get(kid)

    async def find(self, kid: str) -> SigningKey | None:
        """See `KeySource`."""
        return self._keys.get(kid)


class PublishedKeys:
    """The keys behind an OpenID metadata address, cached, fetched by one request at a time."""

    def __init__(
        self, session: aiohttp.ClientSession, metadata_url: str, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        _require_safe(metadata_url)
        self._session, self._url, self._clock = session, metadata_url, clock
        self._keys: dict[str, SigningKey] = {}
        self._documents: dict[str, bytes] = {}
        self._fetched_at: float | None = None
        self._not_before = float("-inf")
        self._fetching: asyncio.Task[None] | None = None

    def current(self, kid: str) -> SigningKey | None:
        """See `KeySource`."""
        return self._keys.get(kid)

    async def find(self, kid: str) -> SigningKey | None:
        """See `KeySource`; `KeysUnavailable` when none could ever be fetched."""
        key = self._keys.get(kid)
        if key is None or self._is_old():
            fetching = self._refresh()
            if fetching is not None and key is None:
                await asyncio.shield(fetching)
                key = self._keys.get(kid)
        if key is None and self._fetched_at is None:
            raise KeysUnavailable(self._url)
        return key

    async def warm(self) -> None:
        """Fetch before the first activity does, so that it does not wait."""
        if (fetching := self._refresh()) is not None:
            await asyncio.shield(fetching)

    async def close(self) -> None:
        """Stop a fetch under way."""
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.wait([self._fetching])

    def _is_old(self) -> bool:
        return self._fetched_at is None or self._clock() - self._fetched_at > MAX_AGE

    def _refresh(self) -> asyncio.Task[None] | None:
        """The fetch under way, or a new one unless there was one a moment ago."""
        if self._fetching is None and self._clock() >= self._not_before:
            self._not_before = self._clock() + ASK_AGAIN_AFTER
            self._fetching = asyncio.create_task(self._fetch())
        return self._fetching

    async def _fetch(self) -> None:
        try:
            metadata = await self._get(self._url)
            address = metadata.get("jwks_uri") if isinstance(metadata, Mapping) else None
            if not isinstance(address, str):
                raise ValueError("metadata without jwks_uri")
            _require_safe(address)
            self._take(await self._get(address))
        except (aiohttp.ClientError, TimeoutError, ValueError, TooLong) as error:
            self._not_before = self._clock() + RETRY_FAILED_AFTER
            log.warning("signing keys not fetched from %s: %s", self._url, type(error).__name__)
        finally:
            self._fetching = None

    def _take(self, jwks: object) -> None:
        """Put the new set in place of the old one; an unchanged key stays the same object, so memos of it hold."""
        fresh = parse_keys(jwks)
        if not fresh:
            raise ValueError("no usable key")
        for kid, key in fresh.items():
            old = self._keys.get(kid)
            if old and old.public == key.public and old.endorsements == key.endorsements:
                fresh[kid] = old
        self._keys, self._fetched_at = fresh, self._clock()

    async def _get(self, url: str) -> object:
        async with self._session.get(url, timeout=aiohttp.ClientTimeout(total=5), allow_redirects=False) as response:
            response.raise_for_status()
            return orjson.loads(await read_at_most(response.content, LARGEST_DOCUMENT))


def _require_safe(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme != "https" and not is_loopback(parts.hostname):
        raise ValueError("signing keys are fetched over https")
