"""The exports of the sitting."""

from bot.commands.base import Ask, Audience, Errand, Intent, Moment, Run, UserCommand


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Run(errand=Errand.EXPORTS)


COMMAND = UserCommand(name="exports", audience=Audience.STAFF, run=run)
