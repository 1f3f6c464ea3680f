"""From a command to its events, or to a refusal. Pure: the time comes in, nothing goes out but facts.

One module per part of the sitting; ``guards`` holds the questions that several of them ask.
"""

from datetime import datetime
from typing import assert_never

from voting.domain import commands as c
from voting.domain.decide import (
    agenda,
    amendments,
    blocks,
    camera,
    clock,
    contests,
    course,
    debate,
    exchange,
    floor,
    hours,
    incidents,
    minuting,
    order,
    people,
    polls,
    proxies,
    recording,
    statements,
)
from voting.domain.decide.votes import cast_vote
from voting.domain.events import SittingEvent
from voting.domain.refusals import SittingUnknown
from voting.domain.ruleset import RuleSet
from voting.domain.sitting import Sitting

__all__ = ["decide"]

_Floor = floor.Command | clock.Command | debate.Command
_Command = (
    course.Command | people.Command | proxies.Command | agenda.Command | _Floor | polls.Command | recording.Command
)
_Aside = camera.Command | minuting.Command | incidents.Command | exchange.Command | hours.Command
_Wish = (
    c.CastVote
    | statements.Command
    | amendments.Command
    | order.Command
    | blocks.Command
    | contests.Command
    | _Aside
    | _Command
)


def decide(sitting: Sitting | None, command: c.SittingCommand, rules: RuleSet, now: datetime) -> list[SittingEvent]:
    """The events that this command makes of this state at that instant (UTC, whole milliseconds).

    Raises a ``Refusal`` when the law or the state of the sitting says no; the state is then untouched.
    """
    if isinstance(command, c.ConveneSitting):
        return course.convene(sitting, command, rules, now)
    if sitting is None:
        raise SittingUnknown()
    if hours.have_passed(sitting, now):
        gone_by, sitting = hours.passed(sitting, now)
        return [*gone_by, *_answer(sitting, command, rules, now)]
    return _answer(sitting, command, rules, now)


def _answer(sitting: Sitting, command: _Wish, rules: RuleSet, now: datetime) -> list[SittingEvent]:
    if isinstance(command, c.CastVote):  # the busiest path first
        return cast_vote(sitting, command, rules, now)
    if isinstance(command, statements.Command):
        return statements.decide(sitting, command, rules, now)
    if isinstance(command, order.Command | amendments.Command):
        return _arrange(sitting, command, rules, now)
    if isinstance(command, blocks.Command):
        return blocks.decide(sitting, command, rules, now)
    if isinstance(command, contests.Command):
        return contests.decide(sitting, command, rules, now)
    if isinstance(command, _Aside):
        return _beside(sitting, command, rules, now)
    return _decide(sitting, command, rules, now)


def _beside(sitting: Sitting, command: _Aside, rules: RuleSet, now: datetime) -> list[SittingEvent]:
    if isinstance(command, camera.Command):
        return camera.decide(sitting, command, rules, now)
    if isinstance(command, minuting.Command):
        return minuting.decide(sitting, command, rules, now)
    if isinstance(command, incidents.Command):
        return incidents.decide(sitting, command, rules, now)
    if isinstance(command, exchange.Command):
        return exchange.decide(sitting, command, rules, now)
    return []  # the hours gone by were written before this answer


def _arrange(
    sitting: Sitting, command: order.Command | amendments.Command, rules: RuleSet, now: datetime
) -> list[SittingEvent]:
    if isinstance(command, order.Command):
        return order.decide(sitting, command, now)
    return amendments.decide(sitting, command, rules, now)


def _decide(sitting: Sitting, command: _Command, rules: RuleSet, now: datetime) -> list[SittingEvent]:
    match command:
        case (
            c.OpenSitting()
            | c.OpenRollCall()
            | c.CloseRollCall()
            | c.SuspendSitting()
            | c.ResumeSitting()
            | c.CloseSitting()
        ):
            return course.decide(sitting, command, rules, now)
        case c.RecordAttendance() | c.AppointSecretary() | c.HandOverChair():
            return people.decide(sitting, command, rules, now)
        case c.GiveProxy() | c.AcceptProxy() | c.DeclineProxy() | c.RevokeProxy():
            return proxies.decide(sitting, command, rules, now)
        case c.CallItem() | c.PostponeItem() | c.DeclareRecusal() | c.RequestSecretBallot() | c.RequestRecordedBallot():
            return agenda.decide(sitting, command, rules, now)
        case c.OpenPoll() | c.ClosePoll() | c.ProclaimResult() | c.AnnulPoll():
            return polls.decide(sitting, command, rules, now)
        case c.CallNextName() | c.RecordHands() | c.RecordPapers() | c.MarkVoters():
            return recording.decide(sitting, command, rules, now)
        case _:
            return _decide_floor(sitting, command, rules, now)


def _decide_floor(sitting: Sitting, command: _Floor, rules: RuleSet, now: datetime) -> list[SittingEvent]:
    match command:
        case c.RequestFloor() | c.WithdrawFloor() | c.GiveFloor() | c.EndFloor() | c.CloseSpeakersList():
            return floor.decide(sitting, command, rules, now)
        case c.PauseFloor() | c.ContinueFloor() | c.UndoFloor():
            return clock.decide(sitting, command, rules, now)
        case c.RequestSuspension() | c.DeclineSuspension() | c.RequestClosure() | c.DeclineClosure() | c.CloseDebate():
            return debate.decide(sitting, command, rules, now)
        case _:
            assert_never(command)
