"""Files that a command reads and writes: read whole, written whole or not at all."""

from pathlib import Path

import typer

from bot.cli.say import REFUSED, Stop, texts
from bot.settings import Trust


def read(path: Path, most: int = 1 << 20) -> bytes:
    """That many bytes of the file at most; stops when it cannot be read."""
    try:
        with path.open("rb") as opened:
            return opened.read(most)
    except OSError as error:
        raise Stop(texts()("cli.file_missing", path=str(path))) from error


def trusted(given: list[Path], pattern: str) -> list[Path]:
    """The given files, and those of the trust folder."""
    folder = Trust().trust_dir
    return [*given, *(sorted(folder.glob(pattern)) if folder is not None else [])]


def deliver(content: bytes, out: Path | None) -> None:
    """To standard output, or to a file that appears whole or not at all."""
    if out is None:
        typer.echo(content)
        return
    draft = out.with_name(out.name + ".part")
    try:
        draft.write_bytes(content)
        draft.replace(out)
    except OSError as error:
        raise Stop(texts()("cli.not_writable", path=str(out))) from error
    typer.echo(texts()("cli.written", path=str(out)), err=True)


def deliver_new(content: bytes, out: Path) -> None:
    """To a file that is not there yet: a signed document is never written over another one."""
    if out.exists():
        raise Stop(texts()("cli.exists", path=str(out)), REFUSED)
    deliver(content, out)
