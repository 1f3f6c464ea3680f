"""``minutes state`` and the steps that follow the sitting: submitted, approved, signed, published, archived."""

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.access import of_sitting
from bot.cli.deeds import author, one_recorded, state_of
from bot.cli.files import read, trusted
from bot.cli.noting import By, Sitting
from bot.cli.say import language, texts
from voting.domain.ids import SittingId
from voting.wording import catalogue

if TYPE_CHECKING:
    from bot.core import Core
    from voting.domain.minuting import Approval
    from voting.service.views.minuting import MinutingView

_LARGEST_PDF = 200 * 1024 * 1024 + 1

Other = Annotated[str, typer.Option("--at", metavar="SITTING")]
Number = Annotated[str, typer.Option("--item", metavar="NUMBER")]
Trust = Annotated[list[Path] | None, typer.Option(metavar="CA.pem")]


def register(minutes: typer.Typer) -> None:
    """Add these commands to the group."""
    for command in (state, submit, correct, approve, signed, publish, archive):
        minutes.command(help=texts()(f"cli.help.minutes_{command.__name__}"))(command)


def state(sitting: Sitting, as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """How far the document has come, who did what, and what comes next."""
    from bot import living

    view, zone = of_sitting(sitting, lambda core: _view(core, sitting))
    if as_json:
        typer.echo(json.dumps(_plain(view), ensure_ascii=False, indent=2))
        return
    said = texts()
    lines = (*living.milestones(view, zone, said), living.figures(view, said))
    for line in (*lines, living.publication(view, zone, said), living.coming(view, said)):
        if line:
            typer.echo(line)


def submit(sitting: Sitting, by: By = "") -> None:
    """Lay the draft before the assembly."""
    from voting.domain.commands import SubmitMinutes

    one_recorded(sitting, SubmitMinutes(by=author(state_of(sitting), by)))
    state(sitting)


def correct(sitting: Sitting, text: Annotated[str, typer.Option()], by: By = "") -> None:
    """Put something right."""
    from voting.domain.commands import CorrectMinutes

    one_recorded(sitting, CorrectMinutes(by=author(state_of(sitting), by), text=text))
    state(sitting)


def approve(sitting: Sitting, at: Other, item: Number, by: By = "") -> None:
    """The vote of the next sitting, read in its journal."""
    from voting.domain.commands import ApproveMinutes

    first = state_of(sitting)
    state_of(at)
    approval = of_sitting(sitting, lambda core: _approval(core, sitting, at, item))
    one_recorded(sitting, ApproveMinutes(by=author(first, by), approval=approval))
    state(sitting)


def signed(
    sitting: Sitting,
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    trust: Trust = None,
    by: By = "",
) -> None:
    """The file that everybody has signed, verified and held against the journal."""
    from bot.rim import SystemClock
    from voting.signing.register import signatures_of
    from voting.signing.told import authorities_told

    anchors = [read(path) for path in trusted(trust or [], "*.pem")]
    content, who = read(file, _LARGEST_PDF), author(state_of(sitting), by)
    lines = of_sitting(sitting, lambda core: _lines(core, sitting))
    one_recorded(sitting, signatures_of(content, lines, who, SystemClock().now(), anchors or None))
    typer.echo(authorities_told(content, file.name, catalogue(language()), given=len(anchors)))
    state(sitting)


def publish(sitting: Sitting, where: Annotated[str, typer.Argument(metavar="WHERE")], by: By = "") -> None:
    """Where the signed file is before the public."""
    from voting.domain.commands import PublishMinutes

    one_recorded(sitting, PublishMinutes(by=author(state_of(sitting), by), where=where))
    state(sitting)


def archive(sitting: Sitting, reference: Annotated[str, typer.Argument(metavar="REFERENCE")], by: By = "") -> None:
    """Under what the original is kept for good."""
    from voting.domain.commands import ArchiveMinutes

    one_recorded(sitting, ArchiveMinutes(by=author(state_of(sitting), by), reference=reference))
    state(sitting)


async def _view(core: "Core", sitting: str) -> "tuple[MinutingView, str]":
    from bot.rim import SystemClock
    from voting.service.views.minuting import minuting_view

    snapshot = await core.writer.snapshot(SittingId(sitting))
    view = minuting_view(snapshot.sitting, snapshot.rules, SystemClock().now())
    return view, snapshot.sitting.facts.time_zone


async def _approval(core: "Core", sitting: str, at: str, item: str) -> "Approval":
    from voting.service.minuting import read_approval

    first, following = SittingId(sitting), SittingId(at)
    both = [(await core.writer.snapshot(one)).sitting for one in (first, following)]
    return read_approval(both[0], both[1], item, await core.writer.history(following))


async def _lines(core: "Core", sitting: str) -> list[bytes]:
    return [entry.line for entry in await core.writer.history(SittingId(sitting))]


def _plain(view: "MinutingView") -> dict[str, object]:
    return {
        "stage": view.milestones[-1].stage.value if view.milestones else "draft",
        "milestones": [
            {
                "stage": m.stage.value,
                "at": _instant(m.at),
                "by": m.by.id if m.by is not None else None,
                "detail": m.detail,
            }
            for m in view.milestones
        ],
        "edits": view.edits,
        "turns": view.turns,
        "noted": view.noted,
        "corrections": view.corrections,
        "next": view.next_step.value,
        "publication_due": view.due.isoformat() if view.due is not None else None,
        "days_late": view.late if view.due is not None else None,
    }


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
