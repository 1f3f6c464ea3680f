"""Close the vote and count."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Screen, UserCommand
from voting.domain.commands import ClosePoll


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Act(command=ClosePoll(by=moment.person), then=Screen.CONSOLE)


COMMAND = UserCommand(name="close", audience=Audience.STAFF, run=run)
