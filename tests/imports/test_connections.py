"""Teams' attendance report: its two forms, its languages, and everything that is not one."""

from datetime import UTC, date, datetime

import pytest

from tests.kit.reports import ENGLISH, FRENCH, PARIS, recorded, written
from voting.imports import FileKind, FileRefused, kind_of
from voting.imports.connections import Attendee, Stay, parse_connections

DAY = date(2026, 12, 3)
ANNA = ("Anna Morel", "a.morel@example.org", "2026-12-03T08:30:05", "2026-12-03T09:00:00")
ANNA_AGAIN = ("Anna Morel", "a.morel@example.org", "2026-12-03T09:10:00", "2026-12-03T12:10:59")
GUEST = ("Un téléphone", "", "2026-12-03T08:00:00", "2026-12-03T08:01:00")
ROWS = (ANNA, ANNA_AGAIN, GUEST)


def at(hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(2026, 12, 3, hour, minute, second, tzinfo=UTC)


READ = (
    Attendee(
        name="Anna Morel",
        addresses=frozenset({"a.morel@example.org"}),
        account=None,
        stays=(Stay(since=at(8, 30, 5), until=at(9, 0)), Stay(since=at(9, 10), until=at(12, 10, 59))),
    ),
    Attendee(name="Un téléphone", addresses=frozenset(), account=None, stays=(Stay(since=at(8, 0), until=at(8, 1)),)),
)


@pytest.mark.parametrize(
    "content",
    [
        written(ROWS, ENGLISH),
        written(ROWS, FRENCH),
        written(ROWS, FRENCH, encoding="utf-8-sig"),
        written(ROWS, FRENCH).decode("utf-16").replace("\t", ";").encode(),
        recorded(ROWS),
        b"[" + recorded(ROWS[:2]) + b"," + recorded(ROWS[2:]) + b"]",
    ],
    ids=["English", "French", "UTF-8", "semicolons", "Graph", "several reports"],
)
def test_a_report_is_read_in_all_its_forms(content: bytes) -> None:
    # The third of December, and not the twelfth of March: the sitting's day says how dates are to be read.
    assert parse_connections(content, DAY, PARIS) == READ
    assert kind_of(content) is FileKind.CONNECTIONS


def test_midnight_and_noon_are_as_in_america() -> None:
    late = [("A", "a@b.fr", "2026-12-03T11:00:00", "2026-12-03T23:30:00")]
    (one,) = parse_connections(written(late, ENGLISH), DAY, PARIS)
    assert one.stays == (Stay(since=at(11, 0), until=at(23, 30)),)


def test_without_its_third_table_the_second_is_read() -> None:
    text = written((ANNA,), FRENCH).decode("utf-16").partition("3. Activités")[0]
    (one,) = parse_connections(text.encode("utf-16"), DAY, PARIS)
    assert one.stays == READ[0].stays[:1]


def test_the_account_is_taken_where_graph_gives_it() -> None:
    (one,) = parse_connections(recorded((ANNA,), ["ABCD"]), DAY, PARIS)
    assert one.account == "abcd"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "import.not_connections"),
        (b"number;title\n1;Budget\n", "import.not_connections"),
        (b'{"value": []}', "import.not_connections"),
        (b'{"attendanceRecords": [{"emailAddress": "x"}]}', "import.not_connections"),
        (b'{"attendanceRecords": [{"attendanceIntervals": [{"joinDateTime": 1}]}]}', "import.not_connections"),
        (b'{"attendanceRecords": 3}', "import.not_connections"),
        (b'{"half', "import.not_connections"),
        (b"\xff\xfe\x00", "import.not_connections"),
        (b"2. Participants\nNom\nAnna;hier;demain\n", "import.not_connections"),
        (written(()), "import.not_connections"),
        (written(((*ANNA[:2], "2026-11-24T08:00:00", "2026-11-24T09:00:00"),)), "import.connections_other_day"),
        (recorded(((*ANNA[:2], "2026-11-24T08:00:00", "2026-11-24T09:00:00"),)), "import.connections_other_day"),
    ],
)
def test_what_is_not_a_report_of_that_day_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        parse_connections(content, DAY, PARIS)
    assert [problem.code for problem in refused.value.problems] == [code]


def test_a_line_that_cannot_be_read_is_named() -> None:
    text = written((ANNA, ANNA_AGAIN), FRENCH).decode("utf-16")
    first, _, last = text.rpartition("03/12/2026 13:10:59")
    with pytest.raises(FileRefused) as refused:
        parse_connections((first + last).encode(), DAY, PARIS)
    (problem,) = refused.value.problems
    assert (problem.code, problem.line) == ("import.connections_bad_line", 12)
