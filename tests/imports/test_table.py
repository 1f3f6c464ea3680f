"""Headers, separators, encodings and sizes, the same for both files."""

from pathlib import Path

import pytest

from tests.imports.kit import CHAIR, agenda, members, places, problems
from voting.imports import parse_agenda, parse_members, read_members
from voting.imports.source import MAX_FILE_BYTES, MAX_ROWS

SMALL = "id;last_name;role;votes\nm01;Tréguilly;chair;1\n"


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "BOM"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("separator", [";", ","])
def test_separators_line_ends_and_the_utf8_mark_do_not_matter(mark: bytes, end: str, separator: str) -> None:
    content = mark + SMALL.replace(";", separator).replace("\n", end).encode()
    (member,) = parse_members(content)
    assert (member.id, member.last_name, member.votes) == ("m01", "Tréguilly", True)


def test_a_separator_within_quotation_marks_is_text() -> None:
    (item,) = parse_agenda('number,title\n1,"Routes; ponts, et ""gués"""\n'.encode())
    assert item.title == 'Routes; ponts, et "gués"'


def test_the_separator_is_the_one_that_makes_the_columns_known() -> None:
    (item,) = parse_agenda(b"number,title,notes;a;b;c;d\n1,Routes,\n")
    assert item.title == "Routes"


def test_a_line_end_within_a_cell_becomes_a_space_and_lines_are_counted_as_an_editor_does() -> None:
    content = b'number;title\n\n1;"Routes\net ponts"\n2;\n'
    assert places(lambda: parse_agenda(content)) == [("required", 5, "title")]
    (item,) = parse_agenda(b'number;title\n1;"Routes\r\net ponts"\n')
    assert item.title == "Routes et ponts"


@pytest.mark.parametrize("header", ["ID;Last Name;ROLE;Votes", " id ; last-name;Rôle;votes", "Id;lastName;role;VOTES"])
def test_headers_may_differ_in_case_accents_and_spaces(header: str) -> None:
    (member,) = parse_members(f"{header}\nm01;Tréguilly;chair;1\n".encode())
    assert (member.id, member.last_name) == ("m01", "Tréguilly")


def test_other_columns_are_ignored_whatever_they_hold() -> None:
    (member,) = parse_members("notes;id;role;votes;votes utiles\n\u202e\u0007;m01;chair;1;beaucoup\n".encode())
    assert member.id == "m01"


def test_short_lines_and_empty_cells_at_the_end_are_fine() -> None:
    assert len(parse_members(b"id;role;votes;group;office\nm01;chair;1\nm02;;;;;;;\n")) == 2


def test_a_text_that_holds_the_separator_unquoted_is_noticed() -> None:
    (problem,) = problems(lambda: parse_agenda(b"number;title\n1;Routes; ponts\n"))
    assert (problem.code, problem.line, problem.fields) == ("import.too_many_cells", 2, {"expected": 2, "found": 3})


def test_a_column_given_twice_is_refused() -> None:
    assert places(lambda: parse_agenda(b"number;title;Title\n1;a;b\n")) == [("duplicate_column", 1, "title")]


def test_a_missing_column_is_named_along_with_the_bad_lines() -> None:
    content = b"number;kind\n1;speech\n"
    assert places(lambda: parse_agenda(content)) == [("missing_column", 0, "title"), ("unknown_choice", 2, "kind")]


def test_a_file_without_a_known_header_says_what_it_should_be() -> None:
    (problem,) = problems(lambda: parse_members(b"\nBonjour;tout le monde\n"))
    assert (problem.code, problem.line) == ("import.no_header", 2)
    assert str(problem.fields["expected"]).startswith("id, civility, first_name, last_name, email")


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n\r\n", b" ; ; \n"])
def test_an_empty_file_is_refused(content: bytes) -> None:
    assert places(lambda: parse_members(content)) == [("file_empty", 0, "")]


def test_a_header_alone_is_refused() -> None:
    assert places(lambda: parse_members(members())) == [("no_rows", 0, "")]
    assert places(lambda: parse_agenda(agenda())) == [("no_rows", 0, "")]


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_another_encoding_is_refused_at_its_first_line_with_the_words_there(encoding: str, end: str) -> None:
    content = f"id;last_name{end}m01;Dupont{end}m02;Tréguilly{end}m03;Éon{end}".encode(encoding)
    (problem,) = problems(lambda: parse_members(content))
    assert (problem.code, problem.line, problem.value) == ("import.not_utf8", 3, "m02;Tréguilly")


def test_another_encoding_behind_a_utf8_mark_is_found_at_its_place() -> None:
    content = b"\xef\xbb\xbfid;last_name\nm01;Dupont\nm02;Tr\xe9guilly\n"
    (problem,) = problems(lambda: parse_members(content))
    assert (problem.line, problem.value) == (3, "m02;Tréguilly")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_is_named(encoding: str) -> None:
    assert places(lambda: parse_members(SMALL.encode(encoding))) == [("utf16", 1, "")]


def test_an_unclosed_quotation_mark_is_found_where_it_opens() -> None:
    content = b'number;title\n1;Routes\n2;"Ponts\n3;Lacs\n4;Bois\n'
    assert places(lambda: parse_agenda(content)) == [("bad_line", 3, "")]


def test_what_comes_before_an_unreadable_line_is_still_checked_but_nothing_is_said_to_be_missing() -> None:
    content = b'id;votes\nm01;oui\nm02;"x\n'
    assert places(lambda: parse_members(content)) == [("not_a_flag", 2, "votes"), ("bad_line", 3, "")]


def test_an_immense_cell_is_refused() -> None:
    assert places(lambda: parse_agenda(b"number;title\n1;" + b"a" * 200_000)) == [("bad_line", 2, "")]


def test_an_old_excel_file_is_named() -> None:
    assert places(lambda: parse_members(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))) == [("old_excel", 0, "")]


def test_there_may_be_so_many_rows_and_not_one_more() -> None:
    rows = [{"number": str(n), "title": "Routes"} for n in range(MAX_ROWS + 1)]
    assert len(parse_agenda(agenda(*rows[:MAX_ROWS]))) == MAX_ROWS
    (problem,) = problems(lambda: parse_agenda(agenda(*rows)))
    assert (problem.code, problem.line) == ("import.too_many_rows", MAX_ROWS + 2)


def test_a_huge_file_is_refused_before_it_is_looked_into(tmp_path: Path) -> None:
    path = tmp_path / "members.csv"
    with path.open("wb") as file:
        file.truncate(3_000_000_000)
    assert places(lambda: read_members(path)) == [("file_too_big", 0, "")]
    assert places(lambda: parse_members(bytes(MAX_FILE_BYTES + 1))) == [("file_too_big", 0, "")]


def test_a_path_that_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file.csv").write_text("x")
    assert places(lambda: read_members(tmp_path / "none.csv")) == [("file_missing", 0, "")]
    assert places(lambda: read_members(tmp_path / "file.csv" / "deeper.csv")) == [("file_missing", 0, "")]
    assert places(lambda: read_members(tmp_path / ("x" * 5000))) == [("file_missing", 0, "")]
    assert places(lambda: read_members(tmp_path)) == [("file_unreadable", 0, "")]
    assert places(lambda: read_members(Path("/dev/zero"))) == [("file_unreadable", 0, "")]
    assert places(lambda: read_members(tmp_path / "a\0b")) == [("file_unreadable", 0, "")]


def test_a_file_is_read_from_its_path(tmp_path: Path) -> None:
    path = tmp_path / "members.csv"
    path.write_bytes(members(CHAIR))
    assert [member.id for member in read_members(path)] == ["m01"]
