"""``hemicycle export``: files where they are asked for, and what is missing said by its name."""

import asyncio
from pathlib import Path

import pytest

from bot.installation import open_sql_core
from bot.rim import journal_key
from tests.cli.conftest import Run
from tests.kit import sittings as kit
from voting.domain import commands as c
from voting.domain.tally import Choice
from voting.service.exports import FORMATS


@pytest.fixture
def held(tmp_path: Path) -> str:
    """A sitting that adopted its first report; its matter code is missing."""

    async def hold() -> None:
        key = journal_key(tmp_path / "data", "test")
        core = await open_sql_core(f"sqlite+aiosqlite:///{tmp_path / 'data' / 'h.sqlite3'}", key)
        convocation = kit.standing_committee()
        steps = (*kit.polled(convocation, kit.first(20)), *kit.votes(Choice.FOR, range(1, 15)), *kit.settled())
        for step in (*steps, c.CloseSitting(by=kit.CLERK)):
            await core.writer.submit(kit.SITTING, step)
        await core.close()

    asyncio.run(hold())
    return str(kit.SITTING)


@pytest.mark.parametrize("format_", [f for f in FORMATS if f not in ("scdl", "ctes")])
def test_every_format_is_written_under_its_own_names(run: Run, held: str, tmp_path: Path, format_: str) -> None:
    code, _, err = run("export", held, "--format", format_, "--out", str(tmp_path / "out"))
    assert code == 0
    written = [tmp_path / "out"] if (tmp_path / "out").is_file() else list((tmp_path / "out").iterdir())
    assert written and all(path.stat().st_size for path in written)
    assert all(str(path) in err for path in written)


def test_one_file_lands_in_the_folder_at_hand(run: Run, held: str, tmp_path: Path) -> None:
    assert run("export", held, "--format", "list")[0] == 0
    assert (tmp_path / f"liste-deliberations-{held}.pdf").read_bytes().startswith(b"%PDF-")


def test_what_scdl_misses_is_named_and_nothing_is_written(
    run: Run, held: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = set(tmp_path.iterdir())
    code, _, err = run("export", held, "--format", "scdl")
    assert (code, "SIRET" in err) == (1, True)
    monkeypatch.setenv("HEMICYCLE_BODY_SIRET", "20005376700014")
    code, _, err = run("export", held, "--format", "scdl")
    assert (code, "code matière" in err) == (1, True)
    assert set(tmp_path.iterdir()) == before


def test_what_the_transmission_misses_is_named_one_after_the_other(
    run: Run, held: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = set(tmp_path.iterdir())
    for name, value, missing in (
        ("SIRET", "20005376700014", "HEMICYCLE_BODY_SIRET"),
        ("DEPARTMENT", "45", "HEMICYCLE_BODY_DEPARTMENT"),
        ("NAME", "Région Exemple", "code matière"),
    ):
        code, _, err = run("export", held, "--format", "ctes")
        assert (code, missing in err) == (1, True), err
        monkeypatch.setenv(f"HEMICYCLE_BODY_{name}", value)
    assert set(tmp_path.iterdir()) == before


def test_a_place_that_cannot_be_written_to(run: Run, held: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    code, _, err = run("export", held, "--format", "csv", "--out", str(tmp_path / "file"))
    assert (code, "Impossible d’écrire" in err) == (2, True)


def test_no_extract_without_a_resolution(run: Run, tmp_path: Path) -> None:
    async def convene() -> None:
        key = journal_key(tmp_path / "data", "test")
        core = await open_sql_core(f"sqlite+aiosqlite:///{tmp_path / 'data' / 'h.sqlite3'}", key)
        await core.writer.submit(kit.SITTING, kit.standing_committee())
        await core.close()

    asyncio.run(convene())
    code, _, err = run("export", str(kit.SITTING), "--format", "extracts")
    assert (code, "rien à exporter" in err) == (1, True)
