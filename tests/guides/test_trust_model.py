"""Every line of the trust model names a test that exists."""

import ast
import re

from tests.guides.markdown import GUIDES

ROOT = GUIDES.parent
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
PEOPLE = 8


def names_in(path: str) -> set[str]:
    """The names of the tests in that file."""
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_each_test_that_the_page_names_exists() -> None:
    named = NAMED.findall((GUIDES / "trust-model.md").read_text("utf-8"))
    assert len(named) >= 30
    missing = [f"{path}::{name}" for path, name in named if name not in names_in(path)]
    assert not missing


def test_each_line_of_a_table_names_its_test_and_each_person_what_nothing_shows() -> None:
    page = (GUIDES / "trust-model.md").read_text("utf-8")
    for row in [line for line in page.splitlines() if line.startswith("|")]:
        assert NAMED.search(row) or row.startswith(("|---", "| Ce qu")), row
    people = page.split("\n## ")[1:]
    assert len(people) == PEOPLE
    for person in people:
        assert "**Rien" in person, person.splitlines()[0]
