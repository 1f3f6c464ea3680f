"""What happened, in the past tense. These facts are the record: a released class never changes its meaning.

Every event says when (``at``, UTC, to the millisecond) and who did it (``by``). Wire names:
``voting.journal.wire``.
"""

from dataclasses import dataclass
from datetime import date, datetime

from voting.domain.agenda import PostponeReason
from voting.domain.amendment_events import AmendmentsOrdered as AmendmentsOrdered
from voting.domain.amendment_events import ItemMoot as ItemMoot
from voting.domain.assembly import AgendaItem, Body, Member, Mode
from voting.domain.attendance import Presence, Source
from voting.domain.base import Event as Event
from voting.domain.block_events import BlockFormed as BlockFormed
from voting.domain.block_events import BlockItemRemoved as BlockItemRemoved
from voting.domain.camera_events import InCameraBegun as InCameraBegun
from voting.domain.camera_events import InCameraEnded as InCameraEnded
from voting.domain.camera_events import InCameraRequested as InCameraRequested
from voting.domain.contest_events import BallotUncovered as BallotUncovered
from voting.domain.contest_events import ContestProclaimed as ContestProclaimed
from voting.domain.contest_events import ElderStated as ElderStated
from voting.domain.contest_events import OptionPapersCounted as OptionPapersCounted
from voting.domain.contest_events import UnopposedDeclared as UnopposedDeclared
from voting.domain.contests import Contest, OptionCount
from voting.domain.count_events import HandsCounted as HandsCounted
from voting.domain.count_events import NameCalled as NameCalled
from voting.domain.count_events import PapersCounted as PapersCounted
from voting.domain.count_events import VotersMarked as VotersMarked
from voting.domain.floor_events import ClosureDeclined as ClosureDeclined
from voting.domain.floor_events import ClosureRequested as ClosureRequested
from voting.domain.floor_events import DebateClosed as DebateClosed
from voting.domain.floor_events import FloorPaused as FloorPaused
from voting.domain.floor_events import FloorResumed as FloorResumed
from voting.domain.floor_events import FloorUndone as FloorUndone
from voting.domain.floor_events import SuspensionDeclined as SuspensionDeclined
from voting.domain.floor_events import SuspensionRequested as SuspensionRequested
from voting.domain.ids import ItemId, OptionId, PersonId, PollId, RequestId, SittingId
from voting.domain.majorities import Cited, College, Majority
from voting.domain.polls import Mandate, Purpose
from voting.domain.proxies import ProxyEnd
from voting.domain.quorum import QuorumCheck
from voting.domain.remarks import FirstConvocation, Remark
from voting.domain.ruleset import StandingOrders, VotingMethod
from voting.domain.speakers import FloorKind
from voting.domain.statements import Statement
from voting.domain.tally import Choice, Decision, Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingConvened(Event):
    """The first event: everything that a replay needs, law of the day included."""

    sitting: SittingId
    title: str
    body: Body
    mode: Mode
    body_name: str
    rule_set: str
    standing_orders: StandingOrders
    scheduled_for: datetime
    summoned_on: date | None
    summons_mentions_remote: bool
    place: str
    members: tuple[Member, ...]
    items: tuple[AgendaItem, ...]
    body_siret: str = ""
    second_convocation_of: SittingId | None = None
    time_zone: str = "Europe/Paris"
    is_urgent: bool = False
    """Convened in an emergency, with the shorter delay (R31)."""
    remarks: tuple[Remark, ...] = ()
    """What the law had to say of this convocation without forbidding it."""
    first_convocation: FirstConvocation | None = None
    """The journal of the sitting that was not held, where this is the second one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingOpened(Event):
    """The chair opens; from here on the sitting may deliberate."""

    chair: PersonId
    quorum: QuorumCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class RollCallOpened(Event):
    """Members are asked to say that they are there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RollCallClosed(Event):
    """The call is over; ``missing`` are the voting members who did not answer."""

    quorum: QuorumCheck
    missing: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceRecorded(Event):
    """A person arrived, moved, left or is excused."""

    person: PersonId
    presence: Presence
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class ChairHandedOver(Event):
    """Another member leads from here on; the casting vote goes with the chair."""

    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretaryAppointed(Event):
    """The assembly's sitting secretary, a member who keeps his vote."""

    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyGiven(Event):
    """Offered; it gives no vote until it is accepted."""

    grantor: PersonId
    holder: PersonId
    source: Source
    since: datetime | None = None
    """The hour from which it is given; None: from this line on."""
    until: datetime | None = None
    """The hour at which it ends by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyAccepted(Event):
    """The holder agrees: he speaks for the grantor's voice, from now on or from the hour for which it was given."""

    grantor: PersonId
    holder: PersonId
    since: datetime | None = None
    """Which one, where it has not begun yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyEnded(Event):
    """The proxy stops here; votes already given stay."""

    grantor: PersonId
    holder: PersonId
    reason: ProxyEnd
    since: datetime | None = None
    """Which one, where it had not begun yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyStarted(Event):
    """The hour for which a proxy was given in advance has come: ``at`` is that hour."""

    grantor: PersonId
    holder: PersonId
    is_accepted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemCalled(Event):
    """An item comes under discussion; the quorum is checked there and then (R05)."""

    item: ItemId
    quorum: QuorumCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemClosed(Event):
    """An item is left without a vote that decides it."""

    item: ItemId


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPostponed(Event):
    """An item goes to another sitting."""

    item: ItemId
    reason: PostponeReason
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecusalDeclared(Event):
    """A member withdraws from the item: no debate, no vote, no proxy, not counted as present (R24)."""

    item: ItemId
    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorRequested(Event):
    """A member asks to speak."""

    request: RequestId
    item: ItemId | None
    """None: asked between two items (a point of order is possible at any time)."""
    person: PersonId
    kind: FloorKind


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorWithdrawn(Event):
    """A waiting request leaves the list."""

    request: RequestId
    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorGiven(Event):
    """The chair gives the floor."""

    request: RequestId
    person: PersonId
    kind: FloorKind


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorEnded(Event):
    """The running turn ends."""

    request: RequestId
    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakersListClosed(Event):
    """No new intervention on this item; points of order stay possible."""

    item: ItemId


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


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteCast(Event):
    """One voice, or its change (``revision`` > 0). The last one before the close counts."""

    poll: PollId
    member: PersonId
    """Whose voice it is; ``by`` gave it."""
    choice: Choice
    source: Source
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionChosen(VoteCast):
    """One voice for one of several: ``choice`` is ``FOR``, and this says for whom or for what."""

    option: OptionId


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


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingSuspended(Event):
    """A pause."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingResumed(Event):
    """The pause ends; the quorum is looked at again."""

    quorum: QuorumCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingClosed(Event):
    """The chair lifts the sitting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRecorded(Event):
    """A fact that no machine can see, or the chair's judgement, stated by ``by``."""

    statement: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingNotHeld(Event):
    """The quorum did not come: nothing was deliberated, the sitting is over (R04)."""

    quorum: QuorumCheck
    missing: tuple[PersonId, ...]
    """The members in office who were not there."""


