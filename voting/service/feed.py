"""Tells whoever watches a sitting that it changed: boards, cards, rooms. Carries no state, only the news."""

import asyncio
from collections.abc import AsyncIterator

from voting.domain.ids import SittingId
from voting.service.live import Recorded, Snapshot


class Feed:
    """One waiting place per watcher; news that come faster than a watcher reads become one."""

    def __init__(self) -> None:
        """Nobody watches yet."""
        self._watchers: dict[SittingId, set[asyncio.Event]] = {}

    def committed(self, snapshot: Snapshot, recorded: tuple[Recorded, ...]) -> None:
        """A writer's listener."""
        self.changed(snapshot.id)

    def changed(self, sitting: SittingId) -> None:
        """Wake everybody who watches that sitting."""
        for event in self._watchers.get(sitting, ()):
            event.set()

    def stir(self) -> None:
        """Wake everybody: something that is no part of any sitting is to be said."""
        for sitting in list(self._watchers):
            self.changed(sitting)

    def is_watched(self, sitting: SittingId) -> bool:
        """Somebody here looks at it."""
        return sitting in self._watchers

    async def watch(self, sitting: SittingId) -> AsyncIterator[None]:
        """Yields at once, then after every change."""
        event = asyncio.Event()
        event.set()
        watchers = self._watchers.setdefault(sitting, set())
        watchers.add(event)
        try:
            while True:
                await event.wait()
                event.clear()
                yield None
        finally:
            watchers.discard(event)
            if not watchers:
                self._watchers.pop(sitting, None)
