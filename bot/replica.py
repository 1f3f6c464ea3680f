"""One of several processes on one database: follows what the others write, and takes over what the dead leave behind.

Word of the others comes by the bulletin; what was missed is found by asking, at a slow pace.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence

from bot.outbox import Outbox
from bot.silence import Silence
from bot.storage.leases import SharedLeases
from bot.storage.sql import TOPIC, Storage
from voting.journal.bulletin import MISSED, Bulletin
from voting.journal.faults import StoreFault
from voting.service.families import Recorder
from voting.service.feed import Feed
from voting.service.follow import EVERY, Follower

_log = logging.getLogger(__name__)


class Replica:
    """What a process does because it is not alone, from `start` to `close`."""

    def __init__(
        self,
        followers: Sequence[Follower],
        storage: Storage,
        leases: SharedLeases,
        bulletin: Bulletin,
        *,
        every: float = EVERY,
    ) -> None:
        """Nothing happens before ``start``."""
        self.leases = leases
        self._followers = followers
        self._storage = storage
        self._every = every
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._outbox: Outbox | None = None
        self._bulletin = bulletin
        bulletin.listen(self._heard)

    def start(
        self, writer: Recorder, feed: Feed, outbox: Outbox, share: Callable[[int], None], silence: Silence
    ) -> None:
        """Follow what somebody looks at here, or may have to be sent from here; the rest when it is asked for.

        ``share`` hears how many processes speak for the application.
        """
        self._outbox = outbox
        self._bulletin.listen(silence.told)
        silence.share(self._bulletin.post)
        writer.watch(feed.is_watched)
        writer.watch(outbox.is_busy)
        self.leases.orphaned(outbox.orphaned)
        self.leases.counted(share)
        self.leases.start()
        for follower in self._followers:
            follower.start()
        self._task = asyncio.get_running_loop().create_task(self._follow(), name="books")

    async def close(self) -> None:
        """Give back what is held, so that the others go on at once."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await asyncio.gather(*(follower.close() for follower in self._followers))
        await self.leases.close()

    def _heard(self, topic: str) -> None:
        if topic in (TOPIC, MISSED):
            self._changed.set()

    async def _follow(self) -> None:
        """Keep the books as they are in the database."""
        while True:
            try:
                async with asyncio.timeout(self._every):
                    await self._changed.wait()
            except TimeoutError:
                pass
            self._changed.clear()
            try:
                for sitting in await self._storage.refresh():
                    if self._outbox is not None and self._outbox.is_busy(sitting):
                        self._outbox.wake(sitting)
            except StoreFault as fault:
                _log.warning("the books may be behind: %s", fault)
