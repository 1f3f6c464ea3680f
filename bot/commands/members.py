"""The roll with who is here."""

from bot.commands.base import Ask, Audience, Intent, Moment, Screen, Show, UserCommand


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Show(screen=Screen.MEMBERS, page=ask.payload.page)


COMMAND = UserCommand(name="members", audience=Audience.STAFF, run=run)
