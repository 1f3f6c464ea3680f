"""Suspend the sitting."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Screen, UserCommand
from voting.domain.commands import SuspendSitting


def run(moment: Moment, ask: Ask) -> Intent:
    """A reason may follow."""
    reason = ask.payload.text or ask.argument
    return Act(command=SuspendSitting(by=moment.person, reason=reason), then=Screen.CONSOLE)


COMMAND = UserCommand(name="suspend", audience=Audience.STAFF, run=run, takes_argument=True)
