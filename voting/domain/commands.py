"""What somebody asks of the sitting, in the imperative. ``by`` is the verified identity, never a payload."""

from dataclasses import dataclass
from datetime import date, datetime

from voting.domain.assembly import AgendaItem, Body, Member, Mode, Regime
from voting.domain.attendance import Presence, Source
from voting.domain.base import Command as Command
from voting.domain.camera_commands import EndInCamera as EndInCamera
from voting.domain.camera_commands import RequestInCamera as RequestInCamera
from voting.domain.contests import Nominee, OptionCount
from voting.domain.floor_commands import CloseDebate as CloseDebate
from voting.domain.floor_commands import ContinueFloor as ContinueFloor
from voting.domain.floor_commands import DeclineClosure as DeclineClosure
from voting.domain.floor_commands import DeclineSuspension as DeclineSuspension
from voting.domain.floor_commands import PauseFloor as PauseFloor
from voting.domain.floor_commands import RequestClosure as RequestClosure
from voting.domain.floor_commands import RequestSuspension as RequestSuspension
from voting.domain.floor_commands import UndoFloor as UndoFloor
from voting.domain.ids import ItemId, OptionId, PersonId, PollId, RequestId, SittingId
from voting.domain.majorities import WantedMajority
from voting.domain.polls import Purpose
from voting.domain.remarks import FirstConvocation
from voting.domain.ruleset import StandingOrders, VotingMethod
from voting.domain.speakers import FloorKind
from voting.domain.statements import Statement
from voting.domain.tally import Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class ConveneSitting(Command):
    """Call the assembly: the roll, the agenda and the law are frozen here."""

    sitting: SittingId
    title: str
    body: Body
    mode: Mode
    body_name: str
    standing_orders: StandingOrders
    scheduled_for: datetime
    summoned_on: date | None
    summons_mentions_remote: bool
    place: str
    members: tuple[Member, ...]
    items: tuple[AgendaItem, ...]
    body_siret: str = ""
    second_convocation_of: SittingId | None = None
    regime: Regime = Regime.ORDINARY
    """Which law is asked for; its name is written into the first event."""
    is_urgent: bool = False
    """Convened in an emergency, with the shorter delay (R31)."""
    lacks_room_sitting: bool = False
    """The register holds no sitting of this body in one place in this half-year (R11)."""
    first_convocation: FirstConvocation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSitting(Command):
    """Open, if the quorum is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRollCall(Command):
    """Ask everybody to say that they are there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseRollCall(Command):
    """End the call and state the quorum."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAttendance(Command):
    """A person is here, gone or excused: said by himself or by the clerk."""

    person: PersonId
    presence: Presence
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverChair(Command):
    """Let that member lead the sitting from here on."""

    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointSecretary(Command):
    """Name the sitting secretary."""

    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveProxy(Command):
    """Hand the vote of ``grantor`` to ``holder``."""

    grantor: PersonId
    holder: PersonId
    source: Source
    since: datetime | None = None
    """From that hour on; None: from now on."""
    until: datetime | None = None
    """Until that hour; None: to the end of the sitting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptProxy(Command):
    """Agree to hold the proxy of ``grantor``; None takes the only one offered."""

    grantor: PersonId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineProxy(Command):
    """Refuse it."""

    grantor: PersonId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeProxy(Command):
    """Take one's vote back."""

    grantor: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class CallItem(Command):
    """Bring an item under discussion; None takes the next one of the summons."""

    item: ItemId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostponeItem(Command):
    """Put the item under discussion off to another sitting."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareRecusal(Command):
    """Withdraw from the item under discussion."""

    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestFloor(Command):
    """Ask to speak."""

    person: PersonId
    kind: FloorKind


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawFloor(Command):
    """Give up one's place on the list."""

    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveFloor(Command):
    """Give the floor to that request, to that person, or to the next in order when both are None."""

    request: RequestId | None = None
    person: PersonId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndFloor(Command):
    """End the running turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseSpeakersList(Command):
    """Take no new intervention on this item."""


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
class OrderAmendments(Command):
    """Take these amendments to one text in that order, before its others."""

    items: tuple[ItemId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareMoot(Command):
    """Note that an amendment has lost its object."""

    item: ItemId
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormBlock(Command):
    """Put these items to one vote."""

    items: tuple[ItemId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOutOfBlock(Command):
    """Have one of the items voted together voted apart."""

    item: ItemId


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenContest(Command):
    """Have the assembly choose one of several on the item under discussion: first round."""

    nominees: tuple[Nominee, ...]
    method: VotingMethod


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenNextRound(Command):
    """Another round, after one that chose nobody."""

    withdrawn: tuple[OptionId, ...] = ()
    """Those of the round before who no longer stand."""
    joining: tuple[Nominee, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOptionPapers(Command):
    """What came out of the box of a secret choice among several."""

    envelopes: int
    blank: int
    invalid: int
    counts: tuple[OptionCount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StateElder(Command):
    """Say which of those who are equal is the older one."""

    option: OptionId


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareUnopposed(Command):
    """Read out a single candidacy, which takes effect without a vote."""

    nominee: Nominee


@dataclass(frozen=True, slots=True, kw_only=True)
class UncoverBallot(Command):
    """Record that the assembly unanimously gave up the secret on this item."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeStatement(Command):
    """State a fact of the sitting, or the chair's own judgement."""

    statement: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordNoQuorum(Command):
    """The quorum did not come: the sitting is not held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspendSitting(Command):
    """Pause."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeSitting(Command):
    """Go on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseSitting(Command):
    """Lift the sitting."""


SittingCommand = (
    ConveneSitting
    | OpenSitting
    | OpenRollCall
    | CloseRollCall
    | RecordAttendance
    | HandOverChair
    | AppointSecretary
    | GiveProxy
    | AcceptProxy
    | DeclineProxy
    | RevokeProxy
    | CallItem
    | PostponeItem
    | DeclareRecusal
    | RequestFloor
    | WithdrawFloor
    | GiveFloor
    | EndFloor
    | PauseFloor
    | ContinueFloor
    | UndoFloor
    | CloseSpeakersList
    | RequestClosure
    | DeclineClosure
    | CloseDebate
    | RequestSecretBallot
    | RequestRecordedBallot
    | RequestInCamera
    | EndInCamera
    | OpenPoll
    | CallNextName
    | RecordHands
    | RecordPapers
    | MarkVoters
    | OrderAmendments
    | DeclareMoot
    | FormBlock
    | TakeOutOfBlock
    | OpenContest
    | OpenNextRound
    | RecordOptionPapers
    | StateElder
    | DeclareUnopposed
    | UncoverBallot
    | CastVote
    | ClosePoll
    | ProclaimResult
    | AnnulPoll
    | RequestSuspension
    | DeclineSuspension
    | SuspendSitting
    | ResumeSitting
    | CloseSitting
    | MakeStatement
    | RecordNoQuorum
)
"""Every command: ``decide`` ends with ``assert_never``."""
