"""The next state of the speakers' list after one event of the floor."""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from voting.domain import events as e
from voting.domain.events.floor import FloorEvent
from voting.domain.speakers import DEBATE, FloorAct, FloorRequest, HeardTurn, SpeakersList, SpeakingTurn

_ListEvent = e.FloorRequested | e.FloorWithdrawn | e.SpeakersListClosed
_TurnEvent = e.FloorGiven | e.FloorEnded
Event = _ListEvent | _TurnEvent | FloorEvent


def floor(speakers: SpeakersList, event: Event) -> SpeakersList:
    """The list after that event."""
    match event:
        case e.FloorRequested() | e.FloorWithdrawn() | e.SpeakersListClosed():
            return _list(speakers, event)
        case e.FloorGiven():
            return _given(speakers, event)
        case e.FloorEnded():
            return _ended(speakers, event.at)
        case e.FloorPaused() | e.FloorResumed() | e.FloorUndone():
            return _clock(speakers, event)
        case e.ClosureRequested():
            return replace(speakers, closure_asked_by=event.person)
        case e.ClosureDeclined():
            return replace(speakers, closure_asked_by=None)
        case e.DebateClosed():
            kept = tuple(r for r in speakers.waiting if r.kind not in DEBATE)
            closed = replace(speakers.settled(), is_closed=True, is_debate_closed=True, closure_asked_by=None)
            return replace(closed, waiting=kept)
        case _:
            assert_never(event)


def _list(speakers: SpeakersList, event: _ListEvent) -> SpeakersList:
    match event:
        case e.FloorRequested():
            return speakers.joined(
                FloorRequest(id=event.request, person=event.person, kind=event.kind, asked_at=event.at)
            )
        case e.FloorWithdrawn():
            return speakers.left(event.request)
        case e.SpeakersListClosed():
            return replace(speakers, is_closed=True)
        case _:
            assert_never(event)


def _given(speakers: SpeakersList, event: e.FloorGiven) -> SpeakersList:
    """What the same act ended is taken back with it; who was put on the list by that act never waited."""
    last = speakers.last
    ended = last.ended if last is not None and last.given is None and last.at == event.at else None
    waited = next((r for r in speakers.waiting if r.id == event.request and r.asked_at < event.at), None)
    return replace(
        speakers.left(event.request),
        turn=SpeakingTurn(request=event.request, person=event.person, kind=event.kind, since=event.at),
        last=FloorAct(at=event.at, ended=ended, given=event.request, request=waited),
    )


def _ended(speakers: SpeakersList, at: datetime) -> SpeakersList:
    turn = speakers.turn
    if turn is None:  # no journal of ours ends a turn twice
        return speakers
    heard = HeardTurn(
        request=turn.request, person=turn.person, kind=turn.kind, item=speakers.item, spoken=turn.spoken(at)
    )
    return replace(speakers, turn=None, heard=(*speakers.heard, heard), last=FloorAct(at=at, ended=turn))


def _clock(speakers: SpeakersList, event: e.FloorPaused | e.FloorResumed | e.FloorUndone) -> SpeakersList:
    turn = speakers.turn
    match event:
        case e.FloorUndone():
            return _undone(speakers, event.at)
        case e.FloorPaused():
            return speakers if turn is None else replace(speakers, turn=turn.paused(event.at))
        case e.FloorResumed():
            return speakers if turn is None else replace(speakers, turn=turn.running(event.at, turn.paused_at))
        case _:
            assert_never(event)


def _undone(speakers: SpeakersList, at: datetime) -> SpeakersList:
    last = speakers.last
    if last is None:
        return speakers
    back = replace(speakers, turn=None, last=None)
    if last.request is not None:
        back = _waiting_again(back, last.request)
    if last.ended is not None:
        turn = last.ended if last.ended.paused_at is not None else last.ended.running(at, last.at)
        back = replace(back, turn=turn, heard=back.heard[:-1])
    return back


def _waiting_again(speakers: SpeakersList, request: FloorRequest) -> SpeakersList:
    """At its old place; whoever asked again for the same reason in between has the older request back."""
    others = tuple(r for r in speakers.waiting if (r.person, r.kind) != (request.person, request.kind))
    return replace(speakers, waiting=(*others, request))
