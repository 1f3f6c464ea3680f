"""See how long each group and each person has spoken."""

from bot.commands.base import Ask, Audience, Intent, Moment, Screen, Show, UserCommand


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Show(screen=Screen.TIMES)


COMMAND = UserCommand(name="times", audience=Audience.EVERYONE, run=run)
