"""The clock of the running turn, and the last act of the floor taken back. The chair and the clerks hold the watch."""

from datetime import datetime
from typing import assert_never

from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.decide import guards
from voting.domain.refusals import AlreadyRecorded, NobodySpeaks, Recused
from voting.domain.refusals.floor import NothingToUndo
from voting.domain.ruleset import RuleSet
from voting.domain.sitting import Phase, Sitting
from voting.domain.speakers import SpeakingTurn

Command = c.PauseFloor | c.ContinueFloor | c.UndoFloor


def decide(sitting: Sitting, command: Command, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    """Stop it, let it run on, take back a floor given or ended by mistake."""
    guards.phase(sitting, Phase.OPEN)
    guards.staff(sitting, command.by)
    match command:
        case c.PauseFloor():
            turn = _running(sitting, is_paused=False)
            return [e.FloorPaused(at=now, by=command.by, request=turn.request, person=turn.person)]
        case c.ContinueFloor():
            turn = _running(sitting, is_paused=True)
            return [e.FloorResumed(at=now, by=command.by, request=turn.request, person=turn.person)]
        case c.UndoFloor():
            return _undo(sitting, command, rules, now)
        case _:
            assert_never(command)


def _running(sitting: Sitting, *, is_paused: bool) -> SpeakingTurn:
    turn = sitting.speakers.turn
    if turn is None:
        raise NobodySpeaks()
    if (turn.paused_at is not None) is not is_paused:
        raise AlreadyRecorded()
    return turn


def _undo(sitting: Sitting, command: c.UndoFloor, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    last = sitting.speakers.last
    if last is None:
        raise NothingToUndo()
    restored = last.ended
    if restored is not None:
        guards.here(sitting, restored.person)
        if sitting.agenda.is_recused(restored.person):
            raise Recused(citation=rules.recusal)
    return [
        e.FloorUndone(
            at=now,
            by=command.by,
            withdrawn=last.given,
            restored=restored.request if restored is not None else None,
        )
    ]
