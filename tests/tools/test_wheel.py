"""The wheel carries everything that the code reads beside itself, and nothing of the tests."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DATA = {
    ".po",
    ".typ",
    ".ttf",
    ".otf",
    ".html",
    ".j2",
    ".css",
    ".js",
    ".svg",
    ".csv",
    ".typed",
    ".mako",
    ".json",
    ".icc",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of this tree."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT, check=True)
    return next(folder.glob("hemicycle-*.whl"))


@pytest.fixture(scope="module")
def wheel(built: Path) -> frozenset[str]:
    """The names of the files in it."""
    with zipfile.ZipFile(built) as archive:
        return frozenset(archive.namelist())


def test_the_wheel_has_code_and_data(wheel: frozenset[str]) -> None:
    ours = {
        path.relative_to(ROOT).as_posix()
        for package in ("bot", "voting")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and path.suffix in DATA | {".py"} and not {"node_modules", "__pycache__"} & set(path.parts)
    }
    assert ours - {"bot/web/package.json", "bot/web/package-lock.json"} <= wheel


def test_the_wheel_has_the_fetched_front_end(wheel: frozenset[str]) -> None:
    modules = ROOT / "bot" / "web" / "node_modules"
    for file in ("adaptivecards/dist/adaptivecards.min.js", "@microsoft/teams-js/dist/umd/MicrosoftTeams.min.js"):
        assert ((modules / file).relative_to(ROOT).as_posix() in wheel) == (modules / file).exists()


def test_the_wheel_has_the_licence_and_the_command_but_no_tests(wheel: frozenset[str]) -> None:
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in wheel)
    assert any(name.endswith(".dist-info/entry_points.txt") for name in wheel)
    assert not [name for name in wheel if name.startswith("tests/")]


def test_what_is_installed_starts_with_every_page_and_not_without_one(built: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(built) as archive:
        archive.extractall(tmp_path)
    program = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from bot import registry; registry.check()"

    def start() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-P", "-c", program],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": ""},
            capture_output=True,
            text=True,
            check=False,
        )

    assert start().returncode == 0
    page = tmp_path / "bot" / "handouts" / "pages" / "commands" / "floor.md"
    page.unlink()
    refused = start()
    assert refused.returncode == 1
    assert f"registry.guide: floor, {page}" in refused.stderr
