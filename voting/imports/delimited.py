"""Reads a CSV file into raw lines, with `;` or `,` between the cells.

Answers for: quotes, line ends and the number of the line where each record begins. Leaves headers to `table`.
"""

import csv
import io
from collections.abc import Callable, Iterator, Sequence

from voting.imports.refusals import Code, Problem
from voting.imports.source import MAX_ROWS, RawRow, RawTable

_DELIMITERS = (";", ",")


def read(text: str, recognised: Callable[[Sequence[str]], int]) -> RawTable:
    """The table under the delimiter that makes most of the header known, `;` when both do as well."""
    tables = [_read(text, delimiter) for delimiter in _DELIMITERS]
    return max(tables, key=lambda table: recognised(table.rows[0].cells) if table.rows else 0)


def _read(text: str, delimiter: str) -> RawTable:
    rows: list[RawRow] = []
    line = 1
    records = _Records(text, delimiter)
    try:
        for line, cells in records:
            row = RawRow(line=line, cells=tuple(cells))
            if row.is_blank():
                continue
            if len(rows) > MAX_ROWS:
                return RawTable(rows=tuple(rows), broken=_too_many(line))
            rows.append(row)
    except csv.Error:
        return RawTable(rows=tuple(rows), broken=Problem(code=Code.BAD_LINE, line=records.line))
    return RawTable(rows=tuple(rows))


class _Records:
    """Iterates over records with the line where each begins: a quoted cell may hold line ends."""

    def __init__(self, text: str, delimiter: str) -> None:
        self.line = 1
        self._reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        for cells in self._reader:
            yield self.line, cells
            self.line = self._reader.line_num + 1


def _too_many(line: int) -> Problem:
    return Problem(code=Code.TOO_MANY_ROWS, line=line, fields={"limit": MAX_ROWS})
