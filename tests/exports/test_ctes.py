"""The fields of the @CTES transmission: their shape, the names of the files, whom they are refused to and why."""

import csv
import io
import json
import re
from dataclasses import replace
from typing import Any

import pytest

from tests.exports.conftest import report, source, tender, voted
from tests.exports.test_contests import several
from tests.exports.test_exports import SHARED, blocked
from tests.kit import journals
from voting.domain import commands as c
from voting.domain.assembly import Body, ItemKind
from voting.domain.ids import item_id
from voting.minutes.exports.issuer import department_code
from voting.service.exports import Source, export, obstacle

FILE = r"(?:99_DE-)?(\d{3}|02[AB])-(\d{9})-(\d{8})-([A-Z0-9_]{1,15})-DE-1-1_(?:0\.xml|1\.pdf)"


def transmitted(*items: Any, **changed: str) -> Source:
    return replace(voted(list(items)), **{"department": "45", **changed})  # type: ignore[arg-type]  # text fields


def acts(made_of: Source) -> list[dict[str, str]]:
    """Those of the file for a program, once the table is seen to say the same."""
    table, whole = export(made_of, "ctes")
    assert table.content.startswith(b"\xef\xbb\xbf")
    told = json.loads(whole.content)
    rows = list(csv.reader(io.StringIO(table.content.decode("utf-8-sig")), delimiter=";"))
    assert [list(act.values()) for act in told["acts"]] == rows[1:]
    assert rows[0][:2] == ["Point", "Numéro de l’acte"]
    assert obstacle(made_of, "ctes") is None
    made: list[dict[str, str]] = told["acts"]
    return made


def test_each_adopted_resolution_has_the_fields_of_a_message() -> None:
    amendment = report(2, number="A1", kind=ItemKind.AMENDMENT, parent=item_id(1))
    first, third = acts(transmitted(report(1), amendment, report(3, matter_code="7.10")))
    assert first == {
        "item": "26.1",
        "act_number": "26_1",
        "act_date": "2026-11-20",
        "nature_code": "1",
        "nature": "DE",
        "matter_code": "7.5",
        "matter_1": "7",
        "matter_2": "5",
        "matter_name": "finances locales/subventions",
        "subject": "Rapport 1",
        "message_file": "045-200053767-20261120-26_1-DE-1-1_0.xml",
        "document_file": "99_DE-045-200053767-20261120-26_1-DE-1-1_1.pdf",
        "extract_file": "extrait-26.1.pdf",
        "paper_document": "N",
    }
    assert (third["item"], third["matter_2"]) == ("26.3", "10")


def test_the_extract_named_beside_an_act_is_the_file_of_its_extract() -> None:
    made_of = transmitted(report(1), report(2, confidential=True), report(3))
    named = [act["extract_file"] for act in acts(made_of)]
    assert named[1] == "", "a confidential act is transmitted too, and has no extract of ours"
    assert [name for name in named if name] == [paper.name for paper in export(made_of, "extracts")]


def test_a_subject_is_written_in_the_signs_of_its_encoding_and_cut_at_a_word() -> None:
    signs, long_ = acts(
        transmitted(
            report(1, title="Cœur de ville – l’« Œuvre » à 3 000 €, Łódź, 日本 …"),
            report(2, title="mot " * 200),
        )
    )
    assert signs["subject"] == "Coeur de ville - l'« OEuvre » à 3 000 EUR, ?ódz, ?? ..."
    assert signs["subject"].encode("iso-8859-1")
    assert len(long_["subject"]) <= 500 and long_["subject"].endswith("mot...")


@pytest.mark.parametrize(
    ("number", "act"), [("26.1", "26_1"), ("CPR n° 16.02.26", "CPR_N_16_02_26"), ("é-7", "E_7"), ("12 bis", "12_BIS")]
)
def test_a_number_becomes_that_of_an_act(number: str, act: str) -> None:
    (made,) = acts(transmitted(report(1, number=number)))
    assert made["act_number"] == act
    for name in (made["message_file"], made["document_file"]):
        found = re.fullmatch(FILE, name)
        assert found is not None and found.group(4) == act


