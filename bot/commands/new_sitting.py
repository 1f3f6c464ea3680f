"""Convene a sitting from a roll and an agenda."""

from bot.commands.base import Ask, Audience, Errand, Intent, Moment, Run, UserCommand


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Run(errand=Errand.NEW_SITTING)


COMMAND = UserCommand(name="new_sitting", audience=Audience.STAFF, run=run)
