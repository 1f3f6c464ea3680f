"""Write down what was said in a speaking turn: the running one, the last one, or any that is named by its number."""

import re

from bot.cards.notes import FORM
from bot.commands.base import Act, Ask, Audience, Intent, Misunderstood, Moment, Say, Screen, Show, UserCommand
from voting.domain.commands import WriteNote
from voting.service.views.notes import NotedTurn, noted_turns

_NUMBERED = re.compile(r"(?:n° ?)?(\d{1,4}) ?(?::(.*))?", re.DOTALL)
"""``7`` or ``7 : what was said``."""


def run(moment: Moment, ask: Ask) -> Intent:
    """``note 7 : texte``; without a number, the turn that runs or the last one; without a text, the form."""
    turns = noted_turns(moment.snapshot.sitting)
    if ask.is_press and ask.payload.request is not None:
        pressed = next((turn for turn in turns if turn.id == ask.payload.request), None)
        if pressed is None:
            raise Misunderstood("misunderstood.stale")
        is_form = ask.payload.kind == FORM
        return _written(moment, pressed, (ask.payload.said or "") if is_form else None)
    numbered = _NUMBERED.fullmatch(ask.argument)
    if numbered is not None:
        return _written(moment, _of_number(turns, int(numbered[1])), numbered[2] or None)
    return _written(moment, turns[-1], ask.argument or None) if turns else Say(code="said.note.nobody")


def _written(moment: Moment, turn: NotedTurn, text: str | None) -> Intent:
    """A form that was sent back empty takes the note away; a button or words without a text ask for the form."""
    if text is None:
        return Show(screen=Screen.NOTE, page=turn.number)
    fields: dict[str, str | int] = {"number": turn.number, "name": turn.person.formal}
    said = Say(code="said.note" if text.strip() else "said.note.gone", fields=fields)
    return Act(command=WriteNote(by=moment.person, turn=turn.id, text=text), then=said)


def _of_number(turns: tuple[NotedTurn, ...], number: int) -> NotedTurn:
    if not 1 <= number <= len(turns):
        raise Misunderstood("misunderstood.turn", number=number)
    return turns[number - 1]


COMMAND = UserCommand(name="note", audience=Audience.STAFF, run=run, takes_argument=True)
