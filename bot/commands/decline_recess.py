"""Decline the pause that was asked for."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Screen, UserCommand
from voting.domain.commands import DeclineSuspension


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Act(command=DeclineSuspension(by=moment.person), then=Screen.CONSOLE)


COMMAND = UserCommand(name="decline_recess", audience=Audience.CHAIR, run=run)
