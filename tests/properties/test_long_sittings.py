"""Long random walks from a seed: deeper than Hypothesis goes, without its shrinking. The claims hold all along."""

from functools import cache
from random import Random

import pytest

from tests.kit import wishes
from tests.kit.sittings import CLERK, Clock, convene, item, m, person, seats, staff, u, vote
from tests.properties import claims
from voting import rules as law
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.assembly import Body, ItemKind, Mode, Role
from voting.domain.attendance import Presence, Source
from voting.domain.decide import decide
from voting.domain.evolve import evolve, fold
from voting.domain.ids import item_id
from voting.domain.polls import Purpose
from voting.domain.refusals import Refusal
from voting.domain.ruleset import StandingOrders, VotingMethod
from voting.domain.sitting import Sitting
from voting.domain.standing_orders import MajorityBase
from voting.domain.tally import Choice, Ground

STEPS = 500
SEEDS = range(40)
KINDS = (wishes.attendance, wishes.proxies, wishes.proxies, wishes.debate, wishes.conduct, wishes.conduct, wishes.voice)


def _convocation(chance: Random) -> c.ConveneSitting:
    body = chance.choice(list(Body))
    voters = chance.randint(1, 9)
    members = [*seats(voters), *staff()]
    if body is Body.TENDER_COMMITTEE:
        members += [person(u(n), Role.MEMBER, substitute_for=m(n)) for n in range(1, voters + 1, 2)]
    reports = [item(n) for n in range(1, 31)]
    amendments = [item(n, ItemKind.AMENDMENT, parent=item_id(n - 29)) for n in range(31, 41)]
    groups = tuple({x.group for x in members if x.votes}) if body is Body.ASSOCIATION else ()
    colleges = chance.choice([(), tuple(sorted(groups))])
    orders = StandingOrders(casting_vote=chance.random() < 0.5, colleges=colleges)
    mode = Mode.HYBRID if body is Body.EPCI else chance.choice([Mode.HYBRID, Mode.ROOM])
    return convene(tuple(members), (*reports, *amendments), body=body, mode=mode, orders=orders)


def _wish(chance: Random, sitting: Sitting) -> c.SittingCommand:
    poll = sitting.polls.open_poll()
    if sitting.polls.pending is None and sitting.agenda.current is not None and chance.random() < 0.2:
        return wishes.opening(chance.choice, CLERK, Purpose.ITEM)
    if poll is None or chance.random() >= 0.75:
        return chance.choice(KINDS)(chance.choice, sitting)
    if not poll.is_pressed and chance.random() < 0.5:
        return wishes.counting(chance.choice, CLERK, sitting)
    if poll.call is not None and poll.call.called is not None and chance.random() < 0.8:
        voter = poll.electorate[poll.call.called].voter
        return vote(poll.call.called, chance.choice(list(Choice)), by=voter)
    return wishes.voice(chance.choice, sitting)


@cache
def walk(seed: int) -> list[e.SittingEvent]:
    """The record of a sitting of random wishes; the claims are checked now and then."""
    chance, clock = Random(seed), Clock()
    convocation = _convocation(chance)
    rules = law.current(convocation.body, convocation.mode, convocation.standing_orders)
    history = decide(None, convocation, rules, clock.now())
    sitting = fold(history)
    where = Presence.IN_ROOM if convocation.mode is Mode.ROOM else wishes.HERE[0]
    wished: list[c.SittingCommand] = [
        c.RecordAttendance(by=x.id, person=x.id, presence=where, source=chance.choice(list(Source)))
        for x in convocation.members
        if x.role is not Role.CLERK and chance.random() < 0.85
    ]
    wished += [c.OpenSitting(by=CLERK), c.CallItem(by=CLERK, item=None)]
    for step in range(STEPS):
        command = wished[step] if step < len(wished) else _wish(chance, sitting)
        try:
            events = decide(sitting, command, rules, clock.now())
        except Refusal:
            continue
        for event in events:
            sitting = evolve(sitting, event)
        history += events
        claims.check_state(sitting, rules)
        if step % 100 == 0:
            claims.check(sitting, history, rules)
    claims.check(sitting, history, rules)
    return history


@pytest.mark.parametrize("seed", SEEDS)
def test_the_claims_hold_all_along_a_random_sitting(seed: int) -> None:
    walk(seed)


def test_the_walks_go_where_the_dangers_are() -> None:
    """Otherwise they would prove nothing: polls with proxies, substitutes, recusals, ties that the chair breaks."""
    history = [x for seed in SEEDS for x in walk(seed)]
    opened = [x for x in history if isinstance(x, e.PollOpened)]
    assert any(mandate.is_proxy for x in opened for mandate in x.electorate)
    assert any(mandate.member.startswith("u") for x in opened for mandate in x.electorate)
    assert {x.decision.ground for x in history if isinstance(x, e.ResultProclaimed)} == set(Ground)
    assert {x.method for x in opened} == set(VotingMethod)
    assert {x.majority.base for x in opened if x.majority} == set(MajorityBase)
    assert any(x.colleges for x in opened)
    assert any(x.round == 2 for x in history if isinstance(x, e.NameCalled))
    assert {type(x) for x in history} >= {e.HandsCounted, e.PapersCounted, e.VotersMarked}
    assert {type(x) for x in history} >= {e.RecusalDeclared, e.SecretBallotRequested, e.PollAnnulled, e.ProxyEnded}
