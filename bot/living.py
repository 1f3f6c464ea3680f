"""How far the minutes have come, in sentences: the same on the card and from the command line."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.texts import Catalogue
from voting.domain.minuting import Stage
from voting.minutes.calendar import Calendar
from voting.service.views.minuting import MilestoneView, MinutingView
from voting.wording import catalogue
from voting.wording.sentences import approval_figures


def milestones(view: MinutingView, zone: str, texts: Catalogue) -> Iterator[str]:
    """Each stage: when, by whom, and what tells it from another."""
    for milestone in view.milestones:
        line = texts(
            "life.line",
            stage=texts(f"life.stage.{milestone.stage.value}"),
            date=_day(milestone.at, zone, texts),
            hour=milestone.at.astimezone(ZoneInfo(zone)).strftime("%H:%M"),
            name=milestone.by.formal if milestone.by is not None else "?",
        )
        detail = _detail(view, milestone, texts)
        yield texts("life.detail", line=line, detail=detail) if detail else line


def figures(view: MinutingView, texts: Catalogue) -> str:
    """What is written into the document."""
    return texts("life.notes", noted=view.noted, turns=view.turns, edits=view.edits, corrections=view.corrections)


def publication(view: MinutingView, zone: str, texts: Catalogue) -> str:
    """The days that are left to publish it, or that are over; nothing where no delay runs."""
    if not view.is_public:
        return texts("life.private")
    if view.due is None:
        return ""
    date = Calendar(catalogue(texts.language), zone).day(view.due)
    if any(m.stage is Stage.PUBLISHED for m in view.milestones):
        if view.late <= 0:
            return texts("life.in_time", date=date)
        return texts.plural("life.late", view.late, date=date, days=view.late)
    days = abs(view.late)
    return texts.plural("life.overdue" if view.late > 0 else "life.due", days, date=date, days=days)


def coming(view: MinutingView, texts: Catalogue) -> str:
    """What comes next."""
    return texts(f"life.next.{view.next_step.value}")


def _detail(view: MinutingView, milestone: MilestoneView, texts: Catalogue) -> str:
    vote = view.approval
    if milestone.stage is Stage.APPROVED and vote is not None:
        figures = approval_figures(catalogue(texts.language), vote)
        return texts("life.vote", item=vote.item, poll=vote.poll, figures=figures)
    return milestone.detail


def _day(at: datetime, zone: str, texts: Catalogue) -> str:
    return Calendar(catalogue(texts.language), zone).day(at.astimezone(ZoneInfo(zone)).date())
