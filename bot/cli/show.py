"""``demo``, ``verify``, ``bench``: what one shows, and what one checks."""

import json
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.say import GOOD, REFUSED, Stop, language, one_of, texts
from voting.domain.assembly import Body


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    for command in (demo, simulate, verify, bench):
        app.command(help=texts()(f"cli.help.{command.__name__}"))(command)


def demo(
    members: Annotated[Path | None, typer.Option(help="CSV or XLSX")] = None,
    agenda: Annotated[Path | None, typer.Option(help="CSV or XLSX")] = None,
    kind: Annotated[str, typer.Option(help=", ".join(Body))] = Body.STANDING_COMMITTEE.value,
    speed: Annotated[float, typer.Option(help="1 = 12 min")] = 6.0,
    chapter: Annotated[list[str] | None, typer.Option(help="tie, voice, award…")] = None,
    auto: Annotated[bool, typer.Option("--auto")] = False,
    out: Annotated[Path, typer.Option()] = Path("demo"),
    port: Annotated[int, typer.Option(min=0, max=65535)] = 3978,
) -> None:
    """Hold a whole sitting with simulated members, and sign and verify its minutes."""
    body = one_of("cli.unknown_kind", Body, kind)
    if not 0 < speed <= 1000:
        raise Stop(texts()("cli.bad_speed"))
    from bot.demo import Options, run_demo

    options = Options(
        members=members,
        agenda=agenda,
        kind=body.value,
        speed=speed,
        chapters=tuple(chapter or ()),
        auto=auto,
        out=out,
        port=port,
        language=language(),
    )
    raise typer.Exit(run_demo(options))


def simulate(
    script: Annotated[Path, typer.Argument(metavar="SCRIPT")],
    members: Annotated[Path | None, typer.Option(help="CSV or XLSX")] = None,
    agenda: Annotated[Path | None, typer.Option(help="CSV or XLSX")] = None,
    kind: Annotated[str, typer.Option(help=", ".join(Body))] = Body.STANDING_COMMITTEE.value,
    speed: Annotated[float, typer.Option()] = 6.0,
    seed: Annotated[int | None, typer.Option()] = None,
    seat: Annotated[list[str] | None, typer.Option(metavar="ID")] = None,
    auto: Annotated[bool, typer.Option("--auto")] = False,
    port: Annotated[int, typer.Option(min=0, max=65535)] = 3978,
) -> None:
    """Have simulated members play a script in a rehearsal, with people among them."""
    body = one_of("cli.unknown_kind", Body, kind)
    if not 0 < speed <= 1000:
        raise Stop(texts()("cli.bad_speed"))
    from bot.demo import Play, run_script

    play = Play(
        script=script,
        members=members,
        agenda=agenda,
        kind=body.value,
        speed=speed,
        seed=seed,
        seats=tuple(seat or ()),
        auto=auto,
        port=port,
        language=language(),
    )
    raise typer.Exit(run_script(play))


def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    trust: Annotated[list[Path] | None, typer.Option(metavar="CA.pem")] = None,
    vkey: Annotated[list[Path] | None, typer.Option(metavar="FILE")] = None,
    rebuild: Annotated[bool, typer.Option("--rebuild")] = False,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Recount signed minutes offline: signatures, journal, votes, mandates, quorum."""
    from bot.cli.verifying import check

    report = check(file, trust or [], vkey or [], rebuild=rebuild)
    if as_json:
        typer.echo(json.dumps(report.answers, ensure_ascii=False, indent=2))
    else:
        for line in report.lines:
            typer.echo(line)
    raise typer.Exit(GOOD if report.good else REFUSED)


def bench(
    names: Annotated[list[str] | None, typer.Argument()] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Measure this machine against yardsticks of the same run (source checkout only)."""
    from bot.bench import run_bench

    raise typer.Exit(run_bench(names or [], as_json=as_json))
