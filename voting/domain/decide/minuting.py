"""What is written into the minutes: by the staff, from the opening on."""

from datetime import datetime

from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.decide import guards
from voting.domain.minuting import LONGEST, tidy
from voting.domain.refusals import AlreadyRecorded
from voting.domain.refusals.minuting import NoteExists, NoteTooLong, TurnUnknown
from voting.domain.ruleset import RuleSet
from voting.domain.sitting import Phase, Sitting
from voting.domain.speakers import HeardTurn, SpeakingTurn

Command = c.WriteNote


def decide(sitting: Sitting, command: Command, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    """Nothing of what the sitting decided moves: a note says what was said, never what was done."""
    guards.staff(sitting, command.by)
    guards.phase(sitting, Phase.OPEN, Phase.SUSPENDED, Phase.CLOSED)
    turn = _turn(sitting, command)
    text = tidy(command.text)
    if len(text) > LONGEST:
        raise NoteTooLong(length=len(text), most=LONGEST)
    written = sitting.minuting.notes.get(turn.request)
    if (written.text if written is not None else "") == text:
        raise AlreadyRecorded()
    if written is not None and not command.replaces:
        raise NoteExists(person=turn.person)
    return [e.NoteWritten(at=now, by=command.by, turn=turn.request, text=text, source=command.source)]


def _turn(sitting: Sitting, command: c.WriteNote) -> SpeakingTurn | HeardTurn:
    """The one that is named, else the last."""
    turns = sitting.speakers.turns
    found = next((t for t in reversed(turns) if command.turn in (None, t.request)), None)
    if found is None:
        raise TurnUnknown()
    return found
