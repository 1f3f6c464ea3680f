"""Ask to explain one's vote, before it opens."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Say, UserCommand
from voting.domain.commands import RequestFloor
from voting.domain.speakers import FloorKind


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    command = RequestFloor(by=moment.person, person=moment.person, kind=FloorKind.EXPLANATION)
    return Act(command=command, then=Say(code="said.explanation"))


COMMAND = UserCommand(name="explanation", audience=Audience.EVERYONE, run=run)
