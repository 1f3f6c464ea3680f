"""A debate that the assembly must end by a vote ended by one; a forged journal is found out (R58)."""

import json
from collections.abc import Callable
from typing import Any

import rfc8785

from tests.kit import journals
from tests.kit.journals import CLERK, Story
from voting.domain import commands as c
from voting.domain.ids import PersonId
from voting.domain.polls import Purpose
from voting.domain.ruleset import StandingOrders
from voting.minutes.blocks import reading
from voting.minutes.document import draw_up
from voting.minutes.sheet import Proof, compose
from voting.verify import recount
from voting.verify.journal import lines_of
from voting.verify.record import Record
from voting.wording import catalogue

Line = dict[str, Any]


def ended_by_vote() -> Story:
    """Asked for and refused, asked for again and adopted."""
    story = journals.convened(journals.roll(8), journals.agenda(2), orders=StandingOrders(closure_by_vote=True))
    story.attend("m001", "m002", "m003", "m004", "m005", "m006", "c1")
    story.do(c.OpenSitting(by=CLERK))
    story.call()
    for choice in (journals.AGAINST, journals.FOR):
        story.do(c.RequestClosure(by=PersonId("m003"), person=PersonId("m003")))
        story.open_poll(Purpose.CLOSURE)
        story.vote(rest=choice)
        story.proclaim()
    story.decide_item()
    story.do(c.CloseSitting(by=CLERK))
    return story


STORY = ended_by_vote()
HONEST: list[Line] = [json.loads(line) for line in journals.sealed(STORY.events).journal.splitlines()]


def codes(change: Callable[[list[Line]], object]) -> set[str]:
    lines = json.loads(json.dumps(HONEST))
    change(lines)
    raw = b"".join(rfc8785.dumps({**line, "seq": n}) + b"\n" for n, line in enumerate(lines))
    answer = recount.judge(Record(lines_of(raw)))
    for finding in answer.findings:
        assert all(catalogue(language)(f"verify.recount.{finding.code}", **finding.fields) for language in ("fr", "en"))
    return {finding.code for finding in answer.findings}


def of(event: str, lines: list[Line], which: int = 0) -> Line:
    return [line for line in lines if line["event"] == event][which]


def test_the_honest_journal_passes() -> None:
    assert codes(lambda lines: None) == {"good"}


def test_R58_a_vote_that_nobody_asked_for_or_that_nothing_follows_is_found() -> None:
    assert codes(lambda lines: lines.remove(of("closure.requested/1", lines))) == {"closure"}
    assert codes(lambda lines: lines.remove(of("closure.declined/1", lines))) == {"closure"}
    assert codes(lambda lines: lines.remove(of("debate.closed/1", lines))) == {"closure"}


def test_R58_a_debate_closed_against_the_vote_is_found() -> None:
    assert codes(lambda lines: of("closure.declined/1", lines).update(event="debate.closed/1")) == {"closure"}
    assert codes(lambda lines: of("debate.closed/1", lines)["data"].update(item="i002")) == {"closure"}


def test_R58_such_a_vote_where_the_chair_decides_is_found() -> None:
    def by_the_chair(lines: list[Line]) -> None:
        lines[0]["data"]["standing_orders"]["closure_by_vote"] = False

    assert codes(by_the_chair) == {"closure"}


def test_the_minutes_tell_the_request_the_vote_and_the_end() -> None:
    sheet = compose(draw_up(STORY.events), catalogue("fr"), Proof(origin="x/y", size=1, root="r"))
    said = reading(sheet).replace("\u00a0", " ").replace("\u202f", " ")
    assert said.count("sur la clôture du débat") == 2
