"""Who asks for the floor, who gets it, when the turn ends."""

from datetime import datetime
from typing import assert_never

from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.decide import guards
from voting.domain.ids import PersonId, request_id
from voting.domain.refusals import (
    AlreadyOnTheList,
    AlreadyRecorded,
    ListClosed,
    NobodySpeaks,
    NobodyWaits,
    NotOnTheList,
    Recused,
    SilenceDuringVote,
    StaffOnly,
)
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
    if command.kind is FloorKind.INTERVENTION:
        _may_intervene(sitting)
    if sitting.agenda.is_recused(command.person):
        raise Recused(citation=rules.recusal)
    speakers = sitting.speakers
    for position, waiting in enumerate(speakers.ordered(), start=1):
        if waiting.person == command.person and waiting.kind is command.kind:
            raise AlreadyOnTheList(position=position)
    return [
        e.FloorRequested(
            at=now,
            by=command.by,
            request=request_id(speakers.requests_made + 1),
            item=sitting.agenda.current,
            person=command.person,
            kind=command.kind,
        )
    ]


def _may_intervene(sitting: Sitting) -> None:
    guards.item(sitting)
    if sitting.polls.current() is not None:
        raise SilenceDuringVote()
    if sitting.speakers.is_closed:
        raise ListClosed()


def _withdraw(sitting: Sitting, command: c.WithdrawFloor, now: datetime) -> list[e.SittingEvent]:
    guards.self_or_staff(sitting, command.by, command.person)
    request = sitting.speakers.request_of(command.person)
    if request is None:
        raise NotOnTheList()
    return [e.FloorWithdrawn(at=now, by=command.by, request=request.id, person=command.person)]


def _give(sitting: Sitting, command: c.GiveFloor, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    guards.staff(sitting, command.by)
    events = end_turn(sitting, command.by, now)
    request = _chosen(sitting, command)
    if request is None:
        if command.person is None:
            raise NobodyWaits()
        asked = _unasked(sitting, command, command.person, now)
        request = FloorRequest(id=asked.request, person=asked.person, kind=asked.kind, asked_at=now)
        events.append(asked)
    if sitting.agenda.is_recused(request.person):
        raise Recused(citation=rules.recusal)
    if sitting.polls.current() is not None and request.kind is not FloorKind.POINT_OF_ORDER:
        raise SilenceDuringVote()
    given = e.FloorGiven(at=now, by=command.by, request=request.id, person=request.person, kind=request.kind)
    return [*events, given]


def _chosen(sitting: Sitting, command: c.GiveFloor) -> FloorRequest | None:
    waiting = sitting.speakers.ordered()
    if command.request is not None:
        found = next((r for r in waiting if r.id == command.request), None)
        if found is None:
            raise NotOnTheList()
        return found
    if command.person is not None:
        return next((r for r in waiting if r.person == command.person), None)
    return next((r for r in waiting if not sitting.agenda.is_recused(r.person)), None)


def _unasked(sitting: Sitting, command: c.GiveFloor, person: PersonId, now: datetime) -> e.FloorRequested:
    """The chair gives the floor to somebody who did not ask (the rapporteur, an advisor): on record all the same."""
    guards.known(sitting, person)
    guards.here(sitting, person)
    guards.item(sitting)
    return e.FloorRequested(
        at=now,
        by=command.by,
        request=request_id(sitting.speakers.requests_made + 1),
        item=sitting.agenda.current,
        person=person,
        kind=FloorKind.INTERVENTION,
    )


def _end(sitting: Sitting, command: c.EndFloor, now: datetime) -> list[e.SittingEvent]:
    turn = sitting.speakers.turn
    if turn is None:
        raise NobodySpeaks()
    if command.by != turn.person and not sitting.is_staff(command.by):
        raise StaffOnly()
    return end_turn(sitting, command.by, now)
