"""Who asked for help, and who looks after whom."""

from bot.commands.base import Ask, Audience, Errand, Intent, Moment, Run, UserCommand


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Run(errand=Errand.HELP_DESK)


COMMAND = UserCommand(name="help_desk", audience=Audience.STAFF, run=run)
