"""Whatever the bytes, a reader gives rows or a refusal; and what a table says survives both formats."""

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.imports.kit import agenda, docx, members, repacked, workbook
from voting.imports import FileRefused, parse_agenda, parse_document, parse_members
from voting.imports.agenda import COLUMNS as AGENDA_COLUMNS
from voting.imports.findings import forbidden, tidy
from voting.imports.members import COLUMNS as MEMBER_COLUMNS

READERS: dict[str, Callable[[bytes], object]] = {
    "members": parse_members,
    "agenda": parse_agenda,
    "markdown": lambda content: parse_document(content, "a.md"),
    "docx": lambda content: parse_document(content, "a.docx"),
}
SAMPLES = [
    members({"id": "m01", "role": "chair", "votes": "1"}, {"id": "m02", "email": "a@example.org"}),
    agenda({"number": "1", "title": "Routes"}, {"number": "1a", "title": "x", "kind": "amendment", "parent": "1"}),
    workbook([("id", "role", "votes"), ("m01", "chair", 1), ("m02", "", 0)]),
    workbook([("number", "title"), (1, "Routes"), (2, "=1+1")]),
    docx("Vu le code", "Article 1er - Approuve."),
]

PIECES = [b"<c/>", b"<f/>", b'"', b"-1", b"1e999", b't="d"', b't="e"', b"</row>", b"<row r='7'>", b"&amp;", b"\x00"]

readers = pytest.mark.parametrize("name", READERS)


def _read_or_refuse(name: str, content: bytes) -> None:
    """Anything but rows or a refusal that says why fails the test."""
    try:
        READERS[name](content)
    except FileRefused as refusal:
        assert refusal.problems


@readers
@given(content=st.binary(max_size=300))
@example(content=b'id\n"')
@example(content=b"number;title\n1;\xff")
@example(content=b"id;role\r\r\n;;;\x1c")
@example(content=b"PK\x03\x04")
def test_any_bytes_give_rows_or_a_refusal(name: str, content: bytes) -> None:
    _read_or_refuse(name, content)


@readers
@given(text=st.text(max_size=300))
@example(text="Article 1er\n\nVu\n- Considérant")
def test_any_text_gives_rows_or_a_refusal(name: str, text: str) -> None:
    _read_or_refuse(name, text.encode("utf-8", "surrogatepass"))


@readers
@given(
    sample=st.sampled_from(SAMPLES),
    changes=st.lists(st.tuples(st.integers(0, 1 << 20), st.integers(0, 255)), max_size=8),
)
def test_a_good_file_with_bytes_changed_gives_rows_or_a_refusal(
    name: str, sample: bytes, changes: list[tuple[int, int]]
) -> None:
    content = bytearray(sample)
    for position, byte in changes:
        content[position % len(content)] = byte
    _read_or_refuse(name, bytes(content))


@pytest.mark.parametrize(
    ("name", "sample", "part"),
    [
        ("members", SAMPLES[2], "xl/worksheets/sheet1.xml"),
        ("agenda", SAMPLES[3], "xl/worksheets/sheet1.xml"),
        ("agenda", SAMPLES[3], "xl/styles.xml"),
        ("agenda", SAMPLES[3], "xl/workbook.xml"),
        ("agenda", SAMPLES[3], "[Content_Types].xml"),
        ("docx", SAMPLES[4], "word/document.xml"),
    ],
)
@given(data=st.data())
def test_a_package_with_a_part_changed_gives_rows_or_a_refusal(
    name: str, sample: bytes, part: str, data: st.DataObject
) -> None:
    def change(xml: bytes) -> bytes:
        start = data.draw(st.integers(0, len(xml)))
        end = data.draw(st.integers(start, min(len(xml), start + 40)))
        return xml[:start] + data.draw(st.binary(max_size=4) | st.sampled_from(PIECES)) + xml[end:]

    _read_or_refuse(name, repacked(sample, {part: change}))


_WORDS = st.sampled_from(
    ["", "0", "1", "m01", "m02", "chair", "clerk", "oui", "x@example.org", "amendment", "7.5", "é", "2"]
)


@given(cells=st.lists(st.lists(_WORDS, min_size=11, max_size=11), max_size=5))
def test_any_table_reads_the_same_from_both_formats(cells: list[list[str]]) -> None:
    for columns, read in ((MEMBER_COLUMNS, parse_members), (AGENDA_COLUMNS, parse_agenda)):
        csv = "".join(f"{';'.join(row)}\n" for row in (columns, *cells)).encode()
        assert _outcome(read, csv) == _outcome(read, workbook([columns, *cells]))


def _outcome(read: Callable[[bytes], object], content: bytes) -> object:
    try:
        return read(content)
    except FileRefused as refusal:
        return refusal.problems


@given(text=st.text(max_size=50))
def test_a_tidy_text_stays_as_it_is_and_hides_nothing_it_did_not_show(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert forbidden(text.replace("\n", "").replace("\r", "").replace("\t", "")) is None or forbidden(tidy(text))
