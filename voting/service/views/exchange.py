"""The exchange of writings on the item under discussion, as everybody of the committee reads it (R50)."""

from dataclasses import dataclass
from datetime import datetime

from voting.domain.ids import ItemId
from voting.domain.sitting import Sitting
from voting.service.views.parts import PersonView, person_view


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageView:
    """One message, whole."""

    person: PersonView
    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeView:
    """What was written on one item, and until when more may be."""

    item: ItemId
    until: datetime
    is_open: bool
    messages: tuple[MessageView, ...]


def exchange_view(sitting: Sitting) -> ExchangeView | None:
    """That of the item under discussion; None where there was none."""
    item = sitting.agenda.current
    exchange = sitting.exchanges.get(item) if item is not None else None
    if item is None or exchange is None:
        return None
    messages = tuple(
        MessageView(person=person_view(sitting.roll[x.person]), at=x.at, text=x.text) for x in exchange.messages
    )
    return ExchangeView(item=item, until=exchange.until, is_open=exchange.is_open, messages=messages)
