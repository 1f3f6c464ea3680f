"""Hold the convened sitting in this meeting chat, or show where it stands."""

from bot.commands.base import Ask, Audience, Errand, Intent, Moment, Run, UserCommand


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Run(errand=Errand.BIND_MEETING)


COMMAND = UserCommand(name="sitting", audience=Audience.STAFF, run=run, takes_argument=True)
