"""What the chair and the clerks steer by: where the sitting stands, what comes next, who has not answered."""

from dataclasses import dataclass
from enum import StrEnum

from voting.domain.assembly import AgendaItem, ItemKind
from voting.domain.attendance import Presence
from voting.domain.decide.polls import outcome_of
from voting.domain.ids import PersonId
from voting.domain.polls import Poll, PollState, Purpose, Terms
from voting.domain.queue import next_request
from voting.domain.remarks import Remark
from voting.domain.ruleset import RuleSet, Stance, VotingMethod
from voting.domain.sitting import Phase, Sitting
from voting.domain.tally import Decision, Tally
from voting.service.views.board import BoardView, board_view
from voting.service.views.contests import ContestView, contest_view, next_round
from voting.service.views.parts import ItemView, PersonView, item_view, person_view


class Step(StrEnum):
    """The next thing to do in the normal course of a sitting."""

    CALL_ROLL = "call_roll"
    WAIT_FOR_QUORUM = "wait_for_quorum"
    START_BROADCAST = "start_broadcast"
    """The public must be able to follow before the sitting opens (R12)."""
    OPEN_SITTING = "open_sitting"
    JUDGE_URGENCY = "judge_urgency"
    """The assembly says whether the emergency was one (R31)."""
    APPOINT_SECRETARY = "appoint_secretary"
    CALL_ITEM = "call_item"
    GIVE_FLOOR = "give_floor"
    OPEN_POLL = "open_poll"
    OPEN_REQUEST_POLL = "open_request_poll"
    """Put the request for a secret ballot to the vote first."""
    OPEN_CLOSURE_POLL = "open_closure_poll"
    """Put the end of the debate to the vote, where the standing orders want it (R58)."""
    OPEN_CAMERA_POLL = "open_camera_poll"
    """Put the request in camera to the vote first."""
    OPEN_EXCHANGE = "open_exchange"
    """Where one deliberates in writing: give the members time to write (R50)."""
    FOLLOW_EXCHANGE = "follow_exchange"
    """They write: close it once its hour has come."""
    OPEN_CONTEST = "open_contest"
    """People stand: name them and open the first round."""
    NEXT_ROUND = "next_round"
    STATE_ELDER = "state_elder"
    CALL_NAME = "call_name"
    """In a vote by name, somebody is called."""
    RECORD_HANDS = "record_hands"
    RECORD_PAPERS = "record_papers"
    CLOSE_POLL = "close_poll"
    PROCLAIM = "proclaim"
    LEAVE_ITEM = "leave_item"
    """An item for information: go to the next."""
    RESUME = "resume"
    CLOSE_SITTING = "close_sitting"
    RECONVENE = "reconvene"
    """Not held for want of a quorum: a second time (R04)."""
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedView:
    """Something a member asked for, that waits for the chair's word."""

    person: PersonView
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleView:
    """The board, plus what only the staff sees."""

    board: BoardView
    next_step: Step
    next_item: ItemView | None
    """The item that "next" would call: its button names it, so that a second press cannot skip one."""
    missing: tuple[PersonView, ...]
    """Voting members who are not here and not represented."""
    silent: tuple[PersonView, ...]
    """Whose voice has not been heard in the open poll."""
    closed_tally: Tally | None
    """The count of a closed poll, for the chair's eyes before he proclaims it."""
    coming_decision: Decision | None
    closed_terms: Terms | None
    """By what it is decided."""
    closing: ContestView | None
    """The count of a closed round of a choice among several, likewise."""
    methods: tuple[VotingMethod, ...]
    """The ways of voting that the law allows here."""
    warned_item: bool
    """The law has a word on the item under discussion (shown, not enforced)."""
    suspension_asked: AskedView | None
    closure_asked: AskedView | None
    can_undo: bool
    """The last giving or ending of the floor can be taken back."""
    remarks: tuple[Remark, ...] = ()
    """What the law has to say of the convocation, until the sitting opens."""
    heard_only: tuple[PersonView, ...] = ()
    """Members present by sound alone where the text wants them seen, until the chair has judged (R09)."""


def console_view(sitting: Sitting, rules: RuleSet) -> ConsoleView:
    """The console of that sitting."""
    board = board_view(sitting, rules)
    poll = sitting.polls.current()
    closed = poll if poll is not None and poll.state is PollState.CLOSED else None
    item = sitting.current_item()
    coming = sitting.next_item()
    return ConsoleView(
        board=board,
        next_step=next_step(sitting, board, rules),
        next_item=item_view(sitting, coming) if coming is not None else None,
        missing=tuple(s.person for s in board.seats if not s.presence.is_here and s.represented_by is None),
        silent=tuple(
            person_view(sitting.roll[m.member])
            for m in (poll.silent() if poll is not None and poll.state is PollState.OPEN and poll.is_pressed else ())
        ),
        closed_tally=closed.tally if closed is not None else None,
        closed_terms=closed.terms if closed is not None else None,
        coming_decision=outcome_of(sitting, closed, rules) if closed is not None and closed.contest is None else None,
        closing=contest_view(sitting, closed),
        methods=tuple(m for m in VotingMethod if m in rules.methods.allowed),
        warned_item=item is not None and rules.item(item.legal_subject).stance is Stance.WARNED,
        remarks=sitting.facts.remarks if sitting.course.phase is Phase.CONVENED else (),
        heard_only=_heard_only(sitting, rules),
        suspension_asked=_asked(sitting, sitting.course.suspension_asked_by, sitting.course.suspension_asked_for),
        closure_asked=_asked(sitting, sitting.speakers.closure_asked_by, ""),
        can_undo=sitting.course.phase is Phase.OPEN and sitting.speakers.last is not None,
    )


