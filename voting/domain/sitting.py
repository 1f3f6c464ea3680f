"""The state of a sitting: the fold of its events. Every part is immutable; ``evolve`` makes the next one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from voting.domain.agenda import Agenda, ItemState, RecordedRequest
from voting.domain.assembly import AgendaItem, ItemKind, Member, Role
from voting.domain.attendance import Presence, Register, current
from voting.domain.camera import Camera
from voting.domain.events import SittingConvened
from voting.domain.exchange import Exchanges
from voting.domain.ids import ItemId, PersonId, PollId
from voting.domain.minuting import Minuting
from voting.domain.polls import Poll, PollState
from voting.domain.proxies import EndedProxy, Proxies, Proxy
from voting.domain.quorum import QuorumCheck
from voting.domain.speakers import SpeakersList
from voting.domain.statements import Stated


class Phase(StrEnum):
    """How far the sitting has come."""

    CONVENED = "convened"
    OPEN = "open"
    SUSPENDED = "suspended"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Officers:
    """Who leads and who keeps the record."""

    chair: PersonId
    secretary: PersonId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The outline of the day: phase, roll call, times, last quorum found."""

    phase: Phase = Phase.CONVENED
    roll_call_open: bool = False
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    quorum: QuorumCheck | None = None
    suspensions: int = 0
    """How many so far; the last one's reason stands in ``suspended_for``."""
    suspended_for: str = ""
    stated: Stated = field(default_factory=Stated)
    is_held: bool = True
    """False: over without having been opened, for want of a quorum."""
    suspension_asked_by: PersonId | None = None
    """Who asked for a pause and waits for the chair's word."""
    suspension_asked_for: str = ""
    camera: Camera = field(default_factory=Camera)
    """Whether the public is in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Polls:
    """All polls of the sitting in order, and the one that is not settled yet."""

    all: Mapping[PollId, Poll]
    pending: PollId | None = None
    """Opened and neither proclaimed nor annulled; at most one."""

    def current(self) -> Poll | None:
        """The poll open or waiting for its proclamation."""
        return self.all[self.pending] if self.pending is not None else None

    def open_poll(self) -> Poll | None:
        """The poll that takes votes now."""
        poll = self.current()
        return poll if poll is not None and poll.state is PollState.OPEN else None

    def of_item(self, item: ItemId) -> tuple[Poll, ...]:
        """The polls held on that item, in order."""
        return tuple(p for p in self.all.values() if item in p.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One sitting as it stands now."""

    facts: SittingConvened
    roll: Mapping[PersonId, Member]
    items: Mapping[ItemId, AgendaItem]
    officers: Officers
    course: Course
    register: Register
    proxies: Proxies
    planned: tuple[Proxy, ...]
    """Proxies given for an hour that has not come."""
    agenda: Agenda
    speakers: SpeakersList
    polls: Polls
    secret_ballot_requests: Mapping[ItemId, PersonId]
    """Those that enough members made, with who asked first."""
    secret_ballot_supporters: Mapping[ItemId, tuple[PersonId, ...]]
    """Everybody who asked, item by item."""
    recorded_ballots: Mapping[ItemId, RecordedRequest] = field(default_factory=dict)
    """Who asked that which item be voted by name."""
    minuting: Minuting = field(default_factory=Minuting)
    """What is written into the minutes."""
    exchanges: Exchanges = field(default_factory=dict)
    """What is written on which item, where one deliberates in writing (R50)."""
    ended_proxies: tuple[EndedProxy, ...] = ()
    """Those that stopped, in the order in which they did."""
    next_hour: datetime | None = None
    """The next clock time at which a proxy begins or ends by itself."""

    def presence(self, person: PersonId) -> Presence:
        """Where that person is now."""
        return current(self.register, person)

    def is_here(self, person: PersonId) -> bool:
        """Takes part now, in whatever place."""
        return self.presence(person).is_here

    def voting_members(self) -> tuple[Member, ...]:
        """The members in office: those who hold a seat with a vote, in the order of the roll."""
        return tuple(m for m in self.facts.members if m.votes)

    def is_staff(self, person: PersonId) -> bool:
        """May run the sitting: clerks, the chair, the appointed secretary."""
        member = self.roll.get(person)
        if member is None:
            return False
        return member.role is Role.CLERK or person in (self.officers.chair, self.officers.secretary)

    @property
    def is_in_camera(self) -> bool:
        """The public is out, until the chair or the end of the sitting lets it in again."""
        return self.course.camera.since is not None and self.course.phase is not Phase.CLOSED

    def current_item(self) -> AgendaItem | None:
        """The item under discussion."""
        return self.items[self.agenda.current] if self.agenda.current is not None else None

    def lineage(self, item: ItemId) -> tuple[AgendaItem, ...]:
        """That item, then what it amends or hangs on, up to the report."""
        line = [self.items[item]]
        while (parent := line[-1].parent) is not None:
            line.append(self.items[parent])
        return tuple(line)

    def settled_by(self, item: ItemId) -> ItemId | None:
        """What keeps that item from being taken: itself once voted or postponed, or the text that it amended."""
        line = self.lineage(item)
        if line[0].kind is not ItemKind.AMENDMENT:
            line = line[:1]
        return next((i.id for i in line if self.agenda.states[i.id].is_settled), None)

    def sequence(self) -> tuple[AgendaItem, ...]:
        """The items as they are to be taken: as the summons has them, but for those that were moved."""
        return tuple(self.items[i] for i in self.agenda.order) or self.facts.items

    def next_item(self) -> AgendaItem | None:
        """The first item still to be taken; its amendments come before it, theirs before them."""
        pending = [
            i for i in self.sequence() if self.agenda.states[i.id] is ItemState.PENDING and not self.settled_by(i.id)
        ]
        if not pending:
            return None
        found = pending[0]
        while (below := self._first_below(found.id, pending)) is not None:
            found = below
        return found

    def _first_below(self, item: ItemId, pending: Sequence[AgendaItem]) -> AgendaItem | None:
        """The first of those that amend it or hang on it: as the chair ordered them, else as the summons has them."""
        below = {i.id: i for i in pending if i.parent == item}
        ordered = (below[i] for i in self.agenda.orders.get(item, ()) if i in below)
        return next(ordered, None) or next(iter(below.values()), None)

    def amended_by(self, item: ItemId) -> tuple[ItemId, ...]:
        """The adopted amendments to that text, in the order of the summons."""
        return tuple(
            i.id
            for i in self.facts.items
            if i.parent == item and i.kind is ItemKind.AMENDMENT and self.agenda.states[i.id] is ItemState.ADOPTED
        )
