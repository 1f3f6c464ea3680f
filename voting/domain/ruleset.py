"""What the core asks of the law. Answers come from ``voting.rules``; each one carries its citation."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from voting.domain.assembly import Body, LegalSubject


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where a rule is written."""

    rule: str
    """Our own number of the rule (``R02``), the same in tests and in ``guides/rules``."""
    article: str
    in_force_on: date | None = None
    confirmed: bool = True
    """The wording was read in a source. False must be said wherever the article is shown."""
    url: str = ""


class VotingMethod(StrEnum):
    """How voices are taken."""

    ELECTRONIC = "electronic"
    """Electronic recorded vote (*scrutin public électronique*)."""
    ROLL_CALL = "roll_call"
    """Voice vote, names called in order (*appel nominal*)."""
    SHOW_OF_HANDS = "show_of_hands"
    SECRET = "secret"


class QuorumBase(StrEnum):
    """Who counts in the numerator of the quorum."""

    PRESENT = "present"
    PRESENT_OR_REPRESENTED = "present_or_represented"


class Stance(StrEnum):
    """What the law says of an item in this kind of sitting."""

    ALLOWED = "allowed"
    WARNED = "warned"
    FORBIDDEN = "forbidden"


class MajorityBase(StrEnum):
    """Of what a majority is the majority."""

    VOTES_CAST = "votes_cast"
    """For + against; abstentions, blanks and *ne prend pas part* are out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuorumRule:
    """The figure that must be reached before an item is voted."""

    required: int
    base: QuorumBase
    in_office: int
    citation: Citation
    advisory_base: QuorumBase | None = None
    """A second reading of the law to display beside the first, never enforced (R03)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodRule:
    """The ways of voting that this kind of sitting allows."""

    allowed: frozenset[VotingMethod]
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class MajorityRule:
    """What makes a proposal adopted, ties apart."""

    base: MajorityBase
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class TieRule:
    """Whether the voice of the chair prevails on a tie."""

    chair_prevails: bool
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyRule:
    """How many proxies a member may hold at one instant; 0 means that none may be given."""

    max_per_holder: int
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class SecrecyRule:
    """What becomes of an item whose secret ballot was adopted."""

    postpones: bool
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRule:
    """Whether an item may be taken here."""

    stance: Stance
    citation: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicityRule:
    """Whether anyone may follow the sitting."""

    public: bool
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingOrders:
    """The *règlement intérieur* of the body: what the law leaves to it. Written whole into the first event."""

    quorum_base: QuorumBase | None = None
    """Overrides the base of a remote standing committee (R03); None takes the law's default."""
    casting_vote: bool = False
    """A tender committee whose own rules give the chair a casting vote (R52)."""
    public_board: bool = False
    """A standing committee whose rules open its sittings to the public (R13)."""
    turn_seconds: int = 180
    remote_arrangements: bool = True
    """The standing orders hold the practical arrangements of remote sittings (R15)."""


class RuleSet(Protocol):
    """The law of one kind of sitting, in a released and frozen version."""

    @property
    def name(self) -> str:
        """Versioned name, written into the journal: ``cpr-remote/1``."""
        ...

    @property
    def body(self) -> Body:
        """The body that it governs."""
        ...

    @property
    def methods(self) -> MethodRule:
        """The ways of voting allowed."""
        ...

    @property
    def majority(self) -> MajorityRule:
        """The majority of an ordinary decision."""
        ...

    @property
    def tie(self) -> TieRule:
        """What a tie becomes."""
        ...

    @property
    def proxies(self) -> ProxyRule:
        """The proxies allowed."""
        ...

    @property
    def substitutes(self) -> Citation | None:
        """The article that lets substitutes sit for an absent member, or None."""
        ...

    @property
    def secrecy(self) -> SecrecyRule:
        """What an adopted request for a secret ballot does."""
        ...

    @property
    def publicity(self) -> PublicityRule:
        """Whether the sitting is public."""
        ...

    @property
    def summons(self) -> Citation | None:
        """The article that wants remote participation named in the summons, or None."""
        ...

    @property
    def proclamation(self) -> Citation:
        """Why only the chair makes a result final."""
        ...

    @property
    def unanimity(self) -> Citation:
        """What unanimity means in the count."""
        ...

    @property
    def recusal(self) -> Citation:
        """Why a recused member neither counts nor votes."""
        ...

    @property
    def police(self) -> Citation:
        """Why the chair alone leads the sitting."""
        ...

    def quorum(self, in_office: int, *, second_convocation: bool) -> QuorumRule:
        """The quorum for that number of seats with a vote."""
        ...

    def item(self, subject: LegalSubject) -> ItemRule:
        """Whether an item on that subject may be taken."""
        ...
