"""See how far the minutes have come, who did what, and what comes next."""

from bot.commands.base import Ask, Audience, Errand, Intent, Moment, Run, UserCommand


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Run(errand=Errand.MINUTES_STATE)


COMMAND = UserCommand(name="minutes_state", audience=Audience.STAFF, run=run)
