"""Let the clock of the turn run again."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Screen, UserCommand
from voting.domain.commands import ContinueFloor


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Act(command=ContinueFloor(by=moment.person), then=Screen.CONSOLE)


COMMAND = UserCommand(name="continue", audience=Audience.STAFF, run=run)
