"""Close the speakers' list of the item."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Screen, UserCommand
from voting.domain.commands import CloseSpeakersList


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Act(command=CloseSpeakersList(by=moment.person), then=Screen.CONSOLE)


COMMAND = UserCommand(name="close_list", audience=Audience.STAFF, run=run)
