"""When the next call may go out.

Answers for: staying under Teams' limits per conversation and per application, one call at a time in a conversation,
the most urgent first. Leaves retries to `transport`, and which version of a card is worth sending to the outbox.
"""

import asyncio
import heapq
import itertools
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.turn import Priority

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` calls in any `seconds`."""

    count: int
    seconds: float

    def share(self, processes: int) -> "Limit":
        """What each of so many may do, for all of them to stay within it."""
        if self.count >= processes:
            return Limit(self.count // processes, self.seconds)
        return Limit(1, self.seconds * processes / self.count)


# A little under what Teams allows: calls may bunch up on their way there.
WRITES = (Limit(6, 1), Limit(7, 2), Limit(50, 30), Limit(1620, 3600))
READS = (Limit(12, 1), Limit(14, 2), Limit(100, 30), Limit(3200, 3600))
# The second keeps a burst from arriving on top of the one before it, whatever the network does to either.
APPLICATION = (Limit(20, 1), Limit(4, 0.2))
MOST_LANES = 4096


class Windows:
    """The calls of the recent past, against several limits at once."""

    def __init__(self, limits: tuple[Limit, ...]) -> None:
        self._taken: deque[float] = deque()
        self.keep_to(limits)

    def keep_to(self, limits: tuple[Limit, ...]) -> None:
        """Other limits from now on; what was taken counts."""
        self._limits = limits
        self._longest = max(limit.seconds for limit in limits)

    def delay(self, now: float) -> float:
        """Seconds until one more call is within every limit; 0 when it is now."""
        while self._taken and self._taken[0] <= now - self._longest:
            self._taken.popleft()
        waits = (
            self._taken[-limit.count] + limit.seconds - now for limit in self._limits if len(self._taken) >= limit.count
        )
        return max(0.0, max(waits, default=0.0))

    def take(self, now: float) -> None:
        """Count one call."""
        self._taken.append(now)


class Gate:
    """Lets callers through no faster than the windows allow, the most urgent first, then the first come."""

    def __init__(self, limits: tuple[Limit, ...], clock: Clock) -> None:
        self._windows, self._clock = Windows(limits), clock
        self._waiting: list[tuple[Priority, int, asyncio.Future[None]]] = []
        self._order = itertools.count()
        self._timer: asyncio.TimerHandle | None = None

    async def enter(self, priority: Priority) -> None:
        """Return when it is this caller's turn, which then counts."""
        if not self._waiting and self._windows.delay(self._clock()) == 0:
            self._windows.take(self._clock())
            return
        entered = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (priority, next(self._order), entered))
        self._arm()
        await entered

    def keep_to(self, limits: tuple[Limit, ...]) -> None:
        """Other limits from now on."""
        self._windows.keep_to(limits)

    def delay(self) -> float:
        """Seconds until a caller could enter if nobody else waited."""
        return self._windows.delay(self._clock())

    @property
    def is_idle(self) -> bool:
        """Nobody waits, and nothing would have to."""
        return not self._waiting and self.delay() == 0

    def _arm(self) -> None:
        if self._timer is None:
            # A hair late rather than early: a timer that fires before its time would only be set again.
            delay = self._windows.delay(self._clock()) + 0.001
            self._timer = asyncio.get_running_loop().call_later(delay, self._release)

    def _release(self) -> None:
        self._timer = None
        while self._waiting and self._windows.delay(self._clock()) == 0:
            _, _, entered = heapq.heappop(self._waiting)
            if not entered.done():
                self._windows.take(self._clock())
                entered.set_result(None)
        if self._waiting:
            self._arm()


class Baton:
    """A lock that goes to the most urgent of those who wait."""

    def __init__(self) -> None:
        self._held = False
        self._waiting: list[tuple[Priority, int, asyncio.Future[None]]] = []
        self._order = itertools.count()

    @property
    def is_free(self) -> bool:
        """Nobody holds it."""
        return not self._held

    @asynccontextmanager
    async def held(self, priority: Priority) -> AsyncIterator[None]:
        """Hold it for the length of the block."""
        if self._held:
            given = asyncio.get_running_loop().create_future()
            heapq.heappush(self._waiting, (priority, next(self._order), given))
            try:
                await given
            except asyncio.CancelledError:
                if given.done() and not given.cancelled():
                    self._pass_on()
                raise
        self._held = True
        try:
            yield
        finally:
            self._pass_on()

    def _pass_on(self) -> None:
        while self._waiting:
            _, _, given = heapq.heappop(self._waiting)
            if not given.done():
                given.set_result(None)
                return
        self._held = False


class Lane:
    """One conversation: writes one at a time, reads and writes each within their limits."""

    def __init__(self, writes: tuple[Limit, ...], reads: tuple[Limit, ...], clock: Clock) -> None:
        self.baton = Baton()
        self.writes = Gate(writes, clock)
        self.reads = Gate(reads, clock)

    @property
    def is_idle(self) -> bool:
        """Forgetting it would change nothing."""
        return self.baton.is_free and self.writes.is_idle and self.reads.is_idle


class Pace:
    """All the lanes, and the one gate they share.

    A conversation has one speaking process (a lease sees to that); the application's limit is `share`d by all of them.
    """

    def __init__(
        self,
        *,
        writes: tuple[Limit, ...] = WRITES,
        reads: tuple[Limit, ...] = READS,
        application: tuple[Limit, ...] = APPLICATION,
        most_lanes: int = MOST_LANES,
        clock: Clock = time.monotonic,
    ) -> None:
        self._writes, self._reads, self._most_lanes, self._clock = writes, reads, most_lanes, clock
        self._limits, self._application = application, Gate(application, clock)
        self._lanes: dict[str, Lane] = {}

    def share(self, processes: int) -> None:
        """So many processes speak for the application: each keeps to its part."""
        self._application.keep_to(tuple(limit.share(processes) for limit in self._limits))

    @asynccontextmanager
    async def writing(self, conversation_id: str, priority: Priority) -> AsyncIterator[Lane]:
        """The only writer of that conversation, for the length of the block. Each attempt then asks `permit`."""
        lane = self._lane(conversation_id)
        async with lane.baton.held(priority):
            yield lane

    async def permit(self, gate: Gate, priority: Priority) -> None:
        """Wait for the lane's gate, then for the application's."""
        await gate.enter(priority)
        await self._application.enter(priority)

    def reading(self, conversation_id: str) -> Gate:
        """The gate for reads of that conversation."""
        return self._lane(conversation_id).reads

    def delay(self, conversation_id: str) -> float:
        """Seconds until a write could go out if nobody else waited; 0 for a conversation never written to."""
        lane = self._lanes.get(conversation_id)
        return max(self._application.delay(), lane.writes.delay() if lane else 0.0)

    def _lane(self, conversation_id: str) -> Lane:
        lane = self._lanes.get(conversation_id)
        if lane is None:
            if len(self._lanes) >= self._most_lanes:
                self._lanes = {kept: other for kept, other in self._lanes.items() if not other.is_idle}
            lane = self._lanes[conversation_id] = Lane(self._writes, self._reads, self._clock)
        return lane
