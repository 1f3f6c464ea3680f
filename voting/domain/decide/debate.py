"""What members ask of the sitting in a debate: a pause, the end of the debate. The chair decides (R34)."""

from datetime import datetime
from typing import assert_never

from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.decide import guards
from voting.domain.decide.asking import reserve
from voting.domain.ids import PersonId
from voting.domain.polls import Poll, Purpose
from voting.domain.refusals import AlreadyRecorded, ListClosed, Recused
from voting.domain.refusals.floor import ClosureIsVoted, ClosureNotVoted, NothingRequested
from voting.domain.ruleset import RuleSet
from voting.domain.sitting import Phase, Sitting
from voting.domain.tally import Decision, Outcome

Command = c.RequestSuspension | c.DeclineSuspension | c.RequestClosure | c.DeclineClosure | c.CloseDebate


def decide(sitting: Sitting, command: Command, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    """Asked for by whom the standing orders say; granted by suspending, or by closing the debate."""
    guards.phase(sitting, Phase.OPEN)
    guards.no_poll_pending(sitting)
    match command:
        case c.RequestSuspension():
            return _ask_suspension(sitting, command, rules, now)
        case c.DeclineSuspension():
            guards.chair(sitting, command.by, rules)
            person = _asked(sitting.course.suspension_asked_by)
            return [e.SuspensionDeclined(at=now, by=command.by, person=person)]
        case c.RequestClosure():
            return _ask_closure(sitting, command, rules, now)
        case c.DeclineClosure():
            guards.chair(sitting, command.by, rules)
            _check_chair_decides(sitting, rules)
            item = guards.item(sitting)
            _asked(sitting.speakers.closure_asked_by)
            return [e.ClosureDeclined(at=now, by=command.by, item=item.id)]
        case c.CloseDebate():
            guards.chair(sitting, command.by, rules)
            _check_chair_decides(sitting, rules)
            item = guards.item(sitting)
            if sitting.speakers.is_debate_closed:
                raise AlreadyRecorded()
            return [e.DebateClosed(at=now, by=command.by, item=item.id)]
        case _:
            assert_never(command)


def _check_chair_decides(sitting: Sitting, rules: RuleSet) -> None:
    if sitting.facts.standing_orders.closure_by_vote:
        raise ClosureIsVoted(citation=rules.speaking)


def check_question(sitting: Sitting, rules: RuleSet) -> None:
    """Refuses to put the end of the debate to the vote where the chair decides, or where nobody asked for it."""
    if not sitting.facts.standing_orders.closure_by_vote:
        raise ClosureNotVoted(citation=rules.speaking)
    _asked(sitting.speakers.closure_asked_by)


def closure(poll: Poll, decision: Decision, by: PersonId, now: datetime) -> list[e.SittingEvent]:
    """What the vote on the end of the debate brings."""
    if poll.purpose is not Purpose.CLOSURE:
        return []
    if decision.outcome is Outcome.ADOPTED:
        return [e.DebateClosed(at=now, by=by, item=poll.item)]
    return [e.ClosureDeclined(at=now, by=by, item=poll.item)]


def _ask_suspension(
    sitting: Sitting, command: c.RequestSuspension, rules: RuleSet, now: datetime
) -> list[e.SittingEvent]:
    _may_ask(sitting, command)
    reserve(sitting, command.person, sitting.facts.standing_orders.requests.suspension, rules)
    if sitting.course.suspension_asked_by is not None:
        raise AlreadyRecorded()
    return [e.SuspensionRequested(at=now, by=command.by, person=command.person, reason=command.reason.strip())]


def _ask_closure(sitting: Sitting, command: c.RequestClosure, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    item = guards.item(sitting)
    _may_ask(sitting, command)
    if sitting.agenda.is_recused(command.person):
        raise Recused(citation=rules.recusal)
    reserve(sitting, command.person, sitting.facts.standing_orders.requests.closure, rules)
    if sitting.speakers.is_debate_closed:
        raise ListClosed(citation=rules.speaking)
    if sitting.speakers.closure_asked_by is not None:
        raise AlreadyRecorded()
    return [e.ClosureRequested(at=now, by=command.by, item=item.id, person=command.person)]


def _may_ask(sitting: Sitting, command: c.RequestSuspension | c.RequestClosure) -> None:
    guards.self_or_staff(sitting, command.by, command.person)
    guards.here(sitting, command.person)


def _asked(person: PersonId | None) -> PersonId:
    if person is None:
        raise NothingRequested()
    return person
