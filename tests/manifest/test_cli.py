"""`hemicycle manifest build|check` as an administrator runs it: exit codes, one clear line, nothing half written."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli import app
from bot.cli.say import stop_on_errors
from tests.manifest.kit import SETTINGS, pack, unpack

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """``run("build")`` → exit code, what was printed, what was said on stderr; all settings are there."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HEMICYCLE_LANGUAGE", "fr")
    for name, value in SETTINGS.items():
        monkeypatch.setenv(f"HEMICYCLE_{name.upper()}", str(value))

    def call(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["hemicycle", "manifest", *words])
        code = stop_on_errors(app)
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def test_built_then_checked(run: Run, tmp_path: Path) -> None:
    assert run("build")[0] == 0
    code, said, _ = run("check", "hemicycle-teams.zip")
    assert code == 0
    assert "Hémicycle 0." in said
    assert [path.name for path in tmp_path.iterdir()] == ["hemicycle-teams.zip"]


def test_options_of_build(run: Run, tmp_path: Path) -> None:
    assert run("build", "--out", "teams.zip", "--version", "1.2.3", "--no-meeting-events")[0] == 0
    manifest = json.loads(unpack((tmp_path / "teams.zip").read_bytes())["manifest.json"])
    assert manifest["version"] == "1.2.3"
    assert "authorization" not in manifest


def test_missing_and_bad_settings_in_one_line(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HEMICYCLE_PRIVACY_URL")
    monkeypatch.setenv("HEMICYCLE_TERMS_URL", "")
    monkeypatch.setenv("HEMICYCLE_APP_ID", "hemicycle")
    code, said, complaint = run("build")
    assert (code, said) == (2, "")
    assert complaint.count("\n") == 1
    assert all(f"HEMICYCLE_{name}" in complaint for name in ("PRIVACY_URL", "TERMS_URL", "APP_ID"))
    assert "WEBSITE" not in complaint
    assert list(tmp_path.iterdir()) == []


def test_a_place_where_nothing_can_be_written(run: Run) -> None:
    code, _, complaint = run("build", "--out", "nowhere/teams.zip")
    assert code == 2
    assert "nowhere/teams.zip" in complaint


def test_a_package_with_flaws(run: Run, tmp_path: Path) -> None:
    run("build")
    files = unpack((tmp_path / "hemicycle-teams.zip").read_bytes())
    del files["color.png"], files["en.json"]
    (tmp_path / "edited.zip").write_bytes(pack(files))
    code, said, complaint = run("check", "edited.zip")
    assert (code, said) == (1, "")
    assert [line.split()[0] for line in complaint.splitlines()] == ["color.png", "en.json"]


def test_the_answer_for_scripts(run: Run, tmp_path: Path) -> None:
    run("build")
    assert json.loads(run("check", "hemicycle-teams.zip", "--json")[1]) == {"ok": True, "flaws": []}
    files = unpack((tmp_path / "hemicycle-teams.zip").read_bytes())
    (tmp_path / "edited.zip").write_bytes(pack({**files, "manifest.json": b"{"}))
    code, said, complaint = run("check", "edited.zip", "--json")
    assert (code, complaint) == (1, "")
    assert json.loads(said) == {
        "ok": False,
        "flaws": [{"code": "manifest.flaw.not_json", "fields": {"file": "manifest.json"}}],
    }


@pytest.mark.parametrize("name", ["absent.zip", "notes.txt", "."])
def test_a_file_that_cannot_be_used(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "notes.txt").write_text("a note", "utf-8")
    code, said, complaint = run("check", name)
    assert (code, said) == (2, "")
    assert complaint.count("\n") == 1
