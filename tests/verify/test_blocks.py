"""What was voted together was put together before, and told item by item; a forged journal is found out."""

import json
from collections.abc import Callable
from typing import Any

import rfc8785

from tests.kit import journals
from tests.kit.journals import CLERK, Story
from voting.domain import commands as c
from voting.domain.ids import PersonId, item_id
from voting.minutes.blocks import reading
from voting.minutes.document import draw_up
from voting.minutes.exports.decided import decided
from voting.minutes.exports.whole import whole
from voting.minutes.sheet import Proof, compose
from voting.verify import mandates, quorum, recount
from voting.verify.journal import lines_of
from voting.verify.record import Record
from voting.wording import catalogue

Line = dict[str, Any]


def together() -> Story:
    """Four reports put together, one taken out by a member, three decided by one vote, then the fourth."""
    story = journals.convened(journals.roll(8), journals.agenda(4))
    story.attend("m001", "m002", "m003", "m004", "m005", "m006", "c1")
    story.do(c.OpenSitting(by=CLERK))
    story.do(c.FormBlock(by=CLERK, items=tuple(item_id(n) for n in (1, 2, 3, 4))))
    story.do(c.TakeOutOfBlock(by=PersonId("m003"), item=item_id(2)))
    for _ in range(2):
        story.call()
        story.decide_item()
    story.do(c.CloseSitting(by=CLERK))
    return story


STORY = together()
HONEST: list[Line] = [json.loads(line) for line in journals.sealed(STORY.events).journal.splitlines()]


def record(lines: list[Line]) -> Record:
    return Record(lines_of(b"".join(rfc8785.dumps({**line, "seq": n}) + b"\n" for n, line in enumerate(lines))))


def codes(change: Callable[[list[Line]], object]) -> list[str]:
    lines = json.loads(json.dumps(HONEST))
    change(lines)
    answer = recount.judge(record(lines))
    for finding in answer.findings:
        assert all(catalogue(language)(f"verify.recount.{finding.code}", **finding.fields) for language in ("fr", "en"))
    return [finding.code for finding in answer.findings]


def data(lines: list[Line], event: str) -> list[Line]:
    return [line["data"] for line in lines if line["event"] == event]


def test_the_honest_journal_passes_every_check() -> None:
    for judge in (recount.judge, mandates.judge, quorum.judge):
        assert judge(record(HONEST)).ok is True
    assert [p["also"] for p in data(HONEST, "poll.opened/1")] == [["i003", "i004"], []]


def test_an_item_added_left_out_or_swapped_afterwards_is_found() -> None:
    def stating(also: list[str]) -> Callable[[list[Line]], None]:
        return lambda lines: data(lines, "poll.opened/1")[0].update(also=also)

    for also in (["i003"], ["i004", "i003"], []):
        assert codes(stating(also)) == ["block"]
    added = codes(lambda lines: data(lines, "poll.opened/1")[0].update(also=["i002", "i003", "i004"]))
    assert added == ["block", "block_settled"]
    assert codes(lambda lines: data(lines, "poll.opened/1")[1].update(also=["i003"])) == ["block", "block_settled"]


def test_a_removal_wiped_out_or_a_block_wiped_out_is_found() -> None:
    def without(event: str) -> Callable[[list[Line]], None]:
        def wipe(lines: list[Line]) -> None:
            lines[:] = [line for line in lines if line["event"] != event]

        return wipe

    assert "block" in codes(without("block.item_removed/1"))
    assert codes(without("block.formed/1")) == ["block"]


def test_an_item_that_had_to_be_voted_apart_is_found() -> None:
    def secret(lines: list[Line]) -> None:
        data(lines, "sitting.convened/1")[0]["items"][2]["confidential"] = True

    def amendment(lines: list[Line]) -> None:
        data(lines, "sitting.convened/1")[0]["items"][3]["kind"] = "election"

    def recusal(lines: list[Line]) -> None:
        place = next(n for n, line in enumerate(lines) if line["event"] == "poll.opened/1")
        gone = {"item": "i004", "person": "m002"}
        lines.insert(place, {**lines[place], "event": "recusal.declared/1", "data": gone})

    def asked(lines: list[Line]) -> None:
        place = next(n for n, line in enumerate(lines) if line["event"] == "poll.opened/1")
        wish = {"item": "i003", "person": "m002", "needed": 1}
        lines.insert(place, {**lines[place], "event": "secret_ballot.requested/1", "data": wish})

    for change in (secret, amendment, recusal, asked):
        assert codes(change) == ["block_apart"]


def test_journals_of_before_items_were_voted_together_have_none() -> None:
    def older(lines: list[Line]) -> None:
        del data(lines, "poll.opened/1")[1]["also"]

    assert codes(older) == ["good"]


def test_the_minutes_and_the_exports_say_it_once_and_item_by_item() -> None:
    minutes = draw_up(STORY.events)
    sheet = compose(minutes, catalogue("fr"), Proof(origin="hemicycle/x", size=1, root="r"), watermark="")
    said = reading(sheet).replace("\u00a0", " ").replace("\u202f", " ")
    assert "Seront mis aux voix ensemble, sauf demande de vote séparé : rapports n° 26.11.01, 26.11.02" in said
    assert "le point n° 26.11.02 est retiré du vote groupé" in said
    assert said.count("Rapports n° 26.11.01, 26.11.03 et 26.11.04 : 6 pour, 0 contre") == 1
    assert "adoptés à l’unanimité" in said
    assert minutes.not_taken == ()
    assert [d.item.id for d in decided(minutes)] == ["i001", "i003", "i004", "i002"]
    exported = json.loads(json.dumps(whole(STORY.state)))
    assert [i["polls"] for i in exported["items"]] == [["p1"], ["p2"], ["p1"], ["p1"]]
    assert [i["state"] for i in exported["items"]] == ["adopted"] * 4
    assert exported["polls"][0]["also"] == ["i003", "i004"]
