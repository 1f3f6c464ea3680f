"""Keeps a process up to date with what others write to the same database: on a word of theirs, and by asking now and
then. Nothing that is decided rests on it: whoever appends compares the heads.
"""

import asyncio
from collections.abc import Callable
from typing import Protocol

from voting.domain.ids import SittingId
from voting.service.handle import Writer

EVERY = 2.0
"""Seconds between two questions to the store: how late a word that was lost is made good."""


class Shared(Protocol):
    """A store that other processes may write to."""

    def follow(self, moved: Callable[[str], None], missed: Callable[[], None]) -> None:
        """Say which sittings others write to, and that something may have been missed."""
        ...


class Follower:
    """Wakes the writer of this process, from `start` to `close`."""

    def __init__(self, store: Shared, writer: Writer, *, every: float = EVERY) -> None:
        self._writer = writer
        self._every = every
        self._task: asyncio.Task[None] | None = None
        store.follow(self._moved, writer.compare)

    def start(self) -> None:
        """Begin to ask."""
        self._task = asyncio.get_running_loop().create_task(self._ask(), name="follower")

    async def close(self) -> None:
        """Stop."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def _moved(self, sitting: str) -> None:
        self._writer.refresh(SittingId(sitting))

    async def _ask(self) -> None:
        while True:
            await asyncio.sleep(self._every)
            self._writer.compare()
