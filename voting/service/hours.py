"""Brings about what the clock alone brings: a proxy given until 10.25 ends at 10.25, whoever says something or not.

The core writes the hours gone by before it answers the next command (``decide.hours``). Where nobody says anything,
that command comes from here. Several processes may each send it: the first one writes, the others find it done.
"""

import asyncio
import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from voting.domain.commands import PassHour
from voting.domain.ids import SYSTEM, SittingId
from voting.domain.refusals import Refusal
from voting.domain.sitting import Phase
from voting.service.families import Recorder
from voting.service.live import Recorded, Snapshot
from voting.service.ports import Clock

_log = logging.getLogger(__name__)

LOOKED_AT = 5.0
"""Seconds between two looks at the clock while an hour is awaited: it may be set forward, or run faster in a demo."""
AGAIN = timedelta(seconds=5)
"""After which an hour that could not be written is tried again."""


class Hours:
    """The alarm clock of a serving process, from `start` to `close`."""

    def __init__(self, writer: Recorder, clock: Clock, *, every: float = LOOKED_AT) -> None:
        """Nothing happens before ``start``."""
        self._writer = writer
        self._clock = clock
        self._every = every
        self._due: dict[SittingId, datetime] = {}
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self, sittings: Iterable[SittingId]) -> None:
        """Await the hours of these sittings, which were read, and of all that anybody writes to from now on."""
        self._writer.listen(self._heard)
        for sitting in sittings:
            snapshot = self._writer.committed(sitting)
            if snapshot is not None:
                self._look(snapshot)
        self._task = asyncio.get_running_loop().create_task(self._run(), name="hours")

    async def close(self) -> None:
        """Stop."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def _heard(self, snapshot: Snapshot, recorded: tuple[Recorded, ...]) -> None:
        self._look(snapshot)

    def _look(self, snapshot: Snapshot) -> None:
        hour = snapshot.sitting.next_hour
        if hour is None or snapshot.sitting.course.phase is Phase.CLOSED:
            self._due.pop(snapshot.id, None)
        elif self._due.get(snapshot.id) != hour:
            self._due[snapshot.id] = hour
            self._changed.set()

    async def _run(self) -> None:
        while True:
            try:
                async with asyncio.timeout(self._wait()):
                    await self._changed.wait()
            except TimeoutError:
                pass
            self._changed.clear()
            now = self._clock.now()
            for sitting in [sitting for sitting, hour in self._due.items() if hour <= now]:
                await self._pass(sitting, now)

    def _wait(self) -> float | None:
        """Seconds until something may be due; None while no hour is awaited."""
        if not self._due:
            return None
        left = (min(self._due.values()) - self._clock.now()).total_seconds()
        return min(max(left, 0.0), self._every)

    async def _pass(self, sitting: SittingId, now: datetime) -> None:
        try:
            self._look((await self._writer.submit(sitting, PassHour(by=SYSTEM))).snapshot)
        except Refusal:
            self._due.pop(sitting, None)  # there is no such sitting any more
        except Exception:
            self._due[sitting] = now + AGAIN
            _log.exception("the hour of a proxy is not written yet", extra={"sitting": sitting})
