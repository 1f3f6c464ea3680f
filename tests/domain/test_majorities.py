"""Majorities other than the simple one: their base is frozen when the poll opens; colleges must each agree."""

from dataclasses import replace

import pytest

from tests.kit.given import Given, fact, given
from tests.kit.sittings import (
    CHAIR,
    CLERK,
    accepted_proxy,
    arrive,
    call,
    called,
    close_poll,
    convene,
    council,
    first,
    m,
    open_poll,
    opened,
    proclaim,
    roll,
    standing_committee,
    vote,
    votes,
)
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.assembly import Body, Mode
from voting.domain.attendance import Presence
from voting.domain.ids import poll_id
from voting.domain.majorities import SIMPLE, Cited, Majority, WantedMajority
from voting.domain.polls import Purpose, Terms
from voting.domain.refusals import MethodForbidden, RollIncomplete
from voting.domain.refusals.ballots import MajorityOutOfRange
from voting.domain.ruleset import MethodRule, StandingOrders, VotingMethod
from voting.domain.standing_orders import MORE_THAN_HALF, MajorityBase, Threshold
from voting.domain.tally import Choice, Decision, Ground, Outcome, Tally, decide_outcome, reaches
from voting.rules import articles
from voting.rules.association import statutes
from voting.rules.book import IN_THE_ROOM, RuleBook

P1 = poll_id(1)
ADOPTED, REJECTED = Outcome.ADOPTED, Outcome.REJECTED
TWO_THIRDS = Threshold(numerator=2, denominator=3)
THREE_FIFTHS = Threshold(numerator=3, denominator=5)
PARTS = StandingOrders(colleges=("Alliance des territoires", "Ensemble"), majority_base=MajorityBase.PRESENT)
COLLEGES = convene(roll(16), body=Body.ASSOCIATION, mode=Mode.HYBRID, orders=PARTS)
"""Ten members in the first college, six in the second."""


def wanted(base: MajorityBase, threshold: Threshold = TWO_THIRDS, article: str = "") -> c.OpenPoll:
    majority = WantedMajority(base=base, threshold=threshold, article=article)
    return c.OpenPoll(by=CLERK, purpose=Purpose.ITEM, method=VotingMethod.ELECTRONIC, majority=majority)


def decision(sitting: Given) -> Decision:
    found = sitting.after(close_poll(), proclaim()).sitting.polls.all[P1].decision
    assert found is not None
    return found


def frozen(sitting: Given) -> Majority:
    return sitting.sitting.polls.all[P1].majority


def test_R21_L4132_13_the_ordinary_majority_is_written_with_its_article() -> None:
    then = given(*called(council())).when(open_poll()).accepted()
    article = articles.MAJORITY.article
    due = Majority(
        base=MajorityBase.VOTES_CAST,
        threshold=MORE_THAN_HALF,
        whole=None,
        required=None,
        article=article,
        is_confirmed=True,
    )
    assert frozen(then) == due
    assert due.is_simple
    assert then.sitting.polls.all[P1].casting_vote == Cited(article=articles.CASTING_VOTE.article, is_confirmed=True)


@pytest.mark.parametrize(
    ("base", "whole", "required"),
    [
        (MajorityBase.VOTES_CAST, None, None),
        (MajorityBase.PRESENT, 20, 14),
        (MajorityBase.PRESENT_OR_REPRESENTED, 21, 14),
        (MajorityBase.IN_OFFICE, 25, 17),
    ],
)
def test_the_base_is_counted_when_the_poll_opens(base: MajorityBase, whole: int | None, required: int | None) -> None:
    sitting = given(*opened(standing_committee(), first(20)), *accepted_proxy(m(21), m(2)), call())
    found = frozen(sitting.after(wanted(base, article=" statuts, art. 12 ")))
    assert (found.base, found.whole, found.required) == (base, whole, required)
    assert (found.article, found.is_confirmed, found.is_simple) == ("statuts, art. 12", False, False)


@pytest.mark.parametrize(
    ("base", "needed"),
    [
        (MajorityBase.VOTES_CAST, 10),
        (MajorityBase.PRESENT, 14),
        (MajorityBase.IN_OFFICE, 17),
    ],
)
def test_enough_or_one_short(base: MajorityBase, needed: int) -> None:
    sitting = given(*called(standing_committee(), first(20)), wanted(base))
    cast = 15 if base is MajorityBase.VOTES_CAST else 20
    enough = [*votes(Choice.FOR, range(1, needed + 1)), *votes(Choice.AGAINST, range(needed + 1, cast + 1))]
    assert decision(sitting.after(*enough)) == Decision(outcome=ADOPTED, ground=Ground.MAJORITY)
    short = [*votes(Choice.FOR, range(1, needed)), *votes(Choice.AGAINST, range(needed, cast + 1))]
    assert decision(sitting.after(*short)) == Decision(outcome=REJECTED, ground=Ground.MAJORITY)


