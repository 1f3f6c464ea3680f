"""Ask for a pause of the sitting."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Say, UserCommand
from voting.domain.commands import RequestSuspension


def run(moment: Moment, ask: Ask) -> Intent:
    """How long and what for may follow."""
    command = RequestSuspension(by=moment.person, person=moment.person, reason=ask.payload.text or ask.argument)
    return Act(command=command, then=Say(code="said.recess"))


COMMAND = UserCommand(name="recess", audience=Audience.EVERYONE, run=run, takes_argument=True)
