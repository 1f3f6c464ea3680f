"""The text put to the vote is the one that the adopted amendments made; nothing moot is voted."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import rfc8785

from tests.kit import journals
from tests.kit.journals import CLERK, Story
from voting.domain import commands as c
from voting.domain.assembly import AgendaItem, ItemKind
from voting.domain.events import ItemMoot
from voting.domain.ids import PersonId, item_id
from voting.minutes.blocks import reading
from voting.minutes.document import draw_up
from voting.minutes.exports.whole import whole
from voting.minutes.sheet import Proof, compose
from voting.verify import mandates, quorum, recount
from voting.verify.journal import lines_of
from voting.verify.record import Record
from voting.wording import catalogue

Line = dict[str, Any]


def amended() -> Story:
    """A report with three amendments: the last one adopted first, one rejected, one that lost its object."""
    report = journals.agenda(1)[0]
    items = [
        AgendaItem(id=item_id(n), number=f"A{n - 1}", title=f"Texte {n - 1}", kind=ItemKind.AMENDMENT, parent=report.id)
        for n in (2, 3, 4)
    ]
    story = journals.convened(journals.roll(8), (report, *items))
    story.attend("m001", "m002", "m003", "m004", "m005", "m006", "c1")
    story.do(c.OpenSitting(by=CLERK))
    story.do(c.OrderAmendments(by=PersonId("m001"), items=(item_id(4), item_id(2))))
    story.call()
    story.decide_item()
    story.do(c.DeclareMoot(by=CLERK, item=item_id(2), text="l’amendement A3 est adopté"))
    story.call()
    story.decide_item({"m002": journals.FOR}, rest=journals.AGAINST)
    story.call()
    story.decide_item()
    story.do(c.CloseSitting(by=CLERK))
    return story


HONEST: list[Line] = [json.loads(line) for line in journals.sealed(amended().events).journal.splitlines()]


def record(lines: list[Line]) -> Record:
    return Record(lines_of(b"".join(rfc8785.dumps({**line, "seq": n}) + b"\n" for n, line in enumerate(lines))))


def codes(change: Callable[[list[Line]], None]) -> list[str]:
    lines = json.loads(json.dumps(HONEST))
    change(lines)
    answer = recount.judge(record(lines))
    for finding in answer.findings:
        assert all(catalogue(language)(f"verify.recount.{finding.code}", **finding.fields) for language in ("fr", "en"))
    return [finding.code for finding in answer.findings]


def polls(lines: list[Line]) -> list[Line]:
    return [line["data"] for line in lines if line["event"] == "poll.opened/1"]


def test_the_honest_journal_passes_every_check() -> None:
    for judge in (recount.judge, mandates.judge, quorum.judge):
        assert judge(record(HONEST)).ok is True
    assert [p["amended_by"] for p in polls(HONEST)] == [[], [], ["i004"]]


def test_an_amendment_hidden_or_invented_is_found() -> None:
    assert codes(lambda lines: polls(lines)[2].update(amended_by=[])) == ["amended"]
    assert codes(lambda lines: polls(lines)[2].update(amended_by=["i004", "i003"])) == ["amended"]
    assert codes(lambda lines: polls(lines)[0].update(amended_by=["i001"])) == ["amended"]


def test_a_poll_on_what_lost_its_object_is_found() -> None:
    assert "moot" in codes(lambda lines: polls(lines)[1].update(item="i002"))


def test_journals_of_before_amendments_were_written_have_none() -> None:
    def older(lines: list[Line]) -> None:
        for opened in polls(lines):
            del opened["amended_by"]

    assert codes(older) == ["good"]


def test_the_minutes_and_the_export_say_so() -> None:
    story = amended()
    sheet = compose(draw_up(story.events), catalogue("fr"), Proof(origin="hemicycle/x", size=1, root="r"), watermark="")
    said = reading(sheet).replace("\u00a0", " ").replace("\u202f", " ")
    assert "La présidence fixe l’ordre des amendements : A3, A1." in said
    assert "L’amendement n° A1 est sans objet : l’amendement A3 est adopté." in said
    assert "adopté à l’unanimité dans sa version amendée" in said
    assert said.count("dans sa version amendée") == 1
    assert "Sans objet" in said
    exported = json.loads(json.dumps(whole(story.state)))
    assert [p["amended_by"] for p in exported["polls"]] == [[], [], ["i004"]]
    assert exported["items"][1]["state"] == "moot"


def test_an_amendment_may_be_moot_without_a_reason() -> None:
    story = amended()
    bare = [replace(x, text="") if isinstance(x, ItemMoot) else x for x in story.events]
    sheet = compose(draw_up(bare), catalogue("fr"), Proof(origin="hemicycle/x", size=1, root="r"), watermark="")
    assert "L’amendement n° A1 est sans objet." in reading(sheet).replace("\u00a0", " ")
