"""Reads the first sheet of an XLSX workbook into raw lines, cells as the person sees them.

Answers for: numbers, formulas, dates and hostile workbooks. Leaves headers to `table`.
"""

import datetime as dt
import io
import re
import warnings
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import openpyxl

from voting.imports import archive
from voting.imports.refusals import Code, Problem
from voting.imports.source import MAX_COLUMNS, MAX_ROWS, RawRow, RawTable, refused

MAX_UNPACKED_BYTES = 20_000_000
_LAST_LINE = 1_048_576
"""Of a sheet, in the format; a line that says it is further down is hostile."""
_FIXED_DECIMALS = re.compile(r"#?(?:,##)?0\.(0+)")

_Cell = str | Code


def read(content: bytes) -> RawTable:
    """The first sheet. A formula is read by the value stored for it, and refused where none is."""
    try:
        archive.check_parts(content, MAX_UNPACKED_BYTES)
    except archive.PackageTooBig as error:
        raise refused(Code.WORKBOOK_TOO_BIG, limit=MAX_UNPACKED_BYTES // 1_000_000) from error
    except archive.BadPackage as error:
        raise refused(Code.BAD_WORKBOOK) from error
    try:
        with warnings.catch_warnings():
            # What openpyxl leaves out (styles, validations) is nothing we read.
            warnings.simplefilter("ignore")
            return _table(_lines(content))
    except Exception as error:
        # openpyxl lets whatever a malformed part provokes come through: KeyError, TypeError, IndexError…
        raise refused(Code.BAD_WORKBOOK) from error


def _table(lines: Iterator[tuple[int, list[_Cell]]]) -> RawTable:
    rows: list[RawRow] = []
    for line, cells in lines:
        row = _row(line, cells)
        if row.is_blank():
            continue
        if len(rows) > MAX_ROWS:
            return RawTable(rows=tuple(rows), broken=_too_many(line))
        rows.append(row)
    return RawTable(rows=tuple(rows))


def _row(line: int, cells: list[_Cell]) -> RawRow:
    while cells and cells[-1] == "":
        cells.pop()
    texts = tuple("" if isinstance(cell, Code) else cell for cell in cells)
    return RawRow(line=line, cells=texts, spoiled={i: cell for i, cell in enumerate(cells) if isinstance(cell, Code)})


def _lines(content: bytes) -> Iterator[tuple[int, list[_Cell]]]:
    """The sheet read twice side by side: what each cell shows, and whether a formula stands in it."""
    shown = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    written = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False)
    sheets = [book.worksheets[0] for book in (shown, written)]
    for sheet in sheets:
        # The stated dimensions are often wrong, and rows would be cut to them.
        sheet.reset_dimensions()
    rows = (sheet.iter_rows(max_col=MAX_COLUMNS, max_row=_LAST_LINE) for sheet in sheets)
    gap: object = None
    for line, (values, sources) in enumerate(zip(*rows, strict=True), start=1):
        # openpyxl gives one and the same tuple for each line that the file leaves out: up to a million.
        if values is not gap:
            cells = [_cell(value, source) for value, source in zip(values, sources, strict=True)]
            gap = gap if any(cells) else values
            yield line, cells


def _cell(shown: Any, written: Any) -> _Cell:  # openpyxl's stubs do not know its read-only cells
    value = shown.value
    if value is None:
        return Code.FORMULA if written.data_type == "f" else ""
    if shown.data_type == "e":
        return Code.ERROR_VALUE
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        return Code.DATE
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float):
        return _number(value, shown.number_format)
    return str(value)


def _number(value: float, shape: str) -> str:
    """As the sheet shows it: 7.10 stays 7.10 where the cell asks for two decimals, and 1.0 is 1."""
    if match := _FIXED_DECIMALS.fullmatch(shape):
        return f"{value:.{len(match[1])}f}"
    return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")


def _too_many(line: int) -> Problem:
    return Problem(code=Code.TOO_MANY_ROWS, line=line, fields={"limit": MAX_ROWS})
