"""Ask that an item be taken out of those voted together: it is then called and voted as usual."""

from bot.commands.base import Act, Ask, Audience, Intent, Misunderstood, Moment, Say, UserCommand
from bot.commands.people import numbered
from voting.domain.commands import TakeOutOfBlock


def run(moment: Moment, ask: Ask) -> Intent:
    """``retirer du bloc 5``."""
    if not ask.argument.strip():
        raise Misunderstood("misunderstood.take_out")
    item = numbered(moment.snapshot.sitting, ask.argument.strip())
    done = Say(code="said.taken_out", fields={"number": item.number})
    return Act(command=TakeOutOfBlock(by=moment.person, item=item.id), then=done)


COMMAND = UserCommand(name="take_out", audience=Audience.EVERYONE, run=run, takes_argument=True)
