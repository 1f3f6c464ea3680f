"""Take back the last giving or ending of the floor."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Screen, UserCommand
from voting.domain.commands import UndoFloor


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Act(command=UndoFloor(by=moment.person), then=Screen.CONSOLE)


COMMAND = UserCommand(name="undo_floor", audience=Audience.STAFF, run=run)
