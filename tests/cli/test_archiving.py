"""``export --all`` and ``import``: out of one installation, into an empty one; whatever is at fault is said."""

import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_life import STEPS, S, play
from tests.kit import sittings as kit


@pytest.fixture
def held(run: Run, tmp_path: Path) -> Path:
    play(tmp_path, kit.SITTING, *STEPS)
    return tmp_path


def test_the_whole_record_goes_to_the_archive_and_comes_back(
    run: Run, held: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, _ = run("export", "--all")
    assert (code, "1 séance(s) dans archive.zip" in out) == (0, True)
    code, _, err = run("export", "--all")
    assert (code, "existe déjà" in err) == (1, True)
    monkeypatch.setenv("HEMICYCLE_LANGUAGE", "en")
    assert run("export", "--all", "--out", "en.zip")[0] == 0
    assert (held / "en.zip").read_bytes() == (held / "archive.zip").read_bytes(), "no language changes a byte"
    with zipfile.ZipFile(held / "archive.zip") as archive:
        page, names = archive.read("LISEZMOI.txt").decode(), archive.namelist()
    for name in names:
        assert name.replace(S, "<séance>") in page or name == "LISEZMOI.txt", "the page explains every file"
    monkeypatch.setenv("HEMICYCLE_LANGUAGE", "fr")
    code, draft, _ = run("export", S, "--format", "json")
    vkey = str(held / "data" / "journal.vkey")
    monkeypatch.setenv("HEMICYCLE_DATA_DIR", str(held / "other"))
    monkeypatch.setenv("HEMICYCLE_DATABASE_URL", f"sqlite+aiosqlite:///{held / 'other' / 'h.sqlite3'}")
    code, out, err = run("import", "archive.zip", "--vkey", vkey)
    assert (code, err) == (0, "")
    assert "1 séance(s) reprise(s), 0 déjà là" in out
    assert run("export", S, "--format", "json")[1] == draft
    code, out, err = run("import", "archive.zip")
    assert (code, "1 déjà là" in out, "--vkey" in err) == (0, True, True)
    assert run("export", "--all", "--out", "back.zip")[0] == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("import", "none.zip"), 2, "ne peut pas être lu"),
        (("import", "text.zip"), 1, "n’est pas une archive"),
        (("export",), 2, "SITTING | --all"),
        (("export", S, "--all"), 2, "SITTING | --all"),
        (("export", "--all", "--out", "nowhere/a.zip"), 2, "Impossible d’écrire"),
    ],
)
def test_a_wrong_call_writes_nothing(run: Run, held: Path, words: tuple[str, ...], code: int, said: str) -> None:
    (held / "text.zip").write_text("rien")
    before = set(held.iterdir())
    got, _, err = run(*words)
    assert (got, said in err) == (code, True), err
    assert set(held.iterdir()) == before
