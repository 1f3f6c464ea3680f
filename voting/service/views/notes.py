"""The speaking turns as whoever writes the minutes sees them: who spoke on what, and what is written of it."""

from dataclasses import dataclass

from voting.domain.ids import RequestId
from voting.domain.sitting import Sitting
from voting.domain.speakers import FloorKind, SpeakingTurn
from voting.service.views.parts import ItemView, PersonView, item_view, person_view


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedTurn:
    """One turn and its note."""

    number: int
    """From 1, in the order in which they were spoken."""
    id: RequestId
    person: PersonView
    kind: FloorKind
    item: ItemView | None
    """On what; None between two items."""
    is_running: bool
    said: str
    """What is written; empty while nothing is."""
    written_by: PersonView | None


def noted_turns(sitting: Sitting) -> tuple[NotedTurn, ...]:
    """Every turn so far, the running one last."""
    return tuple(_noted(sitting, number, turn.request) for number, turn in enumerate(sitting.speakers.turns, 1))


def _noted(sitting: Sitting, number: int, request: RequestId) -> NotedTurn:
    turn = sitting.speakers.turns[number - 1]
    runs = isinstance(turn, SpeakingTurn)
    on = sitting.speakers.item if isinstance(turn, SpeakingTurn) else turn.item
    note = sitting.minuting.notes.get(request)
    writer = sitting.roll.get(note.by) if note is not None else None
    return NotedTurn(
        number=number,
        id=request,
        person=person_view(sitting.roll[turn.person]),
        kind=turn.kind,
        item=item_view(sitting, sitting.items[on]) if on is not None else None,
        is_running=runs,
        said=note.text if note is not None else "",
        written_by=person_view(writer) if writer is not None else None,
    )
