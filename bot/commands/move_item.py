"""Take an item earlier or later than the summons has it."""

import re

from bot.commands.base import Act, Ask, Audience, Intent, Misunderstood, Moment, Screen, UserCommand
from bot.commands.people import numbered
from voting.domain.commands import MoveItem
from voting.domain.ids import ItemId
from voting.domain.sitting import Sitting

_BEFORE = re.compile(r"(.+?)\s+(?:avant(?: le)?|before)\s+(.+)", re.IGNORECASE)
_LAST = re.compile(r"(.+?)\s+(?:à la fin|a la fin|en dernier|to the end|last)", re.IGNORECASE)


def run(moment: Moment, ask: Ask) -> Intent:
    """``déplacer 7 avant 3``, ``déplacer 7 à la fin``; from a page, the items themselves."""
    sitting, argument = moment.snapshot.sitting, ask.argument.strip()
    if ask.payload.item is not None:
        item = _known(sitting, ask.payload.item)
        before = _known(sitting, ask.payload.before) if ask.payload.before is not None else None
    elif (said := _BEFORE.fullmatch(argument)) is not None:
        item, before = numbered(sitting, said[1]).id, numbered(sitting, said[2]).id
    elif (said := _LAST.fullmatch(argument)) is not None:
        item, before = numbered(sitting, said[1]).id, None
    else:
        raise Misunderstood("misunderstood.move_item")
    return Act(command=MoveItem(by=moment.person, item=item, before=before), then=Screen.AGENDA)


def _known(sitting: Sitting, name: str) -> ItemId:
    item = ItemId(name)
    if item not in sitting.items:
        raise Misunderstood("misunderstood.stale")
    return item


COMMAND = UserCommand(name="move_item", audience=Audience.STAFF, run=run, takes_argument=True)
