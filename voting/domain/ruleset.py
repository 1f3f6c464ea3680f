"""What the core asks of the law. Answers come from ``voting.rules``; each one carries its citation."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from voting.domain.assembly import AgendaItem, Body, LegalSubject
from voting.domain.citations import Citation as Citation
from voting.domain.citations import Stance as Stance
from voting.domain.contests import TieBreak
from voting.domain.minuting import MinutesRule
from voting.domain.procedure import Conduct, Convening
from voting.domain.standing_orders import (
    MORE_THAN_HALF,
    ContestOrders,
    FloorOrder,
    GroupTime,
    Requests,
    SpeakingTimes,
    Threshold,
)
from voting.domain.standing_orders import MajorityBase as MajorityBase


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


@dataclass(frozen=True, slots=True, kw_only=True)
class QuorumRule:
    """The figure that must be reached before an item is voted."""

    required: int
    base: QuorumBase
    in_office: int
    citation: Citation
    advisory_base: QuorumBase | None = None
    """A second reading of the law to display beside the first, never enforced (R03)."""
    threshold: Threshold = MORE_THAN_HALF
    """What ``required`` is computed from on the first convocation."""


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
    threshold: Threshold = MORE_THAN_HALF


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


class Secrecy(StrEnum):
    """Whether people must be chosen in secret."""

    FREE = "free"
    """No text wants the secret."""
    WAIVABLE = "waivable"
    """In secret, unless the assembly unanimously decides otherwise."""
    REQUIRED = "required"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestRule:
    """What it takes to be chosen among several on an item (R07, R26)."""

    absolute_rounds: int
    """Rounds that want an absolute majority; in the next one most votes are enough."""
    base: MajorityBase
    """Of what the absolute majority is one."""
    tie: TieBreak
    secrecy: Secrecy
    citation: Citation
    """Why the rounds are what they are."""
    secrecy_citation: Citation
    """Why the ballot is secret, or may be recorded."""
    unopposed: Citation | None = None
    """The article by which a single candidacy takes effect without a vote; None: it is voted all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicityRule:
    """Whether anyone may follow the sitting."""

    public: bool
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingOrders:
    """The *règlement intérieur* of the body: what the law leaves to it. Written whole into the first event.

    None is always "the law's own answer". A field with a default may be added, never changed: old journals lack it.
    """

    quorum_base: QuorumBase | None = None
    """Overrides the base of a remote standing committee (R03); free in an association."""
    casting_vote: bool = False
    """A tender committee, or an association, whose own rules give the chair a casting vote (R52)."""
    public_board: bool = False
    """A standing committee whose rules open its sittings to the public (R13)."""
    turn_seconds: int = 180
    remote_arrangements: bool = True
    """The standing orders hold the practical arrangements of remote sittings (R15)."""
    notice_days: int | None = None
    """Days between the summons and the sitting, where no law sets more (R31, R32)."""
    recording_settled: bool = False
    """The rules on recording and keeping the debates of a tender committee were voted (R48)."""
    public_ballot: Threshold | None = None
    """Of the members present, to ask for a recorded vote where no law says how many (R25)."""
    secret_ballot: Threshold | None = None
    """Of the members present, to have a request for a secret ballot put to the vote; None: one is enough."""
    silence_during_vote: bool = True
    """No floor between the opening of a vote and its proclamation, points of order apart (R59)."""
    closure_by_vote: bool = False
    """The assembly, not the chair, decides whether the debate ends, without debate (R58)."""
    floor_order: FloorOrder = FloorOrder.FIRST_COME
    speaking: SpeakingTimes = field(default_factory=SpeakingTimes)
    group_time: GroupTime = field(default_factory=GroupTime)
    requests: Requests = field(default_factory=Requests)
    quorum: Threshold | None = None
    """An association's quorum."""
    proxies_per_holder: int | None = None
    """How many proxies a member of an association may hold."""
    majority: Threshold | None = None
    """An association's majority."""
    majority_base: MajorityBase | None = None
    """Of what an association's majority is the majority."""
    colleges: tuple[str, ...] = ()
    """Groups of an association's roll that must each agree, by the majority above, unless a vote is put to all."""
    council_seats: int | None = None
    """How many seats the council beside a standing committee has (R30)."""
    contests: ContestOrders = field(default_factory=ContestOrders)
    poll_seconds: int = 0
    """How long an electronic vote is announced to last; 0: no hour is announced. Nothing closes by itself."""


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

    @property
    def speaking(self) -> Citation:
        """Why the floor is asked for and given as it is."""
        ...

    @property
    def silence(self) -> Citation:
        """Why nobody speaks between the opening of a vote and its proclamation."""
        ...

    @property
    def convening(self) -> Convening:
        """What must be done before the sitting."""
        ...

    @property
    def conduct(self) -> Conduct:
        """What must be done during the sitting."""
        ...

    @property
    def minutes(self) -> MinutesRule:
        """What becomes of the minutes after it."""
        ...

    def quorum(
        self, in_office: int, *, second_convocation: bool, subject: LegalSubject = LegalSubject.ORDINARY
    ) -> QuorumRule:
        """The quorum for that number of seats with a vote, on an item of that subject."""
        ...

    def item(self, subject: LegalSubject) -> ItemRule:
        """Whether an item on that subject may be taken."""
        ...

    def contest(self, item: AgendaItem, orders: StandingOrders) -> ContestRule:
        """How one is chosen among several on that item."""
        ...
