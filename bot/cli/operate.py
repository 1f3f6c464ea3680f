"""``serve``, ``migrate``, ``doctor``: running the product."""

import asyncio
import json
from typing import Annotated

import typer
from pydantic import ValidationError

from bot.cli.say import GOOD, REFUSED, Stop, language, texts
from bot.settings import Settings


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    for command in (serve, migrate, doctor):
        app.command(help=texts()(f"cli.help.{command.__name__}"))(command)


def settings() -> Settings:
    """The settings of the environment. Stops with one sentence when one of them cannot be."""
    try:
        return Settings()
    except ValidationError as error:
        detail = "; ".join(f"HEMICYCLE_{'.'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors())
        raise Stop(texts()("cli.bad_settings", detail=detail)) from error


def serve(
    host: Annotated[str, typer.Option()] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535)] = 3978,
    local: Annotated[bool, typer.Option("--local")] = False,
) -> None:
    """Serve the bot, its board and its pages. Nothing is opened before every command is found whole."""
    from bot import registry

    try:
        registry.check()
    except registry.Incomplete as fault:
        raise Stop(texts()(fault.code, **fault.fields)) from fault
    if local:
        from bot.cli.serving_local import serve_local

        serve_local(settings(), host, port)
        return
    from bot.cli.serving_teams import serve_teams

    serve_teams(settings(), host, port)


def migrate() -> None:
    """Bring the database up to date."""
    from voting.journal.sql.database import migrate as bring_up

    configured = settings()
    owner = configured.database_owner_url
    done = asyncio.run(bring_up(configured.database_url, owner.get_secret_value() if owner is not None else ""))
    empty = texts()("cli.empty_schema")
    typer.echo(texts()("cli.migrated", before=done.before or empty, after=done.after or empty))


def doctor(
    as_json: Annotated[bool, typer.Option("--json")] = False,
    online: Annotated[bool, typer.Option("--online")] = False,
) -> None:
    """Check the installation step by step and say what is missing; with ``online``, ask Microsoft and Teams' way in."""
    from bot.doctor import examine, examine_online, sentence

    configured = settings()
    findings = [*examine(configured), *(examine_online(configured) if online else ())]
    if as_json:
        typer.echo(json.dumps([{"code": f.code, "state": f.state.value} for f in findings], indent=2))
    else:
        for finding in findings:
            typer.echo(sentence(finding, texts()))
    raise typer.Exit(REFUSED if any(f.state.value == "problem" for f in findings) else GOOD)


__all__ = ["language", "register", "settings"]
