"""Work that goes on after the acknowledgement.

Answers for: a bound on how much of it there is, the order of what one person does in one conversation,
and its end at shutdown.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Hashable

log = logging.getLogger(__name__)


class Background:
    """A bounded set of tasks; those with the same key run one after the other, in the order they came."""

    def __init__(self, limit: int = 256) -> None:
        self._room = asyncio.Semaphore(limit)
        self._tasks: set[asyncio.Task[None]] = set()
        self._last: dict[Hashable, asyncio.Task[None]] = {}

    def __len__(self) -> int:
        return len(self._tasks)

    async def start(self, key: Hashable, work: Callable[[], Awaitable[None]], *, patience: float) -> bool:
        """Start the work as soon as there is room; False, and nothing started, if there was none within `patience`."""
        try:
            async with asyncio.timeout(patience):
                await self._room.acquire()
        except TimeoutError:
            return False
        task = asyncio.create_task(self._run(self._last.get(key), work))
        self._last[key] = task
        self._tasks.add(task)
        task.add_done_callback(lambda done: self._forget(key, done))
        return True

    def watch(self, task: asyncio.Task[None]) -> None:
        """Have a task that was started elsewhere finish before the shutdown too."""
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def drain(self, patience: float) -> int:
        """Wait for what is under way, then cancel the rest; the number cancelled."""
        if not self._tasks:
            return 0
        _, late = await asyncio.wait(self._tasks, timeout=patience)
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late)
        return len(late)

    async def _run(self, before: asyncio.Task[None] | None, work: Callable[[], Awaitable[None]]) -> None:
        if before is not None:
            await asyncio.wait([before])
        try:
            await work()
        except Exception:
            log.exception("background work failed")

    def _forget(self, key: Hashable, task: asyncio.Task[None]) -> None:
        self._room.release()
        self._tasks.discard(task)
        if self._last.get(key) is task:
            del self._last[key]
