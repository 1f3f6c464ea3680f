"""Items: called one after the other, put off, withdrawn from; and the request that one be voted in secret."""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.agenda import ItemState, PostponeReason
from voting.domain.assembly import AgendaItem
from voting.domain.decide import exchange, guards
from voting.domain.decide.blocks import freed
from voting.domain.decide.course import required_reason
from voting.domain.decide.floor import end_turn
from voting.domain.events.blocks import RemovalReason
from voting.domain.refusals import (
    AlreadyRecorded,
    ItemAlreadySettled,
    ItemForbiddenHere,
    ItemUnknown,
    NoItemLeft,
    NoVote,
    Recused,
    SecretBallotAlreadyRequested,
)
from voting.domain.refusals.ballots import RecordedBallotNotAsked
from voting.domain.refusals.law import UrgencyNotJudged
from voting.domain.ruleset import RuleSet, Stance
from voting.domain.seats import occupants, sits
from voting.domain.sitting import Phase, Sitting

Command = c.CallItem | c.PostponeItem | c.DeclareRecusal | c.RequestSecretBallot | c.RequestRecordedBallot


def decide(sitting: Sitting, command: Command, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    """The staff leads the agenda; members withdraw or ask for a secret ballot."""
    guards.phase(sitting, Phase.OPEN)
    guards.no_poll_pending(sitting)
    match command:
        case c.CallItem():
            return _call(sitting, command, rules, now)
        case c.PostponeItem():
            guards.staff(sitting, command.by)
            item = guards.item(sitting)
            postponed = e.ItemPostponed(
                at=now,
                by=command.by,
                item=item.id,
                reason=PostponeReason.CHAIR,
                text=required_reason(command.text),
            )
            apart = freed(sitting, (item.id,), command.by, RemovalReason.POSTPONED, now)
            return [*end_turn(sitting, command.by, now), *apart, postponed]
        case c.DeclareRecusal():
            return _recuse(sitting, command, now)
        case c.RequestSecretBallot():
            return _ask_secret(sitting, command, rules, now)
        case c.RequestRecordedBallot():
            return _ask_recorded(sitting, command, rules, now)
        case _:
            assert_never(command)


def _call(sitting: Sitting, command: c.CallItem, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    guards.staff(sitting, command.by)
    item = _wanted(sitting, command)
    if sitting.agenda.current == item.id:
        raise AlreadyRecorded()
    exchange.check_over(sitting)
    settled = sitting.settled_by(item.id)
    if settled is not None:
        raise ItemAlreadySettled(item=settled)
    if sitting.facts.is_urgent and not sitting.course.stated.is_urgency_admitted:
        raise UrgencyNotJudged(citation=rules.convening.notice.citation)
    rule = rules.item(item.legal_subject)
    if rule.stance is Stance.FORBIDDEN:
        raise ItemForbiddenHere(item=item.id, citation=rule.citation)
    # the quorum is that of the item to come: who withdrew from it does not count (R05)
    there = replace(sitting, agenda=sitting.agenda.moved(item.id, ItemState.UNDER_DISCUSSION))
    check = guards.quorate(there, rules)
    events = end_turn(sitting, command.by, now)
    if sitting.agenda.current is not None:
        events.append(e.ItemClosed(at=now, by=command.by, item=sitting.agenda.current))
    return [*events, e.ItemCalled(at=now, by=command.by, item=item.id, quorum=check)]


def _wanted(sitting: Sitting, command: c.CallItem) -> AgendaItem:
    if command.item is None:
        item = sitting.next_item()
        if item is None:
            raise NoItemLeft()
        return item
    if command.item not in sitting.items:
        raise ItemUnknown()
    return sitting.items[command.item]


def _recuse(sitting: Sitting, command: c.DeclareRecusal, now: datetime) -> list[e.SittingEvent]:
    guards.self_or_staff(sitting, command.by, command.person)
    item = guards.item(sitting)
    if sitting.agenda.is_recused(command.person):
        raise AlreadyRecorded()
    turn = sitting.speakers.turn
    events = end_turn(sitting, command.by, now) if turn is not None and turn.person == command.person else []
    waiting = [r for r in sitting.speakers.waiting if r.person == command.person]
    events += [e.FloorWithdrawn(at=now, by=command.by, request=r.id, person=command.person) for r in waiting]
    recused = e.RecusalDeclared(at=now, by=command.by, item=item.id, person=command.person)
    below = [i for i in sitting.items if any(above.id == item.id for above in sitting.lineage(i))]
    return [*events, recused, *freed(sitting, below, command.by, RemovalReason.RECUSAL, now)]


def _ask_secret(
    sitting: Sitting, command: c.RequestSecretBallot, rules: RuleSet, now: datetime
) -> list[e.SittingEvent]:
    item = _asked_of(sitting, command, rules)
    if item.id in sitting.secret_ballot_requests or command.by in sitting.secret_ballot_supporters.get(item.id, ()):
        raise SecretBallotAlreadyRequested(citation=rules.secrecy.citation)
    needed = rules.conduct.secret_ballot.needed(_present(sitting, rules))
    apart = freed(sitting, (item.id,), command.by, RemovalReason.SECRET_BALLOT, now)
    return [*apart, e.SecretBallotRequested(at=now, by=command.by, item=item.id, person=command.by, needed=needed)]


def _ask_recorded(
    sitting: Sitting, command: c.RequestRecordedBallot, rules: RuleSet, now: datetime
) -> list[e.SittingEvent]:
    """By a part of those present, where a text lets them: elsewhere every vote is by name already (R25)."""
    item = _asked_of(sitting, command, rules)
    rule = rules.conduct.public_ballot
    if rule is None:
        raise RecordedBallotNotAsked()
    before = sitting.recorded_ballots.get(item.id)
    if before is not None and (before.stands or command.by in before.asking):
        raise AlreadyRecorded()
    needed = rule.needed(_present(sitting, rules))  # CGCT L. 4132-14 al. 1
    return [e.RecordedBallotRequested(at=now, by=command.by, item=item.id, person=command.by, needed=needed)]


def _asked_of(sitting: Sitting, command: c.RequestSecretBallot | c.RequestRecordedBallot, rules: RuleSet) -> AgendaItem:
    """The item of which somebody who votes asks something."""
    guards.known(sitting, command.by)
    item = guards.item(sitting)
    if sitting.agenda.is_recused(command.by):
        raise Recused(citation=rules.recusal)
    if not sits(sitting, rules, command.by):
        guards.here(sitting, command.by)
        raise NoVote(person=command.by)
    return item


def _present(sitting: Sitting, rules: RuleSet) -> int:
    return sum(1 for _, occupant in occupants(sitting, rules) if occupant is not None)
