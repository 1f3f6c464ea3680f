"""The rule sets that the tests of rows ask, by body and by mode."""

from voting import rules
from voting.domain.assembly import Body, LegalSubject, Mode, Regime
from voting.domain.ruleset import (
    QuorumBase,
    RuleSet,
    StandingOrders,
)

PRESENT, BOTH = QuorumBase.PRESENT, QuorumBase.PRESENT_OR_REPRESENTED
ELECTION = LegalSubject.PRESIDENCY_ELECTION
COUNCILS = [Body.COUNCIL, Body.DEPARTMENT]
REMOTE_BODIES = [Body.COUNCIL, Body.STANDING_COMMITTEE, Body.DEPARTMENT, Body.DEPARTMENT_COMMITTEE, Body.EPCI]


def remote(body: Body, orders: StandingOrders | None = None) -> RuleSet:
    return rules.current(body, Mode.REMOTE, orders or StandingOrders())


def room(body: Body, orders: StandingOrders | None = None) -> RuleSet:
    return rules.current(body, Mode.ROOM, orders or StandingOrders())


def emergency(body: Body, orders: StandingOrders | None = None) -> RuleSet:
    return rules.current(body, Mode.REMOTE, orders or StandingOrders(), regime=Regime.EMERGENCY_2020, replay=True)


def written(orders: StandingOrders | None = None) -> RuleSet:
    orders = orders or StandingOrders()
    return rules.current(Body.TENDER_COMMITTEE, Mode.REMOTE, orders, regime=Regime.WRITTEN_EXCHANGE)
