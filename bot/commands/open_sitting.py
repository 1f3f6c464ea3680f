"""Open the sitting, once the quorum is there."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Screen, UserCommand
from voting.domain.commands import OpenSitting


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Act(command=OpenSitting(by=moment.person), then=Screen.CONSOLE)


COMMAND = UserCommand(name="open", audience=Audience.STAFF, run=run)
