"""How far the minutes of a sitting have come, who did what, and what comes next."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from voting.domain.minuting import Approval, Stage
from voting.domain.ruleset import RuleSet
from voting.domain.sitting import Phase, Sitting
from voting.service.minuting import days_late, publication_due
from voting.service.views.parts import PersonView, person_view


class NextStep(StrEnum):
    """What is to be done with the document."""

    CLOSE = "close"
    """The sitting goes on."""
    SUBMIT = "submit"
    APPROVE = "approve"
    SIGN = "sign"
    PUBLISH = "publish"
    ARCHIVE = "archive"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneView:
    """A stage that was reached."""

    stage: Stage
    at: datetime
    by: PersonView | None
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutingView:
    """The document on its way."""

    milestones: tuple[MilestoneView, ...]
    edits: int
    turns: int
    noted: int
    """Turns of which something is written."""
    corrections: int
    approval: Approval | None
    next_step: NextStep
    is_approved_elsewhere: bool
    """The law wants the next sitting to approve them."""
    is_public: bool
    due: date | None
    late: int
    """Days after ``due``; negative while there is time, 0 without a delay."""


def minuting_view(sitting: Sitting, rules: RuleSet, now: datetime) -> MinutingView:
    """The way of that document so far."""
    minuting, zone = sitting.minuting, sitting.facts.time_zone
    due = publication_due(minuting, rules.minutes, zone)
    return MinutingView(
        milestones=tuple(
            MilestoneView(
                stage=m.stage,
                at=m.at,
                by=person_view(sitting.roll[m.by]) if m.by in sitting.roll else None,
                detail=m.detail,
            )
            for m in minuting.milestones
        ),
        edits=minuting.edits,
        turns=len(sitting.speakers.turns),
        noted=len(minuting.notes),
        corrections=len(minuting.corrections),
        approval=minuting.approval,
        next_step=_next(sitting, rules),
        is_approved_elsewhere=rules.minutes.approval is not None,
        is_public=rules.minutes.publication.is_allowed,
        due=due,
        late=days_late(due, minuting, zone, now) if due is not None else 0,
    )


def _next(sitting: Sitting, rules: RuleSet) -> NextStep:
    minuting = sitting.minuting
    if sitting.course.phase is not Phase.CLOSED:
        return NextStep.CLOSE
    if rules.minutes.approval is not None and not minuting.has(Stage.SUBMITTED):
        return NextStep.SUBMIT
    if rules.minutes.approval is not None and not minuting.has(Stage.APPROVED):
        return NextStep.APPROVE
    if not minuting.has(Stage.SIGNED):
        return NextStep.SIGN
    if rules.minutes.publication.is_allowed and minuting.at(Stage.PUBLISHED) is None:
        return NextStep.PUBLISH
    return NextStep.NOTHING if minuting.has(Stage.ARCHIVED) else NextStep.ARCHIVE
