"""``sittings connections``: Teams' attendance report beside the roll call, from the command line."""

import asyncio
import json
from datetime import timedelta
from pathlib import Path

import pytest

from bot.installation import open_sql_core
from bot.rim import journal_key
from tests.cli.conftest import Run
from tests.kit import sittings as kit
from tests.kit.reports import written
from voting.domain import commands as c

DAY = f"{kit.START:%Y-%m-%d}"


@pytest.fixture
def held(tmp_path: Path) -> None:
    """A sitting of three, of whom two came, that lasted an hour or so."""

    async def hold() -> None:
        key = journal_key(tmp_path / "data", "test")
        clock = kit.Clock(step=timedelta(minutes=10))
        core = await open_sql_core(f"sqlite+aiosqlite:///{tmp_path / 'data' / 'h.sqlite3'}", key, clock)
        steps = kit.opened(kit.standing_committee(voters=3), kit.first(2))
        for step in (*steps, c.CloseSitting(by=kit.CHAIR)):
            await core.writer.submit(kit.SITTING, step)
        await core.close()

    asyncio.run(hold())


@pytest.mark.usefixtures("held")
def test_the_report_is_compared_and_nothing_is_changed(run: Run, tmp_path: Path) -> None:
    report = tmp_path / "présence.csv"
    report.write_bytes(written([("?", "", f"{DAY}T09:00:00", f"{DAY}T09:01:00")]))
    before = run("export", kit.SITTING)
    code, said, _ = run("sittings", "connections", kit.SITTING, str(report))
    said = said.replace("\u00a0", " ")
    assert code == 1
    assert said.count("à distance d’après l’appel, sans connexion de ") == 2
    assert "Connexions que la liste ne reconnaît pas : ?" in said
    code, whole, _ = run("sittings", "connections", kit.SITTING, str(report), "--json")
    found = json.loads(whole)
    assert code == 1
    assert [one["person"] for one in found["differences"]] == ["m001", "m002"]
    assert run("export", kit.SITTING) == before


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize(
    ("words", "code", "problem"),
    [
        (("nothing", "{report}"), 1, "nothing"),
        (("{sitting}", "/no/such/file.csv"), 2, "n’existe pas"),
        (("{sitting}", "{other}"), 2, "n’est pas un rapport de présence"),
    ],
)
def test_bad_input_is_one_sentence(run: Run, tmp_path: Path, words: tuple[str, str], code: int, problem: str) -> None:
    report, other = tmp_path / "r.csv", tmp_path / "o.csv"
    report.write_bytes(written([("A", "", f"{DAY}T08:00:00", f"{DAY}T09:00:00")]))
    other.write_bytes(b"number;title\n1;Budget\n")
    named = {"sitting": kit.SITTING, "report": str(report), "other": str(other)}
    found, _, said = run("sittings", "connections", *(word.format(**named) for word in words))
    assert (found, problem in said) == (code, True), said
