"""The lawful no of an exchange of writings (R50)."""

from dataclasses import dataclass
from datetime import datetime

from voting.domain.refusals import Refusal


@dataclass(kw_only=True, eq=False)
class NotInWriting(Refusal):
    """This sitting was not convened to deliberate in writing."""

    code = "not_in_writing"


@dataclass(kw_only=True, eq=False)
class ExchangeNotOpen(Refusal):
    """No exchange of writings is open on the item under discussion."""

    code = "exchange_not_open"


@dataclass(kw_only=True, eq=False)
class ExchangeNotOver(Refusal):
    """The members still write on the item: it is neither voted nor left for another."""

    code = "exchange_not_over"
    until: datetime


@dataclass(kw_only=True, eq=False)
class ExchangeNotHeld(Refusal):
    """The members have not been given the time to write on that item."""

    code = "exchange_not_held"


@dataclass(kw_only=True, eq=False)
class ExchangeTooShort(Refusal):
    """The hour until which the members may write has not come."""

    code = "exchange_too_short"
    until: datetime


@dataclass(kw_only=True, eq=False)
class HourGoneBy(Refusal):
    """An exchange ends later than now, and later than was said."""

    code = "hour_gone_by"
    until: datetime


@dataclass(kw_only=True, eq=False)
class MessageUnfit(Refusal):
    """Empty, or too long for the others to read it at a glance."""

    code = "message_unfit"
    most: int


@dataclass(kw_only=True, eq=False)
class TooFewTookPart(Refusal):
    """Fewer than the text wants have written or voted: the decision would not be valid."""

    code = "too_few_took_part"
    counted: int
    required: int
