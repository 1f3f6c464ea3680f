"""A sitting that the quorum did not come to: recorded as not held, with who was missing (R04)."""

from datetime import datetime

from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.decide import guards
from voting.domain.decide.course import end_of_call
from voting.domain.refusals.law import QuorumIsReached
from voting.domain.ruleset import RuleSet
from voting.domain.seats import quorum
from voting.domain.sitting import Phase, Sitting


def decide(sitting: Sitting, command: c.RecordNoQuorum, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    """The staff states it, before the opening and only while the quorum is missing."""
    guards.staff(sitting, command.by)
    guards.phase(sitting, Phase.CONVENED)
    check = quorum(sitting, rules)
    if check.is_reached:
        raise QuorumIsReached()
    missing = tuple(m.id for m in sitting.voting_members() if not sitting.is_here(m.id))
    not_held = e.SittingNotHeld(at=now, by=command.by, quorum=check, missing=missing)
    return [*end_of_call(sitting, command.by, rules, now), not_held]
