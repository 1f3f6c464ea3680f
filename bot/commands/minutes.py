"""The draft of the minutes."""

from bot.commands.base import Ask, Audience, Errand, Intent, Moment, Run, UserCommand


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Run(errand=Errand.MINUTES)


COMMAND = UserCommand(name="minutes", audience=Audience.STAFF, run=run)
