"""``export --all`` and ``import``: the whole record in one file for the archive service, and back."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.access import with_installation
from bot.cli.files import read
from bot.cli.say import REFUSED, Stop, texts

if TYPE_CHECKING:
    from bot.core import Core
    from bot.installation import Installation
    from voting.service.archive import ArchivedSitting

ARCHIVE = "archive.zip"


def register(app: typer.Typer) -> None:
    """Add this module's command; ``export --all`` is in ``exporting``."""
    app.command("import", help=texts()("cli.help.import"))(take_in)


def export_all(out: Path | None) -> None:
    """Every official sitting. Works beside a process that serves."""
    target = out or Path(ARCHIVE)
    if target.exists():
        raise Stop(texts()("cli.exists", path=str(target)), REFUSED)
    draft = target.with_name(target.name + ".part")
    try:
        count = with_installation(lambda kept: _written(kept.core, draft), read_only=True)
        draft.replace(target)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise Stop(texts()("cli.not_writable", path=str(target))) from error
    typer.echo(texts()("cli.archived", n=count, path=str(target)))


def take_in(
    file: Annotated[Path, typer.Argument(metavar="ARCHIVE")],
    vkey: Annotated[list[Path] | None, typer.Option(metavar="FILE")] = None,
) -> None:
    """An archive into an installation that has none of its sittings; all is checked before anything is written."""
    from voting.service.archive import ArchiveRefused, read_archive

    keys = [line for path in vkey or [] for line in read(path).decode("utf-8", "replace").split()]
    try:
        with file.open("rb") as opened:
            sittings = list(read_archive(opened, keys))
        taken = with_installation(lambda kept: _taken(kept, sittings))
    except ArchiveRefused as refused:
        raise Stop(texts()(f"archive.{refused.code}", **refused.fields), REFUSED) from refused
    except OSError as error:
        raise Stop(texts()("cli.file_missing", path=str(file))) from error
    typer.echo(texts()("cli.imported", n=taken, same=len(sittings) - taken))
    if not keys:
        typer.echo(texts()("cli.imported_unproven"), err=True)


async def _written(core: "Core", draft: Path) -> int:
    from voting.service.archive import write_archive

    with draft.open("wb") as out:
        return await write_archive(core.store, _vkey(core), out)


async def _taken(kept: "Installation", sittings: "list[ArchivedSitting]") -> int:
    from voting.service.archive import take_over

    return await take_over(kept.core.store, sittings)


def _vkey(core: "Core") -> str:
    return str(core.key.vkey)
