"""Let the debate go on although its end was asked for."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Screen, UserCommand
from voting.domain.commands import DeclineClosure


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Act(command=DeclineClosure(by=moment.person), then=Screen.CONSOLE)


COMMAND = UserCommand(name="decline_closure", audience=Audience.CHAIR, run=run)
