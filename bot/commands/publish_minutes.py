"""Record where the signed minutes are before the public."""

from bot.commands.base import Ask, Audience, Errand, Intent, Moment, Run, UserCommand


def run(moment: Moment, ask: Ask) -> Intent:
    """The address follows."""
    return Run(errand=Errand.PUBLISH_MINUTES)


COMMAND = UserCommand(name="publish_minutes", audience=Audience.STAFF, run=run, takes_argument=True)
