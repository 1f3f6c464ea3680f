"""Ask that an item be taken out of those voted together: it is then called and voted as usual."""

from bot.commands.base import Act, Ask, Audience, Intent, Misunderstood, Moment, Say, UserCommand
from bot.commands.people import numbered
from voting.domain.commands import TakeOutOfBlock
from voting.domain.ids import ItemId


def run(moment: Moment, ask: Ask) -> Intent:
    """``retirer du bloc 5``."""
    sitting = moment.snapshot.sitting
    if ask.payload.item is not None:
        if ItemId(ask.payload.item) not in sitting.items:
            raise Misunderstood("misunderstood.stale")
        item = sitting.items[ItemId(ask.payload.item)]
    elif ask.argument.strip():
        item = numbered(sitting, ask.argument.strip())
    else:
        raise Misunderstood("misunderstood.take_out")
    done = Say(code="said.taken_out", fields={"number": item.number})
    return Act(command=TakeOutOfBlock(by=moment.person, item=item.id), then=done)


COMMAND = UserCommand(name="take_out", audience=Audience.EVERYONE, run=run, takes_argument=True)
