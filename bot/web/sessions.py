"""Who is behind a browser: a signed cookie, and the token that a page of ours sends with what it asks for.

Answers for: cookies, their end, and that no other site can act for a person. Leaves proving who somebody is to
``sign_in``, and what a person may do to the roll of each sitting.
"""

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

import jwt
from aiohttp import web
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from yarl import URL

from bot.visitors import Visitor

LASTS = 10 * 3600
"""Seconds: a long day of sitting."""
ISSUER = "hemicycle"
AUDIENCE = "pages"
HEADER = "X-Hemicycle-Page"
LONGEST = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class _Session:
    visitor: Visitor
    id: str


class Sessions:
    """Opens, reads and ends sessions. Nothing is kept on the server: every replica reads the same cookie."""

    def __init__(self, secret: bytes, *, is_local: bool, clock: Callable[[], float] = time.time) -> None:
        """``secret`` is the installation's, the same on every replica; see ``derived``."""
        self._key = secret
        self._is_local = is_local
        self._clock = clock
        # `__Host-`: the browser itself keeps other hosts, other paths and plain HTTP from setting it.
        self.cookie = "hemicycle-session" if is_local else "__Host-hemicycle-session"

    def begin(self, response: web.StreamResponse, visitor: Visitor, *, is_embedded: bool = False) -> None:
        """Sign that person in. ``is_embedded``: in a frame of Teams, where only such a cookie comes back."""
        now = int(self._clock())
        claims = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "iat": now,
            "exp": now + LASTS,
            "sub": visitor.account,
            "tid": visitor.tenant_id,
            "name": visitor.name[:200],
            "jti": secrets.token_urlsafe(16),
        }
        value = jwt.encode(claims, self._key, algorithm="HS256")
        self._set(response, value, LASTS, is_embedded=is_embedded)

    def end(self, response: web.StreamResponse) -> None:
        """Sign out on this browser."""
        self._set(response, "", 0, is_embedded=False)

    def visitor(self, request: web.BaseRequest) -> Visitor | None:
        """Who is signed in; None for nobody, or for a cookie that is not ours or has had its day."""
        session = self._read(request)
        return session.visitor if session is not None else None

    def token(self, request: web.BaseRequest) -> str:
        """What the page must send back in ``HEADER`` with everything it asks for; empty for nobody."""
        session = self._read(request)
        return self._token(session) if session is not None else ""

    def acting(self, request: web.BaseRequest) -> Visitor | None:
        """Who asks for something to be done, when a page of ours asks it; None otherwise (CSRF)."""
        session = self._read(request)
        if session is None or not is_from_our_page(request):
            return None
        given = request.headers.get(HEADER, "")
        return session.visitor if hmac.compare_digest(given.encode(), self._token(session).encode()) else None

    def _read(self, request: web.BaseRequest) -> _Session | None:
        value = request.cookies.get(self.cookie, "")
        if not value or len(value) > LONGEST:
            return None
        try:
            claims = jwt.decode(
                value,
                self._key,
                algorithms=["HS256"],
                audience=AUDIENCE,
                issuer=ISSUER,
                # Dates are compared below, with our own clock.
                options={"require": ["exp", "sub", "jti"], "verify_exp": False, "verify_iat": False},
            )
            visitor = Visitor(tenant_id=str(claims["tid"]), account=str(claims["sub"]), name=str(claims["name"]))
        except (jwt.PyJWTError, KeyError, ValueError):
            return None
        return _Session(visitor=visitor, id=str(claims["jti"])) if int(claims["exp"]) > self._clock() else None

    def _token(self, session: _Session) -> str:
        return hmac.new(self._key, f"page\n{session.id}".encode(), hashlib.sha256).hexdigest()

    def _set(self, response: web.StreamResponse, value: str, lasts: int, *, is_embedded: bool) -> None:
        parts = [f"{self.cookie}={value}", "Path=/", f"Max-Age={lasts}", "HttpOnly"]
        if not self._is_local:
            parts.append("Secure")
        # Lax, not Strict: a link of a card in Teams must arrive signed in.
        parts.append("SameSite=None; Partitioned" if is_embedded else "SameSite=Lax")
        response.headers.add("Set-Cookie", "; ".join(parts))


def derived(secret: bytes, purpose: str) -> bytes:
    """A key for one purpose, from the installation's only secret (RFC 5869)."""
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=f"hemicycle/{purpose}".encode()).derive(secret)


def is_from_our_page(request: web.BaseRequest) -> bool:
    """Sent by a page of this very address: browsers say so, and no site can make them lie.

    ``Sec-Fetch-Site`` first: a form of a page without referrer has ``Origin: null``.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    try:
        origin = URL(request.headers.get("Origin", ""))
        return origin.is_absolute() and origin.authority in (request.host, f"{request.host}:{origin.port}")
    except ValueError:
        return False
