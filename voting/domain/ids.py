"""Names of the things a sitting speaks of. A ``PersonId`` is the assembly's own identifier, never a Teams or Entra id.

Ids inside a sitting (items, polls, floor requests) are numbers of that sitting (``i003``, ``p4``, ``f12``): the single
writer derives them from the state, so that a replay gives the same ones.
"""

from typing import NewType

SittingId = NewType("SittingId", str)
PersonId = NewType("PersonId", str)
ItemId = NewType("ItemId", str)
PollId = NewType("PollId", str)
RequestId = NewType("RequestId", str)
OptionId = NewType("OptionId", str)
IncidentId = NewType("IncidentId", str)

SYSTEM = PersonId("system")
"""The actor of an event that nobody pressed: a timed closing, a lapse."""


REHEARSAL = "blanc-"
"""How the id of a rehearsal begins: every line of its journal says by itself what it is."""


PRACTICE = "blanc-ex-"
"""How the id of one member's own exercises begins: a rehearsal too."""


def is_rehearsal(sitting: str) -> bool:
    """Whether that id names a rehearsal. Nothing in the domain asks: a rehearsal is a sitting in another stream."""
    return sitting.startswith(REHEARSAL)


def poll_id(number: int) -> PollId:
    """The id of the poll with that number in its sitting (from 1)."""
    return PollId(f"p{number}")


def option_id(number: int) -> OptionId:
    """The id of the option with that number on its item (from 1), the same in every round."""
    return OptionId(f"o{number}")


def item_id(position: int) -> ItemId:
    """The id of the agenda item at that place on the summons (from 1)."""
    return ItemId(f"i{position:03d}")


def item_position(item: ItemId) -> int:
    """The place on the summons that this id stands for (from 1)."""
    return int(item[1:])


def request_id(number: int) -> RequestId:
    """The id of the floor request with that number in its sitting (from 1)."""
    return RequestId(f"f{number}")


def incident_id(number: int) -> IncidentId:
    """The id of the incident with that number in its sitting (from 1)."""
    return IncidentId(f"n{number}")
