"""Where the sitting stands, and the next step (console)."""

from bot.commands.base import Ask, Audience, Intent, Moment, Screen, Show, UserCommand


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Show(screen=Screen.STATE)


COMMAND = UserCommand(name="state", audience=Audience.STAFF, run=run)
