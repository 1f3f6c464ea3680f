"""XLSX: the same as CSV, cells as the person sees them, and workbooks that lie."""

import datetime as dt
import io
import warnings
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from tests.imports.kit import package, places, problems, repacked, workbook
from voting.imports import parse_agenda, parse_members
from voting.imports.archive import MAX_ELEMENTS
from voting.imports.source import MAX_ROWS
from voting.imports.workbook import MAX_UNPACKED_BYTES

SHEET = "xl/worksheets/sheet1.xml"
INLINE_ONE = b't="inlineStr"><is><t>1</t></is>'


def _agenda(*rows: tuple[object, ...], header: tuple[str, ...] = ("number", "title", "matter_code")) -> bytes:
    return workbook([header, *rows])


def _rewritten(change: Callable[[bytes], bytes], part: str = SHEET) -> bytes:
    return repacked(_agenda(("1", "Routes", "7.5")), {part: change})


def test_the_same_table_gives_the_same_rows_in_both_formats() -> None:
    rows = [
        ("ID", "Civility", "First name", "Last name", "Role", "Votes", "Substitute for", "notes"),
        ("m01", "Mme", "Maïwenn", "Tréguilly", "chair", "1", "", "x"),
        ("m02", "M.", "Côme", "d'Arbeltier", "member", "0", "m01", "\u202e"),
    ]
    csv = "".join(f"{';'.join(row)}\n" for row in rows).encode()
    assert parse_members(workbook(rows)) == parse_members(csv)


def test_the_same_mistakes_give_the_same_problems_in_both_formats() -> None:
    rows = [
        ("id", "role", "votes", "substitute_for"),
        ("m01", "chef", "oui", ""),
        ("", "", "", ""),
        ("", "", "1", "m09"),
        ("m01", "chair", "1", ""),
    ]
    csv = "".join(f"{';'.join(row)}\n" for row in rows).encode()
    expected = problems(lambda: parse_members(csv))
    assert [problem.line for problem in expected] == [2, 2, 4, 4, 5]
    assert problems(lambda: parse_members(workbook(rows))) == expected


def test_numbers_are_read_as_they_are_shown() -> None:
    content = _agenda((1, "Routes", 7.5), (2.0, 2025, 7.1), ("1.10", True, None))
    assert [(item.number, item.title, item.matter_code) for item in parse_agenda(content)] == [
        ("1", "Routes", "7.5"),
        ("2", "2025", "7.1"),
        ("1.10", "1", ""),
    ]


def test_a_number_keeps_the_decimals_that_its_cell_shows() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (("number", "title", "matter_code"), (1, "Emprunt", 7.1), (1e-7, "Routes", 7.1)):
        sheet.append(row)
    sheet["C2"].number_format = "0.00"
    buffer = io.BytesIO()
    book.save(buffer)
    first, second = parse_agenda(buffer.getvalue())
    assert (first.matter_code, second.matter_code, second.number) == ("7.10", "7.1", "0.0000001")


def test_a_formula_is_read_by_its_stored_result() -> None:
    def computed(xml: bytes) -> bytes:
        return xml.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>").replace(
            b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>"
        )

    content = repacked(_agenda(("=1+1", "Routes")), {SHEET: computed})
    assert [item.number for item in parse_agenda(content)] == ["2"]


def test_a_formula_without_a_result_is_refused_and_ignored_where_we_do_not_look() -> None:
    header = ("number", "title", "matter_code", "notes")
    content = _agenda(("1", '=CONCATENATE("a";"b")', "7.5", "=1+1"), header=header)
    assert places(lambda: parse_agenda(content)) == [("formula", 2, "title")]


def test_a_date_or_an_error_is_refused() -> None:
    content = _agenda((dt.date(2025, 10, 7), "Routes"), (dt.time(10, 3), "Ponts"), ("3", "#N/A", dt.timedelta(hours=7)))
    assert places(lambda: parse_agenda(content)) == [
        ("date", 2, "number"),
        ("date", 3, "number"),
        ("error_value", 4, "title"),
        ("date", 4, "matter_code"),
    ]


def test_lines_left_out_by_the_file_are_counted() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A3"], sheet["B3"], sheet["A9"] = "number", "title", "1"
    buffer = io.BytesIO()
    book.save(buffer)
    assert places(lambda: parse_agenda(buffer.getvalue())) == [("required", 9, "title")]


def test_the_size_stated_by_the_sheet_is_not_believed() -> None:
    content = _rewritten(lambda xml: xml.replace(b'<dimension ref="A1:C2"', b'<dimension ref="A1:A1"'))
    assert [item.title for item in parse_agenda(content)] == ["Routes"]


