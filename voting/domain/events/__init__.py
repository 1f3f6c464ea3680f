"""What happened, in the past tense. These facts are the record: a released class never changes its meaning.

Every event says when (``at``, UTC, to the millisecond) and who did it (``by``). Wire names:
``voting.journal.wire``.
"""

from voting.domain.base import Event as Event
from voting.domain.events.agenda import ItemCalled as ItemCalled
from voting.domain.events.agenda import ItemClosed as ItemClosed
from voting.domain.events.agenda import ItemMoved as ItemMoved
from voting.domain.events.agenda import ItemPostponed as ItemPostponed
from voting.domain.events.agenda import RecusalDeclared as RecusalDeclared
from voting.domain.events.amendments import AmendmentsOrdered as AmendmentsOrdered
from voting.domain.events.amendments import ItemMoot as ItemMoot
from voting.domain.events.blocks import BlockFormed as BlockFormed
from voting.domain.events.blocks import BlockItemRemoved as BlockItemRemoved
from voting.domain.events.blocks import RemovalReason as RemovalReason
from voting.domain.events.cameras import InCameraBegun as InCameraBegun
from voting.domain.events.cameras import InCameraEnded as InCameraEnded
from voting.domain.events.cameras import InCameraRequested as InCameraRequested
from voting.domain.events.contests import BallotUncovered as BallotUncovered
from voting.domain.events.contests import ContestProclaimed as ContestProclaimed
from voting.domain.events.contests import ElderStated as ElderStated
from voting.domain.events.contests import OptionPapersCounted as OptionPapersCounted
from voting.domain.events.contests import UnopposedDeclared as UnopposedDeclared
from voting.domain.events.counts import HandsCounted as HandsCounted
from voting.domain.events.counts import NameCalled as NameCalled
from voting.domain.events.counts import PapersCounted as PapersCounted
from voting.domain.events.counts import VotersMarked as VotersMarked
from voting.domain.events.course import SittingClosed as SittingClosed
from voting.domain.events.course import SittingConvened as SittingConvened
from voting.domain.events.course import SittingNotHeld as SittingNotHeld
from voting.domain.events.course import SittingOpened as SittingOpened
from voting.domain.events.course import SittingResumed as SittingResumed
from voting.domain.events.course import SittingSuspended as SittingSuspended
from voting.domain.events.course import StatementRecorded as StatementRecorded
from voting.domain.events.exchange import ExchangeClosed as ExchangeClosed
from voting.domain.events.exchange import ExchangeOpened as ExchangeOpened
from voting.domain.events.exchange import ExchangeProlonged as ExchangeProlonged
from voting.domain.events.exchange import MessageWritten as MessageWritten
from voting.domain.events.exchange import ParticipationFound as ParticipationFound
from voting.domain.events.floor import ClosureDeclined as ClosureDeclined
from voting.domain.events.floor import ClosureRequested as ClosureRequested
from voting.domain.events.floor import DebateClosed as DebateClosed
from voting.domain.events.floor import FloorEnded as FloorEnded
from voting.domain.events.floor import FloorGiven as FloorGiven
from voting.domain.events.floor import FloorPaused as FloorPaused
from voting.domain.events.floor import FloorRequested as FloorRequested
from voting.domain.events.floor import FloorResumed as FloorResumed
from voting.domain.events.floor import FloorUndone as FloorUndone
from voting.domain.events.floor import FloorWithdrawn as FloorWithdrawn
from voting.domain.events.floor import SpeakersListClosed as SpeakersListClosed
from voting.domain.events.floor import SuspensionDeclined as SuspensionDeclined
from voting.domain.events.floor import SuspensionRequested as SuspensionRequested
from voting.domain.events.incidents import IncidentWritten as IncidentWritten
from voting.domain.events.minuting import MinutesApproved as MinutesApproved
from voting.domain.events.minuting import MinutesArchived as MinutesArchived
from voting.domain.events.minuting import MinutesCorrected as MinutesCorrected
from voting.domain.events.minuting import MinutesPublished as MinutesPublished
from voting.domain.events.minuting import MinutesSigned as MinutesSigned
from voting.domain.events.minuting import MinutesSubmitted as MinutesSubmitted
from voting.domain.events.minuting import NoteWritten as NoteWritten
from voting.domain.events.people import AttendanceRecorded as AttendanceRecorded
from voting.domain.events.people import ChairHandedOver as ChairHandedOver
from voting.domain.events.people import RollCallClosed as RollCallClosed
from voting.domain.events.people import RollCallOpened as RollCallOpened
from voting.domain.events.people import SecretaryAppointed as SecretaryAppointed
from voting.domain.events.polls import OptionChosen as OptionChosen
from voting.domain.events.polls import PollAnnulled as PollAnnulled
from voting.domain.events.polls import PollClosed as PollClosed
from voting.domain.events.polls import PollOpened as PollOpened
from voting.domain.events.polls import RecordedBallotRequested as RecordedBallotRequested
from voting.domain.events.polls import ResultProclaimed as ResultProclaimed
from voting.domain.events.polls import SecretBallotRequested as SecretBallotRequested
from voting.domain.events.polls import VoteCast as VoteCast
from voting.domain.events.proxies import ProxyAccepted as ProxyAccepted
from voting.domain.events.proxies import ProxyEnded as ProxyEnded
from voting.domain.events.proxies import ProxyGiven as ProxyGiven
from voting.domain.events.proxies import ProxyStarted as ProxyStarted

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
    | ItemMoved
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
    | NoteWritten
    | IncidentWritten
    | ExchangeOpened
    | ExchangeProlonged
    | MessageWritten
    | ExchangeClosed
    | ParticipationFound
    | MinutesCorrected
    | MinutesSubmitted
    | MinutesApproved
    | MinutesSigned
    | MinutesPublished
    | MinutesArchived
)
"""Every kind of event: a ``match`` over it ends with ``assert_never``."""
