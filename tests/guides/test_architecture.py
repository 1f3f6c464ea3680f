"""The page on the architecture against the tree: every path and name exists, no package is left out, none looks up."""

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.guides.markdown import GUIDES, codes, sections

ROOT = GUIDES.parent
PAGE = (GUIDES / "architecture.md").read_text("utf-8")
TOPS = ("bot/", "voting/", "tests/", "guides/", "manifest/")
PLACES = sorted({code for code in codes(PAGE) if code.startswith(TOPS) and "<" not in code} | {"pyproject.toml"})


@cache
def names(path: Path) -> frozenset[str]:
    """What a module defines at its top and in its classes, dotted."""
    found: set[str] = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{inner}" for child in node.body for inner in _defined(child)}
        found |= _defined(node)
    return frozenset(found)


def _defined(node: ast.stmt) -> set[str]:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return {node.name}
        case ast.Assign():
            return {target.id for target in node.targets if isinstance(target, ast.Name)}
        case ast.AnnAssign(target=ast.Name(id=name)):
            return {name}
        case _:
            return set()


def test_places_are_found_on_the_page() -> None:
    assert len(PLACES) > 80
    assert any("::" in place for place in PLACES)


@pytest.mark.parametrize("place", PLACES)
def test_the_place_exists(place: str) -> None:
    path, _, name = place.partition("::")
    assert (ROOT / path).exists(), path
    if name:
        assert name in names(ROOT / path), name


@pytest.mark.parametrize("top", ["bot", "voting"])
def test_every_package_is_on_the_map(top: str) -> None:
    packages = {f"{top}/{child.name}" for child in (ROOT / top).iterdir() if any(child.glob("*.py"))}
    assert packages <= {place.rstrip("/") for place in PLACES}


def test_rows_of_the_map_of_the_bot_import_only_downwards() -> None:
    (table,) = [s.table for s in sections(PAGE) if s.title.endswith("`bot/`")]
    rank = {place.removesuffix(".py"): row for row, cells in enumerate(table) for place in codes(cells[0])}
    for place, row in rank.items():
        for path in sorted((ROOT / place).rglob("*.py")) or [ROOT / f"{place}.py"]:
            upwards = [other for other in _bot_imports(path) if rank.get(other, row) < row]
            assert not upwards, f"{path}: {upwards}"


def _bot_imports(path: Path) -> set[str]:
    """The parts of the bot that a module imports, as places of the map."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.ImportFrom(module="bot", names=aliases):
                found |= {f"bot/{alias.name}" for alias in aliases}
            case ast.ImportFrom(module=str(module)) if module.startswith("bot."):
                found.add("/".join(module.split(".")[:2]))
            case ast.Import(names=aliases):
                found |= {"/".join(a.name.split(".")[:2]) for a in aliases if a.name.startswith("bot.")}
    return found
