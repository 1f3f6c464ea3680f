"""Record that this sitting approved the minutes of the one before: by the vote on that item."""

from bot.commands.base import Ask, Audience, Errand, Intent, Moment, Run, UserCommand


def run(moment: Moment, ask: Ask) -> Intent:
    """The number of the item follows; the first item of the agenda by default."""
    return Run(errand=Errand.APPROVE_MINUTES)


COMMAND = UserCommand(name="approve_minutes", audience=Audience.STAFF, run=run, takes_argument=True)
