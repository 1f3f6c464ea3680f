"""What the pages of those who are signed in need from the bot. Built by the composition root."""

from collections.abc import AsyncIterator, Sequence
from typing import Protocol

from bot.acting import Deadline, PageAct, Seat
from bot.conduct import Conduct
from bot.turn import Reply
from bot.visitors import Visitor
from voting.domain.ids import SittingId

__all__ = ["Acts", "Changes", "Conduct", "Deadline", "PageAct", "Reply", "Seat"]


class Acts(Protocol):
    """The bot, as somebody on its pages meets it."""

    async def seat(self, visitor: Visitor, sitting: SittingId) -> Seat | None:
        """That account's place; None when it is not on the roll."""
        ...

    async def seats(self, visitor: Visitor) -> Sequence[Seat]:
        """Every place of that account, the newest sitting first."""
        ...

    async def act(self, seat: Seat, act: PageAct, language: str) -> Reply:
        """Do it, and what to show."""
        ...

    async def fitting(self, seat: Seat, language: str) -> Reply:
        """The card that fits now."""
        ...

    async def deadline(self, seat: Seat) -> Deadline | None:
        """The announced end of the vote that runs."""
        ...

    async def conduct(self, seat: Seat) -> Conduct | None:
        """What the staff steers by; None for anybody else."""
        ...

    async def steering(self, seat: Seat, language: str) -> Reply:
        """The card of the moment for whoever runs the sitting."""
        ...


class Changes(Protocol):
    """When a sitting moves."""

    def changes(self, sitting: SittingId) -> AsyncIterator[None]:
        """Something after each move; may skip moves that follow each other closely."""
        ...
