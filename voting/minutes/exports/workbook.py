"""The same tables as one workbook (XLSX): results, votes by name, options, attendance. Same sitting, same bytes."""

import io
import zipfile
from datetime import datetime

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from voting.minutes.exports.attendance import attendance_headings, attendance_rows
from voting.minutes.exports.paper import Paper
from voting.minutes.exports.tables import (
    Row,
    one_line,
    option_headings,
    options,
    result_headings,
    results,
    vote_headings,
    votes,
)
from voting.minutes.scribe import Scribe

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDEST = 60
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def workbook(scribe: Scribe) -> tuple[Paper, ...]:
    """One file for a clerk, every item in it."""
    book = Workbook()
    among = list(options(scribe))
    sheets: list[tuple[str, Row, list[Row]]] = [
        ("results", result_headings(scribe), list(results(scribe))),
        ("votes", vote_headings(scribe), list(votes(scribe))),
        *([("options", option_headings(scribe), among)] if among else []),
        ("attendance", attendance_headings(scribe), list(attendance_rows(scribe))),
    ]
    book.remove(book.worksheets[0])
    for code, header, rows in sheets:
        _fill(book.create_sheet(scribe.texts(f"papers.sheet.{code}")), header, rows)
    convened = scribe.minutes.convened
    moment = convened.at.replace(microsecond=0, tzinfo=None)
    book.properties.title, book.properties.creator = convened.title, convened.body_name
    book.properties.created = moment
    return (Paper(name=f"seance-{convened.sitting}.xlsx", kind=_XLSX, content=_saved(book, moment)),)


def _fill(sheet: Worksheet, header: Row, rows: list[Row]) -> None:
    for line, row in enumerate((header, *rows), 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(line, column, one_line(value) if isinstance(value, str) else value)
            if isinstance(value, str):
                cell.data_type = "s"  # a text is never read as a formula
            if line == 1:
                cell.font = Font(bold=True)
    for column, _ in enumerate(header, 1):
        longest = max(len(str(row[column - 1])) for row in (header, *rows))
        sheet.column_dimensions[get_column_letter(column)].width = min(longest + 2, _WIDEST)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _saved(book: Workbook, moment: datetime) -> bytes:
    """Without the hour at which it was written."""
    raw, out = io.BytesIO(), io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in made.namelist():
            content = made.read(name)
            if name == "docProps/core.xml":
                stamp = f"{book.properties.modified:%Y-%m-%dT%H:%M:%SZ}".encode()
                content = content.replace(stamp, f"{moment:%Y-%m-%dT%H:%M:%SZ}".encode())
            kept.writestr(zipfile.ZipInfo(name, _LONG_AGO), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
