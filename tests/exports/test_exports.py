"""Every paper: what it says, what it leaves out, what blocks it; the same bytes every time."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import icalendar
import jsonschema
import openpyxl
import pikepdf
import pytest

from tests.exports.conftest import SIRET, report, small, source, tender, voted
from tests.kit import archival, journals
from voting.domain.assembly import ItemKind
from voting.domain.ids import item_id
from voting.journal.keys import VerificationKey
from voting.journal.merkle import leaf_hash
from voting.journal.receipt import verify_receipt
from voting.minutes.exports.matters import matter_name
from voting.minutes.exports.paper import ExportBlocked, Paper
from voting.service.exports import FORMATS, Source, export
from voting.wording import catalogue

SHARED = Path(__file__).parents[3] / "shared" / "data" / "formats"
PUBLIC = ("list", "press", "extracts", "csv", "scdl", "popolo")
READY = tuple(f for f in FORMATS if f not in ("scdl", "ctes"))
"""Those that ask for nothing beyond the sitting."""


def blocked(made_of: Source, format_: str) -> ExportBlocked:
    with pytest.raises(ExportBlocked) as refused:
        export(made_of, format_)
    assert all(refused.value.sentence(catalogue(language)) for language in ("fr", "en"))
    return refused.value


def rows(paper: Paper, *, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(paper.content.decode("utf-8-sig")), delimiter=delimiter))


def words(paper: Paper) -> str:
    """The text of a PDF, spaces made plain."""
    import subprocess

    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=paper.content, capture_output=True, check=True)
    return re.sub(r"\s+", " ", done.stdout.decode())


# --- all of them -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", READY)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_format_gives_the_same_bytes_and_sound_files(format_: str, language: str) -> None:
    first, second = export(small(), format_, language), export(small(), format_, language)
    assert first == second
    assert first
    for paper in first:
        if paper.name.endswith(".pdf"):
            assert archival.faults(paper.content) == []


@pytest.mark.parametrize("format_", FORMATS)
def test_a_tender_committee_publishes_nothing(format_: str) -> None:
    if format_ in PUBLIC:
        assert blocked(tender(), format_).code == "tender"
    elif format_ == "ctes":
        assert blocked(tender(), format_).code == "tender_acts"
    else:
        assert export(tender(), format_)


@pytest.mark.parametrize("format_", PUBLIC)
def test_a_confidential_item_is_in_nothing_public(format_: str) -> None:
    items = [report(1), report(2, title="Transaction avec la société X", confidential=True)]
    papers = export(voted(items), format_)
    said = "".join(words(p) if p.name.endswith("pdf") else p.content.decode() for p in papers)
    assert "Rapport 1" in said
    assert "Transaction" not in said


@pytest.mark.parametrize("format_", ["csv", "csv-excel", "xlsx", "popolo", "votes", "list", "press"])
def test_no_voice_is_shown_before_the_proclamation(format_: str) -> None:
    story = journals.small()
    place = next(n for n, e in enumerate(story.events) if type(e).__name__ == "ResultProclaimed")
    story.events = story.events[:place]
    for paper in export(source(story), format_):
        if format_ == "xlsx":
            book = openpyxl.load_workbook(io.BytesIO(paper.content))
            assert book.worksheets[1].max_row == 1
        elif format_ == "popolo":
            assert json.loads(paper.content)["vote_events"] == []
        elif format_ in ("votes", "list", "press"):
            assert "Pour (" not in words(paper)
            assert " pour, " not in words(paper)
        else:
            assert len(paper.content.decode().splitlines()) == 1


def test_a_sitting_that_is_only_convened_has_its_notes_and_its_invitation() -> None:
    fresh = source(journals.convened(journals.roll(8), [report(1)]))
    for format_ in ("notes", "ics", "attendance", "votes", "list", "press", "docx", "xlsx"):
        assert export(fresh, format_)
    assert export(fresh, "extracts") == ()


# --- tables ----------------------------------------------------------------------------------------------------------


def test_open_data_has_a_row_for_each_voice() -> None:
    results, votes = export(small(), "csv")
    assert not results.content.startswith(b"\xef\xbb\xbf")
    first = rows(results)[0]
    assert (first["item"], first["outcome"], first["date"]) == ("A1", "rejected", "2026-11-20")
    voices = rows(votes)
    assert len(voices) == sum(int(r["votes_cast"]) + _others(r) for r in rows(results))
    proxy = next(v for v in voices if v["by_proxy_of"])
    assert (proxy["member"], proxy["by_proxy_of"]) == ("m007", "m003")
    assert {v["choice"] for v in voices} <= {"for", "against", "abstention", "not_taking_part", "no_answer"}


def _others(row: dict[str, str]) -> int:
    return sum(int(row[name]) for name in ("abstention", "not_taking_part", "no_answer"))


def test_the_flavour_for_excel_opens_by_itself() -> None:
    results, _ = export(small(), "csv-excel")
    assert results.content.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in results.content
    assert rows(results, delimiter=";")[0]["Suffrages exprimés"] == "6"


@pytest.mark.parametrize("title", ["=1+1", "+33", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1"])
def test_no_title_is_run_as_a_formula(title: str) -> None:
    made_of = voted([report(1, title=title)])
    for format_ in ("csv", "csv-excel", "scdl"):
        for paper in export(made_of, format_):
            cells = [
                cell for row in csv.reader(io.StringIO(paper.content.decode("utf-8-sig"), newline="")) for cell in row
            ]
            flat = [part for cell in cells for part in cell.split(";")]
            assert not [cell for cell in flat if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
    (paper,) = export(made_of, "xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(paper.content)).worksheets[0]
    assert sheet.cell(2, 6).data_type != "f"


def test_the_workbook_has_results_votes_and_attendance() -> None:
    (paper,) = export(small(), "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(paper.content))
    assert book.sheetnames == ["Résultats", "Votes", "Présence"]
    presence = {row[0]: row[5:7] for row in book.worksheets[2].iter_rows(min_row=2, values_only=True)}
    assert presence["m008"] == ("excusé", None) or presence["m008"] == ("excusé", "")
    assert "à M" in str(presence["m007"][1])
    assert book.worksheets[1].freeze_panes == "A2"


# --- SCDL ------------------------------------------------------------------------------------------------------------


def test_R64_scdl_holds_adopted_resolutions_and_the_sums_of_the_schema() -> None:
    amendment = report(2, number="A1", kind=ItemKind.AMENDMENT, parent=item_id(1))
    (paper,) = export(voted([report(1), amendment, report(3, matter_code="9.4")]), "scdl")
    made = rows(paper)
    assert [row["DELIB_ID"] for row in made] == ["26.1", "26.3"]
    _check_scdl(made)
    assert made[0]["DELIB_MATIERE_NOM"] == "finances locales/subventions"


def test_scdl_against_the_published_schema() -> None:
    path = SHARED / "schema-deliberations-2.1.5.json"
    if not path.exists():
        pytest.skip("the published schema is not on this machine")
    schema = json.loads(path.read_text())
    (paper,) = export(voted([report(1)]), "scdl")
    (row,) = rows(paper)
    assert list(row) == [field["name"] for field in schema["fields"]]
    for field in schema["fields"]:
        value, limits = row[field["name"]], field.get("constraints", {})
        assert value or not limits.get("required")
        assert not value or re.search(limits.get("pattern", ""), value)
        assert not value or field["type"] != "integer" or value.isdecimal()
        assert not value or field["type"] != "date" or re.fullmatch(r"\d{4}-\d\d-\d\d", value)


def _check_scdl(made: list[dict[str, str]]) -> None:
    """The checks that the schema leaves to Validata."""
    for row in made:
        took, seats = int(row["VOTE_REEL"]), int(row["VOTE_EFFECTIF"])
        assert took == sum(int(row[f"VOTE_{name}"]) for name in ("POUR", "CONTRE", "ABSTENTION"))
        assert seats >= took
        assert bool(row["BUDGET_ANNEE"]) == bool(row["BUDGET_NOM"])
        assert row["COLL_SIRET"] == SIRET
        assert re.fullmatch(r"[^,()]+/[^,()]+", row["DELIB_MATIERE_NOM"]) and row["DELIB_MATIERE_NOM"].islower()


def test_what_is_missing_blocks_scdl_alone_and_is_named() -> None:
    nothing = voted([report(1, matter_code=""), report(2, matter_code="7.5"), report(3, matter_code="7.99")])
    assert blocked(nothing, "scdl").fields == {"items": "26.1, 26.3"}
    from dataclasses import replace

    ready = voted([report(1)])
    assert blocked(replace(ready, body_siret=""), "scdl").code == "siret"
    assert blocked(replace(ready, body_siret="20005376700015"), "scdl").code == "siret_wrong"
    assert blocked(replace(ready, body_siret="2000537670001"), "scdl").code == "siret_wrong"
    first: Any = ready.events[0]
    unnamed = replace(ready, events=(replace(first, body_name=""), *ready.events[1:]))
    assert blocked(unnamed, "scdl").code == "body_name"
    own = replace(ready, events=(replace(first, body_siret=SIRET), *ready.events[1:]), body_siret="")
    assert export(own, "scdl")
    for format_ in READY:
        assert export(nothing, format_)


@pytest.mark.parametrize("code", ["", "7", "7.", "7.0", "7.05", "7.11", "0.1", "7.5.1", "x.y", "10.1"])
def test_a_code_that_the_nomenclature_does_not_have(code: str) -> None:
    assert matter_name(code) is None


def test_the_nomenclature_is_the_national_one() -> None:
    path = SHARED / "nomenclature-actes-niveau2.json"
    if not path.exists():
        pytest.skip("the national nomenclature is not on this machine")
    known = {
        code: name
        for part in json.loads(path.read_text()).values()
        if isinstance(part, dict)
        for code, name in part.items()
    }
    for code, name in known.items():
        if code != "nom":
            made = matter_name(code)
            assert made is not None
            first_word = re.split(r"[ ,(]", name.lower())[0]
            assert made.split("/")[1].startswith(first_word)


# --- Popolo, calendar, text document ---------------------------------------------------------------------------------


def test_popolo_vote_events() -> None:
    (paper,) = export(small(), "popolo")
    whole = json.loads(paper.content)
    for event in whole["vote_events"]:
        figures = {count["option"]: count["value"] for count in event["counts"]}
        for option, n in figures.items():
            assert n == sum(1 for vote in event["votes"] if vote["option"] == option)
    assert [event["result"] for event in whole["vote_events"]] == ["fail", "pass", "fail", "fail"]
    assert any(vote["role"] == "proxy" for event in whole["vote_events"] for vote in event["votes"])


def test_popolo_against_the_published_schema() -> None:
    folder = SHARED / "popolo"
    if not folder.exists():
        pytest.skip("the published schemas are not on this machine")
    check_popolo(folder, json.loads(export(small(), "popolo")[0].content)["vote_events"])


def check_popolo(folder: Path, events: list[Any]) -> None:
    texts = {path.name: json.loads(path.read_text()) for path in folder.glob("*.json")}
    for schema in texts.values():
        _inline(schema, texts)
    for event in events:
        jsonschema.Draft3Validator(texts["vote_event.json"]).validate(event)


def _inline(schema: Any, texts: dict[str, Any]) -> None:
    """References to other published schemas are let go: the ones that we fill are checked by themselves."""
    if isinstance(schema, dict):
        if "$ref" in schema and not schema["$ref"].endswith(("vote.json#", "count.json#")):
            del schema["$ref"]
        elif "$ref" in schema:
            schema.update(
                {k: v for k, v in texts[schema.pop("$ref").rsplit("/", 1)[1].rstrip("#")].items() if k != "id"}
            )
        for part in list(schema.values()):
            _inline(part, texts)
    elif isinstance(schema, list):
        for part in schema:
            _inline(part, texts)


def test_the_invitation_keeps_its_identifier_and_grows() -> None:
    fresh = source(journals.convened(journals.roll(8), [report(1)]))
    before, after = (icalendar.Calendar.from_ical(export(s, "ics")[0].content) for s in (fresh, small()))
    early: Any = before.walk("VEVENT")[0]
    late: Any = after.walk("VEVENT")[0]
    assert early["UID"] == late["UID"]
    assert (int(early["SEQUENCE"]), int(late["SEQUENCE"])) == (0, 2)
    assert early["DTSTART"].dt.isoformat() == "2026-11-20T10:00:00+01:00"
    assert before.walk("VTIMEZONE")
    closed: Any = icalendar.Calendar.from_ical(export(tender(), "ics")[0].content).walk("VEVENT")[0]
    assert (closed["CLASS"], "DESCRIPTION" in closed) == ("CONFIDENTIAL", False)


def test_the_text_document_holds_the_draft() -> None:
    (paper,) = export(small(), "docx")
    with zipfile.ZipFile(io.BytesIO(paper.content)) as package:
        body = package.read("word/document.xml").decode()
        assert "[Content_Types].xml" in package.namelist()
    assert "PROJET" in body.upper()
    assert "plafond relevé" in body
    assert body.count("<w:tbl>") >= 2


# --- papers ----------------------------------------------------------------------------------------------------------


def test_the_list_of_resolutions_has_the_refused_ones_too() -> None:
    (paper,) = export(small(), "list")
    said = words(paper)
    assert "26.11.01" in said and "Adopté" in said
    assert "M1" in said and "Rejetée" in said
    assert "Amendement" not in said


def test_R39_the_extract_carries_the_proof_of_its_vote() -> None:
    made_of = small()
    (paper,) = export(made_of, "extracts")
    assert "26.11.01" in paper.name
    said = words(paper)
    for needed in ("Membres en exercice", "Hélène Castaing", "DÉCIDE", "4 pour", "extrait conforme"):
        assert needed.lower() in said.lower()
    with pikepdf.open(io.BytesIO(paper.content)) as pdf:
        files = {name: spec.get_file().read_bytes().decode() for name, spec in pdf.attachments.items()}
    key = VerificationKey.parse(journals.sealed(journals.small().events).vkey)
    for name, event in (("count", "poll.closed/1"), ("result", "poll.result_proclaimed/1")):
        line = files[f"{name}.json"].encode()
        assert json.loads(line)["event"] == event
        proof = files[f"{name}.tlog-proof"]
        assert verify_receipt(proof, leaf_hash(line), [key]).holds
        assert not verify_receipt(proof, leaf_hash(line.replace(b"2026", b"2027")), [key]).holds


def test_no_extract_before_the_head_is_signed() -> None:
    from dataclasses import replace

    assert blocked(replace(small(), checkpoint="", covered=0), "extracts").code == "no_head"


def test_the_notes_say_what_to_say() -> None:
    (paper,) = export(small(), "notes")
    said = words(paper)
    assert "Je mets aux voix la motion n° M1" in said.replace("\u00a0", " ")
    assert "la séance est levée" in said


def test_a_format_that_is_none() -> None:
    with pytest.raises(KeyError):
        export(small(), "frobnicate")
