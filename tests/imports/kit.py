"""What the tests of the readers share: small files, what is wrong with them, and the real data where there is any."""

import io
import os
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest

from voting.imports import FileRefused, Problem
from voting.imports.agenda import COLUMNS as AGENDA_COLUMNS
from voting.imports.members import COLUMNS as MEMBER_COLUMNS

ROOT = Path(__file__).parents[2]

CHAIR = {"id": "m01", "last_name": "Tréguilly", "role": "chair", "votes": "1"}

Place = tuple[str, int, str]


def real_data(name: str) -> Path:
    """A file of the replay data, which is not part of the repository."""
    folder = Path(os.environ.get("HEMICYCLE_REPLAY_DATA") or ROOT.parent / "shared" / "data")
    if not (folder / name).is_file():
        pytest.skip(f"{name} is not in {folder}: set HEMICYCLE_REPLAY_DATA to the folder of the replay data")
    return folder / name


def members(*rows: Mapping[str, str]) -> bytes:
    """A members file of these people."""
    return table(MEMBER_COLUMNS, rows)


def agenda(*rows: Mapping[str, str]) -> bytes:
    """An agenda file of these items."""
    return table(AGENDA_COLUMNS, rows)


def table(columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """Plain CSV, without a quotation mark: the texts must not need one."""
    names = list(columns)
    lines = [names, *([row.get(name, "") for name in names] for row in rows)]
    return "".join(f"{';'.join(line)}\n" for line in lines).encode()


def places(read: Callable[[], object]) -> list[Place]:
    """Code (without its prefix), line and column of each problem; none when the file is accepted."""
    return [(problem.code.removeprefix("import."), problem.line, problem.column) for problem in problems(read)]


def problems(read: Callable[[], object]) -> tuple[Problem, ...]:
    """Everything wrong with what is read."""
    try:
        read()
    except FileRefused as refusal:
        return refusal.problems
    return ()


def workbook(rows: Iterable[Iterable[object]]) -> bytes:
    """An XLSX workbook of one sheet."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def package(parts: Mapping[str, bytes | str]) -> bytes:
    """A zip file of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def repacked(
    content: bytes, replaced: Mapping[str, Callable[[bytes], bytes]], added: Mapping[str, str] | None = None
) -> bytes:
    """The same package with some parts rewritten or added."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return package({name: replaced.get(name, bytes)(part) for name, part in parts.items()} | dict(added or {}))


def docx(*paragraphs: str) -> bytes:
    """A DOCX file of plain paragraphs."""
    return docx_of("".join(f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" for text in paragraphs))


def docx_of(body: str, before: str = "") -> bytes:
    """A DOCX file with that body, WordprocessingML."""
    namespaces = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    )
    xml = f'<?xml version="1.0" encoding="UTF-8"?>{before}<w:document {namespaces}><w:body>{body}</w:body></w:document>'
    return package({"word/document.xml": xml})
