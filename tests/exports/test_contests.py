"""Choices among several in every paper: who or what was chosen, round by round. Golden files are read like a clerk."""

import csv
import io
import json
import os
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
import pytest

from tests.exports.conftest import SIRET, source
from tests.exports.test_exports import SHARED, blocked, check_popolo, rows, words
from tests.kit import archival, choices, journals
from tests.kit.journals import CLERK, Story
from voting.domain import commands as c
from voting.domain.contests import OptionCount
from voting.domain.ids import PersonId, option_id
from voting.domain.ruleset import VotingMethod
from voting.journal.keys import VerificationKey
from voting.journal.merkle import leaf_hash
from voting.journal.receipt import verify_receipt
from voting.service.exports import Source, export

GOLDEN = Path(__file__).parent / "golden"


def matters(made_of: Source) -> Source:
    """The same, ready for SCDL, which wants a matter for each act."""
    first: Any = made_of.events[0]
    items = tuple(replace(item, matter_code="5.3") for item in first.items)
    return replace(made_of, events=(replace(first, items=items, body_name="Région Exemple"), *made_of.events[1:]))


@cache
def several() -> Source:
    """An award, an election of three rounds that age decides, a single candidacy."""
    return matters(source(choices.of_choices()))


def on_paper() -> Story:
    """An election in the room, by papers, that is not proclaimed yet."""
    story = choices.in_the_room()
    story.call("i002")
    story.do(c.OpenContest(by=CLERK, nominees=choices.nominees("m002", "m003"), method=VotingMethod.SECRET))
    counts = (OptionCount(option=option_id(1), votes=4), OptionCount(option=option_id(2), votes=2))
    story.do(c.RecordOptionPapers(by=CLERK, envelopes=8, blank=1, invalid=1, counts=counts))
    story.do(c.ClosePoll(by=CLERK))
    return story


@cache
def secret() -> Source:
    story = on_paper()
    story.do(c.ProclaimResult(by=PersonId("m001")))
    return source(story)


def read(made_of: Source, format_: str) -> str:
    """A paper as text; the files of a format one after the other, each under its name."""
    return "".join(f"== {paper.name}\n{_text(paper.name, paper.content)}\n" for paper in export(made_of, format_))


def _text(name: str, content: bytes) -> str:
    if name.endswith(".xlsx"):
        book = openpyxl.load_workbook(io.BytesIO(content))
        lines = ((s.title, *map(str, row)) for s in book.worksheets for row in s.iter_rows(values_only=True))
        return "\n".join(" | ".join(line) for line in lines)
    return content.decode("utf-8-sig").replace("\r\n", "\n")


