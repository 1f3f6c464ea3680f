"""Collects problems while a file is read, and reads single cells.

Answers for: what any cell may hold. Leaves what rows mean together to `members` and `agenda`.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from voting.imports.refusals import Code, FileRefused, Problem, shown

Choice = TypeVar("Choice", bound=StrEnum)
Default = TypeVar("Default")

_YES = frozenset({"1", "oui", "yes"})
_NO = frozenset({"0", "non", "no"})
_BLANKS = re.compile(r"[\t\r\n]+")
_SPACES = " \u00a0\u202f"
"""Trimmed. `str.strip` would also hide control characters."""


class Findings:
    """The problems found so far."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._columns: set[str] = set()
        self._cells: set[tuple[int, str]] = set()

    def add(self, code: Code, line: int = 0, column: str = "", value: str = "", **fields: str | int) -> None:
        """One more; the value is made printable here."""
        self.problems.append(Problem(code=code, line=line, column=column, value=shown(value), fields=fields))
        self._columns.add(column)
        self._cells.add((line, column))

    def is_wrong(self, column: str, line: int | None = None) -> bool:
        """A cell there was refused already, so that a check across cells would only repeat it."""
        return column in self._columns if line is None else (line, column) in self._cells

    def refuse(self) -> None:
        """Raise if anything was found."""
        if self.problems:
            raise FileRefused(self.problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table. Reading a cell notes what is wrong with it and then gives a harmless value."""

    line: int
    cells: Mapping[str, str]
    spoiled: Mapping[str, Code] = field(default_factory=dict)
    """Columns whose cell holds no text at all: a formula, a date, an error."""
    findings: Findings

    def note(self, code: Code, column: str, **fields: str | int) -> None:
        """A problem of this cell."""
        self.findings.add(code, self.line, column, self.cells.get(column, ""), **fields)

    def is_wrong(self, *columns: str) -> bool:
        """A cell of this row was refused already, and is read as empty."""
        return any(self.findings.is_wrong(column, self.line) for column in columns)

    def text(self, column: str, limit: int, *, required: bool = False) -> str:
        """The cell on one line, composed (NFC). A column that the file lacks is empty and never asked for."""
        if column in self.spoiled:
            self.note(self.spoiled[column], column)
            return ""
        text = tidy(self.cells.get(column, ""))
        if (char := forbidden(text)) is not None:
            self.note(Code.FORBIDDEN_CHARACTER, column, character=char)
            return ""
        if len(text) > limit:
            self.note(Code.TOO_LONG, column, limit=limit, length=len(text))
            return ""
        if required and not text and column in self.cells:
            self.note(Code.REQUIRED, column)
        return text

    def flag(self, column: str) -> bool:
        """0 or 1, nothing else; empty is 0."""
        text = self.text(column, limit=1000)
        if text not in ("", "0", "1"):
            self.note(Code.NOT_A_FLAG, column)
        return text == "1"

    def yes_no(self, column: str) -> bool:
        """0, 1, and the words for them; empty is no."""
        text = self.text(column, limit=1000)
        word = key(text)
        if text and word not in _YES | _NO:
            self.note(Code.NOT_YES_NO, column)
        return word in _YES

    def choice(
        self, column: str, words: type[Choice], default: Default, synonyms: Mapping[str, Choice] | None = None
    ) -> Choice | Default:
        """One word of the list, whatever its case, accents, spaces or hyphens; empty is the default."""
        text = self.text(column, limit=1000)
        if not text:
            return default
        known: dict[str, Choice] = {key(word.value): word for word in words if word.value}
        known.update(synonyms or {})
        if key(text) not in known:
            self.note(Code.UNKNOWN_CHOICE, column, allowed=", ".join(word for word in words if word))
        return known.get(key(text), default)


def tidy(text: str) -> str:
    """Composed, trimmed, line breaks inside a cell turned into spaces."""
    return _BLANKS.sub(" ", unicodedata.normalize("NFC", text)).strip(_SPACES)


def key(text: str) -> str:
    """Letters and figures alone, without case or accents: how names of columns and words of lists are compared."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(char for char in plain.casefold() if char.isalnum())


def forbidden(text: str) -> str | None:
    """The code point of the first character that is invisible, reorders the text or is no character; else None."""
    for char in text:
        if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
            return f"U+{ord(char):04X}"
    return None
