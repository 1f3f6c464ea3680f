"""Ask for help from a person."""

from bot.commands.base import Ask, Audience, Errand, Intent, Moment, Run, UserCommand


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Run(errand=Errand.HELP_WANTED)


COMMAND = UserCommand(name="need_help", audience=Audience.EVERYONE, run=run)
