"""The exports of the sitting: their list, or one of them as a file."""

from bot.commands.base import Ask, Audience, Errand, Intent, Moment, Run, UserCommand


def run(moment: Moment, ask: Ask) -> Intent:
    """``exports``: the list; ``exports feuille de présence``: that paper, as a file in one's own chat."""
    return Run(errand=Errand.EXPORTS)


COMMAND = UserCommand(name="exports", audience=Audience.STAFF, run=run, takes_argument=True)
