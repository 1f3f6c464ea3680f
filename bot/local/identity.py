"""An issuer of tokens for this machine.

Answers for: tokens that are really signed, so that the door really checks them in tests, in the demo and under load.
Its key lives as long as the process; no door to Teams knows its name.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm

LOCAL_ISSUER = "urn:hemicycle:local"
METADATA_PATH = "/.well-known/openidconfiguration"
KEYS_PATH = "/.well-known/keys"
LIFETIME = 3600.0
REUSED_UNTIL = 600.0


@dataclass(frozen=True, slots=True)
class _Key:
    kid: str
    private: RSAPrivateKey


class LocalIssuer:
    """Signs tokens for one bot. To make one is a tenth of a second of arithmetic: before the loop, or in a thread."""

    def __init__(
        self,
        *,
        app_id: str,
        issuer: str = LOCAL_ISSUER,
        endorsements: Iterable[str] = ("msteams",),
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.app_id, self.issuer = app_id, issuer
        self._endorsements, self._clock = tuple(endorsements), clock
        self._generation = 0
        self._tokens: dict[str, tuple[str, float]] = {}
        self._key = self._new_key()

    @property
    def kid(self) -> str:
        """The id of the key that signs now."""
        return self._key.kid

    @property
    def private_key(self) -> RSAPrivateKey:
        """The key that signs now, for tests that forge."""
        return self._key.private

    def rotate(self) -> None:
        """Sign with a new key from now on; the old one is published no longer."""
        self._key = self._new_key()
        self._tokens.clear()

    def jwks(self) -> dict[str, list[dict[str, object]]]:
        """The public half, as it is published."""
        public = RSAAlgorithm.to_jwk(self._key.private.public_key(), as_dict=True)
        return {"keys": [public | {"kid": self.kid, "use": "sig", "endorsements": list(self._endorsements)}]}

    def token_for(self, service_url: str) -> str:
        """A token for activities that carry that service URL; the same one until it grows old, as Teams does."""
        token, expires = self._tokens.get(service_url, ("", 0.0))
        now = self._clock()
        if expires - now < REUSED_UNTIL:
            expires = now + LIFETIME
            token = self.sign({"serviceurl": service_url, "nbf": int(now), "exp": int(expires)})
            self._tokens[service_url] = token, expires
        return token

    def sign(self, claims: dict[str, object]) -> str:
        """A token with these claims beside issuer and audience, which they may replace."""
        payload = {"iss": self.issuer, "aud": self.app_id} | claims
        return jwt.encode(payload, self._key.private, algorithm="RS256", headers={"kid": self.kid})

    def routes(self, prefix: str = "") -> list[web.RouteDef]:
        """The metadata and the keys, for a door that fetches them."""

        async def metadata(request: web.Request) -> web.Response:
            keys = str(request.url.origin().with_path(prefix + KEYS_PATH))
            return web.json_response({"issuer": self.issuer, "jwks_uri": keys})

        async def published(_request: web.Request) -> web.Response:
            return web.json_response(self.jwks())

        return [web.get(prefix + METADATA_PATH, metadata), web.get(prefix + KEYS_PATH, published)]

    def _new_key(self) -> _Key:
        self._generation += 1
        return _Key(f"local-{self._generation}", generate_private_key(public_exponent=65537, key_size=2048))
