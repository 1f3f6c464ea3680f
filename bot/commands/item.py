"""Bring an item of the agenda under discussion."""

from bot.commands.base import Act, Ask, Audience, Intent, Misunderstood, Moment, Screen, Show, UserCommand
from bot.commands.people import numbered
from voting.domain.commands import CallItem
from voting.domain.ids import ItemId


def run(moment: Moment, ask: Ask) -> Intent:
    """``point 12``; without a number, the agenda."""
    sitting = moment.snapshot.sitting
    if ask.payload.item is not None:
        item = ItemId(ask.payload.item)
        if item not in sitting.items:
            raise Misunderstood("misunderstood.stale")
    elif ask.argument:
        item = numbered(sitting, ask.argument).id
    else:
        return Show(screen=Screen.AGENDA)
    return Act(command=CallItem(by=moment.person, item=item), then=Screen.CONSOLE)


COMMAND = UserCommand(name="item", audience=Audience.STAFF, run=run, takes_argument=True)
