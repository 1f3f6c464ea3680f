"""Give one's vote to another member for this sitting."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Say, Screen, Show, UserCommand
from bot.commands.people import asked
from voting.domain.commands import GiveProxy


def run(moment: Moment, ask: Ask) -> Intent:
    """``pouvoir à NOM``; without a name, the card to choose one."""
    holder = asked(moment, ask)
    if holder is None:
        return Show(screen=Screen.CHOOSE_PERSON, verb=COMMAND.name, page=ask.payload.page)
    command = GiveProxy(by=moment.person, grantor=moment.person, holder=holder, source=ask.source)
    return Act(command=command, then=Say(code="said.proxy_given"))


COMMAND = UserCommand(name="proxy", audience=Audience.EVERYONE, run=run, takes_argument=True)
