"""Votes decided and folded in one process, without I/O: what the law itself costs, and what makes it grow.

A vote is one call of ``decide`` and one of the fold that the service keeps; seconds are the processor's own. The curve
is taken over the members, and over the history: the cost of a vote must depend on neither.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from statistics import median

from bot.bench import Figure
from tests.bench.world import council
from tests.kit import sittings as kit
from voting.domain.commands import CastVote, ConveneSitting
from voting.domain.decide import decide
from voting.domain.fold import Fold
from voting.domain.ruleset import RuleSet
from voting.domain.tally import Choice
from voting.service.law import law_of

VOTES = 20_000
ROUNDS = 5
TARGET = 100_000
FLAT = 0.8
"""What a crowd or a long past may take of the speed: a fifth, which caches and the collector cost."""
MEMBERS, CROWD = 60, 720
LONG = 3_000 * MEMBERS
"""Votes already in the journal of the sitting."""


def decided_60() -> Figure:
    """Votes per second with sixty members, against merely making as many commands."""
    mine, bare = _pair(partial(_votes, MEMBERS), _commands)
    return Figure(
        name="decided_60",
        value=round(mine),
        unit="votes/s",
        yardstick=round(bare),
        ratio=round(mine / bare, 2),
        target=f">= {TARGET} votes/s",
        met=mine >= TARGET,
    )


def decided_by(members: int = CROWD) -> Figure:
    """The same with so many members: against sixty."""
    return _flat(f"decided_{members}", partial(_votes, members))


def decided_late(past: int = LONG, name: str = "decided_late") -> Figure:
    """The same after so many votes in the sitting: against one that has just begun."""
    return _flat(name, partial(_votes, MEMBERS, past))


def _flat(name: str, measure: Callable[[], float]) -> Figure:
    mine, sixty = _pair(measure, partial(_votes, MEMBERS))
    return Figure(
        name=name,
        value=round(mine),
        unit="votes/s",
        yardstick=round(sixty),
        ratio=round(mine / sixty, 2),
        target=f"ratio >= {FLAT}",
        met=mine / sixty >= FLAT,
    )


def _pair(one: Callable[[], float], other: Callable[[], float]) -> tuple[float, float]:
    """The medians of a few rounds, in turn, after one for practice."""
    taken = [(one(), other()) for _ in range(ROUNDS + 1)][1:]
    return median(first for first, _ in taken), median(second for _, second in taken)


def _votes(members: int, past: int = 0) -> float:
    """Votes per second in an open poll that has already heard ``past`` of them."""
    convocation = council(members, 1)
    rules = _rules(convocation)
    fold, now = Fold(), convocation.scheduled_for
    for command in kit.polled(convocation):
        fold.add(decide(fold.now, command, rules, now))
    for command in _wishes(members, past, 0):
        fold.add(decide(fold.now, command, rules, now))
    wishes, later = _wishes(members, VOTES, past // members), now + timedelta(minutes=1)
    start = time.process_time()
    for command in wishes:
        fold.add(decide(fold.now, command, rules, later))
    return VOTES / (time.process_time() - start)


def _commands() -> float:
    """Commands made per second: as little as a program in this language can do for a vote."""
    start = time.process_time()
    _wishes(MEMBERS, VOTES, 0)
    return VOTES / (time.process_time() - start)


def _wishes(members: int, votes: int, since: int) -> list[CastVote]:
    """Everybody in turn, each time another choice; ``since`` is how often each has voted already."""
    choices = list(Choice)
    return [
        kit.vote(kit.m(n % members + 1), choices[turn % len(choices)], poll="p1", revision=turn)
        for n in range(votes)
        for turn in (since + n // members,)
    ]


def _rules(convocation: ConveneSitting) -> RuleSet:
    return law_of(convocation.body, convocation.mode, convocation.standing_orders, convocation.scheduled_for)
