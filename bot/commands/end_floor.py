"""End the running turn."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Screen, UserCommand
from voting.domain.commands import EndFloor


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Act(command=EndFloor(by=moment.person), then=Screen.CONSOLE)


COMMAND = UserCommand(name="end", audience=Audience.STAFF, run=run)
