"""Convening, opening, calling the roll, pausing and lifting the sitting."""

from datetime import datetime
from typing import assert_never

from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.assembly import Mode, Role
from voting.domain.decide import convening, exchange, guards
from voting.domain.decide.floor import end_turn
from voting.domain.ids import PersonId
from voting.domain.refusals import (
    AgendaEmpty,
    AlreadyRecorded,
    ReasonMissing,
    RollCallNotOpen,
    RollIncomplete,
    SittingAlreadyExists,
    SummonsLacksRemote,
)
from voting.domain.refusals.law import BroadcastNotStarted
from voting.domain.ruleset import RuleSet
from voting.domain.seats import quorum
from voting.domain.sitting import Phase, Sitting

Command = c.OpenSitting | c.OpenRollCall | c.CloseRollCall | c.SuspendSitting | c.ResumeSitting | c.CloseSitting


def convene(sitting: Sitting | None, command: c.ConveneSitting, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    """The first event. Refuses a roll without chair or voters, an id twice, an agenda empty or incoherent."""
    if sitting is not None:
        raise SittingAlreadyExists()
    _check_roll(command)
    _check_agenda(command)
    convening.check(command, rules)
    return [
        e.SittingConvened(
            at=now,
            by=command.by,
            sitting=command.sitting,
            title=command.title,
            body=command.body,
            mode=command.mode,
            body_name=command.body_name,
            body_siret=command.body_siret,
            rule_set=rules.name,
            standing_orders=command.standing_orders,
            scheduled_for=command.scheduled_for,
            summoned_on=command.summoned_on,
            summons_mentions_remote=command.summons_mentions_remote,
            place=command.place,
            members=command.members,
            items=command.items,
            second_convocation_of=command.second_convocation_of,
            is_urgent=command.is_urgent,
            remarks=convening.remarks(command, rules),
            first_convocation=command.first_convocation,
        )
    ]


def _check_roll(command: c.ConveneSitting) -> None:
    if sum(m.role is Role.CHAIR for m in command.members) != 1:
        raise RollIncomplete(what="chair")
    if not any(m.votes for m in command.members):
        raise RollIncomplete(what="voters")
    if len({m.id for m in command.members}) != len(command.members):
        raise RollIncomplete(what="ids")
    seats = {m.id for m in command.members if m.votes}
    replaced = {m.id: m.substitute_for for m in command.members if m.substitute_for is not None}
    parts = command.standing_orders.colleges
    if parts and {m.group for m in command.members if m.votes} != set(parts):
        raise RollIncomplete(what="colleges")
    if not seats.isdisjoint(replaced) or not seats.issuperset(replaced.values()):
        raise RollIncomplete(what="substitutes")


def _check_agenda(command: c.ConveneSitting) -> None:
    if not command.items:
        raise AgendaEmpty()
    parents = {i.id: i.parent for i in command.items}
    if len(parents) != len(command.items):
        raise RollIncomplete(what="items")
    for start, above in parents.items():
        seen = {start}
        while above is not None:
            if above in seen or above not in parents:
                raise RollIncomplete(what="items")
            seen.add(above)
            above = parents[above]


def decide(sitting: Sitting, command: Command, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    """Every command on the outline of the sitting is the staff's."""
    guards.staff(sitting, command.by)
    match command:
        case c.OpenSitting():
            return _open(sitting, command, rules, now)
        case c.OpenRollCall():
            guards.phase(sitting, Phase.CONVENED, Phase.OPEN)
            if sitting.course.roll_call_open:
                raise AlreadyRecorded()
            return [e.RollCallOpened(at=now, by=command.by)]
        case c.CloseRollCall():
            return _close_roll_call(sitting, command, rules, now)
        case c.SuspendSitting():
            return _suspend(sitting, command, now)
        case c.ResumeSitting():
            guards.phase(sitting, Phase.SUSPENDED)
            return [e.SittingResumed(at=now, by=command.by, quorum=quorum(sitting, rules))]
        case c.CloseSitting():
            return _close(sitting, command, now)
        case _:
            assert_never(command)


def _open(sitting: Sitting, command: c.OpenSitting, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    guards.phase(sitting, Phase.CONVENED)
    summons = rules.summons
    if summons is not None and sitting.facts.mode is not Mode.ROOM and not sitting.facts.summons_mentions_remote:
        raise SummonsLacksRemote(citation=summons)
    broadcast = rules.conduct.broadcast
    if broadcast is not None and not sitting.course.stated.is_broadcast:
        raise BroadcastNotStarted(citation=broadcast)
    guards.here(sitting, sitting.officers.chair)
    check = guards.quorate(sitting, rules)
    opened = e.SittingOpened(at=now, by=command.by, chair=sitting.officers.chair, quorum=check)
    return [*end_of_call(sitting, command.by, rules, now), opened]


def _close_roll_call(sitting: Sitting, command: c.CloseRollCall, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    if not sitting.course.roll_call_open:
        raise RollCallNotOpen()
    return end_of_call(sitting, command.by, rules, now)


def end_of_call(sitting: Sitting, by: PersonId, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    """The end of the running call, if one runs: opening the sitting ends it too."""
    if not sitting.course.roll_call_open:
        return []
    missing = tuple(m.id for m in sitting.voting_members() if not sitting.is_here(m.id))
    return [e.RollCallClosed(at=now, by=by, quorum=quorum(sitting, rules), missing=missing)]


def _suspend(sitting: Sitting, command: c.SuspendSitting, now: datetime) -> list[e.SittingEvent]:
    guards.phase(sitting, Phase.OPEN)
    guards.no_poll_pending(sitting)
    return [*end_turn(sitting, command.by, now), e.SittingSuspended(at=now, by=command.by, reason=command.reason)]


def _close(sitting: Sitting, command: c.CloseSitting, now: datetime) -> list[e.SittingEvent]:
    guards.phase(sitting, Phase.OPEN, Phase.SUSPENDED)
    guards.no_poll_pending(sitting)
    exchange.check_over(sitting)
    events = end_turn(sitting, command.by, now)
    if sitting.agenda.current is not None:
        events.append(e.ItemClosed(at=now, by=command.by, item=sitting.agenda.current))
    return [*events, e.SittingClosed(at=now, by=command.by)]


def required_reason(text: str) -> str:
    """The reason without its outer blanks. Refuses an empty one."""
    if not text.strip():
        raise ReasonMissing()
    return text.strip()
