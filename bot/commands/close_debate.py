"""Close the debate on the item."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Screen, UserCommand
from voting.domain.commands import CloseDebate


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Act(command=CloseDebate(by=moment.person), then=Screen.CONSOLE)


COMMAND = UserCommand(name="close_debate", audience=Audience.CHAIR, run=run)