def test_a_number_that_cannot_be_that_of_an_act_is_named() -> None:
    lost = blocked(transmitted(report(1), report(2, number="n° 12.04.56.78.90.12"), report(3, number="°")), "ctes")
    assert (lost.code, lost.fields["items"]) == ("act_number", "n° 12.04.56.78.90.12, °")
    again = blocked(transmitted(report(1, number="1.1_2"), report(2, number="1.1"), report(3, number="1-1")), "ctes")
    assert (again.code, again.fields["items"]) == ("act_number", "1-1")


def test_two_acts_under_like_numbers_keep_their_own() -> None:
    made = acts(transmitted(report(1, number="1.1"), report(2, number="1-1")))
    assert [act["act_number"] for act in made] == ["1_1", "1_1_2"]


def test_elections_and_single_candidacies_are_acts_too() -> None:
    made = acts(replace(several(), department="974", body_siret="20005376700014"))
    assert len({act["document_file"] for act in made}) == len(made) == 3
    assert {act["matter_code"] for act in made} == {"5.3"}


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"body_siret": ""}, "ctes_siret"),
        ({"body_siret": "20005376700015"}, "siret_wrong"),
        ({"department": ""}, "department"),
        ({"department": "Loiret"}, "department_wrong"),
    ],
)
def test_what_is_missing_of_the_authority_is_named(changed: dict[str, str], code: str) -> None:
    assert blocked(transmitted(report(1), **changed), "ctes").code == code


def test_a_matter_is_wanted_and_the_prefecture_may_have_its_own() -> None:
    lacking = transmitted(report(1, matter_code=""), report(2), report(3, matter_code="7.0"))
    assert blocked(lacking, "ctes").fields == {"items": "26.1, 26.3"}
    (own,) = acts(transmitted(report(1, matter_code="7.42")))
    assert (own["matter_1"], own["matter_2"], own["matter_name"]) == ("7", "42", "")


def test_a_tender_committee_and_an_association_transmit_nothing() -> None:
    assert blocked(replace(tender(), department="45"), "ctes").code == "tender_acts"
    ready = transmitted(report(1))
    first: Any = ready.events[0]
    club = replace(ready, events=(replace(first, body=Body.ASSOCIATION), *ready.events[1:]))
    assert blocked(club, "ctes").code == "no_authority"


def test_nothing_adopted_is_nothing_to_transmit() -> None:
    story = journals.convened(journals.roll(8), [report(1)])
    story.attend("m001", "m002", "m003", "m004", "m005", "c1")
    story.do(c.OpenSitting(by=journals.CLERK), after=10)
    assert blocked(replace(source(story), department="45"), "ctes").code == "no_act"


@pytest.mark.parametrize(
    ("written", "code"),
    [("1", "001"), ("45", "045"), ("045", "045"), (" 2a ", "02A"), ("02B", "02B"), ("974", "974"), ("988", "988")],
)
def test_a_departement_may_lack_its_zero(written: str, code: str) -> None:
    assert department_code(written) == code


@pytest.mark.parametrize("written", ["0", "96", "099", "2C", "1045", "Loiret", "4 5"])
def test_what_is_no_departement(written: str) -> None:
    assert department_code(written) == ""


def test_every_code_of_the_national_nomenclature_can_be_transmitted() -> None:
    path = SHARED / "nomenclature-actes-niveau2.json"
    if not path.exists():
        pytest.skip("the national nomenclature is not on this machine")
    parts = [part for part in json.loads(path.read_text()).values() if isinstance(part, dict)]
    codes = [code for part in parts for code in part if code != "nom"]
    made_of = transmitted(report(1))
    first: Any = made_of.events[0]
    for code in codes:
        items = tuple(replace(item, matter_code=code) for item in first.items)
        coded = replace(made_of, events=(replace(first, items=items), *made_of.events[1:]))
        (act,) = json.loads(export(coded, "ctes")[1].content)["acts"]
        assert f"{act['matter_1']}.{act['matter_2']}" == code
        assert act["matter_name"]
