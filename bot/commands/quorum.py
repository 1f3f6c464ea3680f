"""The quorum now, with its law."""

from bot.commands.base import Ask, Audience, Intent, Moment, Screen, Show, UserCommand


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Show(screen=Screen.QUORUM)


COMMAND = UserCommand(name="quorum", audience=Audience.EVERYONE, run=run)
