"""``hemicycle serve``: the bot against Teams, until it is told to stop."""

import asyncio

import typer

from bot.cli.say import Stop, texts
from bot.cli.tracing import traces_to
from bot.logs import log_as
from bot.serving import open_installation_of, until_stopped
from bot.serving_teams import MissingSettings, require, teams
from bot.settings import Settings


def serve_teams(settings: Settings, host: str, port: int) -> None:
    """Refuses to start without credentials: there is no open door."""
    log_as(settings.log_format)
    try:
        require(settings)
    except MissingSettings as missing:
        raise Stop(texts()("cli.no_credentials", missing=", ".join(missing.names))) from missing
    asyncio.run(_serve(settings, host, port))


async def _serve(settings: Settings, host: str, port: int) -> None:
    async with traces_to(settings.otlp_url) as tracing:
        installation = await open_installation_of(settings, tracing=tracing)
        try:
            async with teams(settings, installation, host, port, tracing=tracing):
                typer.echo(texts()("cli.serving", address=f"http://{host}:{port}"))
                await until_stopped()
        except OSError as error:
            raise Stop(texts()("cli.port_busy", port=port)) from error
