"""``hemicycle verify``: what it reads, what it answers, and its exit codes."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.kit.minutes import signed


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    document = signed()
    (tmp_path / "minutes.pdf").write_bytes(document.pdf)
    (tmp_path / "ca.pem").write_bytes(b"".join(document.trust))
    (tmp_path / "journal.vkey").write_text("\n".join(document.vkeys))
    return tmp_path


def test_signed_minutes_are_verified_and_made_again(run: Run, papers: Path) -> None:
    code, said, _ = run("verify", "minutes.pdf", "--trust", "ca.pem", "--vkey", "journal.vkey", "--rebuild")
    assert code == 0
    assert "Procès-verbal vérifié" in said
    assert said.count("oui  ") == 9


def test_the_trust_folder_serves_as_well(run: Run, papers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEMICYCLE_TRUST_DIR", str(papers))
    code, said, _ = run("verify", "minutes.pdf", "--json")
    answers = json.loads(said)
    assert code == 0
    assert answers["recount"]["ok"] is True
    assert answers["rebuild"]["ok"] is None


def test_the_trust_folder_may_be_named_in_the_settings_and_an_empty_name_is_none(run: Run, papers: Path) -> None:
    (papers / ".env").write_text(f"HEMICYCLE_TRUST_DIR={papers}\nHEMICYCLE_HELP_DAYS=wrong\n")
    assert run("verify", "minutes.pdf")[0] == 0, "whatever else is wrong in it"
    (papers / ".env").write_text("HEMICYCLE_TRUST_DIR=\n")
    assert run("verify", "minutes.pdf")[0] == 1, "not the folder at hand"


def test_intact_but_unanchored_is_not_verified(run: Run, papers: Path) -> None:
    code, said, _ = run("verify", "minutes.pdf")
    assert code == 1
    assert "NON" not in said


def test_a_changed_file_and_one_that_is_none(run: Run, papers: Path) -> None:
    pdf = bytearray((papers / "minutes.pdf").read_bytes())
    pdf[len(pdf) // 3] ^= 1
    (papers / "changed.pdf").write_bytes(pdf)
    (papers / "none.pdf").write_text("Bonjour")
    for name in ("changed.pdf", "none.pdf"):
        code, said, _ = run("verify", name, "--trust", "ca.pem", "--vkey", "journal.vkey")
        assert code == 1
        assert "NON" in said


def test_an_anchor_that_is_none_is_wrong_usage(run: Run, papers: Path) -> None:
    (papers / "bad.pem").write_text("rien")
    code, out, err = run("verify", "minutes.pdf", "--trust", "bad.pem")
    assert (code, out) == (2, "")
    assert err.strip()
