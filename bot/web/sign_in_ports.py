"""What signing in needs with ``--local``: the people of this machine. The organisation's is in ``bot.visitors``."""

from collections.abc import Sequence
from typing import Protocol

from bot.visitors import Visitor
from bot.web.room_ports import RoomSitting
from voting.domain.ids import PersonId, SittingId


class Neighbours(Protocol):
    """Those who live on this machine: one says who one is, and is believed."""

    async def sittings(self) -> Sequence[RoomSitting]:
        """The sittings held here, the newest first."""
        ...

    def visitor(self, sitting: SittingId, person: PersonId) -> Visitor | None:
        """The account of that person; None when nobody of that id lives here."""
        ...
