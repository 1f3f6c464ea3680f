"""Choose how the item is voted: another way than the usual one, another majority."""

from bot.commands.base import Ask, Audience, Intent, Moment, Screen, Show, UserCommand


def run(moment: Moment, ask: Ask) -> Intent:
    """The form; its button opens the vote."""
    return Show(screen=Screen.OTHER_POLL)


COMMAND = UserCommand(name="otherwise", audience=Audience.STAFF, run=run)
