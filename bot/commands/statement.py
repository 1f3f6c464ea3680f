"""State a fact of the sitting that no machine sees (broadcast, recording), or the chair's own judgement."""

from bot.commands.base import Act, Ask, Audience, Intent, Misunderstood, Moment, Screen, UserCommand
from bot.commands.words import fold
from bot.texts import catalogue
from voting.domain.commands import MakeStatement
from voting.domain.statements import Statement

_LANGUAGES = ("fr", "en")


def run(moment: Moment, ask: Ask) -> Intent:
    """``constater diffusion``, ``constater enregistrement arrêté``; the button carries the statement itself."""
    return Act(
        command=MakeStatement(by=moment.person, statement=_statement(ask.payload.kind or ask.argument)),
        then=Screen.CONSOLE,
    )


def _statement(typed: str) -> Statement:
    wanted = fold(typed)
    for statement in Statement:
        forms = (f for lang in _LANGUAGES for f in catalogue(lang)(f"statement.words.{statement.value}").split("|"))
        if typed == statement.value or wanted in {fold(form) for form in forms}:
            return statement
    raise Misunderstood("misunderstood.statement")


COMMAND = UserCommand(name="statement", audience=Audience.STAFF, run=run, takes_argument=True)
