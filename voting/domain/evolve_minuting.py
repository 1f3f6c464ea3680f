"""The next state of the minutes, while they are written and on their way, after one event."""

from dataclasses import replace
from typing import assert_never

from voting.domain import events as e
from voting.domain.events.minuting import LifeEvent, MinutingEvent
from voting.domain.incidents import Incident
from voting.domain.minuting import Correction, Milestone, Minuting, Note, Stage


def minuted(minuting: Minuting, event: MinutingEvent) -> Minuting:
    """The minutes after that event."""
    if isinstance(event, e.NoteWritten):
        note = Note(text=event.text, at=event.at, by=event.by, source=event.source)
        return minuting.noted(event.turn, note if event.text else None)
    if isinstance(event, e.IncidentWritten):
        return minuting.told(_incident(event))
    return _lived(minuting, event)


def _incident(event: e.IncidentWritten) -> Incident:
    return Incident(
        id=event.incident,
        happened_at=event.happened_at,
        text=event.text,
        item=event.item,
        person=event.person,
        by=event.by,
    )


def _lived(minuting: Minuting, event: LifeEvent) -> Minuting:
    match event:
        case e.MinutesCorrected():
            return minuting.corrected(Correction(text=event.text, at=event.at, by=event.by))
        case e.MinutesSubmitted():
            return minuting.reached(_milestone(event, Stage.SUBMITTED))
        case e.MinutesApproved():
            return replace(minuting.reached(_milestone(event, Stage.APPROVED)), approval=event.approval)
        case e.MinutesSigned():
            return minuting.reached(_milestone(event, Stage.SIGNED, event.fingerprint))
        case e.MinutesPublished():
            return minuting.reached(_milestone(event, Stage.PUBLISHED, event.where))
        case e.MinutesArchived():
            return minuting.reached(_milestone(event, Stage.ARCHIVED, event.reference))
        case _:
            assert_never(event)


def _milestone(event: LifeEvent, stage: Stage, detail: str = "") -> Milestone:
    return Milestone(stage=stage, at=event.at, by=event.by, detail=detail)
