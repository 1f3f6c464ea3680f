"""What one person may do and has done: the source of his own card. Shows his own voices, nobody else's."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from voting.domain.assembly import Role
from voting.domain.attendance import Presence
from voting.domain.ids import PersonId
from voting.domain.polls import Ballot, Poll, PollState
from voting.domain.queue import queue
from voting.domain.ruleset import RuleSet
from voting.domain.seats import sits
from voting.domain.sitting import Phase, Sitting
from voting.domain.speakers import FloorKind
from voting.domain.tally import Choice
from voting.service.views.exchange import ExchangeView, exchange_view
from voting.service.views.parts import ItemView, PersonView, PollView, item_view, person_view, poll_view
from voting.service.views.same_vote import SameVote, same_vote
from voting.service.views.speaking import TurnView, turn_view


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceView:
    """One voice that this person gives in the poll on screen."""

    member: PersonView
    """Whose voice."""
    is_proxy: bool
    choice: Choice | None
    option: str
    """For whom or for what, in a choice among several; empty otherwise."""
    at: datetime | None
    spoken: bool
    """Recorded by the clerk from a spoken answer."""
    next_revision: int
    """What the next press must carry: 0 before the first vote."""
    same: SameVote | None = None
    """What this voter answered for that voice to the item before, to be confirmed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedView:
    """A proxy for a later hour, as one of the two sees it."""

    other: PersonView
    is_given: bool
    """He gave it; else he will hold it."""
    is_accepted: bool
    since: datetime
    until: datetime | None
    time_zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoterView:
    """One person before the poll: all that his ballot shows, which is drawn anew after every vote."""

    presence: Presence
    recused: bool
    item: ItemView | None
    poll: PollView | None
    poll_open: bool
    voices: tuple[VoiceView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberView(VoterView):
    """One person in the sitting."""

    person: PersonView
    role: Role
    phase: Phase
    has_vote: bool
    """Votes in person now: his seat, or the one he sits for."""
    is_chair: bool
    is_staff: bool
    floor_position: int | None
    """Place on the speakers' list, from 1."""
    floor_kind: FloorKind | None
    """Why he asked, when he waits."""
    turn: TurnView | None
    """His own, while he has the floor."""
    list_closed: bool
    proxy_given_to: PersonView | None
    proxy_accepted: bool
    proxy_offers: tuple[PersonView, ...]
    """Grantors who wait for his answer."""
    proxies_held: tuple[PersonView, ...]
    """Grantors whose voice he gives."""
    planned: tuple[PlannedView, ...] = ()
    """Proxies that he gave, or accepted, for an hour that has not come."""
    is_in_writing: bool = False
    """The sitting deliberates in writing: nobody asks for the floor (R50)."""
    takes_proxies: bool = True
    """One member may give his voice to another: not in a tender committee (R44)."""
    exchange: ExchangeView | None = None
    """What is written on the item, where one does."""

    @property
    def has_floor(self) -> bool:
        """Speaks now."""
        return self.turn is not None


def voter_view(sitting: Sitting, person: PersonId) -> VoterView:
    """The poll as that person of the roll stands before it."""
    poll = sitting.polls.current()
    current = sitting.current_item()
    item = item_view(sitting, current) if current is not None else None
    return VoterView(
        presence=sitting.presence(person),
        recused=sitting.agenda.is_recused(person),
        item=item,
        poll=poll_view(sitting, poll, shown=item) if poll is not None else None,
        poll_open=poll is not None and poll.state is PollState.OPEN,
        voices=voices(sitting, poll, person),
    )


def member_view(sitting: Sitting, rules: RuleSet, person: PersonId) -> MemberView:
    """The sitting as that person stands in it. The person must be on the roll (KeyError otherwise)."""
    member = sitting.roll[person]
    voter = voter_view(sitting, person)
    turn = sitting.speakers.turn
    given = sitting.proxies.get(person)
    place = next(((n, r.kind) for n, r in enumerate(queue(sitting), start=1) if r.person == person), None)
    return MemberView(
        person=person_view(member),
        role=member.role,
        phase=sitting.course.phase,
        presence=voter.presence,
        has_vote=sits(sitting, rules, person),
        is_chair=person == sitting.officers.chair,
        is_staff=sitting.is_staff(person),
        recused=voter.recused,
        item=voter.item,
        poll=voter.poll,
        poll_open=voter.poll_open,
        voices=voter.voices,
        floor_position=place[0] if place is not None else None,
        floor_kind=place[1] if place is not None else None,
        turn=turn_view(sitting, turn) if turn is not None and turn.person == person else None,
        list_closed=sitting.speakers.is_closed,
        proxy_given_to=person_view(sitting.roll[given.holder]) if given is not None else None,
        proxy_accepted=given is not None and given.accepted_at is not None,
        proxy_offers=_grantors(sitting, person, accepted=False),
        proxies_held=_grantors(sitting, person, accepted=True),
        planned=tuple(_planned(sitting, person)),
        is_in_writing=rules.conduct.participation is not None,
        takes_proxies=rules.proxies.max_per_holder > 0,
        exchange=exchange_view(sitting),
    )


def _planned(sitting: Sitting, person: PersonId) -> Iterator[PlannedView]:
    for proxy in sorted(sitting.planned, key=lambda p: (p.begins, p.grantor)):
        is_given = proxy.grantor == person
        if is_given or (proxy.holder == person and proxy.accepted_at is not None):
            yield PlannedView(
                other=person_view(sitting.roll[proxy.holder if is_given else proxy.grantor]),
                is_given=is_given,
                is_accepted=proxy.accepted_at is not None,
                since=proxy.begins,
                until=proxy.until,
                time_zone=sitting.facts.time_zone,
            )


def _grantors(sitting: Sitting, holder: PersonId, *, accepted: bool) -> tuple[PersonView, ...]:
    return tuple(
        person_view(sitting.roll[p.grantor])
        for p in (*sitting.proxies.values(), *(() if accepted else sitting.planned))
        if p.holder == holder and (p.accepted_at is not None) is accepted
    )


def voices(sitting: Sitting, poll: Poll | None, person: PersonId) -> tuple[VoiceView, ...]:
    """The voices that this person gives in that poll, his own first."""
    if poll is None:
        return ()
    return tuple(
        voice(sitting, poll, m.member, is_proxy=m.is_proxy, same=same_vote(sitting, poll, m))
        for m in poll.mandates_of(person)
    )


def _option(poll: Poll, ballot: Ballot | None) -> str:
    if poll.contest is None or ballot is None or ballot.option is None:
        return ""
    chosen = poll.contest.option(ballot.option)
    return chosen.label if chosen is not None else ""


def voice(sitting: Sitting, poll: Poll, member: PersonId, *, is_proxy: bool, same: SameVote | None = None) -> VoiceView:
    """One voice of that poll as its giver may see it."""
    ballot = poll.ballots.get(member)
    return VoiceView(
        member=person_view(sitting.roll[member]),
        is_proxy=is_proxy,
        choice=ballot.choice if ballot is not None else None,
        option=_option(poll, ballot),
        at=ballot.at if ballot is not None else None,
        spoken=ballot is not None and ballot.source.value == "voice",
        next_revision=ballot.revision + 1 if ballot is not None else 0,
        same=same,
    )
