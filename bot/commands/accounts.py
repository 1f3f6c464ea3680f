"""See whom of the roll the bot recognises, and have it look for the others."""

from bot.commands.base import Ask, Audience, Errand, Intent, Moment, Run, UserCommand


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Run(errand=Errand.ACCOUNTS)


COMMAND = UserCommand(name="accounts", audience=Audience.STAFF, run=run)
