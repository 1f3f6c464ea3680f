"""Where I am in the sitting and what I can do now."""

from bot.commands.base import Ask, Audience, Intent, Moment, Screen, Show, UserCommand


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Show(screen=Screen.HOME)


COMMAND = UserCommand(name="home", audience=Audience.EVERYONE, run=run)