@pytest.mark.parametrize("format_", ["csv", "csv-excel", "xlsx", "scdl", "popolo"])
@pytest.mark.parametrize("name", ["several", "secret"])
def test_the_tables_read_as_they_did(name: str, format_: str) -> None:
    made_of = several() if name == "several" else matters(secret())
    text, path = read(made_of, format_), GOLDEN / f"{name}.{format_}.txt"
    if os.environ.get("HEMICYCLE_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("format_", ["list", "extracts", "votes"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_papers_are_sound_and_the_same_every_time(format_: str, language: str) -> None:
    first = export(several(), format_, language)
    assert first == export(several(), format_, language)
    assert [archival.faults(paper.content) for paper in first] == [[] for _ in first]


# --- who and what, round by round ------------------------------------------------------------------------------------


def test_the_list_says_who_and_what_was_chosen_with_the_rounds() -> None:
    said = words(export(several(), "list")[0]).replace("\u00a0", " ").replace("\u202f", " ")
    assert "3 délibérations" in said
    assert "Choix arrêté : Offre A, à la majorité absolue" in said
    assert said.count("aucune majorité absolue, un nouveau tour est nécessaire") == 2
    assert "élection acquise à Aïcha Benali, à égalité de voix, au bénéfice de l’âge" in said
    for rank in ("élection, 1er tour", "élection, 2e tour", "élection, 3e tour"):
        assert rank in said
    assert "Nomination sans vote de Claire Durand, seule candidature" in " ".join(said.split())


def test_the_extracts_tell_every_round_and_prove_each() -> None:
    award, election, appointment = export(several(), "extracts")
    text = words(election).replace("\u00a0", " ").replace("\u202f", " ")
    for number, rank in ((2, "1er tour"), (3, "2e tour"), (4, "3e tour")):
        assert f"Scrutin n° {number} – élection, {rank}" in text
    assert "Élection acquise à Aïcha Benali, à égalité de voix, au bénéfice de l’âge." in text
    assert "doyen d’âge" in text
    assert "joignez le rapport" not in text
    assert "Une seule candidature a été déposée : Claire Durand." in words(appointment).replace("\u00a0", " ")
    assert "Votants" not in words(appointment)
    assert _attached(award.content) == {"count": "poll.closed/1", "result": "contest.result_proclaimed/1"}
    assert _attached(appointment.content) == {"result": "contest.unopposed_declared/1"}
    kept = _attached(election.content)
    assert [name for name in kept if not name.startswith("round-")] == ["count", "elder", "result"]
    assert {f"round-{n}-{what}" for n in (1, 2) for what in ("count", "result")} < set(kept)


def _attached(content: bytes) -> dict[str, str]:
    """The event of each line joined, once its proof is found to hold."""
    key = VerificationKey.parse(journals.sealed(journals.small().events).vkey)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        files = {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
    lines = {name.removesuffix(".json"): line for name, line in files.items() if name.endswith(".json")}
    for name, line in lines.items():
        assert verify_receipt(files[f"{name}.tlog-proof"].decode(), leaf_hash(line), [key]).holds
    return {name: json.loads(line)["event"] for name, line in sorted(lines.items())}


def test_an_election_that_chose_nobody_is_listed_and_has_no_extract() -> None:
    story = choices.opened()
    story.call()
    choices.contest(story, "Offre A", "Offre B")
    choices.choose(story, 1, 1, 1, 2, 2, 2)
    story.proclaim()
    made_of = matters(source(story))
    said = words(export(made_of, "list")[0])
    assert "choix entre plusieurs, 1er tour" in said
    assert "Retenu" not in said
    assert export(made_of, "extracts") == ()
    assert len(rows(export(made_of, "scdl")[0])) == 0
    (event,) = json.loads(export(made_of, "popolo")[0].content)["vote_events"]
    assert (event["result"], event["chosen"]) == ("fail", None)
    assert rows(export(made_of, "csv")[0])[0]["outcome"] == "nobody"


# --- figures ---------------------------------------------------------------------------------------------------------


def test_each_round_is_a_row_and_each_voice_names_its_option() -> None:
    results, votes, among = (rows(paper) for paper in export(several(), "csv"))
    assert [(r["round"], r["chosen"], r["outcome"], r["for"]) for r in results] == [
        ("1", "Offre A", "chosen", ""),
        ("1", "", "nobody", ""),
        ("2", "", "nobody", ""),
        ("3", "Aïcha Benali", "chosen", ""),
    ]
    for option in among:
        voices = [v for v in votes if (v["poll"], v["option"]) == (option["poll"], option["option"])]
        assert len(voices) == int(option["option_votes"])
        assert {v["choice"] for v in voices} <= {"option"}
    for result in results:
        cast = sum(int(o["option_votes"]) for o in among if o["poll"] == result["poll"])
        assert cast == int(result["votes_cast"])
    assert [o["option_label"] for o in among if o["is_chosen"] == "yes"] == ["Offre A", "Aïcha Benali"]


def test_papers_give_totals_and_no_name() -> None:
    results, votes, among = (rows(paper) for paper in export(secret(), "csv"))
    assert votes == []
    assert [(o["option_label"], o["person"], o["option_votes"]) for o in among] == [
        ("Yannick Le Goff", "m002", "4"),
        ("Aïcha Benali", "m003", "2"),
    ]
    assert [results[0][name] for name in ("votes_cast", "blank", "invalid", "chosen")] == [
        "6",
        "1",
        "1",
        "Yannick Le Goff",
    ]
    (event,) = json.loads(export(secret(), "popolo")[0].content)["vote_events"]
    assert event["votes"] == []
    assert {c["option"]: c["value"] for c in event["counts"]} == {
        **{"Yannick Le Goff": 4, "Aïcha Benali": 2, "blank": 1, "invalid": 1},
        **{"abstain": 0, "not voting": 0, "absent": 0},
    }


def test_no_round_is_shown_before_its_proclamation() -> None:
    made_of = source(on_paper())
    for format_ in ("csv", "csv-excel"):
        assert [len(paper.content.decode().splitlines()) for paper in export(made_of, format_)] == [1, 1]
    book = openpyxl.load_workbook(io.BytesIO(export(made_of, "xlsx")[0].content))
    assert book.sheetnames == ["Résultats", "Votes", "Présence"]
    assert [book.worksheets[n].max_row for n in (0, 1)] == [1, 1]
    assert json.loads(export(made_of, "popolo")[0].content)["vote_events"] == []
    assert "Le Goff" not in words(export(made_of, "list")[0])
    assert export(made_of, "extracts") == ()


def test_popolo_counts_the_votes_of_each_option() -> None:
    folder = SHARED / "popolo"
    events = json.loads(export(several(), "popolo")[0].content)["vote_events"]
    for event in events:
        for count in event["counts"]:
            assert count["value"] == sum(1 for vote in event["votes"] if vote["option"] == count["option"])
    assert [e["result"] for e in events] == ["pass", "fail", "fail", "pass"]
    assert [e["previous_id"] and e["previous_id"].rsplit("/")[-1] for e in events] == [None, None, "p2", "p3"]
    assert events[1]["options"][0] == {"name": "Yannick Le Goff", "person_id": "m002"}
    if not folder.exists():
        pytest.skip("the published schemas are not on this machine")
    check_popolo(folder, events)


def test_scdl_fills_the_vote_columns_where_one_is_for_or_against() -> None:
    made = rows(export(several(), "scdl")[0])
    assert [row["DELIB_ID"] for row in made] == ["1", "2", "3"]
    for row in made:
        assert {name: value for name, value in row.items() if name.startswith("VOTE_") and value} == {}
        assert row["COLL_SIRET"] == SIRET


def test_a_confidential_election_is_in_nothing_public() -> None:
    first: Any = several().events[0]
    items = tuple(replace(item, confidential=True) for item in first.items)
    hidden = replace(several(), events=(replace(first, items=items), *several().events[1:]))
    assert export(hidden, "extracts") == ()
    assert [len(rows(paper)) for paper in export(hidden, "csv")] == [0, 0]
    for format_ in ("popolo", "scdl"):
        assert "Offre A" not in read(hidden, format_)
    said = words(export(hidden, "list")[0])
    assert "Offre A" not in said and "Claire Durand" not in said
    assert len(rows(export(hidden, "csv-excel")[2], delimiter=";")) == 3 + 3 + 2 + 2


def test_an_option_is_never_run_as_a_formula() -> None:
    story = choices.opened()
    story.call()
    choices.contest(story, "=1+1", "@SUM(A1)")
    choices.choose(story, *[1] * 7)
    story.proclaim()
    for paper in export(source(story), "csv"):
        cells = [cell for row in csv.reader(io.StringIO(paper.content.decode())) for cell in row]
        assert not [cell for cell in cells if cell[:1] in ("=", "@")]
    book = openpyxl.load_workbook(io.BytesIO(export(source(story), "xlsx")[0].content))
    assert "f" not in {cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}


def test_no_extract_of_an_election_before_the_head_is_signed() -> None:
    assert blocked(replace(several(), checkpoint="", covered=0), "extracts").code == "no_head"
