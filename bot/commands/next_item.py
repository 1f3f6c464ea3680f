"""Go to the next item of the agenda."""

from bot.commands.base import Act, Ask, Audience, Intent, Moment, Screen, UserCommand
from voting.domain.commands import CallItem
from voting.domain.ids import ItemId


def run(moment: Moment, ask: Ask) -> Intent:
    """A button names the item, so that a second press cannot skip one."""
    item = ItemId(ask.payload.item) if ask.payload.item else None
    return Act(command=CallItem(by=moment.person, item=item), then=Screen.CONSOLE)


COMMAND = UserCommand(name="next", audience=Audience.STAFF, run=run)
