"""``manifest``: the Teams app package, made from the settings and checked before it is uploaded."""

import json
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.operate import settings
from bot.cli.say import GOOD, REFUSED, Stop, texts

manifest = typer.Typer(no_args_is_help=True)

_MEETING_EVENTS = typer.Option("--meeting-events/--no-meeting-events", help=texts()("manifest.help.meeting_events"))
_VERSION = typer.Option(metavar="1.2.3", help=texts()("manifest.help.version"))


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    for command in (build, check):
        manifest.command(help=texts()(f"manifest.help.{command.__name__}"))(command)
    app.add_typer(manifest, name="manifest", help=texts()("manifest.help"))


def build(
    out: Annotated[Path, typer.Option(metavar="FILE.zip")] = Path("hemicycle-teams.zip"),
    version: Annotated[str | None, _VERSION] = None,
    meeting_events: Annotated[bool, _MEETING_EVENTS] = True,
) -> None:
    """Make the package that an administrator uploads to Teams."""
    from bot.package import SettingsRefused, sentence
    from bot.package import build as package

    try:
        content = package(settings(), version=version, meeting_events=meeting_events)
    except SettingsRefused as refused:
        said = [texts()("manifest.settings.missing", names=", ".join(refused.missing))] if refused.missing else []
        said += [sentence(flaw, texts()) for flaw in refused.wrong]
        raise Stop(texts()("manifest.settings.refused", why=" ".join(said))) from refused
    draft = out.with_name(out.name + ".part")
    try:
        draft.write_bytes(content)
        draft.replace(out)
    except OSError as error:
        raise Stop(texts()("cli.not_writable", path=str(out))) from error
    typer.echo(texts()("manifest.built", path=str(out)))


def check(
    file: Annotated[Path, typer.Argument(metavar="FILE.zip")],
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Check a package before it is uploaded."""
    from bot.package import NotAnArchive, sentence
    from bot.package import check as examine

    try:
        report = examine(file.read_bytes())
    except OSError as error:
        raise Stop(texts()("cli.file_missing", path=str(file))) from error
    except NotAnArchive as error:
        raise Stop(texts()("manifest.not_zip", path=str(file))) from error
    if as_json:
        flaws = [{"code": flaw.code, "fields": dict(flaw.fields)} for flaw in report.flaws]
        typer.echo(json.dumps({"ok": report.good, "flaws": flaws}, ensure_ascii=False, indent=2))
    elif report.manifest is not None and report.good:
        found = report.manifest
        typer.echo(texts()("manifest.good", name=found.name.short, version=found.version, commands=len(found.commands)))
    else:
        for flaw in report.flaws:
            typer.echo(sentence(flaw, texts()), err=True)
    raise typer.Exit(GOOD if report.good else REFUSED)
