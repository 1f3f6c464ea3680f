"""One poll: its frozen electorate, the ballots that count now, and how far it has come."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, runtime_checkable

from voting.domain.attendance import Source
from voting.domain.contests import Contest, ContestResult, OptionCount
from voting.domain.ids import ItemId, OptionId, PersonId, PollId
from voting.domain.majorities import SIMPLE, Cited, College, Majority
from voting.domain.nominal import NominalCall
from voting.domain.ruleset import VotingMethod
from voting.domain.tally import Choice, Decision, Tally


class Purpose(StrEnum):
    """What the poll decides."""

    ITEM = "item"
    SECRET_BALLOT_REQUEST = "secret_ballot_request"  # noqa: S105
    """Whether the item is to be voted in secret (R18)."""
    IN_CAMERA = "in_camera"
    """Whether the public is to leave (R33)."""
    CLOSURE = "closure"
    """Whether the debate is to end, where the standing orders leave that to the assembly (R58)."""


class PollState(StrEnum):
    """The life of a poll."""

    OPEN = "open"
    CLOSED = "closed"
    PROCLAIMED = "proclaimed"
    ANNULLED = "annulled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """The right to one voice: the member whose voice it is, and who gives it (himself or his proxy's holder)."""

    member: PersonId
    voter: PersonId

    @property
    def is_proxy(self) -> bool:
        """Given by somebody else."""
        return self.member != self.voter


@runtime_checkable
class Ballot(Protocol):
    """The voice of a mandate as it stands: the last ``VoteCast`` of it, no copy (this is the path of every vote)."""

    @property
    def choice(self) -> Choice:
        """For, against, …"""

    @property
    def at(self) -> datetime:
        """When it was given."""

    @property
    def by(self) -> PersonId:
        """Who gave it."""

    @property
    def source(self) -> Source:
        """How."""

    @property
    def revision(self) -> int:
        """It grows by one at each change."""

    @property
    def option(self) -> OptionId | None:
        """For whom or for what, in a choice among several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """What came out of the box of a secret ballot: figures, and never whose."""

    envelopes: int
    votes_for: int
    against: int
    blank: int
    invalid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """By what a poll is decided: what a sentence on its outcome must name."""

    majority: Majority = SIMPLE
    casting_vote: Cited | None = None
    colleges: tuple[tuple[College, Tally], ...] = ()
    """Each college with its count, once closed."""
    is_amended: bool = False
    """The text is no longer that of the summons: amendments to it were adopted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """A poll of the sitting. ``ballots`` holds the last voice of each mandate; the journal holds them all."""

    id: PollId
    number: int
    item: ItemId
    purpose: Purpose
    method: VotingMethod
    opened_at: datetime
    electorate: Mapping[PersonId, Mandate]
    hands: Mapping[PersonId, tuple[Mandate, ...]]
    """The same mandates by who gives them: see ``by_voter``."""
    ballots: Mapping[PersonId, Ballot]
    majority: Majority = SIMPLE
    colleges: tuple[College, ...] = ()
    """The parts of the electorate that must each agree; none as a rule."""
    casting_vote: Cited | None = None
    """Why the voice of the chair prevails on a tie, where it does."""
    call: NominalCall | None = None
    """Of a vote by name."""
    papers: Papers | None = None
    """Of a secret ballot, once counted."""
    marked: frozenset[PersonId] = frozenset()
    """Whose voice went into the box, where a register was kept: nothing joins it to the papers."""
    state: PollState = PollState.OPEN
    tally: Tally | None = None
    college_tallies: tuple[Tally, ...] = ()
    """In the order of ``colleges``, once closed."""
    decision: Decision | None = None
    contest: Contest | None = None
    """What is chosen among; None where the question is for or against."""
    amended_by: tuple[ItemId, ...] = ()
    """The adopted amendments that the text holds."""
    also: tuple[ItemId, ...] = ()
    """The other items that it decides, each with the same voices."""
    counts: tuple[OptionCount, ...] = ()
    """How many chose each, once closed."""
    elder: OptionId | None = None
    """Who was said to be the older one of those who are equal."""
    result: ContestResult | None = None
    """Who or what was chosen, once proclaimed."""
    annulled_for: str = ""
    """The reason, once annulled."""
    ends_at: datetime | None = None
    """The hour at which it was announced to end; it takes voices until it is closed."""

    def holding(self, ballots: Mapping[PersonId, Ballot]) -> "Poll":
        """The poll, still open, with those voices. Built field by field: this is the path of every vote."""
        return Poll(
            id=self.id,
            number=self.number,
            item=self.item,
            purpose=self.purpose,
            method=self.method,
            opened_at=self.opened_at,
            electorate=self.electorate,
            hands=self.hands,
            ballots=ballots,
            majority=self.majority,
            colleges=self.colleges,
            casting_vote=self.casting_vote,
            call=self.call,
            papers=self.papers,
            marked=self.marked,
            state=self.state,
            contest=self.contest,
            amended_by=self.amended_by,
            also=self.also,
            ends_at=self.ends_at,
        )

    @property
    def items(self) -> tuple[ItemId, ...]:
        """Everything that it decides."""
        return (self.item, *self.also)

    @property
    def is_secret(self) -> bool:
        """On paper: nobody's voice is known, and no voice prevails."""
        return self.method is VotingMethod.SECRET

    @property
    def is_pressed(self) -> bool:
        """Each voice is given one by one, by a press or aloud; otherwise the staff records what the room did."""
        return self.method in (VotingMethod.ELECTRONIC, VotingMethod.ROLL_CALL)

    @property
    def terms(self) -> Terms:
        """By what it is decided."""
        counted = zip(self.colleges, self.college_tallies, strict=False)
        return Terms(
            majority=self.majority,
            casting_vote=self.casting_vote,
            colleges=tuple(counted),
            is_amended=bool(self.amended_by),
        )

    @property
    def heard(self) -> int:
        """How many voices are in."""
        return self.papers.envelopes if self.papers is not None else len(self.ballots)

    def mandates_of(self, voter: PersonId) -> tuple[Mandate, ...]:
        """The voices that this person gives here: his own first, then his proxies."""
        return self.hands.get(voter, ())

    def silent(self) -> tuple[Mandate, ...]:
        """The voices not yet heard, in the order of the roll."""
        return tuple(m for member, m in self.electorate.items() if member not in self.ballots)


def by_voter(mandates: Iterable[Mandate]) -> Mapping[PersonId, tuple[Mandate, ...]]:
    """The voices that each person gives: his own first, then his proxies."""
    hands: dict[PersonId, tuple[Mandate, ...]] = {}
    for mandate in sorted(mandates, key=lambda m: (m.is_proxy, m.member)):
        hands[mandate.voter] = (*hands.get(mandate.voter, ()), mandate)
    return hands
