"""Forget the votes of a rehearsal now."""

from bot.commands.base import Ask, Audience, Errand, Intent, Moment, Run, UserCommand


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Run(errand=Errand.PURGE)


COMMAND = UserCommand(name="purge", audience=Audience.STAFF, run=run)
