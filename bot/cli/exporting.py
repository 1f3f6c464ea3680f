"""``export``: a sitting as files, in the format that somebody asks for."""

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.access import of_sitting
from bot.cli.archiving import export_all
from bot.cli.files import deliver
from bot.cli.operate import settings
from bot.cli.say import REFUSED, Stop, language, texts
from voting.domain.ids import SittingId, is_rehearsal
from voting.wording import catalogue as shared_catalogue

if TYPE_CHECKING:
    from bot.core import Core
    from voting.minutes.exports.paper import Paper

WHOLE = "json"


def register(app: typer.Typer) -> None:
    """Add this module's command."""
    app.command(help=texts()("cli.help.export"))(export)


def export(
    sitting: Annotated[str, typer.Argument(metavar="SITTING")] = "",
    format_: Annotated[str, typer.Option("--format", help="json, csv, csv-excel, xlsx, scdl, ctes, popolo, …")] = WHOLE,
    out: Annotated[Path | None, typer.Option()] = None,
    everything: Annotated[bool, typer.Option("--all")] = False,
) -> None:
    """The sitting in an open format, or as one of its papers; or all sittings in one archive."""
    from voting.service.exports import FORMATS

    if everything is bool(sitting):
        raise Stop(texts()("cli.wrong_usage", detail="SITTING | --all"))
    if everything:
        export_all(out)
        return
    if is_rehearsal(sitting):
        raise Stop(texts()("cli.rehearsal_exports_nothing"), REFUSED)
    if format_ == WHOLE:
        deliver(of_sitting(sitting, lambda core: _whole(core, sitting)), out)
        return
    if format_ not in FORMATS:
        raise Stop(texts()("cli.unknown_format", value=format_, known=", ".join((WHOLE, *FORMATS))))
    papers = of_sitting(sitting, lambda core: _papers(core, sitting, format_))
    if not papers:
        raise Stop(texts()("cli.nothing_to_export"), REFUSED)
    for paper, path in _places(papers, out):
        deliver(paper.content, path)


async def _whole(core: "Core", sitting: str) -> bytes:
    from bot.papers import source
    from voting.minutes.exports.whole import whole_of

    made_of = await source(core, SittingId(sitting))
    return json.dumps(whole_of(made_of.events), ensure_ascii=False, indent=2).encode()


async def _papers(core: "Core", sitting: str, format_: str) -> "tuple[Paper, ...]":
    from bot.papers import source
    from voting.minutes.exports.paper import ExportBlocked
    from voting.service.exports import export as made

    configured = settings()
    record = await source(core, SittingId(sitting), configured.body_siret, configured.body_department)
    try:
        return await asyncio.to_thread(made, record, format_, configured.language)
    except ExportBlocked as blocked:
        raise Stop(blocked.sentence(shared_catalogue(language())), REFUSED) from blocked


def _places(papers: "tuple[Paper, ...]", out: Path | None) -> "list[tuple[Paper, Path]]":
    """One file goes where it is asked to go; several go into that folder. Nobody said: under their own names, here."""
    if out is None or (len(papers) == 1 and not out.is_dir()):
        return [(paper, out if out is not None else Path(paper.name)) for paper in papers]
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Stop(texts()("cli.not_writable", path=str(out))) from error
    return [(paper, out / paper.name) for paper in papers]
