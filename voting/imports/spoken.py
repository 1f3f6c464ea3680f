"""Reads a transcript in Markdown or DOCX: who is said to speak, and the paragraphs that follow.

Answers for: where somebody's name opens a paragraph. Leaves to others whether that is a name of the roll.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from voting.imports import archive, docx, source
from voting.imports.documents import MAX_DOCUMENT_BYTES, MAX_MARKDOWN_BYTES
from voting.imports.findings import tidy
from voting.imports.refusals import Code

SUFFIXES = (".docx", ".md", ".markdown")

_LINE_END = re.compile(r"\r\n|\r|\n")
_HEADING = re.compile(r"#{1,6}\s")
_RULE = re.compile(r"(?:[-*_]\s*){3,}")
_MARKS = re.compile(r"\*+|`+|(?<!\w)_+|_+(?!\w)|^>\s*|^[-+]\s+")
_CIVILITY = r"(?:M\.|Mme|MM\.|Mmes|Monsieur|Madame|Mr|Mrs|Ms)"
_NAME = r"[^\W\d_][\w'’.\- ]{0,58}?"
_ASIDE = r"(?:\s*\([^)]{0,80}\))?"
_POLITE = re.compile(rf"{_CIVILITY}\s")
_STAMPED = re.compile(rf"(?P<name>(?:{_CIVILITY}\s+)?{_NAME})\s+(?:\d{{1,2}}:)?\d{{1,2}}:\d{{2}}")
"""``Jean Martin  12:05`` alone on its line, as meeting programs write it."""
_LABEL = re.compile(
    rf"(?P<name>(?:{_CIVILITY}\s+)?{_NAME}){_ASIDE}\s*(?:\.\s*[-–—]|\s[–—]|:)(?:\s+(?P<rest>.*))?", re.DOTALL
)
"""``M. Martin.- …``, ``Mme Martin (Rivages) : …``, ``Jean Martin – …``."""


@dataclass(slots=True, kw_only=True)
class Speech:
    """Paragraphs under one name."""

    line: int
    """Of its first line; in a DOCX, the number of its paragraph."""
    speaker: str
    """As the file has it; empty before the first name and after a heading."""
    paragraphs: list[str] = field(default_factory=list)


def parse_spoken(content: bytes, name: str, is_name: Callable[[str], bool]) -> tuple[Speech, ...]:
    """The speeches in order, or `FileRefused`.

    Words before a colon are a name with a civility, with an hour behind them, or when `is_name` knows them.
    """
    lines = _docx(content, name) if Path(name).suffix.lower() == ".docx" else _markdown(content, name)
    speeches: list[Speech] = [Speech(line=1, speaker="")]
    for number, line in enumerate(lines, start=1):
        _take(speeches, number, line, is_name)
    found = tuple(speech for speech in speeches if speech.paragraphs)
    if not found:
        raise source.refused(Code.TRANSCRIPT_EMPTY)
    return found


def _take(speeches: list[Speech], number: int, line: str, is_name: Callable[[str], bool]) -> None:
    if _HEADING.match(line) or _RULE.fullmatch(line.strip()):
        speeches.append(Speech(line=number, speaker=""))
        return
    text = tidy(_MARKS.sub("", line.strip()))
    if not text:
        return
    stamped = _STAMPED.fullmatch(text)
    label = stamped or _LABEL.fullmatch(text)
    if label is None or not (stamped or _POLITE.match(text) or is_name(label["name"].strip())):
        speeches[-1].paragraphs.append(text)
        return
    rest = "" if stamped else (label["rest"] or "")
    speeches.append(Speech(line=number, speaker=label["name"].strip(), paragraphs=[rest] if rest else []))


def _markdown(content: bytes, name: str) -> list[str]:
    if len(content) > MAX_MARKDOWN_BYTES:
        raise source.refused(Code.FILE_TOO_BIG, limit=MAX_MARKDOWN_BYTES // 1_000_000)
    return _LINE_END.split(source.decode(content))


def _docx(content: bytes, name: str) -> list[str]:
    """A line break inside a paragraph opens a line of its own: meeting programs put the name and the words in one."""
    source.check_size(content, MAX_DOCUMENT_BYTES)
    try:
        texts = docx.paragraphs(content)
    except archive.PackageTooBig as error:
        raise source.refused(Code.FILE_TOO_BIG, limit=MAX_DOCUMENT_BYTES // 1_000_000) from error
    except archive.BadPackage as error:
        raise source.refused(Code.DOCUMENT_UNREADABLE, value=name) from error
    return [line for text in texts for line in _LINE_END.split(text)]
