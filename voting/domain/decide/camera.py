"""Sitting in camera: five members or the chair ask, the assembly decides without debate, the chair ends it (R33)."""

from collections.abc import Mapping
from datetime import datetime

from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.decide import guards
from voting.domain.majorities import Majority, over
from voting.domain.procedure import CameraRule
from voting.domain.refusals import AlreadyRecorded, NoVote
from voting.domain.refusals.camera import (
    AlreadyInCamera,
    InCameraNotFor,
    InCameraRequestWaits,
    NoInCameraRequest,
    NotInCamera,
)
from voting.domain.ruleset import RuleSet
from voting.domain.seats import sits
from voting.domain.sitting import Phase, Sitting
from voting.domain.standing_orders import MORE_THAN_HALF, MajorityBase

Command = c.RequestInCamera | c.EndInCamera


def decide(sitting: Sitting, command: Command, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    """Members and the chair ask; the chair alone lets the public in again."""
    guards.phase(sitting, Phase.OPEN)
    guards.no_poll_pending(sitting)
    if isinstance(command, c.RequestInCamera):
        return _request(sitting, command, rules, now)
    guards.chair(sitting, command.by, rules)
    if sitting.course.camera.since is None:
        raise NotInCamera()
    return [e.InCameraEnded(at=now, by=command.by)]


def _request(sitting: Sitting, command: c.RequestInCamera, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    guards.known(sitting, command.by)
    rule = _rule(rules)
    item, camera = guards.item(sitting), sitting.course.camera
    is_chair = command.by == sitting.officers.chair
    guards.here(sitting, command.by)
    if not is_chair and not sits(sitting, rules, command.by):
        raise NoVote(person=command.by)
    if camera.since is not None:
        raise AlreadyInCamera()
    if camera.stands or (command.by in camera.asking and not is_chair):
        raise AlreadyRecorded()
    needed = 1 if is_chair else rule.requesters
    return [e.InCameraRequested(at=now, by=command.by, item=item.id, person=command.by, needed=needed)]


def _rule(rules: RuleSet) -> CameraRule:
    rule = rules.conduct.in_camera
    if rule is None:
        raise InCameraNotFor(citation=rules.publicity.citation)
    return rule


def check_question(sitting: Sitting) -> None:
    """Refuses to put to the vote what not enough have asked."""
    if not sitting.course.camera.stands:
        raise NoInCameraRequest()


def check_answered(sitting: Sitting, rules: RuleSet) -> None:
    """Refuses whatever would come between the request and its vote."""
    if sitting.course.camera.stands:
        raise InCameraRequestWaits(citation=_rule(rules).citation)


def majority(bases: Mapping[MajorityBase, int], rules: RuleSet) -> Majority:
    """More than half of the base that the text names."""
    rule = _rule(rules)
    law = rule.citation
    return over(rule.majority_base, MORE_THAN_HALF, bases, law.article, is_confirmed=law.confirmed)
