"""``guides``: the guides on paper, and one sheet per member for a sitting."""

import asyncio
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.access import of_sitting
from bot.cli.files import deliver
from bot.cli.operate import settings
from bot.cli.say import Stop, language, one_of, texts
from voting.domain.ids import SittingId

if TYPE_CHECKING:
    from bot.core import Core
    from bot.handouts.shelf import Guide


class Paper(StrEnum):
    """Sizes of paper."""

    A4 = "a4"
    A5 = "a5"


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    guides = typer.Typer(no_args_is_help=True)
    for name, command in (("print", print_), ("sheets", sheets)):
        guides.command(name, help=texts()(f"cli.help.guides_{name}"))(command)
    app.add_typer(guides, name="guides", help=texts()("cli.help.guides"))


def print_(
    names: Annotated[list[str] | None, typer.Argument(metavar="[member|chair|clerk|support|administrator]")] = None,
    paper: Annotated[str, typer.Option(help="a4, a5")] = "",
    out: Annotated[Path, typer.Option(metavar="FOLDER")] = Path(),
) -> None:
    """The guides as PDF, one file each."""
    from bot.handouts.printing import print_guide
    from bot.handouts.shelf import guides

    wanted = one_of("cli.unknown_paper", Paper, paper) if paper else None
    chosen = [_named(name) for name in names] if names else guides(language())
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Stop(texts()("cli.not_writable", path=str(out))) from error
    for guide in chosen:
        sizes = [wanted] if wanted is not None else [Paper.A4, *([Paper.A5] if guide.name == "member" else [])]
        for size in sizes:
            deliver(print_guide(guide, size.value), out / f"{guide.name}-{guide.language}-{size.value}.pdf")


def sheets(
    sitting: Annotated[str, typer.Argument(metavar="SITTING")],
    phone: Annotated[str, typer.Option()] = "",
    out: Annotated[Path | None, typer.Option()] = None,
) -> None:
    """A page for each member of that sitting."""
    from bot.handouts.sheets import print_sheets

    line = phone or settings().help_phone

    async def work(core: "Core") -> bytes:
        snapshot = await core.writer.snapshot(SittingId(sitting))
        return await asyncio.to_thread(print_sheets, snapshot.sitting, snapshot.rules, line, texts())

    deliver(of_sitting(sitting, work), out or Path(f"fiches-{sitting}.pdf"))


def _named(name: str) -> "Guide":
    from bot.handouts.shelf import READERS, guide

    found = guide(name, language())
    if found is None:
        raise Stop(texts()("cli.unknown_guide", value=name, known=", ".join(READERS)))
    return found
