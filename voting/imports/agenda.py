"""Reads the agenda file: what is put to the assembly, in which order, on whose report.

Answers for: numbers, parents and documents that hold together. Leaves what may be voted how to the rules.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from voting.domain.assembly import ItemKind, LegalSubject
from voting.imports import documents, source, table
from voting.imports.findings import Findings, Row
from voting.imports.members import MemberRow, account_id
from voting.imports.refusals import Code, FileRefused, shown

COLUMNS = (
    "number",
    "title",
    "rapporteur",
    "commission",
    "kind",
    "parent",
    "confidential",
    "legal_subject",
    "matter_code",
    "opinion",
    "document",
)

_REQUIRED = ("number", "title")
_MATTER_CODE = re.compile(r"[1-9]\.[1-9][0-9]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaRow:
    """One item. Texts that the file does not give are empty."""

    number: str
    title: str
    rapporteur: str
    """The id of a member of the roll, or a name as typed."""
    commission: str
    kind: ItemKind
    parent: str | None
    """The number of the item that this one amends or goes with."""
    confidential: bool
    legal_subject: LegalSubject
    matter_code: str
    """Of the national nomenclature for the control of legality, such as 7.10."""
    opinion: str
    document: str
    """Path beside the agenda file, with `/`; give `folder / document` to `read_document`."""


def read_agenda(path: Path, members: Sequence[MemberRow] = ()) -> tuple[AgendaRow, ...]:
    """The items of a CSV or XLSX file, in its order, their documents being beside it. See `parse_agenda`."""
    return parse_agenda(source.read_bytes(path), members=members, folder=path.parent)


def parse_agenda(
    content: bytes, *, members: Sequence[MemberRow] = (), folder: Path | None = None
) -> tuple[AgendaRow, ...]:
    """The items of a file, or `FileRefused` with everything wrong in it.

    Required: the columns `number` and `title`, filled in each row. Defaults: kind `report`, not confidential, the rest
    empty. Without `members` a rapporteur is a name. Without `folder` a document's path is checked, not its content.
    """
    findings = Findings()
    read = table.read(content, COLUMNS, findings)
    for column in _REQUIRED:
        if column not in read.columns:
            findings.add(Code.MISSING_COLUMN, column=column)
    private = _private_names(members)
    items = [_item(row, private, folder) for row in read.rows]
    if read.is_whole and not findings.is_wrong("number"):
        _check_parents_exist(read.rows, items, {item.number for item in items})
    _check_cycles(read.rows, items)
    _check_numbers(read.rows, items)
    findings.refuse()
    return tuple(items)


def _item(row: Row, private: Mapping[str, str], folder: Path | None) -> AgendaRow:
    item = AgendaRow(
        number=row.text("number", 32, required=True),
        title=row.text("title", 1000, required=True),
        rapporteur=_rapporteur(row, private),
        commission=row.text("commission", 200),
        kind=row.choice("kind", ItemKind, ItemKind.REPORT),
        parent=row.text("parent", 32) or None,
        confidential=row.yes_no("confidential"),
        legal_subject=row.choice("legal_subject", LegalSubject, LegalSubject.ORDINARY),
        # A French spreadsheet writes 7.5 as 7,5.
        matter_code=row.text("matter_code", 20).replace(",", "."),
        opinion=row.text("opinion", 500),
        document=_document(row, folder),
    )
    if item.matter_code and not _MATTER_CODE.fullmatch(item.matter_code):
        row.note(Code.BAD_MATTER_CODE, "matter_code")
    if item.kind is ItemKind.AMENDMENT and not item.parent and not row.is_wrong("parent"):
        row.note(Code.AMENDMENT_WITHOUT_PARENT, "parent")
    return item


def _private_names(members: Sequence[MemberRow]) -> dict[str, str]:
    """From the address or account of each member to the id: neither may stand in a journal."""
    names = {member.email.casefold(): member.id for member in members if member.email}
    return names | {member.account: member.id for member in members if member.account}


def _rapporteur(row: Row, private: Mapping[str, str]) -> str:
    text = row.text("rapporteur", 200)
    is_private = "@" in text or account_id(text)
    if not is_private:
        return text
    known = private.get(account_id(text) or text.casefold())
    if known is None:
        row.note(Code.PRIVATE_RAPPORTEUR, "rapporteur")
    return known or ""


def _document(row: Row, folder: Path | None) -> str:
    """The path, once it is sure that it stays beside the file and that the document can be read."""
    text = row.text("document", 260)
    if not text:
        return ""
    path = PurePosixPath(text.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in text:
        row.note(Code.DOCUMENT_OUTSIDE, "document")
    elif path.suffix.lower() not in documents.SUFFIXES:
        row.note(Code.DOCUMENT_SUFFIX, "document", allowed=", ".join(documents.SUFFIXES))
    elif folder is not None:
        _check_document(row, folder, path)
    return str(path)


def _check_document(row: Row, folder: Path, path: PurePosixPath) -> None:
    """A link may lead elsewhere than its name says."""
    if not (folder / path).resolve().is_relative_to(folder.resolve()):
        row.note(Code.DOCUMENT_OUTSIDE, "document")
        return
    try:
        documents.read_document(folder / path)
    except FileRefused as refusal:
        for problem in refusal.problems:
            row.findings.add(problem.code, row.line, "document", str(path), **problem.fields)


def _check_numbers(rows: Sequence[Row], items: Sequence[AgendaRow]) -> None:
    """Only one item has a number, in capitals or not."""
    lines: dict[str, int] = {}
    for row, item in zip(rows, items, strict=True):
        first = lines.setdefault(item.number.casefold(), row.line)
        if item.number and first != row.line:
            row.note(Code.DUPLICATE_NUMBER, "number", first=first)


def _check_parents_exist(rows: Sequence[Row], items: Sequence[AgendaRow], numbers: Collection[str]) -> None:
    """Each parent is an item of the file, before or after."""
    for row, item in zip(rows, items, strict=True):
        if item.parent and item.parent not in numbers:
            row.note(Code.PARENT_UNKNOWN, "parent")


def _check_cycles(rows: Sequence[Row], items: Sequence[AgendaRow]) -> None:
    """Nothing is its own ancestor."""
    by_number = dict(zip((item.number for item in items), rows, strict=True))
    for chain in _cycles({item.number: item.parent for item in items if item.parent}):
        by_number[chain[0]].note(Code.PARENT_CYCLE, "parent", chain=shown(" → ".join((*chain, chain[0]))))


def _cycles(parents: Mapping[str, str]) -> list[list[str]]:
    """Each loop once, from the item of it that comes first."""
    cleared: set[str] = set()
    found: list[list[str]] = []
    for start in parents:
        chain: dict[str, None] = {}
        number = start
        while number in parents and number not in cleared and number not in chain:
            chain[number] = None
            number = parents[number]
        if number in chain:
            numbers = list(chain)
            found.append(numbers[numbers.index(number) :])
        cleared.update(chain)
    return found
