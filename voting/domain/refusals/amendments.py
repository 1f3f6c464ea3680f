"""The lawful no around amendments."""

from dataclasses import dataclass

from voting.domain.ids import ItemId
from voting.domain.refusals import Refusal


@dataclass(kw_only=True, eq=False)
class NotAnAmendment(Refusal):
    """Only an amendment may be put in order or lose its object."""

    code = "not_an_amendment"
    item: ItemId


@dataclass(kw_only=True, eq=False)
class OrderUnclear(Refusal):
    """An order wants two amendments or more to one and the same text, each named once."""

    code = "order_unclear"
