"""The lawful no around the order of the items."""

from dataclasses import dataclass

from voting.domain.ids import ItemId
from voting.domain.refusals import Refusal


@dataclass(kw_only=True, eq=False)
class ItemNotMovable(Refusal):
    """Only an item that has not been called yet changes its place; amendments stay with their text."""

    code = "item_not_movable"
    item: ItemId