def test_nobody_against_is_not_enough_where_the_base_is_wider() -> None:
    sitting = given(*called(standing_committee(), first(20)), wanted(MajorityBase.IN_OFFICE, MORE_THAN_HALF))
    assert frozen(sitting).required == 13
    twelve = sitting.after(*votes(Choice.FOR, range(1, 13)))
    assert decision(twelve) == Decision(outcome=REJECTED, ground=Ground.MAJORITY)
    thirteen = sitting.after(*votes(Choice.FOR, range(1, 14)))
    assert decision(thirteen) == Decision(outcome=ADOPTED, ground=Ground.UNANIMITY_OF_VOTES_CAST)


def test_R19_only_the_simple_majority_knows_ties() -> None:
    sitting = given(*called(standing_committee(), first(20)), wanted(MajorityBase.PRESENT, MORE_THAN_HALF))
    tied = sitting.after(*votes(Choice.FOR, range(1, 11)), *votes(Choice.AGAINST, range(11, 21)))
    assert decision(tied) == Decision(outcome=REJECTED, ground=Ground.MAJORITY)


@pytest.mark.parametrize(
    "threshold",
    [
        Threshold(numerator=1, denominator=2),
        Threshold(numerator=1, denominator=3),
        Threshold(numerator=1, denominator=3, is_strict=True),
        Threshold(numerator=4, denominator=3),
        Threshold(numerator=1, denominator=1, is_strict=True),
        Threshold(numerator=1, denominator=0),
        Threshold(numerator=0, denominator=0, is_strict=True),
    ],
)
def test_a_majority_is_more_than_half_and_not_more_than_all(threshold: Threshold) -> None:
    given(*called(standing_committee())).when(wanted(MajorityBase.IN_OFFICE, threshold)).then(MajorityOutOfRange())


@pytest.mark.parametrize("threshold", [MORE_THAN_HALF, THREE_FIFTHS, TWO_THIRDS, Threshold(numerator=1, denominator=1)])
def test_any_other_part_may_be_asked_for(threshold: Threshold) -> None:
    given(*called(standing_committee())).when(wanted(MajorityBase.IN_OFFICE, threshold)).then(e.PollOpened)


def test_the_statutes_of_an_association_answer_when_nothing_is_asked() -> None:
    orders = StandingOrders(majority=TWO_THIRDS, majority_base=MajorityBase.PRESENT)
    sitting = given(*called(convene(roll(9), body=Body.ASSOCIATION, orders=orders)), open_poll())
    found = frozen(sitting)
    assert (found.whole, found.required, found.article) == (9, 6, statutes("R21").article)
    assert decision(sitting.after(*votes(Choice.FOR, range(1, 6)))).outcome is REJECTED
    assert decision(sitting.after(*votes(Choice.FOR, range(1, 7)))).outcome is ADOPTED


def test_each_college_has_its_own_base() -> None:
    sitting = given(*called(COLLEGES, first(14))).when(open_poll()).accepted()
    one, two = sitting.sitting.polls.all[P1].colleges
    assert (one.name, one.members, one.majority.required) == ("Alliance des territoires", first(10), 6)
    assert (two.members, two.majority.whole, two.majority.required) == (tuple(m(n) for n in range(11, 15)), 4, 3)


@pytest.mark.parametrize(("second", "outcome"), [((11, 12, 13), ADOPTED), ((11, 12), REJECTED), ((), REJECTED)])
def test_every_college_must_agree(second: tuple[int, ...], outcome: Outcome) -> None:
    sitting = given(*called(COLLEGES, first(14)), open_poll(), *votes(Choice.FOR, [*range(1, 11), *second]))
    closed = sitting.when(close_poll()).accepted()
    event = closed.history[-1]
    assert isinstance(event, e.PollClosed)
    assert [t.votes_for for t in event.colleges] == [10, len(second)]
    assert sum(t.electors for t in event.colleges) == event.tally.electors == 14
    poll = closed.sitting.polls.all[P1]
    assert poll.terms == Terms(majority=poll.majority, colleges=tuple(zip(poll.colleges, event.colleges, strict=True)))
    closed.when(proclaim()).then(fact(e.ResultProclaimed, decision=Decision(outcome=outcome, ground=Ground.COLLEGES)))


