"""One lane of the writer: commits the commands of its sittings, one batch at a time, in the order in which they came.

catch up → decide each in order → append all → commit → acknowledge all. An answer leaves only after a durable commit.
A refusal or a bug of one command goes to its own waiter and the others of the batch commit. When a commit is in doubt,
nobody is told anything before the keys have been looked up. What others write, and signed heads, are in ``abreast``.

While one batch is being written, what waits behind it is decided, and not sent. It rests on what may not be written: if
it is not, whatever the reason, all of it is withdrawn and decided again in its turn.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Collection, Iterable
from typing import TypeAlias

from voting.domain.ids import SittingId
from voting.journal.faults import OutcomeUnknown, StoreBusy, StoreFault
from voting.journal.store import Appended, HeadMoved, KeyTaken, Store
from voting.service.abreast import Abreast
from voting.service.batch import Batch, Waiter
from voting.service.checkpoints import Notary
from voting.service.held import Held
from voting.service.live import Live, Snapshot, Step
from voting.service.ports import Clock

Outcome: TypeAlias = Appended | HeadMoved | KeyTaken

_log = logging.getLogger(__name__)

BATCH = 240
"""Commands in one commit at most: what waits behind them is decided while they are being written."""
SLICE = 60
"""Commands decided ahead in one go: in between, the batch that is being written gets on."""
DEPARTURE = 4
"""Rounds of the loop in which a store sends what it was given: nothing is decided before that."""

ATTEMPTS = 20
"""How often a batch is decided again when another process appended first. Each time, that one got on."""
AT_ONCE = 3
"""Attempts without a pause."""


class Lane:
    """Some of the sittings of a process: nobody else here touches them."""

    def __init__(self, store: Store, clock: Clock, notary: Notary, held: Held, first: int = BATCH) -> None:
        self._store = store
        self._clock = clock
        self.held = held
        self._first = first
        self._queue: deque[Waiter] = deque()
        self._ahead: Batch | None = None
        self._wake = asyncio.Event()
        self.abreast = Abreast(store, notary, held, self._wake)
        self._task: asyncio.Task[None] | None = None
        self._closing = False

    @property
    def depth(self) -> int:
        """How many commands wait."""
        return len(self._queue) + (0 if self._ahead is None else len(self._ahead.waiters))

    def start(self, name: str) -> None:
        """Begin to commit."""
        self._task = asyncio.get_running_loop().create_task(self._run(), name=name)

    async def close(self) -> None:
        """Commit what waits, then stop."""
        self._closing = True
        self._wake.set()
        if self._task is not None:
            await self._task

    def add(self, waiter: Waiter) -> None:
        """At the end of the queue."""
        if self._closing:
            raise RuntimeError("the writer is closing")
        self._queue.append(waiter)
        self._wake.set()

    async def snapshot(self, sitting: SittingId) -> Snapshot:
        """The sitting as last committed here, and by others as far as they said. Raises ``SittingUnknown``."""
        if self._task is not None and not self._closing and self.held.is_behind(sitting):
            await self.abreast.caught_up(sitting)
        return await self.held.snapshot(sitting)

    # --- the loop ----------------------------------------------------------------------------------------------------

    async def _run(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._queue or self._ahead is not None or self.abreast.is_due:
                if self._ahead is None:
                    await self.abreast.follow()
                await self._settle()
            if self._closing:
                return

    async def _settle(self) -> None:
        """Commit one batch and answer. Whatever goes wrong, everybody gets an answer and the next one is taken."""
        batch, self._ahead = self._ahead, None
        waiters = batch.waiters if batch is not None else self._next(self._first)
        try:
            await self._commit(waiters, batch)
        except Exception as bug:
            self._withdraw()
            self._give_up(waiters, bug)
        for waiter in waiters:
            waiter.resolve(self.held.committed.get(waiter.sitting))
        self.held.announce()
        await self.abreast.attest(_sittings(waiters))

    async def _commit(self, waiters: list[Waiter], batch: Batch | None) -> None:
        for attempt in range(ATTEMPTS):
            if attempt > AT_ONCE:
                await asyncio.sleep(attempt / 1000)
            if batch is None:
                batch = self._decided(await self._caught_up(waiters))
            if not batch.waiters or await self._append(batch):
                return
            batch = None
        self._give_up(waiters, StoreBusy())

    async def _append(self, batch: Batch) -> bool:
        """Write it; False if somebody else appended first, or already has one of its keys."""
        writing = asyncio.ensure_future(self._store.append(batch.expected, batch.entries))
        try:
            await self._decide_ahead(writing)
            outcome = await writing
        except Exception as fault:
            self._withdraw()
            if isinstance(fault, StoreFault) and not isinstance(fault, OutcomeUnknown):
                self._give_up(batch.waiters, fault)  # nothing was written
            else:
                await self._look_up(batch.waiters, fault)
            return True
        if isinstance(outcome, Appended):
            self.held.commit(batch.reached)
            for moved, recorded in batch.recorded.items():
                self.held.note(moved, recorded)
            return True
        self._withdraw()
        batch.undo()
        for sitting in _behind(outcome):
            self.held.fall_behind(SittingId(sitting), surely=True)
        return False

    # --- deciding ----------------------------------------------------------------------------------------------------

    def _next(self, most: int) -> list[Waiter]:
        return [self._queue.popleft() for _ in range(min(most, len(self._queue)))]

    def _decided(self, waiters: Iterable[Waiter]) -> Batch:
        batch = Batch(self._clock.now())
        for waiter in waiters:
            batch.decide(waiter, self.held.live[waiter.sitting])
        batch.seal()
        return batch

    async def _decide_ahead(self, writing: asyncio.Task[Outcome]) -> None:
        """While that is being written, decide what waits behind it, unless something is to be read on first."""
        for _ in range(DEPARTURE):
            await asyncio.sleep(0)
        while self._queue and not self.abreast.is_due:
            await asyncio.sleep(0)
            if writing.done() or not self._decide_more():
                break
        if self._ahead is not None:
            self._ahead.seal()

    def _decide_more(self) -> bool:
        """A few more commands; False if the next one cannot be decided now, or the batch has its fill."""
        room = BATCH if self._ahead is None else BATCH - len(self._ahead.waiters)
        live: Live | None = None
        for _ in range(min(SLICE, len(self._queue), room)):
            sitting = self._queue[0].sitting
            if live is None or live.id != sitting:
                live = self.held.at_hand(sitting)
            if live is None:
                return False
            if self._ahead is None:
                self._ahead = Batch(self._clock.now())
            self._ahead.decide(self._queue.popleft(), live)
        return self._ahead is None or len(self._ahead.waiters) < BATCH

    def _withdraw(self) -> None:
        """What was decided ahead rests on what was not written, as far as we know: it is decided again, in its turn."""
        ahead, self._ahead = self._ahead, None
        if ahead is not None:
            ahead.undo()
            self._queue.extendleft(reversed(ahead.waiters))

    # --- what went wrong ---------------------------------------------------------------------------------------------

    async def _caught_up(self, batch: list[Waiter]) -> list[Waiter]:
        """The waiters whose sittings can be read; the others get the reason, and stop nobody else."""
        faults: dict[SittingId, Exception] = {}
        for sitting in _sittings(batch):
            try:
                await self.held.catch_up(sitting)
            except Exception as fault:
                faults[sitting] = fault
        for waiter in batch:
            waiter.decided = faults.get(waiter.sitting)
        return [waiter for waiter in batch if waiter.decided is None]

    async def _look_up(self, waiters: list[Waiter], fault: Exception) -> None:
        """The commit may have happened: what the journal holds under each key is the answer; no key, no answer."""
        _log.error("commit in doubt, looking the keys up", exc_info=fault)
        self.held.forget(_sittings(waiters))
        for waiter in await self._caught_up(waiters):
            live, told = self.held.live[waiter.sitting], self.held.told(waiter.sitting)
            if waiter.key is not None and waiter.key in live.keys:
                recorded = live.keys[waiter.key]
                waiter.decided = Step(recorded, (), repeated=recorded[0].seq < told)
        for waiter in waiters:
            if not isinstance(waiter.decided, Step):
                waiter.decided = OutcomeUnknown(reason="commit")

    def _give_up(self, waiters: list[Waiter], fault: Exception) -> None:
        self.held.forget(_sittings(waiters))
        for waiter in waiters:
            waiter.decided = fault


def _sittings(waiters: list[Waiter]) -> list[SittingId]:
    return list(dict.fromkeys(waiter.sitting for waiter in waiters))


def _behind(outcome: HeadMoved | KeyTaken) -> Collection[str]:
    return outcome.sittings if isinstance(outcome, HeadMoved) else {sitting for sitting, _ in outcome.keys}
