"""``minutes``: the draft, the document to sign, and the page of the signature book of one file."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from bot.cli import life, noting, signing
from bot.cli.access import of_sitting
from bot.cli.files import deliver, deliver_new, read
from bot.cli.operate import settings
from bot.cli.say import REFUSED, Stop, language, texts
from voting.domain.ids import SittingId
from voting.wording import catalogue as shared_catalogue

if TYPE_CHECKING:
    from bot.core import Core


class _Minutes(TyperGroup):
    """``hemicycle minutes SITTING`` is the draft of that sitting: the word that was there first."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """See the base class."""
        if args and args[0] not in self.commands:
            args = ["draft", *args]
        return super().resolve_command(ctx, args)


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    minutes = typer.Typer(no_args_is_help=True, cls=_Minutes)
    for command in (draft, prepare, show):
        minutes.command(help=texts()(f"cli.help.minutes_{command.__name__}"))(command)
    signing.register(minutes)
    noting.register(minutes)
    life.register(minutes)
    app.add_typer(minutes, name="minutes", help=texts()("cli.help.minutes"))


def draft(
    sitting: Annotated[str, typer.Argument(metavar="SITTING")],
    out: Annotated[Path | None, typer.Option()] = None,
) -> None:
    """The draft minutes of a closed sitting, as PDF."""
    deliver(_drawn(sitting, "draft"), out or Path(f"projet-{sitting}.pdf"))


def prepare(
    sitting: Annotated[str, typer.Argument(metavar="SITTING")],
    out: Annotated[Path | None, typer.Option()] = None,
) -> None:
    """The document to sign, and what is to be signed."""
    target = out or Path(f"pv-{sitting}.pdf")
    deliver_new(_drawn(sitting, ""), target)
    show(target)


def show(file: Annotated[Path, typer.Argument(metavar="FILE")]) -> None:
    """What is to be signed, its fingerprint, who signs and how."""
    from bot.rim import SystemClock
    from voting.signing.book import open_book
    from voting.signing.told import told
    from voting.verify import LARGEST

    book = open_book(read(file, LARGEST + 1), SystemClock().now())
    for line in told(book, file.name, shared_catalogue(language())):
        typer.echo(line)


def _drawn(sitting: str, watermark: str) -> bytes:
    from bot.papers import NoCheckpoint, NotClosed, draw, final, record
    from voting.minutes.official import NotOfficial

    spoken = settings().language

    async def work(core: "Core") -> bytes:
        try:
            taken = await (record if watermark else final)(core, SittingId(sitting))
            return await asyncio.to_thread(draw, taken, spoken, watermark)
        except NotClosed as early:
            raise Stop(texts()("cli.sitting_not_closed"), REFUSED) from early
        except NoCheckpoint as early:
            raise Stop(texts()("cli.no_checkpoint"), REFUSED) from early
        except NotOfficial as blank:
            raise Stop(texts()("cli.rehearsal_exports_nothing"), REFUSED) from blank

    return of_sitting(sitting, work)
