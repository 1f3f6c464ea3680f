"""What is written into the minutes from the opening on, and what becomes of them afterwards, step by step."""

from datetime import datetime
from typing import assert_never

from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.decide import guards
from voting.domain.decide.course import required_reason
from voting.domain.minuting import LONGEST, Stage, tidy
from voting.domain.refusals import AlreadyRecorded
from voting.domain.refusals.minuting import (
    MinutesNotApproved,
    MinutesNotSigned,
    MinutesNotSubmitted,
    MinutesSettled,
    MinutesStayPrivate,
    NoApprovalHere,
    NoteExists,
    NoteTooLong,
    TurnUnknown,
)
from voting.domain.ruleset import RuleSet
from voting.domain.sitting import Phase, Sitting
from voting.domain.speakers import HeardTurn, SpeakingTurn

_Step = c.SubmitMinutes | c.ApproveMinutes | c.RecordSignatures | c.PublishMinutes | c.ArchiveMinutes
Command = c.WriteNote | c.CorrectMinutes | _Step


def decide(sitting: Sitting, command: Command, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    """Nothing of what the sitting decided moves: all this is about the document."""
    guards.staff(sitting, command.by)
    if isinstance(command, c.WriteNote):
        guards.phase(sitting, Phase.OPEN, Phase.SUSPENDED, Phase.CLOSED)
        return _write(sitting, command, rules, now)
    guards.phase(sitting, Phase.CLOSED)
    if isinstance(command, c.CorrectMinutes):
        _unsettled(sitting, rules)
        return [e.MinutesCorrected(at=now, by=command.by, text=_bounded(required_reason(tidy(command.text))))]
    return _step(sitting, command, rules, now)


def _write(sitting: Sitting, command: c.WriteNote, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    _unsettled(sitting, rules)
    turn = _turn(sitting, command)
    text = _bounded(tidy(command.text))
    written = sitting.minuting.notes.get(turn.request)
    if (written.text if written is not None else "") == text:
        raise AlreadyRecorded()
    if written is not None and not command.replaces:
        raise NoteExists(person=turn.person)
    return [e.NoteWritten(at=now, by=command.by, turn=turn.request, text=text, source=command.source)]


def _bounded(text: str) -> str:
    if len(text) > LONGEST:
        raise NoteTooLong(length=len(text), most=LONGEST)
    return text


def _turn(sitting: Sitting, command: c.WriteNote) -> SpeakingTurn | HeardTurn:
    """The one that is named, else the last."""
    turns = sitting.speakers.turns
    found = next((t for t in reversed(turns) if command.turn in (None, t.request)), None)
    if found is None:
        raise TurnUnknown()
    return found


def _unsettled(sitting: Sitting, rules: RuleSet) -> None:
    if sitting.minuting.has(Stage.APPROVED):
        raise MinutesSettled(citation=rules.minutes.approval)


def _step(sitting: Sitting, command: _Step, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    match command:
        case c.SubmitMinutes():
            return _submit(sitting, command, rules, now)
        case c.ApproveMinutes():
            return _approve(sitting, command, rules, now)
        case c.RecordSignatures():
            return _sign(sitting, command, rules, now)
        case c.PublishMinutes():
            return _publish(sitting, command, rules, now)
        case c.ArchiveMinutes():
            _signed(sitting)
            _once(sitting, Stage.ARCHIVED)
            return [e.MinutesArchived(at=now, by=command.by, reference=required_reason(tidy(command.reference)))]
        case _:
            assert_never(command)


def _submit(sitting: Sitting, command: c.SubmitMinutes, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    if rules.minutes.approval is None:
        raise NoApprovalHere(citation=rules.minutes.publication.citation)
    _once(sitting, Stage.SUBMITTED)
    return [e.MinutesSubmitted(at=now, by=command.by)]


def _approve(sitting: Sitting, command: c.ApproveMinutes, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    """CGCT L. 4132-12: at the beginning of the next sitting."""
    if rules.minutes.approval is None:
        raise NoApprovalHere(citation=rules.minutes.publication.citation)
    if not sitting.minuting.has(Stage.SUBMITTED):
        raise MinutesNotSubmitted(citation=rules.minutes.approval)
    _once(sitting, Stage.APPROVED)
    return [e.MinutesApproved(at=now, by=command.by, approval=command.approval)]


def _sign(sitting: Sitting, command: c.RecordSignatures, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    if rules.minutes.approval is not None and not sitting.minuting.has(Stage.APPROVED):
        raise MinutesNotApproved(citation=rules.minutes.approval)
    _once(sitting, Stage.SIGNED)
    return [e.MinutesSigned(at=now, by=command.by, fingerprint=command.fingerprint, signers=command.signers)]


def _publish(sitting: Sitting, command: c.PublishMinutes, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    publication = rules.minutes.publication
    if not publication.is_allowed:
        raise MinutesStayPrivate(citation=publication.citation)
    _signed(sitting)
    if sitting.minuting.at(Stage.PUBLISHED) is not None:
        raise AlreadyRecorded()
    return [e.MinutesPublished(at=now, by=command.by, where=required_reason(tidy(command.where)))]


def _signed(sitting: Sitting) -> None:
    if not sitting.minuting.has(Stage.SIGNED):
        raise MinutesNotSigned()


def _once(sitting: Sitting, stage: Stage) -> None:
    if sitting.minuting.has(stage):
        raise AlreadyRecorded()
