"""A poll from its opening to its end, and the voices in it."""

from dataclasses import dataclass, field
from datetime import datetime

from voting.domain.attendance import Source
from voting.domain.base import Event
from voting.domain.contests import Contest, OptionCount
from voting.domain.ids import ItemId, OptionId, PersonId, PollId
from voting.domain.majorities import Cited, College, Majority
from voting.domain.polls import Mandate, Purpose
from voting.domain.quorum import QuorumCheck
from voting.domain.ruleset import VotingMethod
from voting.domain.tally import Choice, Decision, Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretBallotRequested(Event):
    """A member asks for a secret ballot; the assembly decides on the request by a vote (R18)."""

    item: ItemId
    person: PersonId
    needed: int = 1
    """How many must ask before it is put to the vote; each asks by a line of his own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedBallotRequested(Event):
    """A member asks that the vote be recorded by name; it is when enough of those present ask (R25)."""

    item: ItemId
    person: PersonId
    needed: int
    """How many must ask, each by a line of his own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PollOpened(Event):
    """The vote is open and its electorate is frozen."""

    poll: PollId
    number: int
    item: ItemId
    purpose: Purpose
    method: VotingMethod
    electorate: tuple[Mandate, ...]
    quorum: QuorumCheck
    majority: Majority | None = None
    """None in journals of before it was written: the simple majority."""
    colleges: tuple[College, ...] = ()
    """The parts of the electorate that must each agree; none as a rule."""
    casting_vote: Cited | None = None
    """Why the voice of the chair prevails on a tie; None where it does not, and in older journals."""
    call_order: tuple[PersonId, ...] = ()
    """Whose voices are called, in that order; none unless the vote is by name."""
    contest: Contest | None = None
    """What is chosen among; None where the question is for or against."""
    amended_by: tuple[ItemId, ...] = ()
    """The adopted amendments that the text put to the vote holds."""
    also: tuple[ItemId, ...] = ()
    """The other items that this vote decides, each with the same voices; none as a rule."""
    ends_at: datetime | None = None
    """The hour at which it was announced to end: nothing ends by itself. None: none was, and in older journals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteCast(Event):
    """One voice, or its change (``revision`` > 0). The last one before the close counts."""

    poll: PollId
    member: PersonId
    """Whose voice it is; ``by`` gave it."""
    choice: Choice
    source: Source
    revision: int

    @property
    def option(self) -> OptionId | None:
        """For whom or for what, in a choice among several: see ``OptionChosen``."""
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionChosen(VoteCast):
    """One voice for one of several: ``choice`` is ``FOR``, and this says for whom or for what."""

    option: OptionId = field()


@dataclass(frozen=True, slots=True, kw_only=True)
class PollClosed(Event):
    """No voice after this one; the count."""

    poll: PollId
    tally: Tally
    colleges: tuple[Tally, ...] = ()
    """The count of each college, in the order of the opening."""
    counts: tuple[OptionCount, ...] = ()
    """In a choice among several: how many chose each; together they are ``tally.votes_for``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultProclaimed(Event):
    """The chair makes the result final (R20)."""

    poll: PollId
    decision: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class PollAnnulled(Event):
    """The poll counts for nothing and stays on record with its reason."""

    poll: PollId
    reason: str
