"""From raw lines to rows whose cells are known by column name.

Answers for: the header line, whatever its case, accents and spaces. Leaves the cells to `findings`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from voting.imports import delimited, source, workbook
from voting.imports.findings import Findings, Row, key
from voting.imports.refusals import Code
from voting.imports.source import RawRow, RawTable

_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The rows under the header."""

    rows: tuple[Row, ...]
    columns: frozenset[str]
    """Those of ours that the header has."""
    is_whole: bool
    """Read to its end: otherwise what seems missing may stand in the part not read."""


def read(content: bytes, columns: Sequence[str], findings: Findings) -> Table:
    """The table of a CSV or XLSX file, told apart by their first bytes. Raises only when there is nothing to check."""
    source.check_size(content)
    raw = _raw(content, columns)
    if raw.broken:
        findings.problems.append(raw.broken)
    if not raw.rows:
        findings.add(Code.FILE_EMPTY)
        findings.refuse()
    header, body = raw.rows[0], raw.rows[1:]
    places = _places(header, columns, findings)
    if not places:
        findings.add(Code.NO_HEADER, header.line, expected=", ".join(columns))
        findings.refuse()
    if not body and not raw.broken:
        findings.add(Code.NO_ROWS)
    return Table(
        rows=tuple(_row(row, places, len(header.cells), findings) for row in body),
        columns=frozenset(places),
        is_whole=raw.broken is None,
    )


def _raw(content: bytes, columns: Sequence[str]) -> RawTable:
    if content.startswith(_ZIP):
        return workbook.read(content)
    if content.startswith(_OLD_EXCEL):
        raise source.refused(Code.OLD_EXCEL)
    known = {key(column) for column in columns}
    return delimited.read(source.decode(content), lambda cells: sum(key(cell) in known for cell in cells))


def _places(header: RawRow, columns: Sequence[str], findings: Findings) -> dict[str, int]:
    """Where each of our columns stands; those we do not know are left alone."""
    names = {key(column): column for column in columns}
    places: dict[str, int] = {}
    for position, cell in enumerate(header.cells[: source.MAX_COLUMNS]):
        name = names.get(key(cell))
        if name in places:
            findings.add(Code.DUPLICATE_COLUMN, header.line, name)
        elif name is not None:
            places[name] = position
    return places


def _row(raw: RawRow, places: dict[str, int], width: int, findings: Findings) -> Row:
    if any(cell.strip() for cell in raw.cells[width:]):
        findings.add(Code.TOO_MANY_CELLS, raw.line, expected=width, found=len(raw.cells))
    cells = dict.fromkeys(places, "") | {n: raw.cells[p] for n, p in places.items() if p < len(raw.cells)}
    spoiled = {name: raw.spoiled[place] for name, place in places.items() if place in raw.spoiled}
    return Row(line=raw.line, cells=cells, spoiled=spoiled, findings=findings)
