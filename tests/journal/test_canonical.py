"""Canonical JSON: one byte string per value, and no value outside the alphabet."""

import math
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum

import pytest
import rfc8785
from hypothesis import example, given
from hypothesis import strategies as st

from voting.journal.canonical import (
    MAX_INT,
    Json,
    canonical,
    dump,
    format_instant,
    join_lines,
    parse,
    parse_instant,
    split_lines,
)
from voting.journal.faults import NotCanonical

KEYS = st.text(st.characters(max_codepoint=127), max_size=8)
SCALARS = st.none() | st.booleans() | st.integers(-MAX_INT, MAX_INT) | st.text()
VALUES: st.SearchStrategy[Json] = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=20
)


class Colour(StrEnum):
    RED = "red"


@given(VALUES)
@example({"b": 1, "a": [None, True, 'é\u2028\x7f\x00\b\f\n\r\t"\\/\U0001f5f3'], "": {}})
def test_same_bytes_as_the_reference_implementation(value: Json) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@given(VALUES)
def test_parse_gives_the_value_back(value: Json) -> None:
    assert parse(canonical(value)) == value


@pytest.mark.parametrize(
    ("value", "problem", "at"),
    [
        (1.0, "float", ""),
        (math.nan, "float", ""),
        ({"a": [0, 0.5]}, "float", "a[1]"),
        (MAX_INT + 1, "integer", ""),
        (-MAX_INT - 1, "integer", ""),
        ({"a": {"b": 2**70}}, "integer", ""),
        ({"é": 1}, "key", ""),
        ({"a": {1: 1}}, "key", "a"),
        ("\ud800", "text", ""),
        ((1, 2), "type", ""),
        ({"a": b"x"}, "type", "a"),
        (datetime(2026, 11, 22, tzinfo=UTC), "type", ""),
        (Colour.RED, "type", ""),
    ],
)
def test_refuses_what_is_outside_the_alphabet(value: Json, problem: str, at: str) -> None:
    with pytest.raises(NotCanonical) as caught:
        canonical(value)
    assert (caught.value.problem, caught.value.at) == (problem, at)


def test_refuses_bottomless_nesting() -> None:
    value: Json = 1
    for _ in range(40):
        value = [value]
    with pytest.raises(NotCanonical) as caught:
        canonical(value)
    assert caught.value.problem == "depth"
    with pytest.raises(NotCanonical) as caught:
        parse(b"[" * 900 + b"]" * 900)
    assert caught.value.problem == "depth"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "syntax"),
        (b"{", "syntax"),
        (b"\xff", "syntax"),
        (b"\xef\xbb\xbf{}", "syntax"),
        (b"NaN", "syntax"),
        (b'"\\ud800"', "syntax"),
        (b"[" * 2000 + b"]" * 2000, "syntax"),
        (b" {}", "form"),
        (b"{}\n", "form"),
        (b'{"a": 1}', "form"),
        (b'{"b":1,"a":1}', "form"),
        (b'{"a":1,"a":1}', "form"),
        (b'"\\u0041"', "form"),
        (b'"\\/"', "form"),
        (b"-0", "form"),
        (b"1.0", "float"),
        (b"1e2", "float"),
        (b"9007199254740992", "integer"),
        (b"123456789012345678901234567890", "float"),
        ('{"é":1}'.encode(), "key"),
    ],
)
def test_parse_refuses_any_other_spelling(data: bytes, problem: str) -> None:
    with pytest.raises(NotCanonical) as caught:
        parse(data)
    assert caught.value.problem == problem


def test_dump_checks_integers_and_text_itself() -> None:
    with pytest.raises(NotCanonical, match="integer"):
        dump({"a": MAX_INT + 1})
    with pytest.raises(NotCanonical, match="text"):
        dump({"a": "\udfff"})


INSTANTS = st.datetimes(timezones=st.just(UTC)).map(lambda at: at.replace(microsecond=at.microsecond // 1000 * 1000))


@given(INSTANTS)
def test_an_instant_survives_its_text(instant: datetime) -> None:
    text = format_instant(instant)
    assert len(text) == 24
    assert parse_instant(text) == instant


def test_an_instant_is_utc_to_the_millisecond() -> None:
    instant = datetime(2026, 11, 22, 10, 3, 12, 123000, tzinfo=UTC)
    assert format_instant(instant) == "2026-11-22T10:03:12.123Z"
    assert format_instant(instant.astimezone(timezone(timedelta(0), "Z"))) == "2026-11-22T10:03:12.123Z"


@pytest.mark.parametrize(
    "instant",
    [
        datetime.fromisoformat("2026-11-22T10:03"),
        datetime(2026, 11, 22, 10, 3, tzinfo=timezone(timedelta(hours=1))),
        datetime(2026, 11, 22, 10, 3, 12, 123456, tzinfo=UTC),
    ],
)
def test_refuses_to_write_another_instant(instant: datetime) -> None:
    with pytest.raises(NotCanonical, match="instant"):
        format_instant(instant)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-22T10:03:12Z",
        "2026-11-22T10:03:12.123456Z",
        "2026-11-22T10:03:12.123+00:00",
        "2026-11-22 10:03:12.123Z",
        "2026-11-22T10:03:12,123Z",
        "2026-11-22T10:03:12.123z",
        "2026-11-22T10:03:12.123Z\n",
        "2026-02-30T10:03:12.123Z",
        "2026-11-22T24:00:00.000Z",
        "2026-11-22T10:03:60.000Z",
        "٢٠٢٦-11-22T10:03:12.123Z",
    ],
)
def test_refuses_to_read_another_instant(text: str) -> None:
    with pytest.raises(NotCanonical, match="instant"):
        parse_instant(text)


@given(st.lists(VALUES.map(canonical), max_size=5))
def test_lines_survive_the_file(lines: list[bytes]) -> None:
    assert split_lines(join_lines(lines)) == lines


@pytest.mark.parametrize("data", [b"{}", b"\n", b"{}\n\n{}\n", b"{}\n{}"])
def test_refuses_a_file_with_empty_or_cut_lines(data: bytes) -> None:
    with pytest.raises(NotCanonical, match="syntax"):
        split_lines(data)
