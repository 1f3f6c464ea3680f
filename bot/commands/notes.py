"""See every speaking turn with what is written of it."""

from bot.commands.base import Ask, Audience, Intent, Moment, Screen, Show, UserCommand


def run(moment: Moment, ask: Ask) -> Intent:
    """By default the page of the last turns."""
    return Show(screen=Screen.NOTES, page=ask.payload.page)


COMMAND = UserCommand(name="notes", audience=Audience.STAFF, run=run)