def test_a_vote_may_be_put_to_all_together() -> None:
    joint = replace(open_poll(), is_joint=True)
    sitting = given(*called(COLLEGES, first(14))).when(joint).then(fact(e.PollOpened, colleges=()))
    assert decision(sitting.after(*votes(Choice.FOR, range(1, 9)))) == Decision(
        outcome=ADOPTED, ground=Ground.UNANIMITY_OF_VOTES_CAST
    )


def test_no_casting_vote_over_colleges() -> None:
    orders = replace(PARTS, casting_vote=True, majority_base=None)
    sitting = given(*called(convene(roll(16), body=Body.ASSOCIATION, orders=orders)), open_poll())
    tied = sitting.after(vote(CHAIR), vote(m(2), Choice.AGAINST), *votes(Choice.FOR, range(11, 14)))
    assert decision(tied) == Decision(outcome=REJECTED, ground=Ground.COLLEGES)
    assert sitting.sitting.polls.all[P1].casting_vote is None


def test_a_paper_does_not_say_of_which_college_it_is() -> None:
    convocation = convene(roll(16), body=Body.ASSOCIATION, mode=Mode.ROOM, orders=PARTS)
    book = given(convocation).rules
    assert isinstance(book, RuleBook)
    allowing = replace(book, methods=MethodRule(allowed=IN_THE_ROOM, citation=statutes("R16")))
    here = [arrive(who, Presence.IN_ROOM) for who in first(16)]
    room = given(convocation, *here, c.OpenSitting(by=CHAIR), call(), rules=allowing)
    room.when(open_poll(method=VotingMethod.SECRET)).then(MethodForbidden(citation=statutes("R21")))
    room.when(replace(open_poll(method=VotingMethod.SECRET), is_joint=True)).then(e.PollOpened)


@pytest.mark.parametrize("names", [("Alliance des territoires",), ("Alliance des territoires", "Ensemble", "Nobody")])
def test_every_voter_is_of_a_college_and_every_college_has_voters(names: tuple[str, ...]) -> None:
    orders = replace(PARTS, colleges=names)
    convocation = convene(roll(16), body=Body.ASSOCIATION, orders=orders)
    given(rules=given(COLLEGES).rules).when(convocation).then(RollIncomplete(what="colleges"))


def test_a_journal_without_majorities_has_the_simple_one() -> None:
    assert SIMPLE.is_simple
    assert SIMPLE.needed(53) == 27
    figures = Tally(votes_for=2, against=1, abstention=0, not_taking_part=0, no_answer=0)
    old = e.PollOpened(
        at=given(standing_committee()).clock.now(),
        by=CLERK,
        poll=P1,
        number=1,
        item=given(standing_committee()).sitting.facts.items[0].id,
        purpose=Purpose.ITEM,
        method=VotingMethod.ELECTRONIC,
        electorate=(),
        quorum=given(*opened(standing_committee())).sitting.course.quorum,  # type: ignore[arg-type]
    )
    poll = given(standing_committee()).happened(old).sitting.polls.all[P1]
    assert (poll.majority, poll.colleges, poll.casting_vote, poll.call) == (SIMPLE, (), None, None)
    assert reaches(SIMPLE, figures)


def test_no_vote_for_is_never_enough() -> None:
    nothing = Tally(votes_for=0, against=0, abstention=3, not_taking_part=0, no_answer=0)
    free = Majority(base=MajorityBase.PRESENT, threshold=TWO_THIRDS, whole=0, required=0, article="", is_confirmed=True)
    assert not reaches(free, nothing)
    assert decide_outcome(nothing, chair_prevails=True, chair_choice=None, majority=free).ground is Ground.NO_VOTE_CAST


def test_each_college_may_be_asked_for_a_majority_of_its_own_seats() -> None:
    sitting = given(*called(COLLEGES, first(14))).when(wanted(MajorityBase.IN_OFFICE)).accepted()
    bases = [(x.majority.base, x.majority.whole, x.majority.required) for x in sitting.sitting.polls.all[P1].colleges]
    assert bases == [(MajorityBase.IN_OFFICE, 10, 7), (MajorityBase.IN_OFFICE, 6, 4)]
