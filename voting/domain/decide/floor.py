"""Who asks for the floor, who gets it, when the turn ends. Who may ask is in ``asking``, the clock in ``clock``."""

from datetime import datetime
from typing import assert_never

from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.decide import guards
from voting.domain.decide.asking import answers, check_asker, kind_of, may_speak_now, may_wait
from voting.domain.ids import PersonId, request_id
from voting.domain.queue import next_request, queue
from voting.domain.refusals import (
    AlreadyOnTheList,
    AlreadyRecorded,
    NobodySpeaks,
    NobodyWaits,
    NotOnTheList,
    Recused,
    StaffOnly,
)
from voting.domain.refusals.floor import HeardAtTheEnd
from voting.domain.ruleset import RuleSet
from voting.domain.sitting import Phase, Sitting
from voting.domain.speakers import FloorKind, FloorRequest

Command = c.RequestFloor | c.WithdrawFloor | c.GiveFloor | c.EndFloor | c.CloseSpeakersList


def decide(sitting: Sitting, command: Command, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    """Members ask for themselves; the chair and the clerks lead the list."""
    guards.phase(sitting, Phase.OPEN)
    match command:
        case c.RequestFloor():
            return _request(sitting, command, rules, now)
        case c.WithdrawFloor():
            return _withdraw(sitting, command, now)
        case c.GiveFloor():
            return _give(sitting, command, rules, now)
        case c.EndFloor():
            return _end(sitting, command, now)
        case c.CloseSpeakersList():
            guards.staff(sitting, command.by)
            item = guards.item(sitting)
            if sitting.speakers.is_closed:
                raise AlreadyRecorded()
            return [e.SpeakersListClosed(at=now, by=command.by, item=item.id)]
        case _:
            assert_never(command)


def end_turn(sitting: Sitting, by: PersonId, now: datetime) -> list[e.SittingEvent]:
    """The end of the running turn, if one runs."""
    turn = sitting.speakers.turn
    return [] if turn is None else [e.FloorEnded(at=now, by=by, request=turn.request, person=turn.person)]


def _request(sitting: Sitting, command: c.RequestFloor, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    guards.self_or_staff(sitting, command.by, command.person)
    guards.here(sitting, command.person)
    kind = kind_of(sitting, command)
    may_wait(sitting, kind, rules)
    if sitting.agenda.is_recused(command.person):
        raise Recused(citation=rules.recusal)
    check_asker(sitting, command.person, kind, rules)
    for position, waiting in enumerate(queue(sitting), start=1):
        if waiting.person == command.person and waiting.kind is kind:
            raise AlreadyOnTheList(position=position)
    return [_requested(sitting, command.by, command.person, kind, now)]


def _requested(sitting: Sitting, by: PersonId, person: PersonId, kind: FloorKind, now: datetime) -> e.FloorRequested:
    number = sitting.speakers.requests_made + 1
    return e.FloorRequested(
        at=now, by=by, request=request_id(number), item=sitting.agenda.current, person=person, kind=kind
    )


def _withdraw(sitting: Sitting, command: c.WithdrawFloor, now: datetime) -> list[e.SittingEvent]:
    guards.self_or_staff(sitting, command.by, command.person)
    request = sitting.speakers.request_of(command.person)
    if request is None:
        raise NotOnTheList()
    return [e.FloorWithdrawn(at=now, by=command.by, request=request.id, person=command.person)]


def _give(sitting: Sitting, command: c.GiveFloor, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    guards.staff(sitting, command.by)
    events = end_turn(sitting, command.by, now)
    request = _named(sitting, command)
    if request is None and command.person is not None:
        asked = _unasked(sitting, command.by, command.person, now)
        request = FloorRequest(id=asked.request, person=asked.person, kind=asked.kind, asked_at=now)
        events.append(asked)
    elif request is None:
        request = _following(sitting, rules)
    if sitting.agenda.is_recused(request.person):
        raise Recused(citation=rules.recusal)
    may_speak_now(sitting, request.kind, rules)
    given = e.FloorGiven(at=now, by=command.by, request=request.id, person=request.person, kind=request.kind)
    return [*events, given]


def _named(sitting: Sitting, command: c.GiveFloor) -> FloorRequest | None:
    """The request that the chair names, or the first of the person whom he names."""
    waiting = queue(sitting)
    if command.request is None:
        return next((r for r in waiting if r.person == command.person), None)
    found = next((r for r in waiting if r.id == command.request), None)
    if found is None:
        raise NotOnTheList()
    return found


def _following(sitting: Sitting, rules: RuleSet) -> FloorRequest:
    """The next in order."""
    following = next_request(sitting)
    if following is None:
        waiting = any(not sitting.agenda.is_recused(r.person) for r in sitting.speakers.waiting)
        raise HeardAtTheEnd(citation=rules.speaking) if waiting else NobodyWaits()
    return following


def _unasked(sitting: Sitting, by: PersonId, person: PersonId, now: datetime) -> e.FloorRequested:
    """The chair gives the floor to somebody who did not ask (the rapporteur, an advisor): on record all the same."""
    guards.known(sitting, person)
    guards.here(sitting, person)
    guards.item(sitting)
    kind = FloorKind.ANSWER if answers(sitting, person) else FloorKind.INTERVENTION
    return _requested(sitting, by, person, kind, now)


def _end(sitting: Sitting, command: c.EndFloor, now: datetime) -> list[e.SittingEvent]:
    turn = sitting.speakers.turn
    if turn is None:
        raise NobodySpeaks()
    if command.by != turn.person and not sitting.is_staff(command.by):
        raise StaffOnly()
    return end_turn(sitting, command.by, now)
