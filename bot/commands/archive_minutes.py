"""Record under what the original of the minutes is kept for good."""

from bot.commands.base import Ask, Audience, Errand, Intent, Moment, Run, UserCommand


def run(moment: Moment, ask: Ask) -> Intent:
    """The reference follows."""
    return Run(errand=Errand.ARCHIVE_MINUTES)


COMMAND = UserCommand(name="archive_minutes", audience=Audience.STAFF, run=run, takes_argument=True)
