"""See every incident of the sitting that stands."""

from bot.commands.base import Ask, Audience, Intent, Moment, Screen, Show, UserCommand


def run(moment: Moment, ask: Ask) -> Intent:
    """By default the page of the last ones."""
    return Show(screen=Screen.INCIDENTS, page=ask.payload.page)


COMMAND = UserCommand(name="incidents", audience=Audience.STAFF, run=run)
