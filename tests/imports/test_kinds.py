"""Which of our files somebody sent is told from what is in it."""

import pytest

from bot import samples
from voting.imports import FileKind, FileRefused, kind_of


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (samples.MEMBERS.read_bytes(), FileKind.MEMBERS),
        (samples.MEMBERS_CAO.read_bytes(), FileKind.MEMBERS),
        (samples.AGENDA.read_bytes(), FileKind.AGENDA),
        (samples.STANDING_ORDERS.read_bytes(), FileKind.ORDERS),
        (b"last_name;votes\nDurand;1\n", FileKind.MEMBERS),
        (b"number;title\n1;Budget\n", FileKind.AGENDA),
        (b"", None),
        (b"a;b;c\n1;2;3\n", None),
        (b"Bonjour, voici la liste.", None),
        (b"# rien\n", None),
    ],
)
def test_a_file_is_known_by_its_columns(content: bytes, kind: FileKind | None) -> None:
    assert kind_of(content) is kind


@pytest.mark.parametrize(
    "content",
    [
        b"\xd0\xcf\x11\xe0" + b"\0" * 600,
        "number;title\n1;é\n".encode("cp1252"),
        "number".encode("utf-16"),
        b"x" * 5_000_001,
    ],
    ids=["old Excel", "Windows' encoding", "UTF-16", "too big"],
)
def test_what_no_table_can_be_read_from_says_why(content: bytes) -> None:
    with pytest.raises(FileRefused):
        kind_of(content)
