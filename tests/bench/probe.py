"""For how long a process's event loop was held: the time between two moments at which it looks for something new.

Exact and nearly free, unlike a heartbeat, which only sees what happens to last from one beat to the next.
"""

import asyncio
import selectors
import time
from collections.abc import Coroutine

from aiohttp import web

PATH = "/held"


class Probe(selectors.DefaultSelector):
    """What the loop waits with; remembers the longest time for which it did not wait."""

    def __init__(self) -> None:
        super().__init__()
        self._woke = self._worked = 0.0
        self.longest = self.longest_cpu = 0.0
        """Seconds of the clock; seconds of processor, which other programs of this machine do not lengthen."""

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """See `selectors.BaseSelector`."""
        if self._woke:
            self.longest = max(self.longest, time.perf_counter() - self._woke)
            self.longest_cpu = max(self.longest_cpu, time.thread_time() - self._worked)
        found = super().select(timeout)
        self._woke, self._worked = time.perf_counter(), time.thread_time()
        return found

    def take(self) -> dict[str, float]:
        """The longest since the last time somebody asked."""
        said = {"wall": self.longest, "cpu": self.longest_cpu}
        self.longest = self.longest_cpu = 0.0
        return said

    async def handle(self, request: web.Request) -> web.Response:
        """The same, for another process."""
        return web.json_response(self.take())


def run(main: Coroutine[object, object, None], probe: Probe) -> None:
    """Run it on a loop that waits with that probe."""
    with asyncio.Runner(loop_factory=lambda: asyncio.SelectorEventLoop(probe)) as runner:
        runner.run(main)
