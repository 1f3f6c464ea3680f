"""Runs the bot against Teams: the door checks the channel's tokens, the connector speaks with the application's own."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from aiohttp import web

from bot import registry, traced
from bot.app import App, Channel, Posting
from bot.control import Control
from bot.convening import Convener
from bot.core import Core
from bot.entrance import entra_entrance
from bot.hand_over import answers
from bot.installation import Installation
from bot.listening import Served
from bot.package.source import consents
from bot.papers import DraftLinks
from bot.rim import SystemClock
from bot.settings import Settings
from bot.teams.auth import CHANNEL_ISSUER, CHANNEL_METADATA_URL, ChannelDoor, TokenVerifier
from bot.teams.connector import Connector
from bot.teams.files import TeamsFiles
from bot.teams.graph import SCOPE as GRAPH_SCOPE
from bot.teams.graph import Graph
from bot.teams.hosts import ServiceUrls
from bot.teams.keys import PublishedKeys
from bot.teams.token import AppToken, Certificate, Credential, ManagedIdentity, Secret
from bot.teams.transport import Transport, open_session
from bot.tracing import OFF, Tracing
from voting.domain.ids import SittingId
from voting.domain.refusals import SittingUnknown


class MissingSettings(Exception):
    """Teams cannot be served without these settings."""

    def __init__(self, names: list[str]) -> None:
        """Names as in the environment."""
        super().__init__(", ".join(names))
        self.names = names


def require(settings: Settings) -> None:
    """Raises ``MissingSettings``: an application without id or tenant would let anybody in."""
    has_credential = settings.app_type == "UserAssignedMSI" or settings.app_password or settings.app_certificate
    missing = [
        name
        for name, present in (
            ("HEMICYCLE_APP_ID", settings.app_id),
            ("HEMICYCLE_TENANT_ID", settings.tenant_id),
            ("HEMICYCLE_APP_PASSWORD", has_credential),
        )
        if not present
    ]
    if missing:
        raise MissingSettings(missing)


@contextlib.asynccontextmanager
async def teams(
    settings: Settings, installation: Installation, host: str, port: int, *, tracing: Tracing = OFF
) -> AsyncIterator[App]:
    """The bot on that address, over an installation that it closes at the end."""
    require(settings)
    registry.check()
    credential, own = await asyncio.to_thread(credential_of, settings)
    line = Line.open(settings, credential)
    app, application = _assemble(settings, installation, line, own, tracing)
    served: Served | None = None
    asked = answers(installation.core, installation.storage.accounts, settings.tenant_id, app.directory)
    control = Control(settings.data_dir, settings.database_url, asked)
    try:
        listening = await asyncio.to_thread(socket.create_server, (host, port), backlog=1024)
        served = Served(application, listening)
        await served.start()
        await app.start()
        await control.start()
        yield app
        await served.refuse()  # first nobody new, then whoever is here is served
        await app.end_streams()
        await served.emptied()
    finally:
        await control.close()
        await app.close()
        await installation.storage.close()
        if served is not None:
            await served.close()
        await line.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The ways to Microsoft."""

    session: aiohttp.ClientSession
    keys: PublishedKeys
    tokens: AppToken
    graph_tokens: AppToken
    entra: Graph | None

    @classmethod
    def open(cls, settings: Settings, credential: Credential) -> "Line":
        """Nobody is asked anything yet."""
        session = open_session(through_proxy=True)
        graph_tokens = AppToken(credential, scope=GRAPH_SCOPE)
        entra = None
        if settings.graph:
            transport = Transport(session, graph_tokens)
            entra = Graph(transport, settings.tenant_id, catalog_id=settings.catalog_id, consents=consents())
        return cls(
            session=session,
            keys=PublishedKeys(session, CHANNEL_METADATA_URL),
            tokens=AppToken(credential),
            graph_tokens=graph_tokens,
            entra=entra,
        )

    async def close(self) -> None:
        """Drop what is being asked."""
        await self.keys.close()
        await self.tokens.close()
        await self.graph_tokens.close()
        await self.session.close()


def _assemble(
    settings: Settings, installation: Installation, line: Line, own: object, tracing: Tracing
) -> tuple[App, web.Application]:
    verifier = TokenVerifier(line.keys, issuer=CHANNEL_ISSUER, audience=settings.app_id)
    drafts = DraftLinks(installation.core, settings.public_url, settings.language)

    async def access(request: web.Request, sitting: SittingId) -> bool:
        """The board is open where the sitting is public; everything else waits for sign-in."""
        try:
            snapshot = await installation.core.writer.snapshot(sitting)
        except SittingUnknown:
            return False
        return snapshot.rules.publicity.public

    app = App(
        installation.core,
        installation.books,
        Channel(
            door=ChannelDoor(verifier, app_id=settings.app_id, tenants=settings.allowed_tenants()),
            connector=Connector(Transport(line.session, line.tokens, tracing=tracing), ServiceUrls()),
            files=TeamsFiles(session=line.session),
            entra=line.entra,
        ),
        access=access,
        minutes_link=drafts.link,
        convener=Convener(
            core=installation.core,
            accounts=installation.storage.accounts,
            body_name=settings.body_name,
            body_siret=settings.body_siret,
            tenant_id=settings.tenant_id,
            language=settings.language,
            allowed=settings.allowed_conveners(),
        ),
        clock=SystemClock(),
        posting=Posting(
            language=settings.language,
            origin=settings.public_url,
            department=settings.body_department,
            rehearsal_days=settings.rehearsal_days,
            help_days=settings.help_days,
            help_phone=settings.help_phone,
            board_address=lambda sitting: _public_board(settings, installation.core, sitting),
        ),
        entrance=entra_entrance(settings, installation.core.key, line.session, own),
        replica=installation.replica,
        tracing=tracing,
    )
    application = web.Application(client_max_size=2**20, middlewares=traced.served(tracing))
    application.add_routes([*app.routes(), *drafts.routes()])
    return app, application


def _public_board(settings: Settings, core: Core, sitting: SittingId) -> str | None:
    """The address that a card of the meeting may show: none where the board is not public, it would lead nowhere."""
    snapshot = core.writer.committed(sitting)
    if not settings.public_url or snapshot is None or not snapshot.rules.publicity.public:
        return None
    return f"{settings.public_url}/seances/{sitting}"


def credential_of(settings: Settings) -> tuple[Credential, object]:
    """Managed identity, else certificate, else secret: the safest that is set; and the form in which people sign in.

    A managed identity has nothing to sign people in with.
    """
    if settings.app_type == "UserAssignedMSI":
        return ManagedIdentity(client_id=settings.app_id), None
    if settings.app_certificate is not None:
        pem = Path(settings.app_certificate).read_text(encoding="ascii")
        own = {"private_key": pem, "public_certificate": pem}
        return Certificate(app_id=settings.app_id, tenant_id=settings.tenant_id, private_key=pem, certificate=pem), own
    secret = settings.app_password.get_secret_value() if settings.app_password is not None else ""
    return Secret(app_id=settings.app_id, tenant_id=settings.tenant_id, secret=secret), secret
