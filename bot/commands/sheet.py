"""One's own sheet; for those who run the sitting or help, everybody's."""

from bot.commands.base import Ask, Audience, Errand, Intent, Moment, Run, UserCommand


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Run(errand=Errand.SHEET)


COMMAND = UserCommand(name="sheet", audience=Audience.EVERYONE, run=run)
