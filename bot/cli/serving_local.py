"""``hemicycle serve --local``: the bot, a local tenant and its room, on loopback, with a sample sitting at first."""

import asyncio
import socket

import typer

from bot.cli.say import Stop, texts
from bot.cli.tracing import traces_to
from bot.convening import convene_sample
from bot.core import Core
from bot.installation import open_installation
from bot.local.server import NotLoopback, bind
from bot.rim import SystemClock, journal_key
from bot.serving import local, until_stopped
from bot.settings import Settings
from bot.tracing import Tracing
from voting.domain.ids import SittingId
from voting.domain.sitting import Phase

LOCAL = "local"
"""Folder and key of what is tried out here: never the installation's own record."""


def serve_local(settings: Settings, host: str, port: int) -> None:
    """Until Ctrl-C."""
    asyncio.run(_serve(settings, host, port))


async def _serve(settings: Settings, host: str, port: int) -> None:
    async with traces_to(settings.otlp_url) as tracing:
        await _hold(settings, _bound(host, port), tracing)


def _bound(host: str, port: int) -> socket.socket:
    try:
        return bind(host, port)
    except NotLoopback as refused:
        raise Stop(texts()("cli.not_loopback", host=host)) from refused
    except OSError as error:
        raise Stop(texts()("cli.port_busy", port=port)) from error


async def _hold(settings: Settings, listening: socket.socket, tracing: Tracing) -> None:
    folder = settings.data_dir / LOCAL
    key = await asyncio.to_thread(journal_key, folder, LOCAL)
    installation = await open_installation(f"sqlite+aiosqlite:///{folder / 'sittings.sqlite3'}", key, tracing=tracing)
    core, storage = installation.core, installation.storage
    if not await _has_a_sitting_to_hold(core):
        await convene_sample(core, SystemClock().now(), settings.language)
    try:
        seats = storage.seats
        async with local(core, listening, language=settings.language, seats=seats, tracing=tracing) as running:
            typer.echo(texts()("cli.serving", address=running.town.origin))
            typer.echo(texts()("cli.room", address=f"{running.town.origin}/salle"))
            for sitting in running.town.meetings:
                typer.echo(texts()("cli.board", address=f"{running.town.origin}/seances/{sitting}"))
            await until_stopped()
    finally:
        await storage.close()


async def _has_a_sitting_to_hold(core: Core) -> bool:
    for sitting in await core.store.sittings():
        snapshot = await core.writer.snapshot(SittingId(sitting))
        if snapshot.sitting.course.phase is not Phase.CLOSED:
            return True
    return False
