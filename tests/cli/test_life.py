"""The way of the minutes from the command line: each step in its order, each wrong step with its sentence."""

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.installation import open_sql_core
from bot.rim import journal_key
from tests.cli.conftest import Run
from tests.kit import sittings as kit
from tests.kit.minutes import signed as signed_small
from voting.domain import commands as c
from voting.domain.assembly import Body
from voting.domain.ids import SittingId
from voting.domain.tally import Choice
from voting.minutes.demo_keys import make_demo_keys
from voting.minutes.sign import sign
from voting.minutes.signatories import signatories
from voting.signing.book import read_book
from voting.wording import catalogue

S = str(kit.SITTING)
NEXT = SittingId("next-sitting")
CPR = kit.standing_committee(*kit.reports(1))
STEPS = (*kit.called(CPR), c.AppointSecretary(by=kit.CHAIR, person=kit.m(5)), c.CloseSitting(by=kit.CLERK))


def play(folder: Path, sitting: SittingId, *steps: c.SittingCommand) -> None:
    async def work() -> None:
        key = journal_key(folder / "data", "test")
        core = await open_sql_core(f"sqlite+aiosqlite:///{folder / 'data' / 'h.sqlite3'}", key)
        for step in steps:
            await core.writer.submit(sitting, step)
        await core.close()

    asyncio.run(work())


@pytest.fixture
def held(run: Run, tmp_path: Path) -> Path:
    """A closed committee sitting, and the next one, which adopted its only item."""
    play(tmp_path, kit.SITTING, *STEPS)
    later = (*kit.polled(replace(CPR, sitting=NEXT)), *kit.votes(Choice.FOR, range(1, 15)), *kit.settled())
    play(tmp_path, NEXT, *later)
    return tmp_path


def told(run: Run) -> dict[str, object]:
    code, out, _ = run("minutes", "state", S, "--json")
    assert code == 0
    found: dict[str, object] = json.loads(out)
    return found


def test_R36_from_the_draft_to_the_archive(run: Run, held: Path) -> None:
    assert (told(run)["stage"], told(run)["next"]) == ("draft", "submit")
    code, out, _ = run("minutes", "submit", S)
    assert (code, "Soumis à l’assemblée" in out) == (0, True)
    assert run("minutes", "correct", S, "--text", "Lire « Œuvrard ».")[0] == 0
    code, out, _ = run("minutes", "approve", S, "--at", NEXT, "--item", "1")
    assert (code, "14 pour, 0 contre" in out.replace("\u00a0", " ")) == (0, True)
    assert run("minutes", "prepare", S, "--out", "pv.pdf")[0] == 0
    (held / "signe.pdf").write_bytes(signed_by_all((held / "pv.pdf").read_bytes()))
    code, out, err = run("minutes", "signed", S, "signe.pdf")
    assert (code, err) == (0, "")
    assert "Autorités non jugées" in out and "hemicycle verify signe.pdf --trust" in out
    assert "délivré par" in out
    assert run("minutes", "prepare", S, "--out", "again.pdf")[0] == 0
    assert (held / "again.pdf").read_bytes() == (held / "pv.pdf").read_bytes(), "what is signed is one file for ever"
    code, _, err = run("minutes", "publish", S, "https://region.example/pv.pdf")
    assert (code, "ne se publie pas" in err) == (1, True)
    assert run("minutes", "archive", S, "1234 W 56")[0] == 0
    last = told(run)
    assert (last["stage"], last["next"], last["corrections"]) == ("archived", "nothing", 1)
    assert run("minutes", "show", "pv.pdf")[0] == 0


def signed_by_all(prepared: bytes) -> bytes:
    book = read_book(prepared)
    minutes = book.minutes
    assert minutes.closed is not None
    at = minutes.closed.at
    people = {s.person: minutes.roll[s.person].full_name for s in signatories(minutes)}
    keys = make_demo_keys(people, at, catalogue("fr"))
    return sign(prepared, minutes, keys.signers, keys.authority, at, language="fr")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("approve", S, "--at", NEXT, "--item", "1"), 1, "n’a pas encore été soumis"),
        (("approve", S, "--at", "nothing", "--item", "1"), 1, "Aucune séance"),
        (("approve", S, "--at", NEXT, "--item", "9"), 1, "ne porte ce numéro"),
        (("approve", S, "--at", S, "--item", "1"), 1, "c’est la même séance"),
        (("archive", S, "W"), 1, "n’est pas encore enregistré"),
        (("submit", NEXT), 1, "la séance est ouverte"),
        (("submit", S, "--by", kit.m(8)), 1, "réservée à la présidence"),
        (("signed", S, "other.pdf"), 1, "n’est pas le procès-verbal de cette séance"),
        (("signed", S, "text.pdf"), 2, "Ce n’est pas un fichier PDF"),
        (("signed", S, "none.pdf"), 2, "ne peut pas être lu"),
        (("state", "nothing"), 1, "Aucune séance"),
        (("submit", "blanc-1"), 1, "blanc"),
    ],
)
def test_a_wrong_step_says_what_comes_first_and_changes_nothing(
    run: Run, held: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    (held / "other.pdf").write_bytes(signed_small().pdf)
    (held / "text.pdf").write_text("rien")
    before = told(run)
    got, _, err = run("minutes", *words)
    assert (got, said in err) == (code, True), err
    assert told(run) == before


def test_R53_a_tender_committee_needs_no_approval(run: Run, tmp_path: Path) -> None:
    cao = kit.tender_committee()
    play(tmp_path, kit.SITTING, *kit.called(cao), c.CloseSitting(by=kit.CLERK))
    assert cao.body is Body.TENDER_COMMITTEE
    code, _, err = run("minutes", "submit", S)
    assert (code, "se signe tel qu’il est établi" in err) == (1, True)
    assert told(run)["next"] == "sign"
    assert run("minutes", "prepare", S, "--out", "pv.pdf")[0] == 0


def test_a_file_that_not_everybody_signed_is_not_recorded(run: Run, held: Path) -> None:
    run("minutes", "submit", S)
    run("minutes", "approve", S, "--at", NEXT, "--item", "1")
    run("minutes", "prepare", S, "--out", "pv.pdf")
    code, _, err = run("minutes", "signed", S, "pv.pdf")
    assert (code, "manque encore" in err) == (1, True)
    assert told(run)["stage"] == "approved"
