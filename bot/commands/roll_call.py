"""Call the roll: everybody is asked to say that he is there."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Screen, UserCommand
from voting.domain.commands import OpenRollCall


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Act(command=OpenRollCall(by=moment.person), then=Screen.CONSOLE)


COMMAND = UserCommand(name="roll_call", audience=Audience.STAFF, run=run)
