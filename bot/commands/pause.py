"""Stop the clock of the running turn."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Screen, UserCommand
from voting.domain.commands import PauseFloor


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Act(command=PauseFloor(by=moment.person), then=Screen.CONSOLE)


COMMAND = UserCommand(name="pause", audience=Audience.STAFF, run=run)
