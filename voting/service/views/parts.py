"""Pieces that several views share: a person's label, an item's line, a poll as anyone may see it."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import TypedDict

from voting.domain.agenda import ItemState
from voting.domain.assembly import AgendaItem, Civility, ItemKind, Member
from voting.domain.contests import Contest, ContestResult, OptionCount
from voting.domain.ids import ItemId, PersonId, PollId, item_position
from voting.domain.polls import Poll, PollState, Purpose, Terms
from voting.domain.ruleset import VotingMethod
from voting.domain.sitting import Sitting
from voting.domain.tally import Choice, Decision, Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """A person as shown: never an address, never an account."""

    id: PersonId
    civility: Civility
    first_name: str
    last_name: str
    group: str
    office: str

    @property
    def name(self) -> str:
        """First name and last name."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def formal(self) -> str:
        """``Mme Prénom Nom``."""
        return f"{self.civility.value} {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """One line of the agenda."""

    id: ItemId
    number: str
    title: str
    kind: ItemKind
    rapporteur: str
    commission: str
    opinion: str
    state: ItemState
    position: int
    """Place on the summons, from 1."""
    total: int


class Mark(StrEnum):
    """What a seat shows in a poll. Before the proclamation a voice shows as given, never how."""

    OUTSIDE = "outside"
    """Not in the electorate."""
    WAITING = "waiting"
    VOTED = "voted"
    FOR = "for"
    AGAINST = "against"
    ABSTENTION = "abstention"
    NOT_TAKING_PART = "not_taking_part"
    NO_ANSWER = "no_answer"
    SECRET = "secret"  # noqa: S105
    """Of the electorate of a secret ballot: nothing more is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PollView:
    """A poll as the public may see it: figures and names only once proclaimed."""

    id: PollId
    number: int
    item: ItemView
    purpose: Purpose
    state: PollState
    opened_at: datetime
    electors: int
    heard: int
    tally: Tally | None
    decision: Decision | None
    method: VotingMethod = VotingMethod.ELECTRONIC
    terms: Terms = field(default_factory=Terms)
    """By what it is decided; the count of a college only once proclaimed."""
    contest: Contest | None = None
    """What is chosen among; None where the question is for or against."""
    counts: tuple[OptionCount, ...] = ()
    result: ContestResult | None = None
    """Who or what was chosen, once proclaimed, with ``counts``."""
    called: PersonView | None = None
    """In a vote by name, whose name is called now."""
    call_round: int = 0
    """1 for the call, 2 for the second one of those who did not answer; 0 where names are not called."""
    calls_left: int = 0
    """How many names wait, the one called now included."""
    ends_at: datetime | None = None
    """The hour at which it was announced to end."""
    also: tuple[ItemView, ...] = ()
    """The other items that it decides, each with the same voices."""

    @property
    def items(self) -> tuple[ItemView, ...]:
        """Everything that it decides."""
        return (self.item, *self.also)

    @property
    def is_pressed(self) -> bool:
        """Each voice is given one by one; otherwise the room votes and the staff records."""
        return self.method in (VotingMethod.ELECTRONIC, VotingMethod.ROLL_CALL)


def person_view(member: Member) -> PersonView:
    """The public label of that member."""
    return PersonView(
        id=member.id,
        civility=member.civility,
        first_name=member.first_name,
        last_name=member.last_name,
        group=member.group,
        office=member.office,
    )


def item_view(sitting: Sitting, item: AgendaItem) -> ItemView:
    """That item with its state."""
    rapporteur = sitting.roll.get(PersonId(item.rapporteur))
    return ItemView(
        id=item.id,
        number=item.number,
        title=item.title,
        kind=item.kind,
        rapporteur=f"{rapporteur.civility.value} {rapporteur.full_name}" if rapporteur else item.rapporteur,
        commission=item.commission,
        opinion=item.opinion,
        state=sitting.agenda.states[item.id],
        position=item_position(item.id),
        total=len(sitting.facts.items),
    )


def poll_view(sitting: Sitting, poll: Poll, *, shown: ItemView | None = None) -> PollView:
    """That poll; tally and decision stay hidden until the chair has proclaimed them (R20).

    ``shown``: an item that is seen already; most polls are on the item under discussion.
    """
    proclaimed, terms = poll.state is PollState.PROCLAIMED, poll.terms
    return PollView(
        id=poll.id,
        number=poll.number,
        item=shown if shown is not None and shown.id == poll.item else item_view(sitting, sitting.items[poll.item]),
        also=tuple(item_view(sitting, sitting.items[i]) for i in poll.also),
        purpose=poll.purpose,
        state=poll.state,
        opened_at=poll.opened_at,
        ends_at=poll.ends_at if poll.state is PollState.OPEN else None,
        electors=len(poll.electorate),
        heard=poll.heard,
        tally=poll.tally if proclaimed else None,
        decision=poll.decision if proclaimed else None,
        method=poll.method,
        terms=terms if proclaimed or not terms.colleges else replace(terms, colleges=()),
        contest=poll.contest,
        counts=poll.counts if proclaimed else (),
        result=poll.result if proclaimed else None,
        **_call(sitting, poll),
    )


class _Call(TypedDict, total=False):
    called: PersonView | None
    call_round: int
    calls_left: int


def _call(sitting: Sitting, poll: Poll) -> _Call:
    """How far the call of a vote by name has come, while the poll is open."""
    if poll.call is None or poll.state is not PollState.OPEN:
        return {}
    name = poll.call.called
    return {
        "called": person_view(sitting.roll[name]) if name is not None else None,
        "call_round": poll.call.round,
        "calls_left": poll.call.left(poll.ballots.__contains__),
    }


def mark(poll: Poll | None, member: PersonId) -> Mark:
    """What that member's seat shows for that poll."""
    if poll is None or member not in poll.electorate:
        return Mark.OUTSIDE
    if poll.is_secret:
        return Mark.VOTED if member in poll.marked else Mark.SECRET
    ballot = poll.ballots.get(member)
    if ballot is not None and ballot.option is not None:
        return Mark.VOTED  # for whom is on the card and in the minutes: a seat has one colour
    if poll.state is PollState.PROCLAIMED:
        return Mark.NO_ANSWER if ballot is None else _CHOICE_MARKS[ballot.choice]
    return Mark.WAITING if ballot is None else Mark.VOTED


_CHOICE_MARKS = {
    Choice.FOR: Mark.FOR,
    Choice.AGAINST: Mark.AGAINST,
    Choice.ABSTENTION: Mark.ABSTENTION,
    Choice.NOT_TAKING_PART: Mark.NOT_TAKING_PART,
}
