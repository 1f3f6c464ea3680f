"""The live board: what everybody in the room, or the public where the law wants it, may follow."""

from dataclasses import dataclass
from datetime import datetime

from voting.domain.assembly import Body, Member, Mode
from voting.domain.attendance import Presence
from voting.domain.ids import PersonId, RequestId, SittingId
from voting.domain.polls import Poll, PollState
from voting.domain.queue import queue
from voting.domain.quorum import QuorumCheck
from voting.domain.ruleset import RuleSet
from voting.domain.seats import is_represented, occupants, quorum, quorum_rule
from voting.domain.sitting import Phase, Sitting
from voting.domain.speakers import FloorKind
from voting.service.views.exchange import ExchangeView, exchange_view
from voting.service.views.parts import ItemView, Mark, PersonView, PollView, item_view, mark, person_view, poll_view
from voting.service.views.speaking import TimeView, TurnView, group_times, item_time, turn_view


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatView:
    """One seat with a vote."""

    person: PersonView
    """Whose seat it is."""
    presence: Presence
    represented_by: PersonView | None
    """Who gives this seat's voice while its member is away."""
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingView:
    """Who waits for it."""

    request: RequestId
    person: PersonView
    kind: FloorKind


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardView:
    """One page of the sitting as it stands."""

    sitting: SittingId
    title: str
    body: Body
    body_name: str
    mode: Mode
    phase: Phase
    scheduled_for: datetime
    time_zone: str
    chair: PersonView
    secretary: PersonView | None
    quorum: QuorumCheck
    advisory: int | None
    """The numerator under the second reading of the law, shown beside the first (R03)."""
    roll_call_open: bool
    is_held: bool
    """False: over without having been opened, for want of a quorum (R04)."""
    item: ItemView | None
    turn: TurnView | None
    waiting: tuple[WaitingView, ...]
    list_closed: bool
    debate_closed: bool
    item_time: TimeView | None
    """The time of all groups together on the item."""
    group_times: tuple[TimeView, ...]
    poll: PollView | None
    """The poll that runs or waits for its proclamation, else the last one settled on screen."""
    seats: tuple[SeatView, ...]
    items: tuple[ItemView, ...]
    results: tuple[PollView, ...]
    """Proclaimed polls, in order."""
    is_in_camera: bool = False
    """The public is out (R33)."""
    is_in_writing: bool = False
    """One deliberates by an exchange of writings (R50)."""
    exchange: ExchangeView | None = None
    """That of the item under discussion."""


def board_view(sitting: Sitting, rules: RuleSet) -> BoardView:
    """The board of that sitting under its rules."""
    facts = sitting.facts
    poll = shown_poll(sitting)
    turn = sitting.speakers.turn
    check = quorum(sitting, rules)
    secretary = sitting.officers.secretary
    rule = quorum_rule(sitting, rules)
    return BoardView(
        sitting=facts.sitting,
        title=facts.title,
        body=facts.body,
        body_name=facts.body_name,
        mode=facts.mode,
        phase=sitting.course.phase,
        scheduled_for=facts.scheduled_for,
        time_zone=facts.time_zone,
        chair=person_view(sitting.roll[sitting.officers.chair]),
        secretary=person_view(sitting.roll[secretary]) if secretary is not None else None,
        quorum=check,
        advisory=check.count(rule.advisory_base) if rule.advisory_base is not None else None,
        roll_call_open=sitting.course.roll_call_open,
        is_held=sitting.course.is_held,
        item=_current_item(sitting),
        turn=turn_view(sitting, turn) if turn is not None else None,
        waiting=tuple(
            WaitingView(request=r.id, person=person_view(sitting.roll[r.person]), kind=r.kind) for r in queue(sitting)
        ),
        list_closed=sitting.speakers.is_closed,
        debate_closed=sitting.speakers.is_debate_closed,
        item_time=item_time(sitting),
        group_times=group_times(sitting),
        poll=poll_view(sitting, poll) if poll is not None else None,
        seats=tuple(_seat(sitting, poll, seat, occupant) for seat, occupant in occupants(sitting, rules)),
        items=tuple(item_view(sitting, i) for i in sitting.sequence()),
        is_in_camera=sitting.is_in_camera,
        is_in_writing=rules.conduct.participation is not None,
        exchange=exchange_view(sitting),
        results=tuple(poll_view(sitting, p) for p in sitting.polls.all.values() if p.state is PollState.PROCLAIMED),
    )


def shown_poll(sitting: Sitting) -> Poll | None:
    """The poll that the board shows: the pending one, else the last settled one until another item is called."""
    pending = sitting.polls.current()
    if pending is not None:
        return pending
    if not sitting.polls.all:
        return None
    last = tuple(sitting.polls.all.values())[-1]
    current = sitting.agenda.current
    return last if current is None or current == last.item else None


def _current_item(sitting: Sitting) -> ItemView | None:
    item = sitting.current_item()
    return item_view(sitting, item) if item is not None else None


def _seat(sitting: Sitting, poll: Poll | None, seat: Member, occupant: PersonId | None) -> SeatView:
    speaker = None
    if occupant is None:
        speaker = sitting.proxies[seat.id].holder if is_represented(sitting, seat.id) else None
    elif occupant != seat.id:
        speaker = occupant
    return SeatView(
        person=person_view(seat),
        presence=sitting.presence(seat.id),
        represented_by=person_view(sitting.roll[speaker]) if speaker is not None else None,
        mark=mark(poll, _voice_of(sitting, poll, seat)),
    )


def _voice_of(sitting: Sitting, poll: Poll | None, seat: Member) -> PersonId:
    """The voice heard from that seat in that poll: its member's, or that of the substitute who sat there."""
    if poll is None or seat.id in poll.electorate:
        return seat.id
    substitutes = (m.id for m in sitting.facts.members if m.substitute_for == seat.id)
    return next((s for s in substitutes if s in poll.electorate), seat.id)
