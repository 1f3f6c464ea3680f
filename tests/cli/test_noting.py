"""The substance of the debate from the command line: one note or a transcript, beside the service or alone."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.installation import Installation, open_sql_core
from bot.rim import journal_key
from bot.serving import open_installation_of
from bot.serving_teams import teams
from bot.settings import Settings
from tests.cli.conftest import Run
from tests.kit import sittings as kit
from voting.domain import commands as c
from voting.domain.statements import Statement

SPEAKERS = (kit.m(6), kit.m(7))
STEPS = (
    *kit.called(kit.standing_committee(), kit.first(20)),
    c.MakeStatement(by=kit.CLERK, statement=Statement.RECORDING_STARTED),
    *(step for who in SPEAKERS for step in (kit.ask(who), c.GiveFloor(by=kit.CHAIR), c.EndFloor(by=kit.CHAIR))),
    c.CloseSitting(by=kit.CLERK),
)
S = str(kit.SITTING)


@pytest.fixture
def held(run: Run, tmp_path: Path) -> str:
    """A closed sitting in which two people spoke; gives the last name of the first."""

    async def hold() -> str:
        key = journal_key(tmp_path / "data", "test")
        core = await open_sql_core(f"sqlite+aiosqlite:///{tmp_path / 'data' / 'h.sqlite3'}", key)
        for step in STEPS:
            await core.writer.submit(kit.SITTING, step)
        state = (await core.writer.snapshot(kit.SITTING)).sitting
        await core.close()
        return state.roll[SPEAKERS[0]].full_name

    return asyncio.run(hold())


def said(run: Run) -> list[str | None]:
    code, out, _ = run("minutes", "notes", S, "--json")
    assert code == 0
    return [row["said"] for row in json.loads(out)]


def test_a_note_is_written_changed_and_taken_away(run: Run, held: str, tmp_path: Path) -> None:
    code, out, err = run("minutes", "note", S, "1", "--text", "Soutient le rapport.")
    assert (code, err) == (0, "")
    assert "Intervention n° 1" in out
    (tmp_path / "note.txt").write_text("Un.\n\nDeux.", encoding="utf-8")
    assert run("minutes", "note", S, "2", "--file", "note.txt", "--by", kit.CHAIR)[0] == 0
    assert said(run) == ["Soutient le rapport.", "Un.\nDeux."]
    code, out, _ = run("minutes", "notes", S)
    assert "Soutient le rapport." in out
    assert "Un. ¶ Deux." in out
    assert run("minutes", "note", S, "1", "--text", "")[0] == 0
    assert said(run) == [None, "Un.\nDeux."]


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("note", S, "9", "--text", "x"), 1, "pas d’intervention n° 9"),
        (("note", S, "1"), 2, "Commande ou option incorrecte"),
        (("note", S, "1", "--text", "x", "--by", "zz"), 1, "« zz » n’est pas sur la liste"),
        (("note", S, "1", "--text", "x", "--by", kit.m(9)), 1, "réservée à la présidence"),
        (("note", S, "1", "--file", "latin.txt"), 2, "pas un texte en UTF-8"),
        (("note", S, "1", "--file", "absent.txt"), 2, "ne peut pas être lu"),
        (("note", "nothing", "1", "--text", "x"), 1, "Aucune séance"),
        (("transcript", S, "x.pdf"), 2, "ni un VTT, ni un DOCX"),
        (("transcript", S, "bad.vtt"), 2, "Ligne 3 : « 00:9 --> 1 » n’est pas une durée"),
        (("transcript", S, "good.vtt", "--begin", "midi"), 2, "« midi » n’est pas une date"),
    ],
)
def test_a_wrong_call_changes_nothing(
    run: Run, held: str, tmp_path: Path, words: tuple[str, ...], code: int, sentence: str
) -> None:
    (tmp_path / "latin.txt").write_bytes(b"\xe9t\xe9")
    (tmp_path / "bad.vtt").write_text("WEBVTT\n\n00:9 --> 1\nx\n")
    (tmp_path / "good.vtt").write_text("WEBVTT\n\n00:09.000 --> 00:10.000\nx\n")
    got, _, err = run("minutes", *words)
    assert (got, sentence in err) == (code, True), err
    assert said(run) == [None, None]


def test_a_transcript_by_names_keeps_what_the_clerk_wrote(run: Run, held: str, tmp_path: Path) -> None:
    run("minutes", "note", S, "1", "--text", "Du service.")
    names = [row["person"] for row in json.loads(run("minutes", "notes", S, "--json")[1])]
    assert names == list(SPEAKERS)
    (tmp_path / "debat.md").write_text(f"{held} : De la machine.\n\nM. Inconnu : Rien.\n", encoding="utf-8")
    code, out, err = run("minutes", "transcript", S, "debat.md", "--dry-run")
    assert (code, "Interventions à écrire\u00a0: 1." in out) == (0, True)
    code, out, err = run("minutes", "transcript", S, "debat.md")
    assert (code, "Interventions écrites\u00a0: 0. Laissées telles quelles\u00a0: 1." in out) == (0, True)
    assert "porte déjà une note" in err
    assert "ligne 3 : « M. Inconnu » n’est pas un nom de la liste" in err
    assert said(run) == ["Du service.", None]
    run("minutes", "transcript", S, "debat.md", "--replace")
    assert said(run) == ["De la machine.", None]


def test_a_transcript_by_times_counts_from_the_stated_recording(run: Run, held: str, tmp_path: Path) -> None:
    (tmp_path / "seance.vtt").write_text("WEBVTT\n\n00:00.000 --> 24:00:00.000\nTrop long.\n", encoding="utf-8")
    code, _, err = run("minutes", "transcript", S, "seance.vtt")
    assert (code, "personne n’avait alors la parole" in err) == (0, True)
    assert said(run) == [None, None]


@pytest.fixture
async def serving(held: str, unused_tcp_port: int) -> AsyncIterator[Installation]:
    """The service, on the same installation."""
    configured = Settings(app_id="a", tenant_id="11111111-2222-4333-8444-555555555555", app_password=SecretStr("s"))
    installation = await open_installation_of(configured)
    async with teams(configured, installation, "127.0.0.1", unused_tcp_port):
        yield installation


async def test_the_running_service_writes_it_itself(run: Run, serving: Installation) -> None:
    code, _, err = await asyncio.to_thread(run, "minutes", "note", S, "2", "--text", "Par le service.")
    assert (code, err) == (0, "")
    snapshot = serving.core.writer.committed(kit.SITTING)
    assert snapshot is not None
    assert [note.text for note in snapshot.sitting.minuting.notes.values()] == ["Par le service."]
    code, _, err = await asyncio.to_thread(run, "minutes", "note", S, "2", "--text", "x", "--by", kit.m(9))
    assert (code, "réservée à la présidence" in err) == (1, True)
