"""What is true of the speakers' list, said a second time and as naively as possible."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from voting.domain import events as e
from voting.domain.ids import PersonId, RequestId
from voting.domain.queue import queue
from voting.domain.sitting import Sitting
from voting.domain.speakers import PRIORITY

History = Sequence[e.SittingEvent]


def at_most_one_speaker(sitting: Sitting, history: History) -> None:
    """A turn begins when none runs and ends by a fact; the speaker is here and takes part."""
    running: PersonId | None = None
    for event in history:
        match event:
            case e.FloorGiven():
                assert running is None
                running = event.person
            case e.FloorEnded():
                assert running == event.person
                running = None
            case e.FloorUndone():
                before = _turns(history[: history.index(event)])
                running = before[event.restored] if event.restored is not None else None
            case _:
                pass
    turn = sitting.speakers.turn
    assert running == (turn.person if turn is not None else None)
    if turn is not None:
        assert sitting.is_here(turn.person)
        assert not sitting.agenda.is_recused(turn.person)


def the_order_is_a_permutation_of_the_list(sitting: Sitting) -> None:
    """Nobody is lost or doubled by the order; points of order come first, personal statements last."""
    ordered = queue(sitting)
    assert Counter(ordered) == Counter(sitting.speakers.waiting)
    places = [PRIORITY[r.kind] for r in ordered]
    assert places == sorted(places)


def time_is_counted_once(sitting: Sitting, history: History) -> None:
    """The turns that are over are those given, ended and not taken back; none lasted longer than it ran."""
    ran: dict[RequestId, datetime] = {}
    counted: list[RequestId] = []
    longest: dict[RequestId, timedelta] = {}
    for event in history:
        match event:
            case e.FloorGiven():
                ran[event.request] = event.at
            case e.FloorEnded():
                counted.append(event.request)
                longest[event.request] = event.at - ran[event.request]
            case e.FloorUndone():
                counted = [r for r in counted if r != event.restored]
            case _:
                pass
    heard = sitting.speakers.heard
    assert [h.request for h in heard] == counted
    assert all(timedelta() <= h.spoken <= longest[h.request] for h in heard)


def the_list_holds_people_who_are_here_once_for_each_reason(sitting: Sitting) -> None:
    """Nobody waits twice for the same reason, nor from outside."""
    waiting = [(r.person, r.kind) for r in sitting.speakers.waiting]
    assert len(set(waiting)) == len(waiting)
    assert all(sitting.is_here(person) for person, _ in waiting)


def _turns(history: History) -> dict[RequestId, PersonId]:
    return {x.request: x.person for x in history if isinstance(x, e.FloorGiven)}
