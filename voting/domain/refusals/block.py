"""The lawful no around items voted together."""

from dataclasses import dataclass
from enum import StrEnum

from voting.domain.ids import ItemId
from voting.domain.refusals import Refusal


class BlockBar(StrEnum):
    """Why an item cannot be voted with others."""

    KIND = "kind"
    """Neither a report nor a motion: voted in its own way, or not at all."""
    CONFIDENTIAL = "confidential"
    FORBIDDEN = "forbidden"
    """This sitting may not take it."""
    RECUSAL = "recusal"
    """Somebody withdrew from it: its electors are not those of the others."""
    AMENDMENTS = "amendments"
    SECRET_BALLOT = "secret_ballot"  # noqa: S105
    TAKEN = "taken"
    """In another block already."""


@dataclass(kw_only=True, eq=False)
class BlockUnclear(Refusal):
    """A block wants two items or more, each named once."""

    code = "block_unclear"


@dataclass(kw_only=True, eq=False)
class UnfitForBlock(Refusal):
    """One of the items must be voted apart."""

    code = "unfit_for_block"
    item: ItemId
    why: BlockBar


@dataclass(kw_only=True, eq=False)
class NotInBlock(Refusal):
    """The item is voted apart already."""

    code = "not_in_block"
    item: ItemId


@dataclass(kw_only=True, eq=False)
class InBlock(Refusal):
    """The item is voted with others: in secret, or as a choice among several, it must be voted apart."""

    code = "in_block"
    item: ItemId


@dataclass(kw_only=True, eq=False)
class BlockBeginsElsewhere(Refusal):
    """Items voted together are put to the vote on the first of them."""

    code = "block_begins_elsewhere"
    item: ItemId
    """The first one."""
