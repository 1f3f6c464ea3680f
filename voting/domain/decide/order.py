"""The order in which items are taken: one that is still to come is moved before another, or last.

The agenda itself stays that of the summons: nothing is added to it, nothing leaves it.
"""

from datetime import datetime

from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.agenda import ItemState
from voting.domain.decide import guards
from voting.domain.ids import ItemId
from voting.domain.refusals import AlreadyRecorded, ItemUnknown
from voting.domain.refusals.agenda import ItemNotMovable
from voting.domain.sitting import Phase, Sitting

Command = c.MoveItem


def decide(sitting: Sitting, command: Command, now: datetime) -> list[e.SittingEvent]:
    """The staff may, as it may call any item; what an item amends or hangs on goes with it."""
    guards.phase(sitting, Phase.CONVENED, Phase.OPEN, Phase.SUSPENDED)
    guards.staff(sitting, command.by)
    for item in (command.item, command.before):
        if item is not None:
            _check(sitting, item)
    if command.before == command.item:
        raise ItemNotMovable(item=command.item)
    order = tuple(i.id for i in sitting.sequence())
    if sitting.agenda.taking(command.item, command.before, order).order == order:
        raise AlreadyRecorded()
    return [e.ItemMoved(at=now, by=command.by, item=command.item, before=command.before)]


def _check(sitting: Sitting, item: ItemId) -> None:
    """That item is there, is nobody's amendment, and has not been called."""
    if item not in sitting.items:
        raise ItemUnknown()
    if sitting.items[item].parent is not None or sitting.agenda.states[item] is not ItemState.PENDING:
        raise ItemNotMovable(item=item)
