"""A TOML file as dotted keys, each read once with its kind; what is wrong is noted with its line.

Answers for: types, ranges, unknown keys. Leaves what the keys mean together to `standing_orders`.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from enum import StrEnum
from math import gcd
from typing import TypeVar

from voting.domain.standing_orders import Threshold
from voting.imports import source
from voting.imports.findings import Findings
from voting.imports.refusals import Code

Word = TypeVar("Word", bound=StrEnum)

_WHERE = re.compile(r"\(at line (\d+), column (\d+)\)")
_HEADER = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]")
_KEY = re.compile(r"\s*([\w.\"' -]+?)\s*=")
_THRESHOLD = re.compile(r"(>?) ?(\d{1,4}) ?/ ?(\d{1,4})")


class Keys:
    """The keys of a file; each question marks its key as known."""

    def __init__(self, content: bytes, findings: Findings) -> None:
        """Raises `FileRefused` when nothing can be read."""
        text = source.decode(content)
        self._findings = findings
        self._values = dict(_flatten(_parsed(text)))
        self._lines = dict(reversed(list(_places(text))))
        self._known: set[str] = set()
        self._wrong: set[str] = set()

    def __contains__(self, key: str) -> bool:
        """The file says something there that was not refused."""
        return key in self._values and key not in self._wrong

    def is_wrong(self, key: str) -> bool:
        """What the file says there was refused."""
        return key in self._wrong

    def note(self, code: Code, key: str, **fields: str | int) -> None:
        """A problem of that key, at its line or that of its table."""
        self._wrong.add(key)
        place = key
        while place and place not in self._lines:
            place = place.rpartition(".")[0]
        value = self._values.get(key, "")
        said = str(value).lower() if isinstance(value, bool) else str(value)
        self._findings.add(code, self._lines.get(place, 0), "", said, key=key, **fields)

    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        value = self._get(key, default)
        if isinstance(value, bool):
            return value
        self.note(Code.ORDERS_NOT_A_FLAG, key)
        return default

    def number(self, key: str, default: int, low: int, high: int) -> int:
        """A whole number between the two."""
        value = self.number_or_none(key, low, high)
        return default if value is None else value

    def number_or_none(self, key: str, low: int, high: int) -> int | None:
        """As `number`, None where the file is silent."""
        value = self._get(key, None)
        if value is None:
            return None
        if type(value) is not int:
            self.note(Code.ORDERS_NOT_A_NUMBER, key)
        elif not low <= value <= high:
            self.note(Code.ORDERS_OUT_OF_RANGE, key, first=low, limit=high)
        else:
            return value
        return None

    def word(self, key: str, words: type[Word], default: Word) -> Word:
        """One of the words, as they are written."""
        return self.word_or_none(key, words) or default

    def word_or_none(self, key: str, words: type[Word]) -> Word | None:
        """As `word`, None where the file is silent."""
        value = self._get(key, None)
        if value is None:
            return None
        found = next((word for word in words if word.value == value), None)
        if found is None:
            self.note(Code.ORDERS_NOT_A_WORD, key, allowed=", ".join(words))
        return found

    def names(self, key: str) -> tuple[str, ...]:
        """A list of names, each once; none where the file is silent."""
        value = self._get(key, [])
        given = [name.strip() for name in value if isinstance(name, str)] if isinstance(value, list) else []
        if not isinstance(value, list) or len(given) != len(value) or not all(given) or len(set(given)) != len(given):
            self.note(Code.ORDERS_NOT_NAMES, key)
            return ()
        return tuple(given)

    def threshold(self, key: str) -> Threshold | None:
        """A fraction in lowest terms: `"1/6"` is at least a sixth, `">1/2"` more than half."""
        value = self._get(key, None)
        if value is None:
            return None
        match = _THRESHOLD.fullmatch(value) if isinstance(value, str) else None
        if match is None:
            self.note(Code.ORDERS_NOT_A_THRESHOLD, key)
            return None
        strict, numerator, denominator = bool(match[1]), int(match[2]), int(match[3])
        if not 0 < numerator + strict <= denominator or not numerator:
            self.note(Code.ORDERS_IMPOSSIBLE_THRESHOLD, key)
            return None
        common = gcd(numerator, denominator)
        return Threshold(numerator=numerator // common, denominator=denominator // common, is_strict=strict)

    def refuse_unknown(self) -> None:
        """Note every key that no question asked for, with the nearest one that exists."""
        for key, value in self._values.items():
            if key in self._known:
                continue
            is_table = any(known.startswith(f"{key}.") for known in self._known)
            if is_table and value == {}:
                continue
            near = get_close_matches(key, sorted(self._known), n=1)
            if is_table:
                self.note(Code.ORDERS_NOT_A_TABLE, key)
            elif near:
                self.note(Code.ORDERS_NEAREST_KEY, key, nearest=near[0])
            else:
                self.note(Code.ORDERS_UNKNOWN_KEY, key)

    def _get(self, key: str, default: object) -> object:
        self._known.add(key)
        return self._values.get(key, default)


def _parsed(text: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        end = text.splitlines() or [""]
        where = _WHERE.search(str(error))
        line, column = (int(where[1]), int(where[2])) if where else (len(end), len(end[-1]) + 1)
        raise source.refused(Code.ORDERS_NOT_TOML, line=line, place=column) from error


def _flatten(table: Mapping[str, object], above: str = "") -> Iterator[tuple[str, object]]:
    for name, value in table.items():
        if isinstance(value, dict) and value:
            yield from _flatten(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


def _places(text: str) -> Iterator[tuple[str, int]]:
    """Where tables and keys begin: a help to the reader, so that odd ways of writing TOML may be missed."""
    table = ""
    for line, written in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(written):
            table = _bare(header[1])
            yield table, line
        elif found := _KEY.match(written):
            yield f"{table}.{_bare(found[1])}".strip("."), line


def _bare(name: str) -> str:
    return ".".join(part.strip(" \"'") for part in name.split("."))
