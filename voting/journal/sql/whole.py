"""Work that is done whole: a caller that is cancelled leaves, what he asked for ends in its own time."""

import asyncio
from collections.abc import Coroutine
from typing import TypeVar

ResultT = TypeVar("ResultT")


class Whole:
    """Everything that is under way on one database."""

    def __init__(self) -> None:
        self._under_way: set[asyncio.Task[object]] = set()

    async def run(self, work: Coroutine[object, object, ResultT]) -> ResultT:
        """Do it to its end, whoever stops waiting."""
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._ended)
        return await asyncio.shield(task)

    async def end(self) -> None:
        """Wait until nothing is under way."""
        while self._under_way:
            await asyncio.wait(self._under_way)

    def _ended(self, task: "asyncio.Task[object]") -> None:
        self._under_way.discard(task)
        if not task.cancelled():
            task.exception()  # a caller that left does not ask
