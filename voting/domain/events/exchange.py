"""An exchange of writings on an item: opened, prolonged and closed by the chair, written in by the members (R50)."""

from dataclasses import dataclass
from datetime import datetime

from voting.domain.base import Event
from voting.domain.ids import ItemId, PersonId, PollId
from voting.domain.majorities import Cited


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeOpened(Event):
    """The members may write on that item, and read one another."""

    item: ItemId
    until: datetime
    """The chair does not close it before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeProlonged(Event):
    """It lasts longer than was said."""

    item: ItemId
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageWritten(Event):
    """Somebody wrote to all the others."""

    item: ItemId
    person: PersonId
    text: str
    """As it was typed, without its outer blanks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeClosed(Event):
    """Nothing more is written on that item: it can be put to the vote."""

    item: ItemId


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipationFound(Event):
    """Who really took part in what a poll decides: it wrote, or gave a voice for, against or of abstention."""

    poll: PollId
    members: tuple[PersonId, ...]
    """The seats, in the order of the roll; that of a member whose substitute sat is the member's."""
    needed: int
    """How many seats must have taken part, whatever the quorum."""
    law: Cited
    """The text that wants it."""


ExchangeEvent = ExchangeOpened | ExchangeProlonged | MessageWritten | ExchangeClosed | ParticipationFound
