"""What is not to be kept: telephone numbers and requests for help once a sitting is over, and the hourly round.

Answers for: forgetting on command and by itself. Leaves the votes of rehearsals to ``bot.rehearsing``.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.core import Core
from voting.domain.ids import SittingId
from voting.domain.sitting import Phase
from voting.journal.faults import StoreFault
from voting.service.ports import Clock

_log = logging.getLogger(__name__)

Round = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgetting:
    """Erases what helped to help."""

    core: Core
    clock: Clock
    days: int = 30
    """After the end of a real sitting. Those of a rehearsal go with it."""

    async def forget(self, sitting: SittingId) -> int:
        """The requests for help of that sitting and the telephone numbers of its roll; how many requests."""
        return await self.core.aside.help.erase(sitting)

    async def sweep(self) -> int:
        """Those of every real sitting that has been over for long enough."""
        gone, now = 0, self.clock.now()
        for name in await self.core.store.sittings():
            course = (await self.core.writer.snapshot(SittingId(name))).sitting.course
            over = course.closed_at if course.phase is Phase.CLOSED else None
            if over is not None and now - over >= timedelta(days=self.days):
                gone += await self.forget(SittingId(name))
        return gone


async def watch(rounds: Sequence[Round], every: float = 3600.0) -> None:
    """Make these rounds now and every hour, for as long as the process lives; one that fails stops no other."""
    while True:
        for one in rounds:
            try:
                await one()
            except StoreFault:
                _log.exception("a round was not finished, tried again later")
        await asyncio.sleep(every)
