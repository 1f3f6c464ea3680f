"""Opening, closing, proclaiming and annulling a poll. Voices themselves are in ``votes``."""

from datetime import datetime
from typing import assert_never

from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.agenda import PostponeReason
from voting.domain.assembly import AgendaItem, ItemKind
from voting.domain.counting import college_tallies, counts_of, tally_of
from voting.domain.decide import camera, contests, debate, exchange, guards
from voting.domain.decide.course import required_reason
from voting.domain.decide.floor import end_turn
from voting.domain.decide.putting import ask, check_request, verdicts_on_secrecy
from voting.domain.decide.recording import check_complete
from voting.domain.polls import Poll, PollState, Purpose
from voting.domain.refusals import (
    ItemNotVoted,
    NoPoll,
    NoSecretBallotRequest,
    PollNotOpen,
    PollStillOpen,
)
from voting.domain.ruleset import RuleSet
from voting.domain.sitting import Phase, Sitting
from voting.domain.tally import Decision, Outcome, decide_outcome

Command = c.OpenPoll | c.ClosePoll | c.ProclaimResult | c.AnnulPoll


def decide(sitting: Sitting, command: Command, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    """The staff opens, closes and annuls; the chair alone proclaims."""
    guards.phase(sitting, Phase.OPEN)
    match command:
        case c.OpenPoll():
            return _open(sitting, command, rules, now)
        case c.ClosePoll():
            guards.staff(sitting, command.by)
            poll = _pending(sitting)
            if poll.state is not PollState.OPEN:
                raise PollNotOpen()
            check_complete(poll)
            tally, parts = tally_of(poll), college_tallies(poll)
            return [
                *exchange.participation(sitting, poll, command.by, rules, now),
                e.PollClosed(at=now, by=command.by, poll=poll.id, tally=tally, colleges=parts, counts=counts_of(poll)),
            ]
        case c.ProclaimResult():
            return _proclaim(sitting, command, rules, now)
        case c.AnnulPoll():
            guards.staff(sitting, command.by)
            reason = required_reason(command.reason)
            return [e.PollAnnulled(at=now, by=command.by, poll=_pending(sitting).id, reason=reason)]
        case _:
            assert_never(command)


def _pending(sitting: Sitting) -> Poll:
    poll = sitting.polls.current()
    if poll is None:
        raise NoPoll()
    return poll


def _open(sitting: Sitting, command: c.OpenPoll, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    guards.staff(sitting, command.by)
    item = guards.item(sitting)
    guards.no_poll_pending(sitting)
    _check_question(sitting, item, command, rules)
    return ask(sitting, command, rules, now)


def _check_question(sitting: Sitting, item: AgendaItem, command: c.OpenPoll, rules: RuleSet) -> None:
    if command.purpose is Purpose.IN_CAMERA:
        camera.check_question(sitting)
        return
    if command.purpose is Purpose.CLOSURE:
        camera.check_answered(sitting, rules)
        debate.check_question(sitting, rules)
        return
    if command.purpose is Purpose.SECRET_BALLOT_REQUEST:
        camera.check_answered(sitting, rules)
        if item.id not in sitting.secret_ballot_requests or verdicts_on_secrecy(sitting, item):
            raise NoSecretBallotRequest()
        return
    check_request(sitting, item, command.method, rules)
    if item.kind is ItemKind.INFORMATION:
        raise ItemNotVoted(item=item.id)


def _proclaim(sitting: Sitting, command: c.ProclaimResult, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    guards.chair(sitting, command.by, rules)
    guards.presided(sitting, rules)
    poll = _pending(sitting)
    if poll.tally is None:
        raise PollStillOpen(number=poll.number, citation=rules.proclamation)
    if poll.contest is not None:
        return contests.proclaimed(sitting, command, poll, now)
    decision = outcome_of(sitting, poll, rules)
    proclaimed = e.ResultProclaimed(at=now, by=command.by, poll=poll.id, decision=decision)
    events = [*end_turn(sitting, command.by, now), proclaimed]
    if (
        poll.purpose is Purpose.SECRET_BALLOT_REQUEST
        and decision.outcome is Outcome.ADOPTED
        and rules.secrecy.postpones
    ):
        reason = PostponeReason.SECRET_BALLOT
        events.append(e.ItemPostponed(at=now, by=command.by, item=poll.item, reason=reason, text=""))
    if poll.purpose is Purpose.IN_CAMERA and decision.outcome is Outcome.ADOPTED:
        events.append(e.InCameraBegun(at=now, by=command.by, poll=poll.id))
    return [*events, *debate.closure(poll, decision, command.by, now)]


def outcome_of(sitting: Sitting, poll: Poll, rules: RuleSet) -> Decision:
    """What the count of a closed poll decides under these rules.

    The chair's own voice breaks a tie (R19): not the one that the holder of his proxy gives while he is away.
    """
    if poll.tally is None:
        raise PollStillOpen(number=poll.number)
    mandate = poll.electorate.get(sitting.officers.chair)
    chair = poll.ballots.get(mandate.member) if mandate is not None and not mandate.is_proxy else None
    return decide_outcome(
        poll.tally,
        chair_prevails=rules.tie.chair_prevails and not poll.is_secret and not poll.colleges,
        chair_choice=chair.choice if chair is not None else None,
        majority=poll.majority,
        colleges=tuple(zip((part.majority for part in poll.colleges), poll.college_tallies, strict=True)),
    )
