"""Pieces that several views share: a person's label, an item's line, a poll as anyone may see it."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from voting.domain.agenda import ItemState
from voting.domain.assembly import AgendaItem, Civility, ItemKind, Member
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


def poll_view(sitting: Sitting, poll: Poll) -> PollView:
    """That poll; tally and decision stay hidden until the chair has proclaimed them (R20)."""
    proclaimed = poll.state is PollState.PROCLAIMED
    return PollView(
        id=poll.id,
        number=poll.number,
        item=item_view(sitting, sitting.items[poll.item]),
        purpose=poll.purpose,
        state=poll.state,
        opened_at=poll.opened_at,
        electors=len(poll.electorate),
        heard=poll.heard,
        tally=poll.tally if proclaimed else None,
        decision=poll.decision if proclaimed else None,
        method=poll.method,
        terms=poll.terms if proclaimed else replace(poll.terms, colleges=()),
    )


def mark(poll: Poll | None, member: PersonId) -> Mark:
    """What that member's seat shows for that poll."""
    if poll is None or member not in poll.electorate:
        return Mark.OUTSIDE
    ballot = poll.ballots.get(member)
    if poll.state is PollState.PROCLAIMED:
        return Mark.NO_ANSWER if ballot is None else _CHOICE_MARKS[ballot.choice]
    return Mark.WAITING if ballot is None else Mark.VOTED


_CHOICE_MARKS = {
    Choice.FOR: Mark.FOR,
    Choice.AGAINST: Mark.AGAINST,
    Choice.ABSTENTION: Mark.ABSTENTION,
    Choice.NOT_TAKING_PART: Mark.NOT_TAKING_PART,
}
