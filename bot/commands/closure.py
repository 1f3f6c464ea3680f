"""Ask for the end of the debate."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Say, UserCommand
from voting.domain.commands import RequestClosure


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    return Act(command=RequestClosure(by=moment.person, person=moment.person), then=Say(code="said.closure"))


COMMAND = UserCommand(name="closure", audience=Audience.EVERYONE, run=run)
