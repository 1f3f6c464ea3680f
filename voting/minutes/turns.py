"""The speaking turns of a sitting while its journal is read: given, paused, ended, taken back, written down."""

from dataclasses import replace
from datetime import timedelta

from voting.domain import events as e
from voting.domain.ids import RequestId
from voting.minutes.facts import Turn

FloorEvent = e.FloorGiven | e.FloorEnded | e.FloorPaused | e.FloorResumed | e.FloorUndone


class Turns(dict[RequestId, Turn]):
    """Each turn by its request. What was given by mistake is no turn."""

    def __init__(self) -> None:
        """Nobody has spoken."""
        super().__init__()
        self._said: dict[RequestId, tuple[str, ...]] = {}
        """What is written of each, also of one that was taken back: it may be given again."""

    def take(self, event: FloorEvent, poll: int | None) -> None:
        """Move on by one event; ``poll`` is the number of the poll that is under way."""
        match event:
            case e.FloorGiven():
                said = self._said.get(event.request, ())
                self[event.request] = Turn(
                    request=event.request,
                    at=event.at,
                    until=None,
                    person=event.person,
                    kind=event.kind,
                    poll=poll,
                    said=said,
                )
            case e.FloorEnded():
                self[event.request] = replace(self[event.request], until=event.at)
            case e.FloorPaused():
                self[event.request] = replace(self[event.request], paused_at=event.at)
            case e.FloorResumed():
                turn = self[event.request]
                stopped = turn.paused_at or event.at
                self[event.request] = replace(turn, paused_at=None, idle=turn.idle + (event.at - stopped))
            case e.FloorUndone():
                self._undo(event)

    def write(self, event: e.NoteWritten) -> None:
        """The latest text of a turn is the one that counts."""
        self._said[event.turn] = tuple(event.text.split("\n")) if event.text else ()
        if event.turn in self:
            self[event.turn] = replace(self[event.turn], said=self._said[event.turn])

    def _undo(self, event: e.FloorUndone) -> None:
        """The time between the end and its undoing is nobody's."""
        if event.withdrawn is not None:
            del self[event.withdrawn]
        if event.restored is not None:
            turn = self[event.restored]
            lost = event.at - turn.until if turn.until is not None and turn.paused_at is None else timedelta()
            self[event.restored] = replace(turn, until=None, idle=turn.idle + lost)
