"""From the events of a sitting to its ``Minutes``: a pure fold, without clock, text or layout."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import assert_never

from voting.domain import events as e
from voting.domain.assembly import Role
from voting.domain.attendance import Interval, current, moved
from voting.domain.counting import shown_hands
from voting.domain.events.cameras import CameraEvent
from voting.domain.events.exchange import ExchangeEvent
from voting.domain.events.minuting import LifeEvent, MinutingEvent
from voting.domain.ids import ItemId, PersonId, PollId
from voting.domain.polls import Ballot
from voting.minutes.facts import (
    Entry,
    ItemAccount,
    Minutes,
    Movement,
    PollRecord,
    ProxyTerm,
    Resumption,
    RollCall,
    Suspension,
)
from voting.minutes.incidents import Incidents, Told
from voting.minutes.sections import PollMark, Section, TurnMark
from voting.minutes.turns import FloorEvent, Turns


class NotASitting(ValueError):
    """The events do not begin with a convocation."""


def draw_up(events: Iterable[e.SittingEvent]) -> Minutes:
    """The minutes of that sitting so far. Raises ``NotASitting`` when the first event is not its convocation."""
    stream = iter(events)
    first = next(stream, None)
    if not isinstance(first, e.SittingConvened):
        raise NotASitting("the first event of a sitting is its convocation")
    chair = next((m.id for m in first.members if m.role is Role.CHAIR), None)
    desk = _Desk(convened=first, leads=chair)
    for event in stream:
        desk.take(event)
    return desk.minutes()


_Silent = e.SittingConvened | e.ProxyGiven | e.FloorRequested | e.FloorWithdrawn | e.ItemClosed | e.NameCalled
"""Leave no trace of their own: an offer or a request is told when it is granted."""
_Remark = (
    e.ChairHandedOver
    | e.SecretBallotRequested
    | e.RecordedBallotRequested
    | CameraEvent
    | e.SpeakersListClosed
    | e.ItemPostponed
    | e.ClosureRequested
    | e.ClosureDeclined
    | e.DebateClosed
    | e.StatementRecorded
    | e.ItemMoved
    | e.AmendmentsOrdered
    | e.ItemMoot
    | e.BlockFormed
    | e.BlockItemRemoved
    | e.BallotUncovered
    | e.UnopposedDeclared
    | ExchangeEvent
)
_Course = e.SittingOpened | e.SittingClosed | e.RollCallOpened | e.RollCallClosed | e.SittingNotHeld
_Pause = e.SuspensionRequested | e.SuspensionDeclined | e.SittingSuspended | e.SittingResumed
_Debate = e.ItemCalled | e.RecusalDeclared
_PollEvent = e.PollOpened | e.PollClosed | e.ResultProclaimed | e.PollAnnulled
_RoomEvent = e.HandsCounted | e.PapersCounted | e.VotersMarked
_ContestEvent = e.OptionPapersCounted | e.ElderStated | e.ContestProclaimed


@dataclass(slots=True, kw_only=True)
class _Desk:
    """The mutable accumulator of the fold; nothing of it is left in the result."""

    convened: e.SittingConvened
    opened: e.SittingOpened | None = None
    closed: e.SittingClosed | None = None
    not_held: e.SittingNotHeld | None = None
    leads: PersonId | None = None
    secretary: PersonId | None = None
    roll_call: RollCall | None = None
    stays: dict[PersonId, tuple[Interval, ...]] = field(default_factory=dict)
    terms: list[ProxyTerm] = field(default_factory=list)
    sections: list[Section] = field(default_factory=lambda: [Section()])
    polls: dict[PollId, PollRecord] = field(default_factory=dict)
    ballots: dict[PollId, dict[PersonId, Ballot]] = field(default_factory=dict)
    turns: Turns = field(default_factory=Turns)
    incidents: Incidents = field(default_factory=Incidents)
    running: int | None = None
    """The number of the poll that is neither proclaimed nor annulled."""
    suspended: e.SittingSuspended | None = None
    suspension_asked_by: PersonId | None = None
    stated: list[e.StatementRecorded] = field(default_factory=list)
    life: list[LifeEvent] = field(default_factory=list)
    recused: dict[ItemId, list[PersonId]] = field(default_factory=dict)

    def take(self, event: e.SittingEvent) -> None:
        match event:
            case e.VoteCast():
                self.ballots[event.poll][event.member] = event
            case e.SittingOpened() | e.SittingClosed() | e.RollCallOpened() | e.RollCallClosed() | e.SittingNotHeld():
                self._course(event)
            case e.AttendanceRecorded() | e.SecretaryAppointed():
                self._people(event)
            case e.ProxyAccepted() | e.ProxyEnded() | e.ProxyStarted():
                self._proxy(event)
            case e.PollOpened() | e.PollClosed() | e.ResultProclaimed() | e.PollAnnulled():
                self._poll(event)
            case e.HandsCounted() | e.PapersCounted() | e.VotersMarked():
                self._room(event)
            case e.ItemCalled() | e.RecusalDeclared():
                self._debate(event)
            case _:
                self._aside(event)

    def _aside(self, event: FloorEvent | _Pause | MinutingEvent | _ContestEvent | _Remark | _Silent) -> None:
        match event:
            case e.NoteWritten():
                self.turns.write(event)
            case e.IncidentWritten():
                self.incidents.write(event)
            case _ if isinstance(event, LifeEvent):
                self.life.append(event)
            case e.FloorGiven() | e.FloorEnded() | e.FloorPaused() | e.FloorResumed() | e.FloorUndone():
                self._floor(event)
            case e.SuspensionRequested() | e.SuspensionDeclined() | e.SittingSuspended() | e.SittingResumed():
                self._pause(event)
            case _:
                self._contest(event)

    def _course(self, event: _Course) -> None:
        match event:
            case e.SittingOpened():
                self.opened = event
            case e.SittingClosed():
                self.closed = event
            case e.SittingNotHeld():
                self.not_held = event
            case e.RollCallOpened():
                self.roll_call = RollCall(opened_at=event.at)
            case e.RollCallClosed():
                opened_at = self.roll_call.opened_at if self.roll_call else event.at
                self.roll_call = RollCall(opened_at=opened_at, closed=event)

    def _remark(self, event: _Remark | _Silent) -> None:
        match event:
            case (
                e.SittingConvened()
                | e.ProxyGiven()
                | e.FloorRequested()
                | e.FloorWithdrawn()
                | e.ItemClosed()
                | e.NameCalled()
            ):
                pass
            case e.ChairHandedOver():
                self.leads = event.person
                self._tell(event)
            case (
                e.SecretBallotRequested()
                | e.RecordedBallotRequested()
                | e.InCameraRequested()
                | e.InCameraBegun()
                | e.InCameraEnded()
                | e.SpeakersListClosed()
                | e.ItemPostponed()
                | e.ClosureRequested()
                | e.ClosureDeclined()
                | e.DebateClosed()
                | e.ItemMoved()
                | e.AmendmentsOrdered()
                | e.ItemMoot()
                | e.BlockFormed()
                | e.BlockItemRemoved()
                | e.BallotUncovered()
                | e.UnopposedDeclared()
                | e.ExchangeOpened()
                | e.ExchangeProlonged()
                | e.MessageWritten()
                | e.ExchangeClosed()
                | e.ParticipationFound()
            ):
                self._tell(event)
            case e.StatementRecorded():
                self._state(event)
            case _:
                assert_never(event)

    def _debate(self, event: _Debate) -> None:
        match event:
            case e.ItemCalled():
                self.sections.append(Section(called=event))
            case e.RecusalDeclared():
                self.recused.setdefault(event.item, []).append(event.person)
                self._tell(event)

    def _people(self, event: e.AttendanceRecorded | e.SecretaryAppointed) -> None:
        if isinstance(event, e.SecretaryAppointed):
            self.secretary = event.person
            self.sections[-1].entries.append(event)
            return
        before = current(self.stays, event.person)
        self.stays = dict(moved(self.stays, event.person, event.presence, event.at))
        if before.is_here or event.presence.is_here:
            self._tell(Movement(at=event.at, person=event.person, before=before, after=event.presence))

    def _proxy(self, event: e.ProxyAccepted | e.ProxyEnded | e.ProxyStarted) -> None:
        """A proxy that ends before it gave a vote, or that waits for its hour, is not told."""
        match event:
            case e.ProxyAccepted() if event.since is None:
                self._begins(event)
            case e.ProxyStarted() if event.is_accepted:
                self._begins(event)
            case e.ProxyEnded() if event.since is None:
                self._ends(event)

    def _begins(self, event: e.ProxyAccepted | e.ProxyStarted) -> None:
        self.terms.append(ProxyTerm(grantor=event.grantor, holder=event.holder, since=event.at))
        self._tell(event)

    def _ends(self, event: e.ProxyEnded) -> None:
        for place, term in enumerate(self.terms):
            if term.until is None and (term.grantor, term.holder) == (event.grantor, event.holder):
                self.terms[place] = replace(term, until=event.at, ended=event.reason)
                self._tell(event)

    def _floor(self, event: FloorEvent) -> None:
        self.turns.take(event, self.running)
        match event:
            case e.FloorGiven():
                self.sections[-1].entries.append(TurnMark(event.request))
            case e.FloorUndone() if event.withdrawn is not None:
                for section in self.sections:
                    section.entries = [x for x in section.entries if x != TurnMark(event.withdrawn)]

    def _pause(self, event: _Pause) -> None:
        match event:
            case e.SuspensionRequested():
                self.suspension_asked_by = event.person
                self._tell(event)
            case e.SuspensionDeclined():
                self.suspension_asked_by = None
                self._tell(event)
            case e.SittingSuspended():
                self._tell(Suspension(at=event.at, reason=event.reason, asked_by=self.suspension_asked_by))
                self.suspended, self.suspension_asked_by = event, None
            case e.SittingResumed():
                since = self.suspended.at if self.suspended is not None else event.at
                self._tell(Resumption(at=event.at, quorum=event.quorum, lasted=event.at - since))

    def _poll(self, event: _PollEvent) -> None:
        match event:
            case e.PollOpened():
                self.ballots[event.poll] = {}
                self.polls[event.poll] = PollRecord(
                    opened=event, ballots=self.ballots[event.poll], recused=self._withdrawn(event.item)
                )
                self.sections[-1].entries.append(PollMark(event.poll))
                self.running = event.number
            case e.PollClosed():
                self.polls[event.poll] = replace(self.polls[event.poll], closed=event)
            case e.ResultProclaimed():
                self.polls[event.poll] = replace(self.polls[event.poll], proclaimed=event)
                self.running = None
            case e.PollAnnulled():
                self.polls[event.poll] = replace(self.polls[event.poll], annulled=event)
                self.running = None

    def _room(self, event: _RoomEvent) -> None:
        """What the staff recorded of a vote by hands or on paper; said again, it replaces what was said before."""
        poll = self.polls[event.poll]
        match event:
            case e.HandsCounted():
                held = self.ballots[event.poll]
                held.update(shown_hands(event, {m.member: m for m in poll.opened.electorate}, held))
            case e.PapersCounted():
                self.polls[event.poll] = replace(poll, papers=event)
            case e.VotersMarked():
                self.polls[event.poll] = replace(poll, marked=event.members)

    def _contest(self, event: _ContestEvent | _Remark | _Silent) -> None:
        """What belongs to a choice among several; all the rest is a remark."""
        if not isinstance(event, _ContestEvent):
            self._remark(event)
            return
        poll = self.polls[event.poll]
        match event:
            case e.OptionPapersCounted():
                self.polls[event.poll] = replace(poll, option_papers=event)
            case e.ElderStated():
                self.polls[event.poll] = replace(poll, elder=event)
            case e.ContestProclaimed():
                self.polls[event.poll] = replace(poll, chosen=event)

    def _withdrawn(self, item: ItemId) -> tuple[PersonId, ...]:
        """Who withdrew from that item: also from the text that it amends."""
        parents = {i.id: i.parent for i in self.convened.items}
        gone: list[PersonId] = []
        above: ItemId | None = item
        while above is not None:
            gone = [*self.recused.get(above, ()), *gone]
            above = parents.get(above)
        return tuple(dict.fromkeys(gone))

    def _tell(self, entry: Entry) -> None:
        """Adds to the account, from the opening on: what came before is told by the lists of presence."""
        if self.opened is not None:
            self.sections[-1].entries.append(entry)

    def _state(self, event: e.StatementRecorded) -> None:
        """What is stated before the opening stands at the head of the account."""
        if self.opened is None:
            self.stated.append(event)
        else:
            self._tell(event)

    def _entries(self, section: Section) -> list[Entry]:
        told: list[Entry] = []
        for entry in section.entries:
            match entry:
                case PollMark():
                    told.append(self.polls[entry.poll])
                case TurnMark():
                    told.append(self.turns[entry.request])
                case _:
                    told.append(entry)
        return told

    def _told(self) -> list[Told]:
        """What is told section by section, each incident at its place."""
        told = [
            Told(
                item=x.called.item if x.called is not None else None,
                since=x.called.at if x.called is not None else None,
                entries=self._entries(x),
            )
            for x in self.sections
        ]
        self.incidents.place(told, self.opened.at if self.opened is not None else None)
        return told

    def minutes(self) -> Minutes:
        items = {i.id: i for i in self.convened.items}
        accounts: list[ItemAccount] = []
        taken: set[ItemId] = set()
        told = self._told()
        for section, account in zip(self.sections, told, strict=True):
            if section.called is not None:
                item = items[section.called.item]
                entries = tuple(account.entries)
                accounts.append(
                    ItemAccount(item=item, called=section.called, entries=entries, is_resumed=item.id in taken)
                )
                taken.add(item.id)
        taken |= {i for poll in self.polls.values() if poll.proclaimed is not None for i in poll.items}
        return Minutes(
            convened=self.convened,
            opened=self.opened,
            closed=self.closed,
            not_held=self.not_held,
            leads=self.leads,
            stated=tuple(self.stated),
            early=self.incidents.early(self.opened.at if self.opened is not None else None),
            secretary=self.secretary,
            roll_call=self.roll_call,
            stays=self.stays,
            terms=tuple(self.terms),
            preamble=tuple(told[0].entries),
            accounts=tuple(accounts),
            not_taken=tuple(i for i in items if i not in taken),
            life=tuple(self.life),
        )
