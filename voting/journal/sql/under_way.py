"""What is under way on one database, so that it is not closed over anybody's head.

Work that is done whole: a caller that is cancelled leaves, what he asked for ends in its own time. A reader takes his
work with him when he leaves.
"""

import asyncio
from collections.abc import Awaitable, Coroutine
from typing import TypeVar

ResultT = TypeVar("ResultT")


class UnderWay:
    """Everything that is under way on one database."""

    def __init__(self) -> None:
        self._whole: set[asyncio.Task[object]] = set()
        self._attended: set[asyncio.Future[None]] = set()

    async def run(self, work: Coroutine[object, object, ResultT]) -> ResultT:
        """Do it to its end, whoever stops waiting."""
        task = asyncio.create_task(work)
        self._whole.add(task)
        task.add_done_callback(self._ended)
        return await asyncio.shield(task)

    async def attend(self, work: Awaitable[ResultT]) -> ResultT:
        """Do it for as long as the caller waits."""
        left: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._attended.add(left)
        try:
            return await work
        finally:
            self._attended.discard(left)
            left.set_result(None)

    async def end(self) -> None:
        """Wait until nothing is under way."""
        while self._whole or self._attended:
            for some in (self._whole, self._attended):
                if some:
                    await asyncio.wait(some)

    def _ended(self, task: "asyncio.Task[object]") -> None:
        self._whole.discard(task)
        if not task.cancelled():
            task.exception()  # a caller that left does not ask
