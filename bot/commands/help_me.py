"""What can be done here and now, for the person who asks."""

from bot.commands.base import Ask, Audience, Intent, Moment, Screen, Show, UserCommand


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Show(screen=Screen.HELP)


COMMAND = UserCommand(name="help", audience=Audience.EVERYONE, run=run)
