"""Give the floor to a person, or to the next on the list."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Screen, Show, UserCommand
from bot.commands.people import asked
from voting.domain.commands import GiveFloor
from voting.domain.ids import RequestId


def run(moment: Moment, ask: Ask) -> Intent:
    """A button names the request, so that a second press cannot give the floor to the one after."""
    request = RequestId(ask.payload.request) if ask.payload.request else None
    if request is None and ask.payload.person is None and ask.payload.page is not None:
        return Show(screen=Screen.CHOOSE_PERSON, verb=COMMAND.name, page=ask.payload.page)
    command = GiveFloor(by=moment.person, request=request, person=asked(moment, ask) if request is None else None)
    return Act(command=command, then=Screen.CONSOLE)


COMMAND = UserCommand(name="give", audience=Audience.STAFF, run=run, takes_argument=True)
