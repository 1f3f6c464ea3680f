"""The page on the files of a sitting tells every column, and its models are files that are accepted."""

import re
from pathlib import Path

from voting.imports import agenda, kind_of, members, parse_agenda, parse_members
from voting.imports.kinds import FileKind

PAGE = (Path(__file__).parents[2] / "guides/files.md").read_text(encoding="utf-8")


def columns(heading: str) -> list[str]:
    """The names in the first column of the table below that heading, in their order."""
    section = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    return [name for row in rows for name in re.findall(r"`(\w+)`", row)]


def test_the_page_tells_every_column() -> None:
    assert columns("La liste des membres") == list(members.COLUMNS)
    assert columns("L’ordre du jour") == list(agenda.COLUMNS)


def test_the_models_are_accepted() -> None:
    roll, items = (block.encode() for block in re.findall(r"```csv\n(.*?)```", PAGE, re.DOTALL))
    assert (kind_of(roll), kind_of(items)) == (FileKind.MEMBERS, FileKind.AGENDA)
    people = parse_members(roll)
    assert sum(member.votes for member in people) == 3
    assert len(parse_agenda(items, members=people)) == 4
