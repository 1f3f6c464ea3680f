"""Time, chance and a database that are simulated: thousands of evenings in a minute, each the same again by its seed.

The loop runs on a clock of its own and takes what is ready in an order drawn from the seed. The database commits as the
real one does, and fails where a real one can: before the commit, after it, slowly, or while it is cut off.

A process is whatever runs in its context: it can be frozen, as by SIGSTOP or with a virtual machine that moves, while
everybody else goes on. It wakes up with all that became due in between, and does not know that it slept.
"""

import asyncio
import random
import selectors
from collections import Counter
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextvars import Context, ContextVar, copy_context
from typing import Any, TypeVar, TypeVarTuple

from tests.service.kit import Outcome
from voting.journal.faults import OutcomeUnknown, StoreUnavailable
from voting.journal.memory import MemoryStore
from voting.journal.store import Entry, Head

ResultT = TypeVar("ResultT")
Arguments = TypeVarTuple("Arguments")


PROCESS: ContextVar[str] = ContextVar("process", default="")
"""Which process runs now; none, for what is outside of all of them: members, the database, Teams."""


def within(process: str, work: Callable[[], ResultT]) -> ResultT:
    """Do that in the process of that name: all that it starts belongs to it."""
    context = copy_context()
    context.run(PROCESS.set, process)
    return context.run(work)


def outside(work: Coroutine[Any, Any, ResultT]) -> "asyncio.Task[ResultT]":
    """Something that goes on whatever becomes of the process that asked for it."""
    return asyncio.get_running_loop().create_task(work, context=Context())


class Deadlock(Exception):
    """Nothing can ever happen any more."""


class _Waits(selectors.SelectSelector):
    """Never waits: moves the clock instead."""

    loop: "SimulatedLoop"

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout is None:
            raise Deadlock
        self.loop.seconds += max(timeout, 0.0)
        return []


class SimulatedLoop(asyncio.SelectorEventLoop):
    """An event loop without real time."""

    def __init__(self, seed: int) -> None:
        self.seconds = 0.0
        self._frozen: dict[str, list[Any]] = {}
        self._chance = random.Random(seed)
        waits = _Waits()
        waits.loop = self
        super().__init__(waits)

    def time(self) -> float:
        return self.seconds

    def freeze(self, process: str) -> None:
        """From now on nothing of that process runs."""
        self._frozen.setdefault(process, [])

    def thaw(self, process: str) -> None:
        """Whatever became due meanwhile does so at once."""
        self._ready.extend(self._frozen.pop(process, []))  # type: ignore[attr-defined]  # see below

    def thaw_all(self) -> None:
        """Nobody sleeps any more."""
        for process in list(self._frozen):
            self.thaw(process)

    def call_at(
        self, when: float, callback: Callable[[*Arguments], object], *args: *Arguments, context: Context | None = None
    ) -> asyncio.TimerHandle:
        """As ever, but that a timer of a frozen process rings when it wakes."""

        def due() -> None:
            asleep = self._frozen.get(PROCESS.get())
            if asleep is None:
                callback(*args)
            else:
                asleep.append(timer)

        timer = super().call_at(when, due, context=context)
        return timer

    def _run_once(self) -> None:
        ready: Any = self._ready  # type: ignore[attr-defined]  # the order of what is ready is what is simulated
        shuffled: list[Any] = []
        for handle in ready:
            self._frozen.get(handle._context.get(PROCESS, ""), shuffled).append(handle)
        if len(shuffled) > 1:
            self._chance.shuffle(shuffled)
        ready.clear()
        ready.extend(shuffled)
        super()._run_once()  # type: ignore[misc]  # as above


def simulate(work: Coroutine[Any, Any, ResultT], seed: int) -> ResultT:
    """Run it to its end on a loop of that seed."""
    loop = SimulatedLoop(seed)
    try:
        return loop.run_until_complete(work)
    finally:
        loop.thaw_all()
        try:
            loop.run_until_complete(_end())
        finally:
            loop.close()


async def _end() -> None:
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)


class Disk(MemoryStore):
    """What every process shares: it outlives them all. Counts the faults that really happened."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__()
        self.chance = chance
        self.faults: Counter[str] = Counter()
        self.is_calm = False
        self._is_open = True

    def strikes(self, fault: str, how_often: float) -> bool:
        """Whether that fault happens now."""
        if self.is_calm or self.chance.random() >= how_often:
            return False
        self.faults[fault] += 1
        return True


class Line(MemoryStore):
    """The connection of one process to the disk: it can be slow, be cut, or lose an answer."""

    def __init__(self, disk: Disk) -> None:
        super().__init__()
        self._is_open = True
        self._disk = disk
        self._events, self._keys, self._checkpoints = disk._events, disk._keys, disk._checkpoints

    async def _travel(self) -> None:
        disk = self._disk
        await asyncio.sleep(disk.chance.uniform(0.0001, 0.004))
        if disk.strikes("delay", 0.02):
            await asyncio.sleep(disk.chance.uniform(0.5, 3.0))

    async def read(self, sitting: str, after: int = -1, limit: int | None = None) -> list[Entry]:
        await self._travel()
        if self._disk.strikes("read failed", 0.02):
            raise StoreUnavailable
        return await super().read(sitting, after, limit)

    async def append(self, expected: Mapping[str, Head], entries: Sequence[Entry]) -> Outcome:
        await self._travel()
        if self._disk.strikes("cut before the commit", 0.05):
            raise OutcomeUnknown(reason="store_unavailable")
        if self._disk.strikes("no connection", 0.02):
            raise StoreUnavailable
        # From here on the server works by itself, whether anybody still waits or not.
        return await asyncio.shield(outside(self._commit(expected, entries)))

    async def _commit(self, expected: Mapping[str, Head], entries: Sequence[Entry]) -> Outcome:
        if self._disk.strikes("commit after the process gave up", 0.02):
            await asyncio.sleep(self._disk.chance.uniform(0.1, 1.0))
        outcome = await super().append(expected, entries)
        await self._travel()
        if self._disk.strikes("answer lost after the commit", 0.05):
            raise OutcomeUnknown(reason="store_unavailable")
        return outcome
