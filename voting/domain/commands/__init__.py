"""What somebody asks of the sitting, in the imperative. ``by`` is the verified identity, never a payload."""

from voting.domain.base import Command as Command
from voting.domain.commands.agenda import CallItem as CallItem
from voting.domain.commands.agenda import DeclareMoot as DeclareMoot
from voting.domain.commands.agenda import DeclareRecusal as DeclareRecusal
from voting.domain.commands.agenda import MoveItem as MoveItem
from voting.domain.commands.agenda import OrderAmendments as OrderAmendments
from voting.domain.commands.agenda import PostponeItem as PostponeItem
from voting.domain.commands.camera import EndInCamera as EndInCamera
from voting.domain.commands.camera import RequestInCamera as RequestInCamera
from voting.domain.commands.contests import DeclareUnopposed as DeclareUnopposed
from voting.domain.commands.contests import OpenContest as OpenContest
from voting.domain.commands.contests import OpenNextRound as OpenNextRound
from voting.domain.commands.contests import RecordOptionPapers as RecordOptionPapers
from voting.domain.commands.contests import StateElder as StateElder
from voting.domain.commands.contests import UncoverBallot as UncoverBallot
from voting.domain.commands.course import CloseSitting as CloseSitting
from voting.domain.commands.course import ConveneSitting as ConveneSitting
from voting.domain.commands.course import FormBlock as FormBlock
from voting.domain.commands.course import MakeStatement as MakeStatement
from voting.domain.commands.course import OpenSitting as OpenSitting
from voting.domain.commands.course import PassHour as PassHour
from voting.domain.commands.course import RecordNoQuorum as RecordNoQuorum
from voting.domain.commands.course import ResumeSitting as ResumeSitting
from voting.domain.commands.course import SuspendSitting as SuspendSitting
from voting.domain.commands.course import TakeOutOfBlock as TakeOutOfBlock
from voting.domain.commands.exchange import CloseExchange as CloseExchange
from voting.domain.commands.exchange import OpenExchange as OpenExchange
from voting.domain.commands.exchange import ProlongExchange as ProlongExchange
from voting.domain.commands.exchange import WriteMessage as WriteMessage
from voting.domain.commands.floor import CloseDebate as CloseDebate
from voting.domain.commands.floor import CloseSpeakersList as CloseSpeakersList
from voting.domain.commands.floor import ContinueFloor as ContinueFloor
from voting.domain.commands.floor import DeclineClosure as DeclineClosure
from voting.domain.commands.floor import DeclineSuspension as DeclineSuspension
from voting.domain.commands.floor import EndFloor as EndFloor
from voting.domain.commands.floor import GiveFloor as GiveFloor
from voting.domain.commands.floor import PauseFloor as PauseFloor
from voting.domain.commands.floor import RequestClosure as RequestClosure
from voting.domain.commands.floor import RequestFloor as RequestFloor
from voting.domain.commands.floor import RequestSuspension as RequestSuspension
from voting.domain.commands.floor import UndoFloor as UndoFloor
from voting.domain.commands.floor import WithdrawFloor as WithdrawFloor
from voting.domain.commands.incidents import WriteIncident as WriteIncident
from voting.domain.commands.minuting import ApproveMinutes as ApproveMinutes
from voting.domain.commands.minuting import ArchiveMinutes as ArchiveMinutes
from voting.domain.commands.minuting import CorrectMinutes as CorrectMinutes
from voting.domain.commands.minuting import PublishMinutes as PublishMinutes
from voting.domain.commands.minuting import RecordSignatures as RecordSignatures
from voting.domain.commands.minuting import SubmitMinutes as SubmitMinutes
from voting.domain.commands.minuting import WriteNote as WriteNote
from voting.domain.commands.people import AppointSecretary as AppointSecretary
from voting.domain.commands.people import CloseRollCall as CloseRollCall
from voting.domain.commands.people import HandOverChair as HandOverChair
from voting.domain.commands.people import OpenRollCall as OpenRollCall
from voting.domain.commands.people import RecordAttendance as RecordAttendance
from voting.domain.commands.polls import AnnulPoll as AnnulPoll
from voting.domain.commands.polls import CallNextName as CallNextName
from voting.domain.commands.polls import CastVote as CastVote
from voting.domain.commands.polls import ClosePoll as ClosePoll
from voting.domain.commands.polls import MarkVoters as MarkVoters
from voting.domain.commands.polls import OpenPoll as OpenPoll
from voting.domain.commands.polls import ProclaimResult as ProclaimResult
from voting.domain.commands.polls import RecordHands as RecordHands
from voting.domain.commands.polls import RecordPapers as RecordPapers
from voting.domain.commands.polls import RequestRecordedBallot as RequestRecordedBallot
from voting.domain.commands.polls import RequestSecretBallot as RequestSecretBallot
from voting.domain.commands.proxies import AcceptProxy as AcceptProxy
from voting.domain.commands.proxies import DeclineProxy as DeclineProxy
from voting.domain.commands.proxies import GiveProxy as GiveProxy
from voting.domain.commands.proxies import RevokeProxy as RevokeProxy

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
    | OpenExchange
    | ProlongExchange
    | WriteMessage
    | CloseExchange
    | OpenPoll
    | CallNextName
    | RecordHands
    | RecordPapers
    | MarkVoters
    | MoveItem
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
    | WriteNote
    | WriteIncident
    | PassHour
    | CorrectMinutes
    | SubmitMinutes
    | ApproveMinutes
    | RecordSignatures
    | PublishMinutes
    | ArchiveMinutes
)
"""Every command: ``decide`` ends with ``assert_never``."""
