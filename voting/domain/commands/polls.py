"""Opening a poll, voting, closing it, saying its result."""

from dataclasses import dataclass

from voting.domain.attendance import Source
from voting.domain.base import Command
from voting.domain.ids import OptionId, PersonId, PollId
from voting.domain.majorities import WantedMajority
from voting.domain.polls import Purpose
from voting.domain.ruleset import VotingMethod
from voting.domain.tally import Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSecretBallot(Command):
    """Ask that the item be voted in secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRecordedBallot(Command):
    """Ask that the item be voted by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPoll(Command):
    """Put the item under discussion, or a request made on it, to the vote."""

    purpose: Purpose
    method: VotingMethod
    majority: WantedMajority | None = None
    """None: the ordinary one of the rule set."""
    is_joint: bool = False
    """All together, where the standing orders have colleges vote apart."""
    first_letter: str = ""
    """Call the names in the order of the alphabet from there on; empty: in that of the roll."""
    seconds: int | None = None
    """How long it is announced to last; 0: no hour is announced; None: as the standing orders say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallNextName(Command):
    """In a vote by name: the one called does not answer, call the next."""

    called: PersonId | None = None
    """Whom the person saw called: an older card moves nothing on. None: whoever it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordHands(Command):
    """What a show of hands showed: all others in the room were for."""

    against: tuple[PersonId, ...] = ()
    abstention: tuple[PersonId, ...] = ()
    not_taking_part: tuple[PersonId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPapers(Command):
    """What came out of the box of a secret ballot."""

    envelopes: int
    votes_for: int
    against: int
    blank: int = 0
    invalid: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkVoters(Command):
    """Who put an envelope into the box: the marked register, where one is kept."""

    members: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CastVote(Command):
    """Give or change a voice."""

    poll: PollId | None
    """The poll named by the card; None (a typed word) means the one that is open."""
    member: PersonId
    choice: Choice
    source: Source
    revision: int | None = None
    """Which state of the ballot the person saw: 0 = not voted yet; None = whatever it is now."""
    option: OptionId | None = None
    """For whom or for what, where one is chosen among several; ``choice`` is then ``FOR``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosePoll(Command):
    """Take no more voices and count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProclaimResult(Command):
    """Say the result: from then on it is final."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnulPoll(Command):
    """Strike the poll, with its reason."""

    reason: str
