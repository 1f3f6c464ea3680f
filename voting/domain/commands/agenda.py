"""Items: called, put off, ordered."""

from dataclasses import dataclass

from voting.domain.base import Command
from voting.domain.ids import ItemId, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class CallItem(Command):
    """Bring an item under discussion; None takes the next one of the summons."""

    item: ItemId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostponeItem(Command):
    """Put the item under discussion off to another sitting."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareRecusal(Command):
    """Withdraw from the item under discussion."""

    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderAmendments(Command):
    """Take these amendments to one text in that order, before its others."""

    items: tuple[ItemId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareMoot(Command):
    """Note that an amendment has lost its object."""

    item: ItemId
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveItem(Command):
    """Take an item before another one of those still to come; None puts it last."""

    item: ItemId
    before: ItemId | None
