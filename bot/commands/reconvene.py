"""Convene a second time, after a sitting that the quorum did not come to."""

from bot.commands.base import Ask, Audience, Errand, Intent, Moment, Run, UserCommand


def run(moment: Moment, ask: Ask) -> Intent:
    """``seconde convocation [JOUR HEURE]``; without a day, the first one that the law allows."""
    return Run(errand=Errand.RECONVENE)


COMMAND = UserCommand(name="reconvene", audience=Audience.STAFF, run=run, takes_argument=True)
