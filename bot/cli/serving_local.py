"""``hemicycle serve --local``: the bot, a local tenant and its room, on loopback, with a sample sitting at first."""

import asyncio

import typer

from bot.app import open_sql_core
from bot.cli.say import Stop, texts
from bot.convening import convene_sample
from bot.local.server import NotLoopback, bind
from bot.rim import SystemClock, journal_key
from bot.serving import local, until_stopped
from bot.settings import Settings


def serve_local(settings: Settings, host: str, port: int) -> None:
    """Until Ctrl-C."""
    asyncio.run(_serve(settings, host, port))


async def _serve(settings: Settings, host: str, port: int) -> None:
    try:
        listening = bind(host, port)
    except NotLoopback as refused:
        raise Stop(texts()("cli.not_loopback", host=host)) from refused
    except OSError as error:
        raise Stop(texts()("cli.port_busy", port=port)) from error
    key = await asyncio.to_thread(journal_key, settings.data_dir, "local")
    core = await open_sql_core(settings.database_url, key)
    if not await core.store.sittings():
        await convene_sample(core, SystemClock().now(), settings.language)
    async with local(core, listening, language=settings.language) as running:
        typer.echo(texts()("cli.serving", address=running.town.origin))
        typer.echo(texts()("cli.room", address=f"{running.town.origin}/salle"))
        for sitting in running.town.meetings:
            typer.echo(texts()("cli.board", address=f"{running.town.origin}/seances/{sitting}"))
        await until_stopped()
