"""Which released law governs a sitting that is being convened; where there is none, a refusal that says so."""

from datetime import datetime
from zoneinfo import ZoneInfo

from voting import rules as released
from voting.domain.assembly import Body, Mode, Regime
from voting.domain.refusals.law import LawEnded, NoLawWritten
from voting.domain.ruleset import RuleSet, StandingOrders

TIME_ZONE = "Europe/Paris"
"""Of the day on which a law still is one."""


def law_of(
    body: Body, mode: Mode, orders: StandingOrders, scheduled_for: datetime, regime: Regime = Regime.ORDINARY
) -> RuleSet:
    """The rule set of that day. Refuses where none is written, or where it had ended by then (R54)."""
    day = scheduled_for.astimezone(ZoneInfo(TIME_ZONE)).date()
    try:
        return released.current(body, mode, orders, on=day, regime=regime)
    except released.RuleSetEnded as ended:
        raise LawEnded(last_day=ended.last_day, citation=ended.citation) from ended
    except released.UnknownRuleSet as unknown:
        raise NoLawWritten(body=body, mode=mode, regime=regime) from unknown
