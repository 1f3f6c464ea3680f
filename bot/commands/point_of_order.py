"""Ask for the floor at once, to recall the standing orders."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Say, UserCommand
from voting.domain.commands import RequestFloor
from voting.domain.speakers import FloorKind


def run(moment: Moment, ask: Ask) -> Intent:
    """See the page of this command."""
    command = RequestFloor(by=moment.person, person=moment.person, kind=FloorKind.POINT_OF_ORDER)
    return Act(command=command, then=Say(code="said.point_of_order"))


COMMAND = UserCommand(name="point_of_order", audience=Audience.EVERYONE, run=run)
