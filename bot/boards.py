"""Gives the web pages their boards, from the core: satisfies ``bot.web.ports.Boards``."""

from collections.abc import AsyncIterator

from bot.core import Core
from voting.domain.ids import SittingId
from voting.service.views.board import BoardView


class CoreBoards:
    """Boards read from the committed state, news from the feed."""

    def __init__(self, core: Core) -> None:
        """One per process."""
        self._core = core

    async def board(self, sitting: SittingId) -> BoardView | None:
        """The board now; None when there is no such sitting."""
        return await self._core.board(sitting)

    def changes(self, sitting: SittingId) -> AsyncIterator[None]:
        """Something after each commit of that sitting."""
        return self._core.feed.watch(sitting)
