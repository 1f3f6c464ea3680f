"""How fast a story is told: the waits of its people, divided."""

import asyncio


class Pace:
    """Story seconds against real ones. ``speed`` 1 tells the story as written; 6, six times as fast."""

    def __init__(self, speed: float) -> None:
        """``speed`` above zero."""
        self._speed = speed

    def change(self, speed: float) -> None:
        """From the next wait on."""
        self._speed = speed

    async def wait(self, seconds: float) -> None:
        """Let that many seconds of the story go by."""
        await asyncio.sleep(self.real(seconds))

    def real(self, seconds: float) -> float:
        """How long that is on the clock on the wall."""
        return seconds / self._speed