SittingEvent = (
    SittingConvened
    | SittingOpened
    | RollCallOpened
    | RollCallClosed
    | AttendanceRecorded
    | ChairHandedOver
    | SecretaryAppointed
    | ProxyGiven
    | ProxyAccepted
    | ProxyEnded
    | ProxyStarted
    | ItemCalled
    | ItemClosed
    | ItemPostponed
    | RecusalDeclared
    | FloorRequested
    | FloorWithdrawn
    | FloorGiven
    | FloorEnded
    | FloorPaused
    | FloorResumed
    | FloorUndone
    | SpeakersListClosed
    | ClosureRequested
    | ClosureDeclined
    | DebateClosed
    | SecretBallotRequested
    | RecordedBallotRequested
    | InCameraRequested
    | InCameraBegun
    | InCameraEnded
    | PollOpened
    | NameCalled
    | HandsCounted
    | PapersCounted
    | VotersMarked
    | VoteCast
    | OptionChosen
    | PollClosed
    | ResultProclaimed
    | PollAnnulled
    | SuspensionRequested
    | SuspensionDeclined
    | AmendmentsOrdered
    | ItemMoot
    | BlockFormed
    | BlockItemRemoved
    | OptionPapersCounted
    | ElderStated
    | ContestProclaimed
    | UnopposedDeclared
    | BallotUncovered
    | SittingSuspended
    | SittingResumed
    | SittingClosed
    | StatementRecorded
    | SittingNotHeld
)
"""Every kind of event: a ``match`` over it ends with ``assert_never``."""
