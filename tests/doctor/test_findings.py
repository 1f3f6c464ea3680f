"""Every finding is said in both languages, and carries what its sentence asks for."""

import ast
from pathlib import Path

import pytest

import bot.doctor
from bot.doctor import Code, Finding, State, sentence
from bot.doctor.findings import ok, problem, warning
from bot.texts import catalogue

SOURCES = sorted(Path(bot.doctor.__file__).parent.glob("*.py"))
MADE_BY = {"ok", "warning", "problem"}


def calls() -> list[tuple[str, frozenset[str]]]:
    """Each code as a finding is made of it, with the names of its fields."""
    found = []
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id=name), args=[ast.Attribute(attr=code)]) if name in MADE_BY:
                    found.append((code, frozenset(keyword.arg or "" for keyword in node.keywords)))
    return found


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("code", list(Code))
def test_every_code_has_a_sentence(code: Code, language: str) -> None:
    assert code.value in catalogue(language)


@pytest.mark.parametrize(("code", "fields"), calls())
def test_every_finding_fills_its_sentence(code: str, fields: frozenset[str]) -> None:
    finding = ok(Code[code], **dict.fromkeys(fields, "x"))
    for language in ("fr", "en"):
        assert sentence(finding, catalogue(language)).startswith("[")


def test_the_state_is_said_first() -> None:
    texts = catalogue("en")
    states = [make(Code.PYTHON, version="3.13.0") for make in (ok, warning, problem)]
    assert [finding.state for finding in states] == [State.OK, State.WARNING, State.PROBLEM]
    said = [sentence(finding, texts) for finding in states]
    assert said == ["[ok] Python 3.13.0.", "[note] Python 3.13.0.", "[mend] Python 3.13.0."]


def test_findings_compare_by_what_they_say() -> None:
    assert ok(Code.APP_ID) == Finding(code=Code.APP_ID, state=State.OK, fields={})
