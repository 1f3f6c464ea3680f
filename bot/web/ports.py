"""What the pages need from the rest: where boards come from and who may see them. Built by the composition root."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from typing import Protocol

from aiohttp import web

from voting.domain.ids import SittingId
from voting.service.views.board import BoardView

Now = Callable[[], datetime]
"""The server's clock: pages count seconds from it, not from the clock of whoever looks."""

Access = Callable[[web.Request, SittingId], Awaitable[bool]]
"""Whether that request may see that sitting. False is answered like a sitting that does not exist."""


class Boards(Protocol):
    """The sittings as they stand."""

    async def board(self, sitting: SittingId) -> BoardView | None:
        """The board of that sitting now; None when there is no such sitting."""
        ...

    def changes(self, sitting: SittingId) -> AsyncIterator[None]:
        """Something each time that sitting has moved. May skip moves that follow each other closely."""
        ...
