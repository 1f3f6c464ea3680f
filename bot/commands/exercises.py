"""The exercises: everything that a member does on the day, once, for oneself."""

from bot.commands.base import Ask, Audience, Errand, Intent, Moment, Run, UserCommand


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Run(errand=Errand.EXERCISES)


COMMAND = UserCommand(name="exercises", audience=Audience.EVERYONE, run=run)
