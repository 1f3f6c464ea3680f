"""Incidents of the sitting: told by the staff from the roll call on, put right until the minutes are settled."""

from datetime import datetime

from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.decide import guards
from voting.domain.decide.course import required_reason
from voting.domain.ids import incident_id
from voting.domain.incidents import LONGEST, Incident
from voting.domain.minuting import Stage, tidy
from voting.domain.refusals import AlreadyRecorded, ItemUnknown, WrongPhase
from voting.domain.refusals.incidents import IncidentOutside, IncidentTooLong, IncidentUnknown
from voting.domain.refusals.minuting import MinutesSettled
from voting.domain.ruleset import RuleSet
from voting.domain.sitting import Phase, Sitting

Command = c.WriteIncident


def decide(sitting: Sitting, command: Command, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    """Nothing of what the sitting decided moves: an incident is told, and judged by nobody here."""
    guards.staff(sitting, command.by)
    _begun(sitting)
    if sitting.minuting.has(Stage.APPROVED):
        raise MinutesSettled(citation=rules.minutes.approval)
    told = _written(sitting, command)
    text = _bounded(tidy(command.text))
    if told is None:
        required_reason(text)
    _known(sitting, command)
    event = e.IncidentWritten(
        at=now,
        by=command.by,
        incident=told.id if told is not None else incident_id(len(sitting.minuting.incidents) + 1),
        happened_at=_hour(sitting, command, told, now),
        text=text,
        item=command.item,
        person=command.person,
    )
    if told is not None and _says(told) == (event.text, event.happened_at, event.item, event.person):
        raise AlreadyRecorded()
    return [event]


def _begun(sitting: Sitting) -> None:
    """The members are being called, or have been."""
    course = sitting.course
    if course.phase is Phase.CONVENED and not (course.roll_call_open or sitting.register):
        raise WrongPhase(phase=course.phase)


def _written(sitting: Sitting, command: Command) -> Incident | None:
    if command.incident is None:
        return None
    told = sitting.minuting.incidents.get(command.incident)
    if told is None:
        raise IncidentUnknown()
    return told


def _known(sitting: Sitting, command: Command) -> None:
    if command.item is not None and command.item not in sitting.items:
        raise ItemUnknown()
    if command.person is not None:
        guards.known(sitting, command.person)


def _hour(sitting: Sitting, command: Command, told: Incident | None, now: datetime) -> datetime:
    """The hour that was said, within what the sitting has lived; else that of the one written before, else now."""
    latest = sitting.course.closed_at or now
    if command.happened_at is None:
        return told.happened_at if told is not None else latest
    convened_at = sitting.facts.at.replace(second=0, microsecond=0)  # an hour is told to the minute
    if not convened_at <= command.happened_at <= latest:
        raise IncidentOutside(until=latest)
    return command.happened_at


def _bounded(text: str) -> str:
    if len(text) > LONGEST:
        raise IncidentTooLong(length=len(text), most=LONGEST)
    return text


def _says(told: Incident) -> tuple[object, ...]:
    return told.text, told.happened_at, told.item, told.person
