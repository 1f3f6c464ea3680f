"""What was decided in writing gave the time to write and had enough who took part; a forged journal is found (R50)."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import rfc8785

from tests.kit import journals
from tests.kit.journals import CLERK, Story
from voting.domain import commands as c
from voting.domain.assembly import Body, Regime
from voting.domain.ids import PersonId
from voting.minutes.blocks import reading
from voting.minutes.document import draw_up
from voting.minutes.sheet import Proof, compose
from voting.verify import mandates, quorum, recount
from voting.verify.journal import faults_of, lines_of
from voting.verify.record import Record
from voting.wording import catalogue

Line = dict[str, Any]
CHAIR = PersonId("m001")


def told_in_writing() -> Story:
    """Two items: on the first two members write, three vote; on the second the chair prolongs, and nobody writes."""
    members, items = journals.roll(6), journals.agenda(2)
    story = journals.convened(members, items, body=Body.TENDER_COMMITTEE, regime=Regime.WRITTEN_EXCHANGE)
    story.attend("m001", "m002", "m003", "m004")
    story.do(c.OpenSitting(by=CLERK))
    story.call()
    story.do(c.OpenExchange(by=CHAIR, until=story.now + timedelta(hours=2)))
    story.do(c.WriteMessage(by=PersonId("m002"), text="L’offre B est la mieux-disante."), after=60)
    story.do(c.WriteMessage(by=PersonId("m003"), text="Quel délai propose-t-elle ?"), after=60)
    story.do(c.CloseExchange(by=CHAIR), after=7200)
    story.decide_item(dict.fromkeys(("m002", "m003"), journals.NPPV))
    story.call()
    story.do(c.OpenExchange(by=CHAIR, until=story.now + timedelta(hours=1)))
    story.do(c.ProlongExchange(by=CHAIR, until=story.now + timedelta(hours=30)))
    story.do(c.CloseExchange(by=CHAIR), after=30 * 3600)
    story.decide_item()
    story.do(c.CloseSitting(by=CLERK))
    return story


STORY = told_in_writing()
HONEST: list[Line] = [json.loads(line) for line in journals.sealed(STORY.events).journal.splitlines()]


def record(lines: list[Line]) -> Record:
    return Record(lines_of(b"".join(rfc8785.dumps({**line, "seq": n}) + b"\n" for n, line in enumerate(lines))))


def codes(change: Callable[[list[Line]], object]) -> set[str]:
    lines = json.loads(json.dumps(HONEST))
    change(lines)
    answer = recount.judge(record(lines))
    for finding in answer.findings:
        assert all(catalogue(language)(f"verify.recount.{finding.code}", **finding.fields) for language in ("fr", "en"))
    return {finding.code for finding in answer.findings}


def of(event: str, lines: list[Line], which: int = 0) -> Line:
    return [line for line in lines if line["event"] == event][which]


def test_the_honest_journal_passes_every_check() -> None:
    for judge in (recount.judge, mandates.judge, quorum.judge):
        assert judge(record(HONEST)).ok is True
    assert faults_of(list(record(HONEST).lines)) == []


@pytest.mark.parametrize(
    "event", ["exchange.opened/1", "exchange.closed/1", "exchange.participation_found/1", "exchange.message_written/1"]
)
def test_R50_a_line_left_out_is_found(event: str) -> None:
    assert codes(lambda lines: lines.remove(of(event, lines))) == {"exchange"}


@pytest.mark.parametrize(
    ("event", "name", "value"),
    [
        ("exchange.opened/1", "until", "2026-11-20T08:00:00.000Z"),
        ("exchange.opened/1", "item", "i002"),
        ("exchange.prolonged/1", "until", "2026-11-20T08:00:00.000Z"),
        ("exchange.closed/1", "item", "i002"),
        ("exchange.message_written/1", "person", "m004"),
        ("exchange.message_written/1", "text", " "),
        ("exchange.participation_found/1", "members", ["m001", "m002", "m003", "m004", "m005"]),
        ("exchange.participation_found/1", "members", ["m004", "m003", "m002", "m001"]),
        ("exchange.participation_found/1", "needed", 2),
        ("exchange.participation_found/1", "poll", "p9"),
    ],
)
def test_R50_a_false_word_of_an_exchange_is_found(event: str, name: str, value: object) -> None:
    assert codes(lambda lines: of(event, lines)["data"].update({name: value})) == {"exchange"}


@pytest.mark.parametrize("event", ["exchange.opened/1", "exchange.prolonged/1", "exchange.closed/1"])
def test_R50_who_is_not_the_chair_leads_no_exchange(event: str) -> None:
    assert codes(lambda lines: of(event, lines).update(by="m002")) == {"exchange"}


def test_R50_an_exchange_closed_before_its_hour_is_found() -> None:
    assert codes(lambda lines: of("exchange.closed/1", lines).update(at=of("exchange.opened/1", lines)["at"])) == {
        "exchange"
    }


def test_R50_who_withdrew_neither_writes_nor_counts() -> None:
    def withdrawn(lines: list[Line]) -> None:
        written = of("exchange.message_written/1", lines)
        data = {"item": "i001", "person": written["by"]}
        lines.insert(lines.index(written), {**written, "event": "recusal.declared/1", "data": data})

    assert "exchange" in codes(withdrawn)


def test_R50_too_few_who_took_part_are_found() -> None:
    """Of four, two write and two vote: without the writings, the votes alone are not enough."""

    def nobody_wrote(lines: list[Line]) -> None:
        for line in [x for x in lines if x["event"] == "exchange.message_written/1"]:
            lines.remove(line)
        of("exchange.participation_found/1", lines)["data"]["members"] = ["m001", "m004"]

    assert codes(nobody_wrote) == {"exchange"}


def test_R50_an_exchange_where_one_does_not_deliberate_in_writing_is_found() -> None:
    assert codes(lambda lines: lines[0]["data"].update(rule_set="cao-remote/1")) == {"exchange"}


def test_R50_an_item_left_while_the_members_write_is_found_and_one_put_off_is_not() -> None:
    def cut(lines: list[Line], event: str, more: Line) -> None:
        closed = of("exchange.closed/1", lines, 1)
        data = {"item": "i002", **more}
        lines[lines.index(closed) : -1] = [{**closed, "event": event, "data": data}]

    assert codes(lambda lines: cut(lines, "item.closed/1", {})) == {"exchange"}
    assert codes(lambda lines: cut(lines, "item.postponed/1", {"reason": "chair", "text": "x"})) == {"good"}


def test_R53_the_minutes_give_the_hours_every_message_and_who_took_part() -> None:
    sheet = compose(draw_up(STORY.events), catalogue("fr"), Proof(origin="x/y", size=1, root="r"))
    said = reading(sheet).replace("\u00a0", " ").replace("\u202f", " ")
    assert "la présidence ouvre l’échange d’écrits ; il ne sera pas clos avant" in said
    assert "« L’offre B est la mieux-disante. »" in said
    assert said.index("mieux-disante") < said.index("Quel délai propose-t-elle") < said.index("clôt l’échange")
    assert "4 membres ont effectivement pris part à la délibération, par un écrit ou par leur voix" in said
    assert "Il en fallait 3 au moins (ord. n° 2014-1329 du 6 novembre 2014, art. 4 II)." in said
    assert "le 21 novembre 2026" in said
