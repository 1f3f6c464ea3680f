"""The chair's cue sheet: what to say now."""

from bot.commands.base import Ask, Audience, Intent, Moment, Screen, Show, UserCommand


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Show(screen=Screen.CUES)


COMMAND = UserCommand(name="cues", audience=Audience.STAFF, run=run)
