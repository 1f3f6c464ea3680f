"""Every problem has its sentence in both languages, with its place and nothing that could harm a screen."""

import ast
from pathlib import Path

import pytest

import voting.imports
import voting.wording
from tests.imports.kit import CHAIR, members, problems
from voting.imports import Code, Problem, parse_members, sentences
from voting.wording.catalogue import LANGUAGES, placeholders

SOURCES = sorted(Path(voting.imports.__file__).parent.glob("*.py"))
PLACES = {"import.at_cell", "import.at_line", "import.refused"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_has_a_sentence_for_each_code_and_no_other(language: str) -> None:
    ours = {code for code in voting.wording.catalogue(language).codes if code.startswith("import.")}
    assert ours == {code.value for code in Code} | PLACES


def test_every_code_is_used_somewhere() -> None:
    used = {
        node.attr
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Code"
    }
    assert used == set(Code.__members__)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", list(Code))
def test_no_sentence_asks_for_a_field_that_no_problem_has(language: str, code: Code) -> None:
    fields = {name: 7 for name in ("limit", "length", "expected", "found", "first", "place")}
    names = {
        name: name
        for name in ("allowed", "character", "chain", "role", "expected", "key", "nearest", "other", "article")
    }
    problem = Problem(code=code, line=12, column="votes", value="oui", fields={**fields, **names})
    (sentence,) = sentences([problem], voting.wording.catalogue(language))
    assert placeholders(sentence) == frozenset()
    assert "12" in sentence


def test_a_sentence_in_french() -> None:
    found = problems(lambda: parse_members(members(CHAIR, {"id": "m02", "votes": "oui"}, {"group": "x"})))
    assert sentences(found, voting.wording.catalogue("fr")) == (
        "Ligne 3, colonne «\u00a0votes\u00a0»\u00a0: «\u00a0oui\u00a0» n’est pas 0 ou 1.",
        "Ligne 4\u00a0: il faut un identifiant ou un nom.",
    )


def test_a_sentence_in_english() -> None:
    found = problems(lambda: parse_members(members({"id": "m02", "role": "clerk", "votes": "1"})))
    assert sentences(found, voting.wording.catalogue("en")) == (
        "Nobody has the role “chair” in the column “role”.",
        "Line 2, column “votes”: the role “clerk” has no vote; put 0.",
    )


def test_a_value_is_shown_short_and_printable() -> None:
    (problem,) = problems(lambda: parse_members(members({**CHAIR, "group": "\u202eab\x1b[31m" + "x" * 200})))
    assert problem.value.startswith("[U+202E]ab[U+001B][31mxxx")
    assert len(problem.value) == 60
    assert problem.value.endswith("…")
    assert problem.fields == {"character": "U+202E"}
