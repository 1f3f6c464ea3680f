"""What happens only to amendments. Part of ``events``, and released like it."""

from dataclasses import dataclass

from voting.domain.base import Event
from voting.domain.ids import ItemId


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentsOrdered(Event):
    """The chair sets the order in which amendments to one text are taken: these first, the others after them."""

    parent: ItemId
    items: tuple[ItemId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemMoot(Event):
    """An amendment has lost its object, most often because another one was adopted: it is not voted."""

    item: ItemId
    text: str
