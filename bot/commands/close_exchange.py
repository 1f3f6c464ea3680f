"""End the exchange of writings on the item, once its hour has come."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Screen, UserCommand
from voting.domain.commands import CloseExchange


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Act(command=CloseExchange(by=moment.person), then=Screen.CONSOLE)


COMMAND = UserCommand(name="close_exchange", audience=Audience.CHAIR, run=run)
