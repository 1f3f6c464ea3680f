"""The exchange of writings on an item as it stands: what was written, and how long it lasts at least (R50)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from voting.domain.events.exchange import (
    ExchangeClosed,
    ExchangeEvent,
    ExchangeOpened,
    ExchangeProlonged,
    MessageWritten,
    ParticipationFound,
)
from voting.domain.ids import ItemId, PersonId

LONGEST = 1500
"""Characters of one message: what a card shows whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One message."""

    at: datetime
    person: PersonId
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """That of one item."""

    until: datetime
    is_open: bool = True
    messages: tuple[Written, ...] = ()


Exchanges = Mapping[ItemId, Exchange]


def after(exchanges: Exchanges, event: ExchangeEvent) -> Exchanges:
    """The next state."""
    if isinstance(event, ParticipationFound):
        return exchanges
    before = exchanges.get(event.item)
    if isinstance(event, ExchangeOpened):
        messages = before.messages if before is not None else ()
        return {**exchanges, event.item: Exchange(until=event.until, messages=messages)}
    return exchanges if before is None else {**exchanges, event.item: _moved(before, event)}


def _moved(exchange: Exchange, event: ExchangeProlonged | MessageWritten | ExchangeClosed) -> Exchange:
    match event:
        case ExchangeProlonged():
            return replace(exchange, until=event.until)
        case MessageWritten():
            written = Written(at=event.at, person=event.person, text=event.text)
            return replace(exchange, messages=(*exchange.messages, written))
        case ExchangeClosed():
            return replace(exchange, is_open=False)
        case _:
            assert_never(event)


def left(exchanges: Exchanges, item: ItemId) -> Exchanges:
    """Nothing is written any more on an item that leaves the floor."""
    exchange = exchanges.get(item)
    if exchange is None or not exchange.is_open:
        return exchanges
    return {**exchanges, item: replace(exchange, is_open=False)}
