"""How people come in by a page: the sessions and the way to sign in, put together for Teams or for this machine."""

import asyncio
import base64
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import aiohttp
from aiohttp import web

from bot.settings import Settings
from bot.teams.auth import TokenVerifier
from bot.teams.keys import PublishedKeys
from bot.teams.sign_in import EntraSignIn, issuer, metadata_url
from bot.web.sessions import Sessions, derived
from bot.web.sign_in import SignIn
from bot.web.sign_in_ports import Neighbours
from voting.journal.keys import SigningKey

Close = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    """The sessions of this installation and its way in."""

    sessions: Sessions
    sign_in: SignIn
    close: Close

    def routes(self) -> list[web.RouteDef]:
        """``/connexion`` and what belongs to it."""
        return self.sign_in.routes()


def local_entrance(key: SigningKey, neighbours: Neighbours) -> Entrance:
    """With ``--local``: one says who one is. Served on loopback alone."""
    sessions = Sessions(_secret(key, "local session"), is_local=True)
    return Entrance(sessions=sessions, sign_in=SignIn(sessions, neighbours=neighbours), close=_nothing)


def entra_entrance(settings: Settings, key: SigningKey, session: aiohttp.ClientSession, credential: object) -> Entrance:
    """The organisation's own sign-in; without a secret or a certificate, or without a public address, there is none."""
    sessions = Sessions(_secret(key, "session"), is_local=False)
    keys = PublishedKeys(session, metadata_url(settings.tenant_id))
    organisation = EntraSignIn(
        app_id=settings.app_id,
        tenant_id=settings.tenant_id,
        credential=credential,
        tokens=TokenVerifier(keys, issuer=issuer(settings.tenant_id), audience=settings.app_id),
        tenants=settings.allowed_tenants(),
    )
    sign_in = SignIn(
        sessions,
        organisation=organisation if credential is not None and settings.public_url else None,
        origin=settings.public_url,
        flow_key=base64.urlsafe_b64encode(_secret(key, "sign-in")),
    )
    return Entrance(sessions=sessions, sign_in=sign_in, close=keys.close)


def _secret(key: SigningKey, purpose: str) -> bytes:
    """The journal's key is what every replica has already; what is drawn from it says nothing of it."""
    return derived(key.private_text().encode(), purpose)


async def _nothing() -> None:
    await asyncio.sleep(0)
