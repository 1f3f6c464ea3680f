"""A choice among several as arithmetic: every voice once, in any order; rounds that follow one another."""

from random import Random

from hypothesis import given as for_all
from hypothesis import strategies as st

from tests.kit.given import Given, given
from tests.kit.sittings import (
    CLERK,
    called,
    choose,
    close_poll,
    contest,
    item,
    m,
    proclaim,
    standing_committee,
    vote,
)
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.agenda import ItemState
from voting.domain.assembly import ItemKind
from voting.domain.contests import ContestGround, ContestResult, count_options, decide_contest
from voting.domain.evolve import fold
from voting.domain.ids import OptionId, item_id, option_id
from voting.domain.refusals import Refusal
from voting.domain.tally import Choice

ELECTION = standing_committee(item(1, ItemKind.ELECTION), voters=7)
STANDING = contest("A", "B", "C")
ANSWERS = st.sampled_from([1, 2, 3, Choice.ABSTENTION, Choice.NOT_TAKING_PART, None])
ROUND = st.lists(ANSWERS, min_size=7, max_size=7)


def _cast(answers: list[int | Choice | None]) -> list[c.CastVote]:
    given_ = [(m(n), a) for n, a in enumerate(answers, start=1) if a is not None]
    return [vote(who, a) if isinstance(a, Choice) else choose(who, a) for who, a in given_]


@for_all(ROUND, st.randoms(use_true_random=False))
def test_the_order_in_which_members_press_changes_nothing(answers: list[int | Choice | None], chance: Random) -> None:
    results = []
    for wishes in (_cast(answers), chance.sample(_cast(answers), len(_cast(answers)))):
        poll = given(*called(ELECTION), STANDING, *wishes, close_poll()).sitting.polls.current()
        assert poll is not None
        results.append((poll.tally, poll.counts))
    assert results[0] == results[1]


@for_all(ROUND, ROUND)
def test_each_voice_counts_once_however_often_it_moves(
    first: list[int | Choice | None], last: list[int | Choice | None]
) -> None:
    cast = {w.member: w for w in _cast(first)}
    again = [w for w in _cast(last) if w.member not in cast or (w.choice, w.option) != _said(cast[w.member])]
    closed = given(*called(ELECTION), STANDING, *cast.values(), *again, close_poll())
    poll = closed.sitting.polls.current()
    assert poll is not None and poll.tally is not None
    assert sum(x.votes for x in poll.counts) == poll.tally.votes_for
    assert poll.tally.electors == 7
    stands = [new if new is not None else old for old, new in zip(first, last, strict=True)]
    assert [x.votes for x in poll.counts] == [stands.count(n) for n in (1, 2, 3)]


def _said(wish: c.CastVote) -> tuple[Choice, object]:
    return wish.choice, wish.option


@for_all(st.lists(ROUND, min_size=1, max_size=5))
def test_rounds_are_linked_until_somebody_is_chosen(rounds: list[list[int | Choice | None]]) -> None:
    sitting = given(*called(ELECTION), STANDING)
    for number, answers in enumerate(rounds, start=1):
        sitting = sitting.after(*_cast(answers), close_poll())
        poll = sitting.sitting.polls.current()
        assert poll is not None and poll.contest is not None
        assert poll.contest.round == number
        assert poll.contest.relative is (number > 2)
        assert (poll.contest.previous is None) is (number == 1)
        sitting = _proclaimed(sitting, [x.option for x in poll.counts if x.votes])
        result = sitting.sitting.polls.all[poll.id].result
        assert result is not None
        settled = sitting.sitting.agenda.states[item_id(1)] is ItemState.CHOSEN
        assert settled is (result.winner is not None)
        if settled or number == len(rounds):
            break
        sitting = sitting.after(c.OpenNextRound(by=CLERK))
    assert fold(sitting.history) == sitting.sitting
    chosen = [x for x in sitting.history if isinstance(x, e.ContestProclaimed) and x.result.winner is not None]
    assert len(chosen) <= 1


def _proclaimed(sitting: Given, options: list[OptionId]) -> Given:
    """Whoever of them may be said to be the older one is."""
    for option in options:
        said = sitting.when(c.StateElder(by=CLERK, option=option))
        if not isinstance(said.answer, Refusal):
            return said.accepted().after(proclaim())
    return sitting.after(proclaim())


@for_all(st.lists(st.integers(1, 3), max_size=30), st.integers(1, 3))
def test_one_voice_more_for_the_winner_changes_no_winner(voices: list[int], more: int) -> None:
    poll = given(*called(ELECTION), STANDING).sitting.polls.current()
    assert poll is not None and poll.contest is not None
    before = decide_contest(poll.contest, count_options(poll.contest.options, map(option_id, voices)))
    after = decide_contest(poll.contest, count_options(poll.contest.options, map(option_id, [*voices, more])))
    if before.winner == option_id(more):
        assert after == ContestResult(winner=before.winner, ground=ContestGround.ABSOLUTE_MAJORITY)
