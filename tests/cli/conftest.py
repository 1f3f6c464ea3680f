"""The command line run in this process, on an installation of its own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli import app
from bot.cli.say import stop_on_errors

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """``run("sittings", "list")`` → exit code, what was printed, what was said on stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HEMICYCLE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("HEMICYCLE_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'data' / 'h.sqlite3'}")
    monkeypatch.setenv("HEMICYCLE_LANGUAGE", "fr")

    def call(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["hemicycle", *words])
        code = stop_on_errors(app)
        said = capsys.readouterr()
        return code, said.out, said.err.replace("\u00a0", " ").replace("\u202f", " ")

    return call
