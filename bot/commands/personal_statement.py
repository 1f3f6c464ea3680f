"""Ask to answer what was said of oneself, at the end of the item."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Say, UserCommand
from voting.domain.commands import RequestFloor
from voting.domain.speakers import FloorKind


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    command = RequestFloor(by=moment.person, person=moment.person, kind=FloorKind.PERSONAL_STATEMENT)
    return Act(command=command, then=Say(code="said.personal_statement"))


COMMAND = UserCommand(name="personal_statement", audience=Audience.EVERYONE, run=run)
