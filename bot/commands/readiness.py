"""Who is ready, and who needs a call."""

from bot.commands.base import Ask, Audience, Errand, Intent, Moment, Run, UserCommand


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Run(errand=Errand.READINESS)


COMMAND = UserCommand(name="readiness", audience=Audience.STAFF, run=run)
