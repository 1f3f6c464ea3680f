"""Leases that several processes share: a process that dies loses its own within seconds, by the clock of the database.

A lease is asked for, prolonged and taken over by one question per beat, whatever their number. The rows are kept by a
``LeaseTable``: ``lease_table`` keeps them in PostgreSQL.
"""

import asyncio
import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from voting.journal.faults import StoreFault

_log = logging.getLogger(__name__)

PRESENT = "process/"
"""How the lease begins that each process takes on itself: those that hold are the processes that live."""

TERM = 4.0
"""Seconds for which a lease holds."""
BEAT = 1.0
"""Between two rounds, in which leases are prolonged and those of the dead are taken over."""
MARGIN = 1.0
"""Before its end, a lease is not relied on any more."""
LATE = 14.0
"""Seconds for which a call of a process that lost its lease may still arrive: one that it began at the very end of the
lease, and the ten that one attempt may take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What came of one beat."""

    taken: Sequence[str]
    """Ours, of those that were asked for."""
    orphans: Sequence[str]
    """Those that ended without having been given back, just before."""
    present: int
    """How many processes live."""


class LeaseTable(Protocol):
    """Where the leases of all processes are. Every method may raise a ``StoreFault``."""

    async def take(self, holder: str, names: Sequence[str], term: float) -> Round:
        """Prolong or take what is ours, nobody's, or nobody's any more."""
        ...

    async def give_back(self, holder: str, names: Collection[str]) -> None:
        """Whoever else wants them may have them at once."""
        ...

    def listen(self, heard: Callable[[], None]) -> None:
        """Hear that another process gave something back."""
        ...


class SharedLeases:
    """The leases of one process, from `start` to `close`; satisfies ``bot.ports.Leases``."""

    def __init__(self, table: LeaseTable, holder: str, *, term: float = TERM, beat: float = BEAT) -> None:
        """``holder`` is a name that no other process has."""
        self._table = table
        self._holder = holder
        self._term, self._beat = term, beat
        self._wanted: dict[str, Callable[[], None]] = {}
        self._held: dict[str, float] = {}
        self._inherited: dict[str, float] = {}
        self._left: set[str] = set()
        self._is_unheard = False
        """The last answer was lost: what was taken then, and from whom, nobody told us."""
        self._kicked = asyncio.Event()
        self._orphaned: Callable[[str], None] = lambda name: None
        self._counted: Callable[[int], None] = lambda processes: None
        self._task: asyncio.Task[None] | None = None
        table.listen(self._heard)

    def orphaned(self, listener: Callable[[str], None]) -> None:
        """Hear of the leases of processes that died."""
        self._orphaned = listener

    def counted(self, listener: Callable[[int], None]) -> None:
        """Hear at every beat how many processes live, this one included."""
        self._counted = listener

    def start(self) -> None:
        """Begin to ask."""
        self.want(f"{PRESENT}{self._holder}", lambda: None)
        self._task = asyncio.get_running_loop().create_task(self._run(), name="leases")

    async def close(self) -> None:
        """Give everything back."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        for name in list(self._wanted):
            self.leave(name)
        try:
            await self._give_back()
        except StoreFault as fault:
            _log.warning("leases not given back, they end by themselves: %s", fault)

    def want(self, name: str, got: Callable[[], None]) -> None:
        """Ask for it, and keep it once it is ours."""
        if name not in self._wanted:
            self._left.discard(name)
            self._kicked.set()
        self._wanted[name] = got

    def wants(self, name: str) -> bool:
        """It was asked for, and not left."""
        return name in self._wanted

    def holds(self, name: str) -> bool:
        """It is surely ours for a moment longer."""
        return self._held.get(name, 0.0) > asyncio.get_running_loop().time()

    def doubted_until(self, name: str) -> float:
        """Until when something of the process that lost it may still arrive; 0 if it was given back."""
        return self._inherited.get(name, 0.0)

    def leave(self, name: str, *, is_sure: bool = True) -> None:
        """It is not needed any more. What is in doubt ends by itself: whoever takes it then doubts as well."""
        if self._wanted.pop(name, None) is not None:
            self._held.pop(name, None)
            if is_sure and self._inherited.pop(name, 0.0) <= asyncio.get_running_loop().time():
                self._left.add(name)
                self._kicked.set()

    def _heard(self) -> None:
        if any(not self.holds(name) for name in self._wanted):
            self._kicked.set()

    async def _run(self) -> None:
        while True:
            try:
                await self._round()
            except StoreFault as fault:
                self._is_unheard = True
                _log.warning("leases not prolonged: %s", fault)
            try:
                async with asyncio.timeout(self._beat):
                    await self._kicked.wait()
            except TimeoutError:
                pass
            self._kicked.clear()

    async def _round(self) -> None:
        if self._left:
            await self._give_back()
        loop = asyncio.get_running_loop()
        # Counted from before the question: the database begins to count later than we do.
        began = loop.time()
        found = await self._table.take(self._holder, list(self._wanted), self._term)
        new = [name for name in found.taken if not self.holds(name)]
        until = began + self._term * (1 - MARGIN / TERM)
        self._held = {name: until for name in found.taken if name in self._wanted}
        inherited = {*found.orphans, *(new if self._is_unheard else ())}
        self._inherited |= dict.fromkeys(self._held.keys() & inherited, loop.time() + LATE)
        self._is_unheard = False
        self._counted(max(found.present, 1))
        for name in new:
            if (got := self._wanted.get(name)) is not None:
                got()
        for name in set(found.orphans) - self._wanted.keys():
            if not name.startswith(PRESENT):
                self._orphaned(name)

    async def _give_back(self) -> None:
        left, self._left = self._left, set()
        await self._table.give_back(self._holder, left)
