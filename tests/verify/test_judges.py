"""The checks of the journal, one by one: a false line under a checkpoint that holds is still found false."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from tests.kit import journals
from voting.domain import commands as c
from voting.domain.tally import Choice, count, decide_outcome
from voting.journal.wire import WIRE
from voting.verify import checkpoint, mandates, quorum, recount
from voting.verify.faults import Malformed
from voting.verify.journal import KNOWN, faults_of, lines_of
from voting.verify.record import Record
from voting.verify.report import Answer
from voting.wording import catalogue

Line = dict[str, Any]
HONEST = [json.loads(line) for line in journals.sealed(journals.small().events).journal.splitlines()]


def record(lines: list[Line]) -> Record:
    return Record(lines_of(b"".join(rfc8785.dumps({**line, "seq": n}) + b"\n" for n, line in enumerate(lines))))


def changed(event: str, change: Callable[[Line], None], *, which: int = 0) -> Record:
    """The honest journal with that change made to the data of one line of that event."""
    lines: list[Line] = json.loads(json.dumps(HONEST))
    change([line for line in lines if line["event"] == event][which]["data"])
    return record(lines)


def without(event: str, *, which: int = 0) -> Record:
    lines = list(HONEST)
    lines.remove([line for line in lines if line["event"] == event][which])
    return record(lines)


def codes(judge: Callable[[Record], Answer], judged: Record) -> list[str]:
    """The codes of what that check finds wrong, each of which has its sentence."""
    answer = judge(judged)
    assert answer.ok is False
    name = judge.__module__.rpartition(".")[2]
    for finding in answer.findings:
        assert all(catalogue(language)(f"verify.{name}.{finding.code}", **finding.fields) for language in ("fr", "en"))
    return [finding.code for finding in answer.findings]


def test_the_honest_journal_passes_every_check() -> None:
    for judge in (recount.judge, mandates.judge, quorum.judge):
        assert judge(record(HONEST)).ok is True


# --- recount ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("figure", ["votes_for", "against", "abstention", "not_taking_part", "no_answer"])
def test_a_false_figure_is_counted_again(figure: str) -> None:
    def one_more(data: Line) -> None:
        data["tally"][figure] += 1

    assert codes(recount.judge, changed("poll.closed/1", one_more)) == [f"count.{figure}"]


def test_a_changed_ballot_changes_the_count_and_maybe_the_outcome() -> None:
    found = codes(recount.judge, changed("vote.cast/1", lambda data: data.update(choice="for")))
    assert "count.votes_for" in found and "outcome.adopted" in found


def test_the_last_voice_counts() -> None:
    lines: list[Line] = json.loads(json.dumps(HONEST))
    place = next(n for n, line in enumerate(lines) if line["event"] == "vote.cast/1")
    again = json.loads(json.dumps(lines[place]))
    again["data"].update(revision=1)
    lines[place]["data"].update(choice="abstention")
    lines.insert(place + 1, again)
    assert recount.judge(record(lines)).ok is True
    assert mandates.judge(record(lines)).ok is True


def test_a_proclaimed_result_against_the_votes() -> None:
    record_ = changed("poll.result_proclaimed/1", lambda data: data["decision"].update(outcome="adopted"))
    assert codes(recount.judge, record_) == ["outcome.rejected"]


def test_another_ground_than_the_laws() -> None:
    record_ = changed("poll.result_proclaimed/1", lambda data: data["decision"].update(ground="tie"))
    assert codes(recount.judge, record_) == ["outcome.rejected"]


def test_only_the_chair_proclaims() -> None:
    lines: list[Line] = json.loads(json.dumps(HONEST))
    next(line for line in lines if line["event"] == "poll.result_proclaimed/1")["by"] = "m002"
    assert codes(recount.judge, record(lines)) == ["not_the_chair"]


def test_a_poll_left_hanging_and_a_vote_after_the_close() -> None:
    assert codes(recount.judge, without("poll.result_proclaimed/1", which=-1)) == ["unsettled"]
    lines = list(HONEST)
    closed = next(n for n, line in enumerate(lines) if line["event"] == "poll.closed/1")
    lines.insert(closed + 1, lines[closed - 1])
    assert "out_of_order" in codes(recount.judge, record(lines))


def test_a_casting_vote_in_a_tender_committee_needs_its_own_rules() -> None:
    tie = {"votes_for": 2, "against": 2, "abstention": 0, "not_taking_part": 0, "no_answer": 0}
    assert recount.decide(tie, 4, "for", prevails=False)[0].value == "rejected"
    assert recount.decide(tie, 4, "for", prevails=True)[0].value == "adopted"
    assert recount.decide(tie, 4, "abstention", prevails=True)[0].value == "rejected"


@given(
    st.lists(st.sampled_from([*Choice, None]), min_size=1, max_size=12),
    st.sampled_from([*Choice, None]),
    st.booleans(),
)
def test_the_verifiers_own_law_agrees_with_the_domains(
    choices: list[Choice | None], chair: Choice | None, prevails: bool
) -> None:
    tally = count([c for c in choices if c is not None], len(choices))
    due = decide_outcome(tally, chair_prevails=prevails, chair_choice=chair)
    figures = {
        "votes_for": tally.votes_for,
        "against": tally.against,
        "abstention": tally.abstention,
        "not_taking_part": tally.not_taking_part,
        "no_answer": tally.no_answer,
    }
    found = recount.decide(figures, len(choices), chair.value if chair else None, prevails=prevails)
    assert found == (due.outcome, due.ground)


# --- mandates --------------------------------------------------------------------------------------------------------


def test_an_absent_member_in_the_electorate() -> None:
    record_ = changed("poll.opened/1", lambda data: data["electorate"].append({"member": "m008", "voter": "m008"}))
    assert codes(mandates.judge, record_) == ["no_right"]


def test_a_voice_given_by_somebody_without_a_proxy() -> None:
    record_ = changed("poll.opened/1", lambda data: data["electorate"].append({"member": "m008", "voter": "m002"}))
    assert codes(mandates.judge, record_) == ["no_proxy"]


def test_a_proxy_that_was_never_accepted() -> None:
    found = codes(mandates.judge, without("proxy.accepted/1"))
    assert set(found) == {"no_proxy"}


def test_a_recused_member_in_the_electorate() -> None:
    found = codes(mandates.judge, without("recusal.declared/1"))
    assert found == ["left_out", "left_out"]


def test_a_member_left_out() -> None:
    record_ = changed("poll.opened/1", lambda data: data["electorate"].pop(0))
    assert codes(mandates.judge, record_) == ["left_out", "not_elector"]


def test_a_vote_pressed_by_another() -> None:
    lines: list[Line] = json.loads(json.dumps(HONEST))
    next(line for line in lines if line["event"] == "vote.cast/1")["by"] = "m002"
    assert codes(mandates.judge, record(lines)) == ["not_his"]


def test_a_spoken_voice_is_recorded_by_the_staff_alone() -> None:
    for by, ok in (("c1", True), ("m002", False), ("m004", True)):
        lines: list[Line] = json.loads(json.dumps(HONEST))
        vote = next(line for line in lines if line["event"] == "vote.cast/1")
        vote["by"] = by
        vote["data"]["source"] = "voice"
        assert mandates.judge(record(lines)).ok is ok


def test_two_proxies_in_one_hand() -> None:
    lines: list[Line] = json.loads(json.dumps(HONEST))
    given_ = [line for line in lines if line["event"] in ("proxy.given/1", "proxy.accepted/1")]
    more = json.loads(json.dumps(given_))
    for line in more:
        line["data"]["grantor"] = "m008"
    place = lines.index(given_[-1]) + 1
    assert "too_many" in codes(mandates.judge, record([*lines[:place], *more, *lines[place:]]))


def test_the_order_of_revisions() -> None:
    assert codes(mandates.judge, changed("vote.cast/1", lambda data: data.update(revision=1))) == ["revision"]


# --- quorum ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("figure", ["present", "represented", "in_office", "required"])
@pytest.mark.parametrize("event", ["sitting.opened/1", "item.called/1", "poll.opened/1", "sitting.resumed/1"])
def test_a_quorum_is_counted_again(event: str, figure: str) -> None:
    def one_more(data: Line) -> None:
        data["quorum"][figure] += 1

    assert codes(quorum.judge, changed(event, one_more)) == [f"figure.{figure}"]


def test_a_base_that_the_law_does_not_give() -> None:
    found = codes(quorum.judge, changed("item.called/1", lambda data: data["quorum"].update(base="present")))
    assert found == ["base"]


def test_a_poll_opened_without_a_quorum() -> None:
    gone = [
        {**line, "data": {**line["data"], "presence": "absent"}}
        if line["event"] == "attendance.recorded/1" and line["data"]["person"] in ("m004", "m006")
        else line
        for line in HONEST
    ]
    assert "not_reached" in codes(quorum.judge, record(gone))


def test_a_second_convocation_needs_none() -> None:
    lines: list[Line] = json.loads(json.dumps(HONEST))
    lines[0]["data"]["second_convocation_of"] = "the first one"
    for line in lines:
        if "quorum" in line["data"]:
            line["data"]["quorum"]["required"] = 0
    assert quorum.judge(record(lines)).ok is True


# --- a journal made to trip the reader -------------------------------------------------------------------------------

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["poll", "member", "item", "at"]), inner)
    ),
    max_leaves=6,
)


@given(st.data())
def test_no_shape_of_a_line_is_a_traceback(data: st.DataObject) -> None:
    lines: list[Line] = json.loads(json.dumps(HONEST))
    line = data.draw(st.sampled_from(lines))
    if line["data"]:
        line["data"][data.draw(st.sampled_from(sorted(line["data"])))] = data.draw(JSON)
    changed_ = record(lines)
    for judge in (recount.judge, mandates.judge, quorum.judge):
        try:
            judge(changed_)
        except Malformed as malformed:
            assert 0 <= malformed.seq < len(lines)


@given(st.binary(max_size=200))
def test_no_bytes_of_a_note_are_a_traceback(note: bytes) -> None:
    assert checkpoint.judge(note, b"{}\n", None, []).ok is False


@pytest.mark.parametrize(
    "line",
    [
        b'{"at":"2026-11-20T08:30:01.000Z","by":"c1","data":{},"event":"x","seq":0,"sitting":"s"} ',
        b'{"by":"c1","at":"2026-11-20T08:30:01.000Z","data":{},"event":"x","seq":0,"sitting":"s"}',
        b'{"at":"2026-11-20T08:30:01Z","by":"c1","data":{},"event":"x","seq":0,"sitting":"s"}',
        b'{"at":"2026-11-20T08:30:01.000Z","by":"c1","data":{},"event":"x","seq":1,"sitting":"s"}',
        b'{"at":"2026-11-20T08:30:01.000Z","by":"c1","by":"c2","data":{},"event":"x","seq":0,"sitting":"s"}',
        b'{"at":"2026-11-20T08:30:01.000Z","by":"c1","data":{"n":1.5},"event":"x","seq":0,"sitting":"s"}',
        b'{"at":"2026-11-20T08:30:01.000Z","by":"c1","data":{"n":NaN},"event":"x","seq":0,"sitting":"s"}',
        b'{"at":"2026-11-20T08:30:01.000Z","by":"c1","data":[],"event":"x","seq":0,"sitting":"s"}',
        b'{"at":"2026-11-20T08:30:01.000Z","by":"c1","data":{},"event":"x","extra":1,"seq":0,"sitting":"s"}',
        b"[]",
        b"",
        b"\xff",
        b"[" * 100_000,
    ],
)
def test_a_line_has_one_form(line: bytes) -> None:
    with pytest.raises(Malformed):
        lines_of(line + b"\n")


def test_a_sitting_recorded_as_not_held_with_its_quorum_is_found_out() -> None:
    story = journals.convened(journals.roll(8), journals.agenda(1))
    story.attend("m001", "m002")
    story.do(c.RecordNoQuorum(by=journals.CLERK))
    lines = [json.loads(line) for line in journals.sealed(story.events).journal.splitlines()]
    assert quorum.judge(record(lines)).ok is True
    more = json.loads(json.dumps(lines))
    arrived = json.loads(json.dumps(more[1]))
    arrived["data"]["person"] = "m003"
    more[-1:-1] = [
        {**arrived, "data": {**arrived["data"], "person": f"m{n:03d}"}, "by": f"m{n:03d}"} for n in range(3, 9)
    ]
    more[-1]["data"]["quorum"]["present"] = 8
    assert codes(quorum.judge, record(more)) == ["was_reached"]


def test_every_event_that_the_program_writes_is_known_to_the_check() -> None:
    assert set(WIRE) == KNOWN


def test_a_sitting_ends_lifted_or_not_held() -> None:
    story = journals.convened(journals.roll(8), journals.agenda(1))
    story.attend("m001")
    unended = lines_of(journals.sealed(story.events).journal)
    assert [finding.code for finding in faults_of(unended)] == ["no_end"]
    story.do(c.RecordNoQuorum(by=journals.CLERK))
    assert faults_of(lines_of(journals.sealed(story.events).journal)) == []
    assert faults_of(list(record(HONEST).lines)) == []