def test_strings_kept_apart_as_excel_does_are_read() -> None:
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    override = (
        b'<Override PartName="/xl/sharedStrings.xml" '
        b'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
    )
    content = repacked(
        _agenda(("1", "Routes")),
        {
            SHEET: lambda xml: xml.replace(INLINE_ONE, b't="s"><v>0</v>'),
            "[Content_Types].xml": lambda xml: xml.replace(b"</Types>", override),
        },
    )
    strings = f"<sst {main}><si><r><t>1</t></r><r><t>2 </t></r></si></sst>"
    content = repacked(content, {}, {"xl/sharedStrings.xml": strings})
    assert [item.number for item in parse_agenda(content)] == ["12"]


def test_only_the_first_sheet_is_read() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(("number", "title"))
    book.worksheets[0].append(("1", "Routes"))
    book.create_sheet("Brouillon").append(("x",))
    buffer = io.BytesIO()
    book.save(buffer)
    assert len(parse_agenda(buffer.getvalue())) == 1


def test_an_empty_sheet_is_an_empty_file() -> None:
    assert places(lambda: parse_agenda(workbook([]))) == [("file_empty", 0, "")]


def test_what_openpyxl_would_warn_of_is_nobodys_concern() -> None:
    extension = b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"/></extLst></worksheet>'
    content = _rewritten(lambda xml: xml.replace(b"</worksheet>", extension))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(parse_agenda(content)) == 1


def test_rows_beyond_the_bound_are_refused() -> None:
    content = _agenda(*((n, "Routes") for n in range(MAX_ROWS + 1)))
    assert places(lambda: parse_agenda(content)) == [("too_many_rows", MAX_ROWS + 2, "")]


@pytest.mark.parametrize("row", [1_048_576, 999_999_999_999])
def test_a_cell_at_the_bottom_of_the_sheet_costs_little(row: int) -> None:
    far = f'<row r="{row}"><c r="XFD{row}" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'.encode()
    content = _rewritten(lambda xml: xml.replace(b"</sheetData>", far))
    assert [item.title for item in parse_agenda(content)] == ["Routes"]


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04",
        b"PK\x03\x04" + bytes(300),
        package({"hello.txt": "hello"}),
        package({"word/document.xml": "<a/>"}),
        _rewritten(lambda xml: xml[:-40]),
        _rewritten(lambda xml: xml.replace(b'r="A2"', b'r="A2A"')),
        _rewritten(lambda xml: xml.replace(INLINE_ONE, b't="n"><v>x</v>')),
        _rewritten(lambda xml: xml.replace(INLINE_ONE, b't="s"><v>99</v>')),
        _rewritten(lambda xml: b"", "xl/workbook.xml"),
        _rewritten(lambda xml: xml.replace(b"sheet1.xml", b"sheet7.xml"), "xl/_rels/workbook.xml.rels"),
    ],
    ids=["start", "zeros", "no parts", "docx", "cut", "bad cell", "bad number", "no string", "no book", "no sheet"],
)
def test_a_workbook_that_cannot_be_read_is_refused(content: bytes) -> None:
    assert places(lambda: parse_agenda(content)) == [("bad_workbook", 0, "")]


def test_a_workbook_that_swells_is_refused_before_a_tree_is_made_of_it() -> None:
    content = _rewritten(lambda xml: xml + b" " * MAX_UNPACKED_BYTES)
    assert len(content) < 100_000
    assert places(lambda: parse_agenda(content)) == [("workbook_too_big", 0, "")]
    intricate = _rewritten(lambda xml: xml.replace(b"</sheetData>", b"<c/>" * MAX_ELEMENTS + b"</sheetData>"))
    assert places(lambda: parse_agenda(intricate)) == [("workbook_too_big", 0, "")]
    many = package({f"{n}.xml": "" for n in range(2001)})
    assert places(lambda: parse_agenda(many)) == [("workbook_too_big", 0, "")]


def test_a_part_that_is_longer_than_it_says_is_refused() -> None:
    content = bytearray(_agenda(("1", "Routes")))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo(SHEET).file_size
    for start in (at for at in range(len(content) - 4) if content[at : at + 4] == size.to_bytes(4, "little")):
        content[start : start + 4] = (10).to_bytes(4, "little")
    assert places(lambda: parse_agenda(bytes(content))) == [("bad_workbook", 0, "")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_so_that_no_entity_is_ever_read(encoding: str) -> None:
    def bomb(xml: bytes) -> bytes:
        entities = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
        body = xml.decode().partition("?>")[2] if xml.startswith(b"<?xml") else xml.decode()
        return f'<?xml version="1.0" encoding="{encoding}"?>{entities}{body}'.encode(encoding)

    assert places(lambda: parse_agenda(_rewritten(bomb))) == [("bad_workbook", 0, "")]
