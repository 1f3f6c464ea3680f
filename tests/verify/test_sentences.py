"""Every code that a check can give has its sentence, in both languages."""

import ast
from pathlib import Path

import pytest

from voting import verify
from voting.verify import NAMES
from voting.wording import catalogue

FOLDER = Path(verify.__file__).parent
SHARED = {"recount", "mandates", "quorum"}


def _codes(name: str) -> set[str]:
    """The literal codes in the module of that check; those made of a figure's name end with a dot."""
    found = {"malformed", "no_journal"} if name in SHARED else set()
    for node in ast.walk(ast.parse((FOLDER / f"{name}.py").read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if node.func.id not in ("Finding", "answer"):
            continue
        code = node.args[1 if node.func.id == "answer" else 0]
        found |= {
            part.value for part in ast.walk(code) if isinstance(part, ast.Constant) and isinstance(part.value, str)
        }
    return found


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_every_code_has_its_sentence(name: str, language: str) -> None:
    known = catalogue(language).codes
    codes = _codes(name)
    assert codes
    for code in codes:
        full = f"verify.{name}.{code}"
        assert full in known or any(k.startswith(full) for k in known if full.endswith(".")), full


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_question_has_a_name(language: str) -> None:
    assert {f"verify.name.{name}" for name in NAMES} <= catalogue(language).codes
