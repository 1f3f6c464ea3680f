"""End the roll call and state the quorum."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Screen, UserCommand
from voting.domain.commands import CloseRollCall


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Act(command=CloseRollCall(by=moment.person), then=Screen.CONSOLE)


COMMAND = UserCommand(name="close_roll_call", audience=Audience.STAFF, run=run)
