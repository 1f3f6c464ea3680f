"""Deliberating in writing: the chair gives the time, each writes to all, and enough must take part (R50).

Ordonnance 2014-1329: the remarks of each are readable by the others, who may answer them in the time of the exchange
(art. 3); a decision is valid if at least half of the members really took part (art. 4 II).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import assert_never

from voting.domain import commands as c
from voting.domain import events as e
from voting.domain.assembly import Member
from voting.domain.decide import guards
from voting.domain.decide.asking import reserve
from voting.domain.exchange import LONGEST, Exchange
from voting.domain.ids import ItemId, PersonId
from voting.domain.majorities import Cited
from voting.domain.polls import Poll, Purpose
from voting.domain.refusals import AlreadyRecorded, Recused
from voting.domain.refusals.exchange import (
    ExchangeNotHeld,
    ExchangeNotOpen,
    ExchangeNotOver,
    ExchangeTooShort,
    HourGoneBy,
    MessageUnfit,
    NotInWriting,
    TooFewTookPart,
)
from voting.domain.ruleset import RuleSet
from voting.domain.sitting import Phase, Sitting
from voting.domain.tally import Choice

Command = c.OpenExchange | c.ProlongExchange | c.WriteMessage | c.CloseExchange

_VOTED = frozenset({Choice.FOR, Choice.AGAINST, Choice.ABSTENTION})
"""Who says that he takes no part in the vote took part only if he wrote."""


def decide(sitting: Sitting, command: Command, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    """The chair opens, prolongs and closes; whoever may speak elsewhere may write here."""
    guards.phase(sitting, Phase.OPEN)
    if rules.conduct.participation is None:
        raise NotInWriting(citation=rules.methods.citation)
    guards.no_poll_pending(sitting)
    if isinstance(command, c.WriteMessage):
        return _write(sitting, command, rules, now)
    guards.chair(sitting, command.by, rules)
    item = guards.item(sitting).id
    running = _running(sitting, item)
    match command:
        case c.OpenExchange():
            guards.presided(sitting, rules)
            if running is not None:
                raise AlreadyRecorded()
            _check_hour(command.until, now)
            return [e.ExchangeOpened(at=now, by=command.by, item=item, until=command.until)]
        case c.ProlongExchange():
            _check_hour(command.until, max(now, _open(running).until))
            return [e.ExchangeProlonged(at=now, by=command.by, item=item, until=command.until)]
        case c.CloseExchange():
            until = _open(running).until
            if now < until:
                raise ExchangeTooShort(until=until, citation=rules.methods.citation)
            return [e.ExchangeClosed(at=now, by=command.by, item=item)]
        case _:
            assert_never(command)


def _write(sitting: Sitting, command: c.WriteMessage, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    guards.known(sitting, command.by)
    item = guards.item(sitting).id
    _open(_running(sitting, item))
    guards.here(sitting, command.by)
    if sitting.agenda.is_recused(command.by):
        raise Recused(citation=rules.recusal)
    reserve(sitting, command.by, sitting.facts.standing_orders.requests.intervention, rules)
    text = command.text.strip()
    if not 0 < len(text) <= LONGEST:
        raise MessageUnfit(most=LONGEST)
    return [e.MessageWritten(at=now, by=command.by, item=item, person=command.by, text=text)]


def _running(sitting: Sitting, item: ItemId) -> Exchange | None:
    exchange = sitting.exchanges.get(item)
    return exchange if exchange is not None and exchange.is_open else None


def _open(exchange: Exchange | None) -> Exchange:
    if exchange is None:
        raise ExchangeNotOpen()
    return exchange


def _check_hour(until: datetime, least: datetime) -> None:
    if until <= least:
        raise HourGoneBy(until=until)


def check_over(sitting: Sitting) -> None:
    """Refuses to leave an item on which the members still write."""
    current = sitting.agenda.current
    running = _running(sitting, current) if current is not None else None
    if running is not None:
        raise ExchangeNotOver(until=running.until)


def check_held(sitting: Sitting, items: Iterable[ItemId], rules: RuleSet) -> None:
    """Refuses to put to the vote, where one deliberates in writing, what the members could not write on."""
    if rules.conduct.participation is None:
        return
    check_over(sitting)
    if any(item not in sitting.exchanges for item in items):
        raise ExchangeNotHeld(citation=rules.methods.citation)


def participation(sitting: Sitting, poll: Poll, by: PersonId, rules: RuleSet, now: datetime) -> list[e.SittingEvent]:
    """Who took part, stated when the vote on an item closes. Refuses while too few have."""
    rule = rules.conduct.participation
    if rule is None or poll.purpose is not Purpose.ITEM:
        return []
    needed = rule.threshold.of(len(sitting.voting_members()))
    members = took_part(sitting, poll)
    if len(members) < needed:
        raise TooFewTookPart(counted=len(members), required=needed, citation=rule.citation)
    law = Cited(article=rule.citation.article, is_confirmed=rule.citation.confirmed)
    return [e.ParticipationFound(at=now, by=by, poll=poll.id, members=members, needed=needed, law=law)]


def took_part(sitting: Sitting, poll: Poll) -> tuple[PersonId, ...]:
    """The seats that took part in what that poll decides: on each of its items, by writing or by a voice."""
    voted = {m for m, ballot in poll.ballots.items() if ballot.choice in _VOTED}
    entitled = {m.id for m in sitting.voting_members()} | set(poll.electorate)
    everywhere = [voted | (_writers(sitting, item) & entitled) for item in poll.items]
    seats = [{_seat(sitting.roll[person]) for person in some} for some in everywhere]
    return tuple(m.id for m in sitting.voting_members() if all(m.id in some for some in seats))


def _writers(sitting: Sitting, item: ItemId) -> set[PersonId]:
    """Those who wrote on it and did not withdraw since."""
    exchange, gone = sitting.exchanges.get(item), sitting.agenda.recused.get(item, frozenset())
    return {x.person for x in exchange.messages if x.person not in gone} if exchange is not None else set()


def _seat(member: Member) -> PersonId:
    return member.substitute_for or member.id
