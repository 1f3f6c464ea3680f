"""Guides and sheets on paper: accessible, with all that they should say, on as few pages as they promise."""

import io
import re
import shutil
import subprocess
from dataclasses import replace
from functools import cache
from pathlib import Path

import page
import pikepdf
import pytest

from bot import samples
from bot.handouts.printing import print_guide
from bot.handouts.sheets import expected, print_sheets
from bot.handouts.shelf import Guide, guides
from bot.texts import catalogue
from tests.cli.conftest import Run, run
from tests.kit import sittings as kit
from tests.kit.given import Given, given
from tests.kit.hall import hall
from tests.scenarios.theatre import convocation
from tests.web.test_documents import browser
from voting.domain.assembly import Body
from voting.domain.ids import REHEARSAL, SittingId

__all__ = ["run"]

ALL = [*guides("fr"), *guides("en")]
MEMBER = guides("fr")[0]
PHONE = "02 99 00 00 01"
COMMITTEE = kit.standing_committee(*kit.reports(2))


@cache
def printed(one: Guide, paper: str = "a4") -> bytes:
    return print_guide(one, paper)


def pages(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def read(pdf: bytes, folder: Path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not on this machine")
    path = folder / "read.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True)
    return re.sub(r"\s+", " ", done.stdout)


def sheets(past: Given, phone: str = PHONE, language: str = "fr") -> bytes:
    return print_sheets(past.sitting, past.rules, phone, catalogue(language))


# --- guides -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("one", ALL, ids=lambda one: f"{one.name}-{one.language}")
def test_a_guide_on_paper_is_accessible_and_says_what_it_is(one: Guide) -> None:
    pdf = printed(one)
    assert page.validate_pdf_bytes(pdf, profile="ua1").failures == []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert str(opened.Root.Lang) == one.language
        assert bool(opened.Root.MarkInfo.Marked)
        assert one.read().startswith(f"# {opened.docinfo['/Title']}")


def test_the_member_s_guide_is_one_sheet_of_either_paper() -> None:
    assert (pages(printed(MEMBER)), pages(printed(MEMBER, "a5"))) == (1, 2)
    assert max(pages(printed(one)) for one in ALL if one.name in ("clerk", "chair", "support")) <= 2
    for paper, width in (("a4", 595), ("a5", 420)):
        with pikepdf.open(io.BytesIO(printed(MEMBER, paper))) as opened:
            assert round(float(opened.pages[0].MediaBox[2])) == width


def test_the_same_text_gives_the_same_bytes() -> None:
    assert print_guide(MEMBER) == print_guide(MEMBER)


def test_what_leads_nowhere_on_paper_is_left_out(tmp_path: Path) -> None:
    said = read(printed(MEMBER), tmp_path)
    assert "Demander la parole" in said
    assert "Toutes les commandes" not in said


# --- sheets -----------------------------------------------------------------------------------------------------------


def test_a_sheet_for_each_who_votes_by_name() -> None:
    past = given(COMMITTEE)
    names = [m.last_name for m in expected(past.sitting)]
    assert names == sorted(names, key=str.casefold)
    assert len(names) == sum(m.votes for m in COMMITTEE.members)
    pdf = sheets(past)
    assert pages(pdf) == len(names)
    assert page.validate_pdf_bytes(pdf, profile="ua1").failures == []


def test_a_sheet_says_name_seat_words_and_telephone(tmp_path: Path) -> None:
    past = given(COMMITTEE)
    said = read(sheets(past), tmp_path)
    for member in expected(past.sitting):
        assert member.full_name in said
    for expected_words in ("n° 1 sur la liste", "abstention", "mes votes", "besoin d'aide", PHONE, "voix haute"):
        assert expected_words in said.replace("\u2019", "'").replace("d’aide", "d'aide"), expected_words
    assert "Appelez le" not in read(sheets(past, phone=""), tmp_path)


def test_a_sheet_says_what_became_of_a_proxy(tmp_path: Path) -> None:
    offer, accept = kit.accepted_proxy(kit.m(25), kit.m(2))
    grantor = kit.standing_committee().members
    name = next(m for m in grantor if m.id == kit.m(25))
    before, after = given(COMMITTEE, offer), given(COMMITTEE, offer, accept)
    assert "vous propose son pouvoir" in read(sheets(before), tmp_path)
    said = read(sheets(after), tmp_path)
    assert f"Vous votez aussi pour {name.full_name}" in said
    assert f"« pour pour {name.last_name} »" in said
    assert "Vous avez donné pouvoir à" in said


def test_a_substitute_knows_whom_he_sits_for_and_that_there_are_no_proxies(tmp_path: Path) -> None:
    past = given(convocation(body=Body.TENDER_COMMITTEE))
    said = read(sheets(past), tmp_path)
    assert "Vous remplacez" in said
    assert "Il n’y a pas de pouvoir dans cette assemblée" in said


def test_in_english(tmp_path: Path) -> None:
    said = read(sheets(given(COMMITTEE), language="en"), tmp_path)
    assert "Write" in said
    assert "not voting" in said


async def test_the_page_gives_the_staff_every_sheet_and_a_member_his_own(tmp_path: Path) -> None:
    address = f"/seances/{kit.SITTING}/fiches.pdf"
    async with hall(COMMITTEE) as room:
        pdf = b""
        for person, count in ((kit.CLERK, 25), (kit.m(2), 1)):
            async with browser(room, person, room.sitting) as session:
                async with session.get(f"/seances/{kit.SITTING}/documents") as listed:
                    assert address in await listed.text()
                async with session.get(address) as response:
                    pdf = await response.read()
            assert (response.status, response.content_type) == (200, "application/pdf")
            assert pages(pdf) == count
        assert next(m.full_name for m in COMMITTEE.members if m.id == kit.m(2)) in read(pdf, tmp_path)
        async with room.session.get(f"{room.running.town.origin}{address}", allow_redirects=False) as response:
            assert response.status == 303, "sign in first"


def test_a_sheet_for_a_rehearsal_says_so(tmp_path: Path) -> None:
    blank = replace(COMMITTEE, sitting=SittingId(f"{REHEARSAL}1-abc"))
    assert "SÉANCE À BLANC" in read(sheets(given(blank)), tmp_path)
    assert "SÉANCE À BLANC" not in read(sheets(given(COMMITTEE)), tmp_path)


async def test_who_has_no_sheet_is_given_none() -> None:
    async with hall(COMMITTEE) as room, browser(room, kit.OBSERVER, room.sitting) as session:
        async with session.get(f"/seances/{kit.SITTING}/fiches.pdf") as response:
            assert response.status == 404


# --- the command ------------------------------------------------------------------------------------------------------


def test_the_command_writes_every_guide(run: Run, tmp_path: Path) -> None:
    assert run("guides", "print", "--out", "papier")[0] == 0
    written = sorted(path.name for path in (tmp_path / "papier").iterdir())
    assert written == sorted([*(f"{one.name}-fr-a4.pdf" for one in guides("fr")), "member-fr-a5.pdf"])


def test_the_command_writes_the_one_that_is_asked_for(run: Run, tmp_path: Path) -> None:
    assert run("guides", "print", "clerk", "--paper", "a5")[0] == 0
    assert [path.name for path in tmp_path.glob("*.pdf")] == ["clerk-fr-a5.pdf"]
    code, _, said = run("guides", "print", "nobody")
    assert (code, "administrator" in said) == (2, True)
    code, _, said = run("guides", "print", "--paper", "a0")
    assert (code, "a4" in said) == (2, True)


def test_the_command_writes_the_sheets_of_a_sitting(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEMICYCLE_HELP_PHONE", PHONE)
    members, agenda = str(samples.MEMBERS), str(samples.AGENDA)
    when = ("--date", "2026-11-24T09:30")
    code, told, said = run("sittings", "convene", "--members", members, "--agenda", agenda, *when)
    assert code == 0, said
    sitting = next(word for word in re.findall(r"[A-Za-z0-9_-]{20,}", told))
    assert run("guides", "sheets", sitting, "--out", "fiches.pdf")[0] == 0
    pdf = (tmp_path / "fiches.pdf").read_bytes()
    assert pages(pdf) == 25
    assert PHONE in read(pdf, tmp_path)
    assert run("guides", "sheets", "nothing")[0] == 1
