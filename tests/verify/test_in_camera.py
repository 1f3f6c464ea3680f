"""The public left because enough asked and the assembly agreed; the chair let it in again (R33)."""

import json
from collections.abc import Callable
from typing import Any

import rfc8785

from tests.kit import journals, ways
from tests.kit.journals import CLERK, Story
from voting.domain import commands as c
from voting.domain.assembly import Body
from voting.domain.ids import PersonId
from voting.domain.polls import Purpose
from voting.minutes.blocks import reading
from voting.minutes.document import draw_up
from voting.minutes.sheet import Proof, compose
from voting.verify import mandates, quorum, recount
from voting.verify.journal import lines_of
from voting.verify.record import Record
from voting.wording import catalogue

Line = dict[str, Any]
CHAIR = PersonId("m001")


def closed_doors() -> Story:
    """Five members ask, all agree; the chair lets the public in again, and asks a second time in vain."""
    story = ways.begun(journals.roll(8), journals.agenda(1), body=Body.COUNCIL)
    story.call()
    for number in range(2, 7):
        story.do(c.RequestInCamera(by=PersonId(f"m00{number}")))
    story.open_poll(Purpose.IN_CAMERA)
    story.vote()
    story.proclaim()
    story.do(c.EndInCamera(by=CHAIR))
    story.do(c.RequestInCamera(by=CHAIR))
    story.open_poll(Purpose.IN_CAMERA)
    story.vote({"m001": journals.FOR}, rest=journals.AGAINST)
    story.proclaim()
    story.decide_item()
    story.do(c.CloseSitting(by=CLERK))
    return story


HONEST: list[Line] = [json.loads(line) for line in journals.sealed(closed_doors().events).journal.splitlines()]


def record(lines: list[Line]) -> Record:
    return Record(lines_of(b"".join(rfc8785.dumps({**line, "seq": n}) + b"\n" for n, line in enumerate(lines))))


def codes(change: Callable[[list[Line]], None]) -> list[str]:
    lines = json.loads(json.dumps(HONEST))
    change(lines)
    answer = recount.judge(record(lines))
    for finding in answer.findings:
        assert all(catalogue(language)(f"verify.recount.{finding.code}", **finding.fields) for language in ("fr", "en"))
    return [finding.code for finding in answer.findings]


def of(event: str, lines: list[Line]) -> list[Line]:
    return [line for line in lines if line["event"] == event]


def without(event: str, *which: int) -> Callable[[list[Line]], None]:
    def change(lines: list[Line]) -> None:
        for line in [x for n, x in enumerate(of(event, lines)) if not which or n in which]:
            lines.remove(line)

    return change


def test_the_honest_journal_passes_every_check() -> None:
    for judge in (recount.judge, mandates.judge, quorum.judge):
        assert judge(record(HONEST)).ok is True


def test_R33_too_few_requests_are_found() -> None:
    assert codes(without("in_camera.requested/1", 0)) == ["camera"]
    assert codes(without("in_camera.requested/1", 5)) == ["camera"]


def test_R33_another_number_of_requests_than_that_of_the_law_is_found() -> None:
    assert codes(lambda lines: of("in_camera.requested/1", lines)[0]["data"].update(needed=4)) == ["camera"]


def test_R33_a_body_without_such_a_law_does_not_sit_in_camera() -> None:
    """Every request, and the vote that no request could carry."""
    assert set(codes(lambda lines: lines[0]["data"].update(body="cpr"))) == {"camera"}


def test_R33_a_public_sent_out_without_a_vote_is_found() -> None:
    assert codes(without("in_camera.begun/1")) == ["camera", "camera"]

    def another_poll(lines: list[Line]) -> None:
        of("in_camera.begun/1", lines)[0]["data"]["poll"] = "p2"

    assert codes(another_poll) == ["camera"]


def test_R33_another_majority_is_found() -> None:
    def present_only(lines: list[Line]) -> None:
        of("poll.opened/1", lines)[0]["data"]["majority"]["base"] = "present"

    assert codes(present_only) == ["camera"]


def test_R33_who_is_not_the_chair_does_not_let_the_public_in() -> None:
    def by_a_member(lines: list[Line]) -> None:
        of("in_camera.ended/1", lines)[0]["by"] = "m002"

    assert codes(by_a_member) == ["camera"]


def test_R33_a_vote_in_camera_that_nobody_says_began_is_found_at_the_end() -> None:
    def cut(lines: list[Line]) -> None:
        begun = lines.index(of("in_camera.begun/1", lines)[0])
        del lines[begun:]

    assert codes(cut) == ["camera"]


def test_the_minutes_tell_the_requests_the_vote_and_the_hours() -> None:
    sheet = compose(draw_up(closed_doors().events), catalogue("fr"), Proof(origin="x/y", size=1, root="r"))
    said = reading(sheet).replace("\u00a0", " ").replace("\u202f", " ")
    assert said.count("demande le huis clos (demandes nécessaires : 5).") == 5
    assert said.count("demande le huis clos (demandes nécessaires : 1).") == 1
    assert "Scrutin n° 1 – sur la demande de huis clos" in said
    assert "la séance se poursuit à huis clos." in said
    assert said.index("se poursuit à huis clos") < said.index("est de nouveau publique")
