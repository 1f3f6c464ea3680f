"""The substance of the debate in the document: the latest text, at its place, as it was typed, proved like the rest."""

import io
import json
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.kit import archival, journals
from tests.kit.journals import CLERK, Story
from tests.kit.minutes import SignedMinutes, sign_story
from voting.domain import commands as c
from voting.domain.ids import PersonId, request_id
from voting.journal.wire import WIRE
from voting.minutes.blocks import reading
from voting.minutes.document import draw_up
from voting.minutes.exports.docx import draft_document
from voting.minutes.exports.whole import whole
from voting.minutes.scribe import scribe
from voting.minutes.sheet import Proof, compose
from voting.rebuild import rebuild
from voting.verify import Report, journal, verify
from voting.wording import catalogue

PROOF = Proof(origin="hemicycle/3f1c9a52e07b4d68", size=61, root="a root")
TYPED = "#set page(fill: red) *gras* $x^2$ @réf \\ `code` <étiquette> // rien\nDemande : « un bilan » ?"


def debate() -> Story:
    """Two turns written down during the sitting, one of them again after its close, and one taken away."""
    story = journals.convened(journals.roll(5), journals.agenda(1))
    story.attend("m001", "m002", "m003", "m004", "c1")
    story.do(c.OpenSitting(by=CLERK))
    story.do(c.AppointSecretary(by=CLERK, person=PersonId("m004")))
    story.call()
    for person in ("m002", "m003", "m004"):
        story.speak(person)
        story.do(c.WriteNote(by=CLERK, turn=None, text=f"Premier jet de {person}."))
    story.decide_item()
    story.do(c.CloseSitting(by=CLERK))
    story.do(c.WriteNote(by=CLERK, turn=request_id(2), text=TYPED), after=86_400)
    story.do(c.WriteNote(by=PersonId("m004"), turn=request_id(3), text=""))
    return story


@pytest.fixture(scope="module")
def signed() -> SignedMinutes:
    story = debate()
    return sign_story(story, journals.sealed(story.events))


def judged(document: SignedMinutes) -> Report:
    assert document.minutes.closed is not None
    at = document.minutes.closed.at
    return verify(document.pdf, now=at, trust=document.trust, vkeys=document.vkeys, rebuild=rebuild)


def test_the_latest_text_is_told_after_its_turn() -> None:
    text = reading(compose(draw_up(debate().events), catalogue("fr"), PROOF))
    told = [line for line in text.splitlines() if "jet" in line or "gras" in line or "bilan" in line]
    assert told == ["Premier jet de m002.", *TYPED.split("\n")]
    lines = text.splitlines()
    assert lines[lines.index("Premier jet de m002.") - 1].replace("\u00a0", " ").startswith("M. Le Goff – inter")


def test_what_was_typed_is_never_markup(signed: SignedMinutes, tmp_path: Path) -> None:
    path = tmp_path / "pv.pdf"
    path.write_bytes(signed.prepared)
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True)
    page = " ".join(done.stdout.split()).replace("\u00a0", " ").replace("\u202f", " ")
    assert "#set page(fill: red) *gras* $x^2$ @réf \\ `code` <étiquette> // rien" in page
    assert archival.faults(signed.prepared) == []


def test_notes_after_the_close_are_signed_verified_and_rebuilt(signed: SignedMinutes) -> None:
    at = signed.minutes.convened.at.replace(year=2026, month=11, day=21, hour=12)
    report = verify(signed.pdf, now=at, trust=signed.trust, vkeys=signed.vkeys, rebuild=rebuild)
    assert {name: answer.ok for name, answer in report.answers()} == dict.fromkeys(
        ("signatures", "timestamps", "updates", "journal", "checkpoint", "recount", "mandates", "quorum", "rebuild"),
        True,
    )


def _broken(change: str) -> set[str]:
    story = debate()
    lines = journals.sealed(story.events).journal.splitlines()
    note = json.loads(lines[-1])
    if change == "stray":
        lines[-1] = lines[-1].replace(b'"turn":"f3"', b'"turn":"f9"')
    else:
        note["event"], note["data"] = "sitting.suspended/1", {"reason": "après"}
        lines[-1] = json.dumps(note, separators=(",", ":"), sort_keys=True, ensure_ascii=False).encode()
    sealed = journals.sealed_lines(lines)
    document = sign_story(journals.small(), sealed)
    report = verify(document.pdf, now=story.now)
    codes = {finding.code for finding in report.journal.findings}
    for language in ("fr", "en"):
        for finding in report.journal.findings:
            assert catalogue(language)(f"verify.journal.{finding.code}", **finding.fields)
    return codes


@pytest.mark.parametrize(("change", "code"), [("stray", "stray_note"), ("late", "after_end")])
def test_a_journal_that_goes_on_after_its_end_is_found_out(change: str, code: str) -> None:
    assert code in _broken(change)


def test_the_verifier_knows_every_event_that_the_program_writes() -> None:
    assert set(WIRE) == journal.KNOWN


def test_the_draft_for_word_processors_and_the_whole_sitting_hold_it_too() -> None:
    story = debate()
    (paper,) = draft_document(scribe(draw_up(story.events), catalogue("fr")))
    with zipfile.ZipFile(io.BytesIO(paper.content)) as package:
        assert "&lt;étiquette&gt;" in package.read("word/document.xml").decode()
    speaking = whole(story.state)["speaking"]
    assert isinstance(speaking, dict)
    assert [turn["said"] for turn in speaking["turns"]] == ["Premier jet de m002.", TYPED, None]
