"""Choices among several, recounted: honest journals pass, each lie has its name."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from tests.kit import choices, journals
from tests.kit.journals import CLERK
from voting.domain import commands as c
from voting.domain.contests import Contest, Option, OptionCount, TieBreak, count_options, decide_contest
from voting.domain.ids import OptionId, option_id
from voting.domain.ruleset import VotingMethod
from voting.domain.standing_orders import MajorityBase
from voting.verify import contests, mandates, quorum, recount
from voting.verify.faults import Malformed
from voting.verify.journal import lines_of
from voting.verify.record import Record
from voting.wording import catalogue

Line = dict[str, Any]
HONEST: list[Line] = [json.loads(line) for line in journals.sealed(choices.of_choices().events).journal.splitlines()]


def record(lines: list[Line]) -> Record:
    return Record(lines_of(b"".join(rfc8785.dumps({**line, "seq": n}) + b"\n" for n, line in enumerate(lines))))


def codes(change: Callable[[list[Line]], None]) -> list[str]:
    """What the recount finds after that change to the honest journal; each finding has its sentences."""
    lines = json.loads(json.dumps(HONEST))
    change(lines)
    answer = recount.judge(record(lines))
    assert answer.ok is False
    for finding in answer.findings:
        assert all(catalogue(language)(f"verify.recount.{finding.code}", **finding.fields) for language in ("fr", "en"))
    return [finding.code for finding in answer.findings]


def data(lines: list[Line], event: str, which: int = 0) -> Line:
    found: Line = [line for line in lines if line["event"] == event][which]["data"]
    return found


def test_the_honest_journal_passes_every_check() -> None:
    for judge in (recount.judge, mandates.judge, quorum.judge):
        assert judge(record(HONEST)).ok is True
    assert recount.judge(record(HONEST)).fields == {"polls": 4, "ballots": 27}


def test_a_false_figure_of_an_option() -> None:
    def lie(lines: list[Line]) -> None:
        data(lines, "poll.closed/1")["counts"][0]["votes"] += 1

    assert codes(lie) == ["round.count"]


def test_a_voice_moved_to_another_option() -> None:
    def lie(lines: list[Line]) -> None:
        for which in range(5):
            data(lines, "vote.option_chosen/1", which)["option"] = "o2"

    assert codes(lie) == ["round.count", "round.result"]


def test_another_winner_than_the_votes_make() -> None:
    assert codes(lambda lines: data(lines, "contest.result_proclaimed/1")["result"].update(winner="o2")) == [
        "round.result"
    ]


def test_an_elder_whom_nobody_stated() -> None:
    def lie(lines: list[Line]) -> None:
        lines.remove(next(line for line in lines if line["event"] == "contest.elder_stated/1"))

    assert codes(lie) == ["round.result"]


@pytest.mark.parametrize(
    ("field", "value"), [("relative", True), ("base", "in_office"), ("whole", 8), ("tie", "chair")]
)
def test_R26_terms_that_the_law_does_not_make(field: str, value: object) -> None:
    assert "round.terms" in codes(lambda lines: data(lines, "poll.opened/1", 1)["contest"].update({field: value}))


@pytest.mark.parametrize("change", [{"round": 3}, {"previous": "p1"}, {"previous": "p9"}, {"previous": None}])
def test_R26_rounds_that_do_not_follow_one_another(change: Line) -> None:
    assert "round.chain" in codes(lambda lines: data(lines, "poll.opened/1", 2)["contest"].update(change))


def test_R26_a_recorded_vote_on_people_whose_secret_was_not_given_up() -> None:
    def lie(lines: list[Line]) -> None:
        lines.remove(next(line for line in lines if line["event"] == "contest.ballot_uncovered/1"))

    assert codes(lie) == ["round.recorded"] * 3


def test_R07_the_executive_is_never_elected_by_a_recorded_vote_and_its_majority_is_of_the_members() -> None:
    def lie(lines: list[Line]) -> None:
        data(lines, "sitting.convened/1")["items"][1]["legal_subject"] = "presidency_election"

    found = codes(lie)
    assert found.count("round.recorded") == 3
    assert found.count("round.terms") == 3


def test_R26_a_nomination_without_a_vote_where_no_text_allows_it() -> None:
    def lie(lines: list[Line]) -> None:
        data(lines, "contest.unopposed_declared/1")["item"] = "i001"

    assert codes(lie) == ["unopposed"]

    def other(lines: list[Line]) -> None:
        next(line for line in lines if line["event"] == "contest.unopposed_declared/1")["by"] = "m004"

    assert codes(other) == ["unopposed"]


def test_the_chair_alone_proclaims() -> None:
    def lie(lines: list[Line]) -> None:
        next(line for line in lines if line["event"] == "contest.result_proclaimed/1")["by"] = "c1"

    assert codes(lie) == ["not_the_chair"]


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: data(lines, "vote.option_chosen/1").update(option="o9"),
        lambda lines: data(lines, "vote.option_chosen/1").update(choice="against"),
        lambda lines: data(lines, "vote.cast/1").update(choice="for"),
        lambda lines: data(lines, "poll.opened/1").update(contest=None),
        lambda lines: data(lines, "poll.opened/1").update(item="i9"),
    ],
)
def test_what_makes_no_sense_is_malformed(change: Callable[[list[Line]], None]) -> None:
    lines = json.loads(json.dumps(HONEST))
    change(lines)
    with pytest.raises(Malformed):
        recount.judge(record(lines))


def test_the_two_proclamations_are_not_taken_one_for_the_other() -> None:
    plain = [json.loads(line) for line in journals.sealed(journals.small().events).journal.splitlines()]
    for lines, event, other in (
        (HONEST, "contest.result_proclaimed/1", "poll.result_proclaimed/1"),
        (plain, "poll.result_proclaimed/1", "contest.result_proclaimed/1"),
    ):
        copy = json.loads(json.dumps(lines))
        next(line for line in copy if line["event"] == event)["event"] = other
        with pytest.raises(Malformed):
            recount.judge(record(copy))


def test_standing_orders_of_before_rounds_were_written_mean_the_usual_ones() -> None:
    lines = json.loads(json.dumps(HONEST))
    del data(lines, "sitting.convened/1")["standing_orders"]["contests"]
    assert recount.judge(record(lines)).ok is True


OPTIONS = tuple(Option(id=option_id(n), label=f"Option {n}") for n in range(1, 5))


@given(
    st.lists(st.integers(1, 4), max_size=12),
    st.booleans(),
    st.sampled_from([(MajorityBase.VOTES_CAST, 0), (MajorityBase.IN_OFFICE, 12)]),
    st.sampled_from(TieBreak),
    st.sampled_from([*(o.id for o in OPTIONS), None]),
    st.sampled_from([*(o.id for o in OPTIONS), None]),
)
def test_the_verifiers_own_law_agrees_with_the_domains(
    voices: list[int],
    relative: bool,
    base: tuple[MajorityBase, int],
    tie: TieBreak,
    chair: OptionId | None,
    elder: OptionId | None,
) -> None:
    contest = Contest(options=OPTIONS, relative=relative, base=base[0], whole=base[1], tie=tie, article="")
    counts = count_options(OPTIONS, [option_id(n) for n in voices])
    due = decide_contest(contest, counts, chair_option=chair, elder=elder)
    this = contests.Round(1, "i1", 1, tuple(o.id for o in OPTIONS), relative, base[0].value, base[1], tie.value)
    this.counts = {c.option: c.votes for c in counts}
    this.elder = elder or ""
    assert contests.decide(this, chair) == (due.winner, due.ground)


# --- on paper ---------------------------------------------------------------------------------------------------------


def _secret() -> list[Line]:
    story = choices.in_the_room()
    story.call("i002")
    story.do(c.OpenContest(by=CLERK, nominees=choices.nominees("m002", "m003"), method=VotingMethod.SECRET))
    counts = (OptionCount(option=option_id(1), votes=4), OptionCount(option=option_id(2), votes=2))
    story.do(c.RecordOptionPapers(by=CLERK, envelopes=7, blank=1, invalid=0, counts=counts))
    story.proclaim()
    story.do(c.CloseSitting(by=CLERK))
    return [json.loads(line) for line in journals.sealed(story.events).journal.splitlines()]


def test_R26_a_secret_choice_is_recounted_from_its_papers() -> None:
    for judge in (recount.judge, mandates.judge, quorum.judge):
        assert judge(record(_secret())).ok is True


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"envelopes": 8}, ["papers"]),
        ({"envelopes": 9, "blank": 3}, ["papers", "count.no_answer"]),
        ({"blank": 0, "invalid": 1}, ["count.blank"]),
    ],
)
def test_papers_that_do_not_add_up_or_were_changed(change: Line, found: list[str]) -> None:
    lines = _secret()
    data(lines, "contest.papers_counted/1").update(change)
    answer = recount.judge(record(lines))
    assert [f.code for f in answer.findings][: len(found)] == found


def test_papers_of_other_options_than_those_that_stand_make_no_sense() -> None:
    lines = _secret()
    data(lines, "contest.papers_counted/1")["counts"].pop()
    with pytest.raises(Malformed):
        recount.judge(record(lines))
    pressed = json.loads(json.dumps(HONEST))
    paper = next(line for line in _secret() if line["event"] == "contest.papers_counted/1")
    place = next(n for n, line in enumerate(pressed) if line["event"] == "poll.closed/1")
    pressed.insert(place, paper)
    with pytest.raises(Malformed):
        recount.judge(record(pressed))
