"""From a path or bytes to raw lines: bounded reading, and which of the two formats it is.

Answers for: size, kind and encoding of the file. Leaves headers to `table` and cells to `findings`.
"""

import errno
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from voting.imports.refusals import Code, FileRefused, Problem, shown

MAX_FILE_BYTES = 5_000_000
MAX_ROWS = 5_000
MAX_COLUMNS = 64
"""Columns beyond are never looked at; far more than we know of."""

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_CONTEXT = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRow:
    """One line as it stands, header or not."""

    line: int
    cells: tuple[str, ...]
    spoiled: Mapping[int, Code] = field(default_factory=dict)
    """Positions of cells that hold no text."""

    def is_blank(self) -> bool:
        """Nothing in any cell."""
        return not self.spoiled and not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTable:
    """The lines that are not blank, as far as the file could be read."""

    rows: tuple[RawRow, ...]
    broken: Problem | None = None
    """Why reading stopped before the end."""


def read_bytes(path: Path, limit: int = MAX_FILE_BYTES) -> bytes:
    """The content of a regular file no bigger than `limit`."""
    try:
        if path.exists() and not path.is_file():
            raise refused(Code.FILE_UNREADABLE, value=path.name)
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except FileNotFoundError:
        raise refused(Code.FILE_MISSING, value=path.name) from None
    except (OSError, ValueError) as error:
        missing = getattr(error, "errno", None) in (errno.ENOTDIR, errno.ENAMETOOLONG)
        raise refused(Code.FILE_MISSING if missing else Code.FILE_UNREADABLE, value=path.name) from error
    check_size(content, limit)
    return content


def check_size(content: bytes, limit: int = MAX_FILE_BYTES) -> None:
    """Refuse what is bigger than `limit` before anything looks into it."""
    if len(content) > limit:
        raise refused(Code.FILE_TOO_BIG, limit=limit // 1_000_000)


def decode(content: bytes) -> str:
    """The text of a UTF-8 file, with or without its mark; the first line in another encoding is named."""
    if content.startswith(_UTF16_MARKS) or content.count(0) * 4 > len(content) > 0:
        raise refused(Code.UTF16, line=1)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_utf8(content, error.start) from None


def refused(code: Code, line: int = 0, value: str = "", **fields: str | int) -> FileRefused:
    """A refusal for one reason."""
    return FileRefused([Problem(code=code, line=line, value=shown(value), fields=fields)])


def _not_utf8(content: bytes, position: int) -> FileRefused:
    """Where the encoding goes wrong, the words around it read as Windows would have written them."""
    # A UTF-8 mark shifts the decoder's positions by its own length.
    position += 3 if content.startswith(b"\xef\xbb\xbf") else 0
    before = content[:position].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    start = max(before.rfind(b"\n") + 1, len(before) - _CONTEXT)
    after = content[position : position + _CONTEXT].splitlines()[0]
    around = (before[start:] + after).decode("cp1252", "replace")
    return refused(Code.NOT_UTF8, line=before.count(b"\n") + 1, value=around)
