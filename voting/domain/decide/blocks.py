"""Items voted together (R17: each voice is given by its elector, and counts once on each of them), and those taken out.

One electorate must fit every item: what could part them is refused at the start, or takes its item out later.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import assert_never

from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.assembly import AgendaItem, ItemKind
from voting.domain.decide import guards
from voting.domain.decide.asking import reserve
from voting.domain.events.blocks import RemovalReason
from voting.domain.ids import ItemId, PersonId
from voting.domain.polls import Purpose
from voting.domain.refusals import ItemAlreadySettled, ItemUnknown, PollPending
from voting.domain.refusals.block import (
    BlockBar,
    BlockBeginsElsewhere,
    BlockUnclear,
    InBlock,
    NotInBlock,
    UnfitForBlock,
)
from voting.domain.ruleset import RuleSet, Stance, VotingMethod
from voting.domain.sitting import Phase, Sitting

Command = c.FormBlock | c.TakeOutOfBlock

_VOTED_ALIKE = (ItemKind.REPORT, ItemKind.MOTION)


def decide(sitting: Sitting, command: Command, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    """The staff puts items together; whoever the standing orders allow has one voted apart."""
    guards.phase(sitting, Phase.OPEN)
    match command:
        case c.FormBlock():
            return _form(sitting, command, rules, now)
        case c.TakeOutOfBlock():
            return _take_out(sitting, command, rules, now)
        case _:
            assert_never(command)


def together(sitting: Sitting, item: ItemId, command: c.OpenPoll) -> tuple[ItemId, ...]:
    """The other items that a poll on this one decides; none as a rule."""
    block = sitting.agenda.block_of(item) if command.purpose is Purpose.ITEM else ()
    if not block:
        return ()
    if command.method is VotingMethod.SECRET:  # a paper says nothing of the item that it would part from the others
        raise InBlock(item=item)
    if block[0] != item:
        raise BlockBeginsElsewhere(item=block[0])
    return block[1:]


def freed(
    sitting: Sitting, items: Iterable[ItemId], by: PersonId, reason: RemovalReason, now: datetime
) -> list[e.SittingEvent]:
    """Those of these items that were to be voted with others no longer are."""
    inside = [i for i in items if sitting.agenda.block_of(i)]
    return [e.BlockItemRemoved(at=now, by=by, item=i, reason=reason) for i in inside]


def _form(sitting: Sitting, command: c.FormBlock, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    guards.staff(sitting, command.by)
    guards.no_poll_pending(sitting)
    if not sitting.items.keys() >= set(command.items):
        raise ItemUnknown()
    if len(command.items) < 2 or len(set(command.items)) != len(command.items):
        raise BlockUnclear()
    items = tuple(i for i in sitting.items if i in command.items)
    for item in items:
        _check(sitting, sitting.items[item], rules)
    return [e.BlockFormed(at=now, by=command.by, items=items)]


def _check(sitting: Sitting, item: AgendaItem, rules: RuleSet) -> None:
    settled = sitting.settled_by(item.id)
    if settled is not None:
        raise ItemAlreadySettled(item=settled)
    law = rules.item(item.legal_subject)
    if law.stance is Stance.FORBIDDEN:
        raise UnfitForBlock(item=item.id, why=BlockBar.FORBIDDEN, citation=law.citation)
    bars = {
        BlockBar.KIND: item.kind not in _VOTED_ALIKE,
        BlockBar.CONFIDENTIAL: item.confidential,
        BlockBar.RECUSAL: bool(sitting.agenda.recused.get(item.id)),
        BlockBar.AMENDMENTS: any(i.parent == item.id and i.kind is ItemKind.AMENDMENT for i in sitting.facts.items),
        BlockBar.SECRET_BALLOT: item.id in sitting.secret_ballot_supporters,
        BlockBar.TAKEN: bool(sitting.agenda.block_of(item.id)),
    }
    for bar, applies in bars.items():
        if applies:
            raise UnfitForBlock(item=item.id, why=bar)


def _take_out(sitting: Sitting, command: c.TakeOutOfBlock, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    guards.known(sitting, command.by)
    if command.item not in sitting.items:
        raise ItemUnknown()
    poll = sitting.polls.current()
    if poll is not None and command.item in poll.items:
        raise PollPending(poll=poll.id, number=poll.number)
    if not sitting.agenda.block_of(command.item):
        raise NotInBlock(item=command.item)
    if not sitting.is_staff(command.by):
        guards.here(sitting, command.by)
        reserve(sitting, command.by, sitting.facts.standing_orders.requests.separate_vote, rules)
    return freed(sitting, (command.item,), command.by, RemovalReason.REQUESTED, now)
