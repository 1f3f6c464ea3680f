"""Serves the bot and its local tenant together on loopback: for ``--local``, the demo, tests and benchmarks."""

import socket
from dataclasses import dataclass

import aiohttp

from bot.local.town import APP_ID, Town
from bot.teams.auth import LocalDoor, TokenVerifier
from bot.teams.connector import Connector
from bot.teams.hosts import ServiceUrls, is_loopback
from bot.teams.keys import StaticKeys
from bot.teams.token import NoToken, TokenSource
from bot.teams.transport import Transport, open_session
from bot.tracing import OFF, Tracing


class NotLoopback(Exception):
    """``--local`` binds this machine's own address and nothing else."""


def bind(host: str, port: int) -> socket.socket:
    """A listening place on loopback; port 0 takes any free one. Refuses every other address."""
    if not is_loopback(host):
        raise NotLoopback(host)
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1" if host == "localhost" else host, port))
    except OSError:
        listening.close()
        raise
    return listening


def local_door(town: Town) -> LocalDoor:
    """The door of ``--local``: tokens are checked against the town's own issuer."""
    keys = StaticKeys.from_jwks(town.issuer.jwks())
    return LocalDoor(TokenVerifier(keys, issuer=town.issuer.issuer, audience=APP_ID))


@dataclass(slots=True)
class LocalLine:
    """The bot's way out to the local tenant."""

    session: aiohttp.ClientSession
    connector: Connector

    @classmethod
    def open(cls, tokens: TokenSource | None = None, tracing: Tracing = OFF) -> "LocalLine":
        """Loopback only; without credentials unless this tenant is to be shown some."""
        session = open_session(through_proxy=False)
        transport = Transport(session, tokens or NoToken(), tracing=tracing)
        return cls(session, Connector(transport, ServiceUrls.local()))
