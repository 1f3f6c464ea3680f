"""The agenda with the state of each item."""

from bot.commands.base import Ask, Audience, Intent, Moment, Screen, Show, UserCommand


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Show(screen=Screen.AGENDA, page=ask.payload.page)


COMMAND = UserCommand(name="agenda", audience=Audience.EVERYONE, run=run)
