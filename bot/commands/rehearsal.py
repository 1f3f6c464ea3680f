"""Rehearse: a sitting like the others, in which nothing counts."""

from bot.commands.base import Ask, Audience, Errand, Intent, Moment, Run, UserCommand


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Run(errand=Errand.REHEARSAL)


COMMAND = UserCommand(name="rehearsal", audience=Audience.STAFF, run=run, takes_argument=True)
