"""The bytes of the journal: canonical JSON (RFC 8785) on a small alphabet, instants as text, lines as a file.

Which fields an event has is the affair of `codec`.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TypeAlias

import orjson

from voting.journal.faults import NotCanonical

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"

MAX_INT = 2**53 - 1
"""Beyond, JSON readers that use doubles would see another number (RFC 7493)."""
MAX_DEPTH = 32

_OPTIONS = (
    orjson.OPT_SORT_KEYS
    | orjson.OPT_STRICT_INTEGER
    | orjson.OPT_PASSTHROUGH_SUBCLASS
    | orjson.OPT_PASSTHROUGH_DATACLASS
    | orjson.OPT_PASSTHROUGH_DATETIME
)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)
_INSTANT_LENGTH = len("2026-11-22T10:03:12.123")
_NO_OFFSET = timedelta(0)
_ALPHABET = frozenset({type(None), bool, int, str, list, dict})


def canonical(value: Json) -> bytes:
    """The one byte string for this value; floats, big integers and non-ASCII keys are refused."""
    _check(value, "", MAX_DEPTH)
    return dump(value)


def dump(value: Json) -> bytes:
    """The same bytes, for a value that the caller built from checked types: only text and integers are checked here."""
    try:
        return orjson.dumps(value, option=_OPTIONS)
    except TypeError as error:
        raise NotCanonical(problem="text" if "UTF-8" in str(error) else "integer") from error


def parse(data: bytes) -> Json:
    """The value of canonical bytes; any other spelling of the same value is refused."""
    value = load(data)
    _check(value, "", MAX_DEPTH)
    if dump(value) != data:
        raise NotCanonical(problem="form")
    return value


def load(data: bytes) -> Json:
    """The value of any JSON bytes: spelling and alphabet are the caller's to check."""
    try:
        value: Json = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise NotCanonical(problem="syntax") from error
    return value


def _check(value: object, at: str, depth: int) -> None:
    if type(value) not in _ALPHABET:
        raise NotCanonical(problem="float" if isinstance(value, float) else "type", at=at)
    if isinstance(value, (dict, list)) and depth == 0:
        raise NotCanonical(problem="depth", at=at)
    if isinstance(value, dict):
        for key, item in value.items():
            if type(key) is not str or not key.isascii():
                raise NotCanonical(problem="key", at=at)
            _check(item, f"{at}.{key}" if at else key, depth - 1)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _check(item, f"{at}[{index}]", depth - 1)


def format_instant(instant: datetime) -> str:
    """`2026-11-22T10:03:12.123Z`; only UTC and whole milliseconds have a form."""
    # the events of a batch have the same instant; only within UTC do equal ones look the same
    return _utc_text(instant) if instant.tzinfo is UTC else _text(instant)


def _text(instant: datetime) -> str:
    if instant.tzinfo is not UTC and instant.utcoffset() != _NO_OFFSET:
        raise NotCanonical(problem="instant")
    if instant.microsecond % 1000:
        raise NotCanonical(problem="instant")
    return instant.isoformat(timespec="milliseconds")[:_INSTANT_LENGTH] + "Z"


_utc_text = lru_cache(64)(_text)


def parse_instant(text: str) -> datetime:
    """The instant of exactly that form."""
    if _INSTANT.fullmatch(text) is None:
        raise NotCanonical(problem="instant")
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise NotCanonical(problem="instant") from error
    if format_instant(instant) != text:  # 24:00, which newer Pythons read as the next day
        raise NotCanonical(problem="instant")
    return instant


def join_lines(lines: Iterable[bytes]) -> bytes:
    """The text of `journal.jsonl`: each line followed by one line feed."""
    return b"".join(line + b"\n" for line in lines)


def split_lines(data: bytes) -> list[bytes]:
    """The lines of a `journal.jsonl`, without their line feeds; an empty line or a missing end is refused."""
    if not data:
        return []
    lines = data.split(b"\n")
    if lines.pop() or not all(lines):
        raise NotCanonical(problem="syntax")
    return lines
