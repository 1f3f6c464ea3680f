"""See who is connected to the call without having answered, and who has left it."""

from bot.commands.base import Ask, Audience, Errand, Intent, Moment, Run, UserCommand


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Run(errand=Errand.CONNECTED)


COMMAND = UserCommand(name="connected", audience=Audience.STAFF, run=run)
