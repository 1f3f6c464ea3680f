"""Take an item earlier or later than the summons has it."""

import re

from bot.cards.order import LAST
from bot.commands.base import Act, Ask, Audience, Intent, Misunderstood, Moment, Screen, Show, UserCommand
from bot.commands.people import numbered
from voting.domain.commands import MoveItem
from voting.domain.ids import ItemId
from voting.domain.sitting import Sitting

_BEFORE = re.compile(r"(.+?)\s+(?:avant(?: le)?|before)\s+(.+)", re.IGNORECASE)
_LAST = re.compile(r"(.+?)\s+(?:à la fin|a la fin|en dernier|to the end|last)", re.IGNORECASE)


def run(moment: Moment, ask: Ask) -> Intent:
    """``déplacer 7 avant 3``, ``déplacer 7 à la fin``; without a word, the form; from it or a page, the items."""
    sitting, argument = moment.snapshot.sitting, ask.argument.strip()
    if ask.payload.item is not None:
        item = _known(sitting, ask.payload.item)
        before = _known(sitting, ask.payload.before) if ask.payload.before not in (None, LAST) else None
    elif (said := _BEFORE.fullmatch(argument)) is not None:
        item, before = numbered(sitting, said[1]).id, numbered(sitting, said[2]).id
    elif (said := _LAST.fullmatch(argument)) is not None:
        item, before = numbered(sitting, said[1]).id, None
    elif not argument:
        return Show(screen=Screen.MOVE_ITEM, page=ask.payload.page)
    else:
        raise Misunderstood("misunderstood.move_item")
    return Act(command=MoveItem(by=moment.person, item=item, before=before), then=Screen.AGENDA)


def _known(sitting: Sitting, name: str | None) -> ItemId:
    item = ItemId(name or "")
    if item not in sitting.items:
        raise Misunderstood("misunderstood.stale")
    return item


COMMAND = UserCommand(name="move_item", audience=Audience.STAFF, run=run, takes_argument=True)
