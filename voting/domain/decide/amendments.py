"""Amendments: the order that the chair gives them, and those that lose their object."""

from datetime import datetime
from typing import assert_never

from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.assembly import AgendaItem, ItemKind
from voting.domain.decide import guards
from voting.domain.decide.floor import end_turn
from voting.domain.ids import ItemId
from voting.domain.refusals import AlreadyRecorded, ItemAlreadySettled, ItemUnknown
from voting.domain.refusals.amendments import NotAnAmendment, OrderUnclear
from voting.domain.ruleset import RuleSet
from voting.domain.sitting import Phase, Sitting

Command = c.OrderAmendments | c.DeclareMoot


def decide(sitting: Sitting, command: Command, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    """The chair alone sets the order; the staff notes what has lost its object."""
    guards.phase(sitting, Phase.OPEN)
    match command:
        case c.OrderAmendments():
            return _order(sitting, command, rules, now)
        case c.DeclareMoot():
            return _moot(sitting, command, now)
        case _:
            assert_never(command)


def _order(sitting: Sitting, command: c.OrderAmendments, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    guards.chair(sitting, command.by, rules)
    items = [_amendment(sitting, item) for item in command.items]
    parents = {i.parent for i in items}
    if len(items) < 2 or len({i.id for i in items}) != len(items) or len(parents) != 1:
        raise OrderUnclear()
    parent = items[0].parent
    if parent is None:
        raise OrderUnclear()
    if sitting.agenda.orders.get(parent) == command.items:
        raise AlreadyRecorded()
    return [e.AmendmentsOrdered(at=now, by=command.by, parent=parent, items=command.items)]


def _moot(sitting: Sitting, command: c.DeclareMoot, now: datetime) -> list[e.SittingEvent]:
    guards.staff(sitting, command.by)
    item = _amendment(sitting, command.item)
    guards.no_poll_pending(sitting)
    moot = e.ItemMoot(at=now, by=command.by, item=item.id, text=command.text.strip())
    return [*(end_turn(sitting, command.by, now) if sitting.agenda.current == item.id else []), moot]


def _amendment(sitting: Sitting, item: ItemId) -> AgendaItem:
    """That amendment, still to be decided."""
    found = sitting.items.get(item)
    if found is None:
        raise ItemUnknown()
    if found.kind is not ItemKind.AMENDMENT:
        raise NotAnAmendment(item=item)
    settled = sitting.settled_by(item)
    if settled is not None:
        raise ItemAlreadySettled(item=settled)
    return found