def _asked(sitting: Sitting, person: PersonId | None, reason: str) -> AskedView | None:
    return AskedView(person=person_view(sitting.roll[person]), reason=reason) if person is not None else None


def next_step(sitting: Sitting, board: BoardView, rules: RuleSet) -> Step:
    """What normally comes next."""
    match sitting.course.phase:
        case Phase.CONVENED:
            return _before_opening(sitting, board, rules)
        case Phase.SUSPENDED:
            return Step.RESUME
        case Phase.CLOSED:
            return Step.NOTHING if sitting.course.is_held else Step.RECONVENE
        case Phase.OPEN:
            return _during(sitting, rules)


def _heard_only(sitting: Sitting, rules: RuleSet) -> tuple[PersonView, ...]:
    if rules.conduct.audio_only.stance is not Stance.WARNED or sitting.course.stated.is_sound_judged:
        return ()
    members = (m for m in sitting.voting_members() if sitting.presence(m.id) is Presence.AUDIO_ONLY)
    return tuple(person_view(m) for m in members)


def _before_opening(sitting: Sitting, board: BoardView, rules: RuleSet) -> Step:
    if not sitting.course.roll_call_open and not sitting.register:
        return Step.CALL_ROLL
    if not board.quorum.is_reached:
        return Step.WAIT_FOR_QUORUM
    is_due = rules.conduct.broadcast is not None and not sitting.course.stated.is_broadcast
    return Step.START_BROADCAST if is_due else Step.OPEN_SITTING


def _polling(poll: Poll) -> Step:
    """What an open poll waits for before its close."""
    if poll.call is not None and not poll.call.is_over:
        return Step.CALL_NAME
    if poll.is_pressed or poll.heard or poll.contest is not None:
        return Step.CLOSE_POLL
    return Step.RECORD_PAPERS if poll.is_secret else Step.RECORD_HANDS


def _during(sitting: Sitting, rules: RuleSet) -> Step:
    poll = sitting.polls.current()
    if poll is not None:
        return _with_poll(sitting, poll)
    if sitting.officers.secretary is None:
        return Step.APPOINT_SECRETARY
    if sitting.facts.is_urgent and not sitting.course.stated.is_urgency_admitted:
        return Step.JUDGE_URGENCY
    item = sitting.current_item()
    asked = _asked_first(sitting)
    if asked is not None and item is not None:
        return asked
    if next_request(sitting) is not None:
        return Step.GIVE_FLOOR
    if item is None:
        return Step.CLOSE_SITTING if sitting.next_item() is None else Step.CALL_ITEM
    if item.id in sitting.secret_ballot_requests and not any(
        p.purpose is Purpose.SECRET_BALLOT_REQUEST and p.state is PollState.PROCLAIMED
        for p in sitting.polls.of_item(item.id)
    ):
        return Step.OPEN_REQUEST_POLL
    return _in_writing(sitting, item, rules) or _question(sitting, item)


def _in_writing(sitting: Sitting, item: AgendaItem, rules: RuleSet) -> Step | None:
    if rules.conduct.participation is None or item.kind is ItemKind.INFORMATION:
        return None
    exchange = sitting.exchanges.get(item.id)
    if exchange is None:
        return Step.OPEN_EXCHANGE
    return Step.FOLLOW_EXCHANGE if exchange.is_open else None


def _asked_first(sitting: Sitting) -> Step | None:
    """What members asked for and the assembly decides before it goes on."""
    if sitting.course.camera.stands:
        return Step.OPEN_CAMERA_POLL
    is_voted = sitting.facts.standing_orders.closure_by_vote
    return Step.OPEN_CLOSURE_POLL if is_voted and sitting.speakers.closure_asked_by is not None else None


def _with_poll(sitting: Sitting, poll: Poll) -> Step:
    if poll.state is PollState.OPEN:
        return _polling(poll)
    closing = contest_view(sitting, poll)
    return Step.STATE_ELDER if closing is not None and closing.tied else Step.PROCLAIM


def _question(sitting: Sitting, item: AgendaItem) -> Step:
    if item.kind is ItemKind.INFORMATION:
        return Step.LEAVE_ITEM
    if next_round(sitting) is not None:
        return Step.NEXT_ROUND
    return Step.OPEN_CONTEST if item.kind is ItemKind.ELECTION else Step.OPEN_POLL
