"""Lift the sitting."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Screen, UserCommand
from voting.domain.commands import CloseSitting


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Act(command=CloseSitting(by=moment.person), then=Screen.CONSOLE)


COMMAND = UserCommand(name="lift", audience=Audience.STAFF, run=run)
