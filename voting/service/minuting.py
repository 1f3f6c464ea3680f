"""The approval of minutes (*arrêté*), read in the journal of the sitting that voted it; when they must be published."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from voting.domain.agenda import ItemState
from voting.domain.assembly import AgendaItem
from voting.domain.events import ResultProclaimed, SittingEvent
from voting.domain.minuting import Approval, MinutesRule, Minuting, Stage
from voting.domain.polls import Poll, Purpose
from voting.domain.refusals.minuting import ApprovalBar, ApprovalNotVoted
from voting.domain.sitting import Phase, Sitting
from voting.domain.tally import Outcome
from voting.journal.codec import Codec
from voting.journal.store import Entry
from voting.journal.wire import WIRE


def read_approval(first: Sitting, following: Sitting, number: str, journal: Sequence[Entry]) -> Approval:
    """The adopted vote of the following sitting on that item, with the line of its journal. ``ApprovalNotVoted``."""
    _must_follow(first, following)
    item = next((i for i in following.facts.items if i.number.casefold() == number.strip().casefold()), None)
    if item is None:
        raise ApprovalNotVoted(why=ApprovalBar.NO_ITEM)
    poll = _adopted(following, item)
    entry, event = _proclamation(journal, poll)
    tally = poll.tally
    return Approval(
        sitting=following.facts.sitting,
        item=item.number,
        poll=poll.number,
        votes_for=tally.votes_for if tally is not None else 0,
        against=tally.against if tally is not None else 0,
        abstention=tally.abstention if tally is not None else 0,
        proclaimed_at=event.at,
        line=entry.seq + 1,
        leaf=entry.leaf.hex(),
    )


def _must_follow(first: Sitting, following: Sitting) -> None:
    """Another sitting of the same body, opened after the first was over."""
    ours, theirs = first.facts, following.facts
    if ours.sitting == theirs.sitting:
        raise ApprovalNotVoted(why=ApprovalBar.SAME_SITTING)
    if (ours.body, ours.body_name) != (theirs.body, theirs.body_name):
        raise ApprovalNotVoted(why=ApprovalBar.OTHER_BODY)
    opened, closed = following.course.opened_at, first.course.closed_at or first.facts.scheduled_for
    if first.course.phase is not Phase.CLOSED or opened is None or opened < closed:
        raise ApprovalNotVoted(why=ApprovalBar.EARLIER)


def _adopted(following: Sitting, item: AgendaItem) -> Poll:
    polls = (p for p in following.polls.of_item(item.id) if p.purpose is Purpose.ITEM)
    adopted = [p for p in polls if p.decision is not None and p.decision.outcome is Outcome.ADOPTED]
    if following.agenda.states[item.id] is not ItemState.ADOPTED or not adopted:
        raise ApprovalNotVoted(why=ApprovalBar.NOT_ADOPTED)
    return adopted[-1]


def _proclamation(journal: Sequence[Entry], poll: Poll) -> tuple[Entry, ResultProclaimed]:
    codec: Codec[SittingEvent] = Codec(WIRE)
    for entry in journal:
        if entry.name == "poll.result_proclaimed/1":
            event = codec.decode(entry.line).event
            if isinstance(event, ResultProclaimed) and event.poll == poll.id:
                return entry, event
    raise LookupError(poll.id)


def publication_due(minuting: Minuting, rule: MinutesRule, zone: str) -> date | None:
    """The last day on which the law wants them published; None where no delay runs (R37)."""
    approved, days = minuting.approval, rule.publication.days
    if approved is None or days is None or not rule.publication.is_allowed:
        return None
    return approved.proclaimed_at.astimezone(ZoneInfo(zone)).date() + timedelta(days=days)


def days_late(due: date, minuting: Minuting, zone: str, now: datetime) -> int:
    """How many days after that day they were published, or are not yet; negative while there is time."""
    published = minuting.at(Stage.PUBLISHED)
    reached = published.at if published is not None else now
    return (reached.astimezone(ZoneInfo(zone)).date() - due).days
