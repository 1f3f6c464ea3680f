"""Lay the draft of the minutes before the assembly."""

from bot.commands.base import Ask, Audience, Errand, Intent, Moment, Run, UserCommand


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Run(errand=Errand.SUBMIT_MINUTES)


COMMAND = UserCommand(name="submit_minutes", audience=Audience.STAFF, run=run)
