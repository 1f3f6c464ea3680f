"""Name the sitting secretary."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Screen, Show, UserCommand
from bot.commands.people import asked
from voting.domain.commands import AppointSecretary


def run(moment: Moment, ask: Ask) -> Intent:
    """Without a name, the card to choose one."""
    person = asked(moment, ask)
    if person is None:
        return Show(screen=Screen.CHOOSE_PERSON, verb=COMMAND.name, page=ask.payload.page)
    return Act(command=AppointSecretary(by=moment.person, person=person), then=Screen.CONSOLE)


COMMAND = UserCommand(name="secretary", audience=Audience.STAFF, run=run, takes_argument=True)
