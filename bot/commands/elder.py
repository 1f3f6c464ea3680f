"""Say which of those who are equal is the older one, where age decides."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Screen, Show, UserCommand
from bot.commands.options import option
from voting.domain.commands import StateElder
from voting.domain.ids import OptionId


def run(moment: Moment, ask: Ask) -> Intent:
    """``doyen NOM``; without a name, the form."""
    if ask.payload.option is not None:
        wanted = OptionId(ask.payload.option)
    elif ask.argument:
        wanted = option(moment.snapshot.sitting.polls.current(), ask.argument).id
    else:
        return Show(screen=Screen.NAME_ELDER)
    return Act(command=StateElder(by=moment.person, option=wanted), then=Screen.CONSOLE)


COMMAND = UserCommand(name="elder", audience=Audience.STAFF, run=run, takes_argument=True)
