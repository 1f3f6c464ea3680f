"""Forget now: the votes of a rehearsal, or who asked for help in a sitting that is over."""

from bot.commands.base import Ask, Audience, Errand, Intent, Moment, Run, UserCommand


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Run(errand=Errand.PURGE)


COMMAND = UserCommand(name="purge", audience=Audience.STAFF, run=run, takes_argument=True)
