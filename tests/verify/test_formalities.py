"""What must come before an opening, an item or a vote did; a forged journal is found out (R12, R14, R18, R25, R31)."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import rfc8785

from tests.kit import journals, ways
from tests.kit.journals import CLERK, Story
from voting.domain import commands as c
from voting.domain.assembly import Body, Mode
from voting.domain.ids import PersonId
from voting.domain.polls import Purpose
from voting.domain.ruleset import VotingMethod
from voting.domain.statements import Statement
from voting.verify import recount
from voting.verify.journal import lines_of
from voting.verify.record import Record
from voting.wording import catalogue

Line = dict[str, Any]
CHAIR = PersonId("m001")


def from_afar() -> Story:
    """A council in an emergency: broadcast, urgency admitted, one item voted, one put off for a secret ballot."""
    story = journals.convened(journals.roll(8), journals.agenda(3), body=Body.COUNCIL, is_urgent=True)
    story.attend(*(f"m00{n}" for n in range(1, 9)))
    story.do(c.MakeStatement(by=CLERK, statement=Statement.BROADCAST_STARTED))
    story.do(c.OpenSitting(by=CLERK))
    story.do(c.MakeStatement(by=CHAIR, statement=Statement.URGENCY_ADMITTED))
    story.call()
    story.decide_item()
    for choice in (journals.AGAINST, journals.FOR):
        story.call()
        story.do(c.RequestSecretBallot(by=PersonId("m003")))
        story.open_poll(Purpose.SECRET_BALLOT_REQUEST)
        story.vote(rest=choice)
        story.proclaim()
        if choice is journals.AGAINST:
            story.decide_item()
    story.do(c.CloseSitting(by=CLERK))
    return story


def in_the_room() -> Story:
    """A council of twelve: two ask that the first item be voted by name; the second one is voted by hands."""
    story = ways.begun(journals.roll(12), journals.agenda(2), body=Body.COUNCIL, mode=Mode.ROOM)
    story.call()
    for number in (3, 4):
        story.do(c.RequestRecordedBallot(by=ways.p(number)))
    story.decide_item()
    story.call()
    ways.opens(story, VotingMethod.SHOW_OF_HANDS)
    story.do(c.RecordHands(by=CLERK))
    story.proclaim()
    story.do(c.CloseSitting(by=CLERK))
    return story


AFAR, ROOM = (
    [json.loads(x) for x in journals.sealed(s().events).journal.splitlines()] for s in (from_afar, in_the_room)
)


def codes(honest: list[Line], change: Callable[[list[Line]], object]) -> set[str]:
    lines = json.loads(json.dumps(honest))
    change(lines)
    raw = b"".join(rfc8785.dumps({**line, "seq": n}) + b"\n" for n, line in enumerate(lines))
    answer = recount.judge(Record(lines_of(raw)))
    for finding in answer.findings:
        assert all(catalogue(language)(f"verify.recount.{finding.code}", **finding.fields) for language in ("fr", "en"))
    return {finding.code for finding in answer.findings}


def of(event: str, lines: list[Line], which: int = 0) -> Line:
    return [line for line in lines if line["event"] == event][which]


@pytest.mark.parametrize("honest", [AFAR, ROOM], ids=["afar", "room"])
def test_an_honest_journal_passes(honest: list[Line]) -> None:
    assert codes(honest, lambda lines: None) == {"good"}


def test_R12_R14_R31_what_was_not_stated_is_found() -> None:
    assert codes(AFAR, lambda lines: lines.remove(of("statement.recorded/1", lines))) == {"formality.broadcast"}
    assert codes(AFAR, lambda lines: lines.remove(of("statement.recorded/1", lines, 1))) == {"formality.urgency"}
    stopped = {"statement": "broadcast_stopped"}
    assert codes(AFAR, lambda lines: of("statement.recorded/1", lines)["data"].update(stopped)) == {
        "formality.broadcast"
    }
    silent = {"summons_mentions_remote": False}
    assert codes(AFAR, lambda lines: lines[0]["data"].update(silent)) == {"formality.summons"}


def test_R18_a_vote_before_the_answer_or_against_it_is_found() -> None:
    def unasked(lines: list[Line]) -> None:
        lines.remove(of("secret_ballot.requested/1", lines))

    def unanswered(lines: list[Line]) -> None:
        """The first request is said to have been made on the item that was voted at once."""
        asked = of("secret_ballot.requested/1", lines)
        again = {**asked, "data": {**asked["data"], "item": "i001"}}
        lines.insert(lines.index(of("poll.opened/1", lines)), again)

    def enough_later(lines: list[Line]) -> None:
        of("secret_ballot.requested/1", lines)["data"]["needed"] = 2

    assert codes(AFAR, unasked) == {"formality.no_request"}
    assert codes(AFAR, unanswered) == {"formality.secrecy"}
    assert codes(AFAR, enough_later) == {"formality.no_request"}


def test_R25_a_vote_by_hands_against_the_request_is_found() -> None:
    def of_the_second(lines: list[Line]) -> None:
        for line in lines:
            if line["event"] == "recorded_ballot.requested/1":
                line["data"]["item"] = "i002"

    assert codes(ROOM, of_the_second) == {"formality.by_name"}
    assert codes(ROOM, lambda lines: lines.remove(of("recorded_ballot.requested/1", lines))) == {"good"}
