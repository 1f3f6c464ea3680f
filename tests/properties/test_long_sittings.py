"""Long random walks from a seed: deeper than Hypothesis goes, without its shrinking. The claims hold all along."""

from random import Random

import pytest

from tests.kit import wishes
from tests.kit.sittings import CLERK, Clock, convene, item, m, person, seats, staff, u
from tests.properties import claims
from voting import rules as law
from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.assembly import Body, ItemKind, Mode, Role
from voting.domain.attendance import Source
from voting.domain.decide import decide
from voting.domain.evolve import evolve, fold
from voting.domain.ids import item_id
from voting.domain.refusals import Refusal
from voting.domain.ruleset import StandingOrders
from voting.domain.sitting import Sitting
from voting.domain.tally import Ground

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
    orders = StandingOrders(casting_vote=chance.random() < 0.5)
    return convene(tuple(members), (*reports, *amendments), body=body, mode=Mode.HYBRID, orders=orders)


def _wish(chance: Random, sitting: Sitting) -> c.SittingCommand:
    voting = sitting.polls.open_poll() is not None and chance.random() < 0.75
    return (wishes.voice if voting else chance.choice(KINDS))(chance.choice, sitting)


def walk(seed: int) -> list[e.SittingEvent]:
    """The record of a sitting of random wishes; the claims are checked now and then."""
    chance, clock = Random(seed), Clock()
    convocation = _convocation(chance)
    rules = law.current(convocation.body, convocation.mode, convocation.standing_orders)
    history = decide(None, convocation, rules, clock.now())
    sitting = fold(history)
    wished: list[c.SittingCommand] = [
        c.RecordAttendance(by=x.id, person=x.id, presence=wishes.HERE[0], source=chance.choice(list(Source)))
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
    assert {type(x) for x in history} >= {e.RecusalDeclared, e.SecretBallotRequested, e.PollAnnulled, e.ProxyEnded}
