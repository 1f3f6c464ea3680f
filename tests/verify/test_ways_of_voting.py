"""The verifier counts every way of voting again by itself, and finds what was changed in any of them."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kit import journals, ways
from tests.verify.test_judges import Line, codes, record
from voting.domain.majorities import SIMPLE, Majority
from voting.domain.standing_orders import MajorityBase, Threshold
from voting.domain.tally import Choice, Tally, count, decide_outcome
from voting.verify import mandates, quorum, recount
from voting.verify.faults import Malformed
from voting.verify.record import Record
from voting.verify.terms import Need

ROOM = [json.loads(line) for line in journals.sealed(ways.in_the_room().events).journal.splitlines()]
COLLEGES = [json.loads(line) for line in journals.sealed(ways.over_colleges().events).journal.splitlines()]


def but(lines: list[Line], event: str, change: Callable[[Line], None], which: int = 0) -> Record:
    """That journal with that change made to one line of that event."""
    copy: list[Line] = json.loads(json.dumps(lines))
    change([line for line in copy if line["event"] == event][which])
    return record(copy)


def data(**fields: Any) -> Callable[[Line], None]:
    return lambda line: line["data"].update(fields)


@pytest.mark.parametrize("lines", [ROOM, COLLEGES], ids=["room", "colleges"])
def test_an_honest_sitting_passes(lines: list[Line]) -> None:
    for judge in (recount.judge, mandates.judge, quorum.judge):
        assert judge(record(lines)).ok is True


def test_a_name_added_to_a_show_of_hands_changes_its_count() -> None:
    changed = but(ROOM, "poll.hands_counted/1", data(against=["m003", "m006"]))
    assert codes(recount.judge, changed) == ["count.votes_for"]


def test_a_name_twice_or_of_a_stranger_in_a_show_of_hands() -> None:
    twice = but(ROOM, "poll.hands_counted/1", data(abstention=["m004", "m003"]))
    assert codes(mandates.judge, twice) == ["named_twice"]
    stranger = but(ROOM, "poll.hands_counted/1", data(abstention=["c1"]))
    assert codes(mandates.judge, stranger) == ["not_elector"]


@pytest.mark.parametrize("event", ["poll.hands_counted/1", "poll.papers_counted/1", "poll.voters_marked/1"])
def test_the_room_is_recorded_by_the_staff(event: str) -> None:
    assert codes(mandates.judge, but(ROOM, event, lambda line: line.update(by="m005"))) == ["not_staff"]


@pytest.mark.parametrize(
    "wrong",
    [{"votes_for": 4}, {"envelopes": 9, "votes_for": 5}, {"envelopes": 6}, {"votes_for": 7, "against": -1}],
)
def test_papers_that_do_not_add_up(wrong: dict[str, int]) -> None:
    assert "papers" in codes(recount.judge, but(ROOM, "poll.papers_counted/1", data(**wrong)))


@pytest.mark.parametrize("figure", ["votes_for", "against", "blank", "invalid"])
def test_papers_counted_otherwise_than_stated(figure: str) -> None:
    def more(line: Line) -> None:
        line["data"]["tally"][figure] += 1

    assert codes(recount.judge, but(ROOM, "poll.closed/1", more, which=3)) == [f"count.{figure}"]


def test_no_voice_prevails_in_secret() -> None:
    adopted = data(decision={"outcome": "adopted", "ground": "casting_vote", "chair_choice": "for"})
    assert codes(recount.judge, but(ROOM, "poll.result_proclaimed/1", adopted, which=3)) == ["outcome.rejected"]


def test_a_special_majority_is_that_of_its_base() -> None:
    def less(line: Line) -> None:
        line["data"]["majority"]["required"] = 5

    found = codes(recount.judge, but(ROOM, "poll.opened/1", less, which=5))
    assert found == ["majority"]

    def smaller(line: Line) -> None:
        line["data"]["majority"].update(whole=7, required=5)

    assert codes(recount.judge, but(ROOM, "poll.opened/1", smaller, which=5)) == [
        "majority",
        "majority",
        "outcome.adopted",
    ]

    def lower(line: Line) -> None:
        line["data"]["majority"]["base"] = "votes_cast"

    assert "majority" in codes(recount.judge, but(ROOM, "poll.opened/1", lower, which=5))


def test_who_is_afar_takes_no_part_in_a_vote_of_the_room() -> None:
    last = max(n for n, line in enumerate(ROOM) if line["event"] == "attendance.recorded/1")
    copy: list[Line] = json.loads(json.dumps(ROOM))
    copy[last]["data"]["presence"] = "remote"
    assert set(codes(mandates.judge, record(copy))) == {"not_in_room"}


def test_a_college_is_its_own_members_and_its_own_count() -> None:
    def moved(line: Line) -> None:
        founders, users = line["data"]["colleges"]
        users["members"].append(founders["members"].pop())

    assert "majority" in codes(recount.judge, but(COLLEGES, "poll.opened/1", moved))

    def better(line: Line) -> None:
        line["data"]["colleges"][1]["votes_for"] += 1

    assert codes(recount.judge, but(COLLEGES, "poll.closed/1", better, which=1)) == ["count.votes_for"]
    assert codes(recount.judge, but(COLLEGES, "poll.closed/1", data(colleges=[]), which=1)) == ["majority"]
    adopted = data(decision={"outcome": "adopted", "ground": "colleges", "chair_choice": None})
    assert codes(recount.judge, but(COLLEGES, "poll.result_proclaimed/1", adopted, which=1)) == ["outcome.rejected"]


def test_an_odd_list_or_number_is_malformed() -> None:
    for change in (data(against="m003"), data(against=[3])):
        with pytest.raises(Malformed):
            recount.judge(but(ROOM, "poll.hands_counted/1", change))
    with pytest.raises(Malformed):
        recount.judge(but(ROOM, "poll.opened/1", data(majority={"base": "present"}), which=5))


def test_a_journal_of_before_majorities_is_still_judged() -> None:
    copy: list[Line] = json.loads(json.dumps([line for line in ROOM if line["event"] != "poll.name_called/1"]))
    for line in copy:
        for name in ("majority", "colleges", "casting_vote", "call_order"):
            if line["event"] == "poll.opened/1":
                line["data"].pop(name)
        if line["event"] == "poll.closed/1":
            line["data"].pop("colleges")
            line["data"]["tally"].pop("blank")
    assert codes(recount.judge, record(copy)) == ["count.blank", "outcome.adopted"]


parts = st.tuples(st.integers(1, 3), st.integers(1, 4), st.booleans())


@given(
    st.lists(st.sampled_from([*Choice, None]), min_size=1, max_size=12),
    st.sampled_from([*Choice, None]),
    st.booleans(),
    parts,
    st.sampled_from([None, *MajorityBase]),
    st.booleans(),
)
def test_the_verifiers_own_majorities_agree_with_the_domains(
    choices: list[Choice | None],
    chair: Choice | None,
    prevails: bool,
    part: tuple[int, int, bool],
    base: MajorityBase | None,
    by_colleges: bool,
) -> None:
    threshold = Threshold(numerator=part[0], denominator=part[1], is_strict=part[2])
    whole = None if base in (None, MajorityBase.VOTES_CAST) else len(choices) + 2
    domain = (
        SIMPLE
        if base is None
        else Majority(
            base=base,
            threshold=threshold,
            whole=whole,
            required=None if whole is None else threshold.of(whole),
            article="",
            is_confirmed=True,
        )
    )
    need = Need(
        domain.base.value,
        domain.threshold.numerator,
        domain.threshold.denominator,
        domain.threshold.is_strict,
        domain.whole,
        domain.required,
    )
    tally = count([c for c in choices if c is not None], len(choices))
    halves = [count([c for c in half if c is not None], len(half)) for half in (choices[::2], choices[1::2])]
    due = decide_outcome(
        tally,
        chair_prevails=prevails,
        chair_choice=chair,
        majority=domain,
        colleges=[(domain, half) for half in halves] if by_colleges else (),
    )
    found = recount.decide(
        figures(tally),
        len(choices),
        chair.value if chair else None,
        prevails=prevails,
        need=need,
        parts=[(need, figures(half)) for half in halves] if by_colleges else (),
    )
    assert found == (due.outcome, due.ground)


def figures(tally: Tally) -> dict[str, int]:
    return {
        "votes_for": tally.votes_for,
        "against": tally.against,
        "abstention": tally.abstention,
        "not_taking_part": tally.not_taking_part,
        "no_answer": tally.no_answer,
    }
