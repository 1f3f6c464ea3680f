"""Reads a draft resolution in Markdown or DOCX: its visas, its reasons, its articles.

Answers for: cutting the text where a line begins with « Vu », « Considérant » or « Article N », and for files that lie.
Leaves the words as typed. What Word numbers by itself is not text, and is not seen.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from voting.imports import archive, docx, source
from voting.imports.findings import forbidden, tidy
from voting.imports.refusals import Code, FileRefused

SUFFIXES = (".docx", ".md", ".markdown")
MAX_DOCUMENT_BYTES = 20_000_000
MAX_MARKDOWN_BYTES = 5_000_000

_LIMIT_MB = MAX_DOCUMENT_BYTES // 1_000_000
_FILE_CODES = {Code.FILE_MISSING: Code.DOCUMENT_MISSING, Code.FILE_TOO_BIG: Code.DOCUMENT_TOO_BIG}

_LINE_END = re.compile(r"\r\n|\r|\n")
_LIST_OR_QUOTE = re.compile(r"^\s*(?:>\s*|[-*+]\s+)+")
_HEADING = re.compile(r"^\s*#{1,6}\s+")
_RULE = re.compile(r"\s*(?:(?:[-*_]\s*){3,}|=+\s*)")
_EMPHASIS = re.compile(r"\*+|`+|(?<!\w)_+|_+(?!\w)")


class _Part(Enum):
    VISA = auto()
    REASON = auto()
    ARTICLE = auto()


_BEGINNINGS = {
    # A capital is asked for: a line may wrap before « vu » or « article 10 de la loi ».
    re.compile(r"(?:Vu|VU|Vus|VUS)\b"): _Part.VISA,
    re.compile(r"(?:Considérant|CONSIDÉRANT|CONSIDERANT)\b"): _Part.REASON,
    re.compile(r"(?:Article|ARTICLE|Art\.)\s+(?:\d|(?i:premier|unique)\b|[IVX]+\b)"): _Part.ARTICLE,
}
_BARE_HEADING = re.compile(r"\w+\.?\s+\S+?(?:\s+(?:bis|ter|quater))?\s*[:.–—-]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentText:
    """The parts of a draft resolution in the order of the document; any of them may be missing."""

    visas: tuple[str, ...] = ()
    """One line each, with their « Vu »."""
    reasons: tuple[str, ...] = ()
    """One line each, with their « Considérant »."""
    articles: tuple[str, ...] = ()
    """With their heading; a line for each paragraph."""


def read_document(path: Path) -> DocumentText:
    """The parts of a .docx or .md file, or `FileRefused`."""
    try:
        content = source.read_bytes(path, MAX_DOCUMENT_BYTES)
    except FileRefused as refusal:
        code = _FILE_CODES.get(refusal.problems[0].code, Code.DOCUMENT_UNREADABLE)
        raise source.refused(code, value=path.name, limit=_LIMIT_MB) from refusal
    return parse_document(content, path.name)


def parse_document(content: bytes, name: str) -> DocumentText:
    """The same from bytes; the end of `name` says which of the formats it is."""
    suffix = Path(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise source.refused(Code.DOCUMENT_SUFFIX, value=name, allowed=", ".join(SUFFIXES))
    cutter = _Cutter()
    lines = _docx(content, name) if suffix == ".docx" else _markdown(content, name)
    for place, line in enumerate(lines, start=1):
        text = tidy(line)
        if (char := forbidden(text)) is not None:
            raise source.refused(Code.DOCUMENT_CHARACTER, value=name, character=char, place=place)
        cutter.take(text)
    return cutter.done()


def _markdown(content: bytes, name: str) -> list[str]:
    if len(content) > MAX_MARKDOWN_BYTES:
        raise source.refused(Code.DOCUMENT_TOO_BIG, value=name, limit=MAX_MARKDOWN_BYTES // 1_000_000)
    try:
        return _LINE_END.split(source.decode(content))
    except FileRefused as refusal:
        raise source.refused(Code.DOCUMENT_NOT_UTF8, value=name, place=refusal.problems[0].line) from refusal


def _docx(content: bytes, name: str) -> list[str]:
    """With a blank line after each paragraph, as Markdown has it."""
    try:
        texts = docx.paragraphs(content)
    except archive.PackageTooBig as error:
        raise source.refused(Code.DOCUMENT_TOO_BIG, value=name, limit=_LIMIT_MB) from error
    except archive.BadPackage as error:
        raise source.refused(Code.DOCUMENT_UNREADABLE, value=name) from error
    return [line for text in texts for line in (*_LINE_END.split(text), "")]


class _Cutter:
    """Takes lines one by one and puts each in the part that is open, if any."""

    def __init__(self) -> None:
        self._parts: dict[_Part, list[list[str]]] = {part: [] for part in _Part}
        self._open: _Part | None = None
        self._is_new_paragraph = False

    def take(self, line: str) -> None:
        """One line, its Markdown marks still on it."""
        text = _EMPHASIS.sub("", _HEADING.sub("", _LIST_OR_QUOTE.sub("", line))).strip()
        begun = next((part for start, part in _BEGINNINGS.items() if start.match(text)), None)
        if begun:
            self._open = begun
            self._parts[begun].append([text])
            self._is_new_paragraph = False
        elif _HEADING.match(line) or _RULE.fullmatch(line):
            self._open = None
        elif not text:
            self._leave_paragraph()
        elif self._open:
            self._continue(self._open, text, is_item=bool(_LIST_OR_QUOTE.match(line)))

    def done(self) -> DocumentText:
        """Everything taken."""
        visas, reasons, articles = (tuple("\n".join(lines) for lines in self._parts[part]) for part in _Part)
        return DocumentText(visas=visas, reasons=reasons, articles=articles)

    def _leave_paragraph(self) -> None:
        """A blank line ends a visa or a reason, not an article."""
        if self._open is not _Part.ARTICLE:
            self._open = None
        self._is_new_paragraph = True

    def _continue(self, part: _Part, text: str, *, is_item: bool) -> None:
        """A heading alone takes what follows on its line; only an article has paragraphs."""
        lines = self._parts[part][-1]
        is_article = part is _Part.ARTICLE
        if is_article and len(lines) == 1 and _BARE_HEADING.fullmatch(lines[0]):
            lines[0] = f"{lines[0].rstrip(' :.–—-')} : {text}"
        elif is_article and (is_item or self._is_new_paragraph):
            lines.append(text)
        else:
            lines[-1] = f"{lines[-1]} {text}"
        self._is_new_paragraph = False
