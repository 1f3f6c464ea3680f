"""One poll: its frozen electorate, the ballots that count now, and how far it has come."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from voting.domain.attendance import Source
from voting.domain.ids import ItemId, PersonId, PollId
from voting.domain.ruleset import VotingMethod
from voting.domain.tally import Choice, Decision, Tally


class Purpose(StrEnum):
    """What the poll decides."""

    ITEM = "item"
    SECRET_BALLOT_REQUEST = "secret_ballot_request"  # noqa: S105
    """Whether the item is to be voted in secret (R18)."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """The voice of a mandate as it stands; ``revision`` grows by one at each change."""

    choice: Choice
    at: datetime
    by: PersonId
    source: Source
    revision: int


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
    state: PollState = PollState.OPEN
    tally: Tally | None = None
    decision: Decision | None = None
    annulled_for: str = ""
    """The reason, once annulled."""

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
            state=self.state,
        )

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
