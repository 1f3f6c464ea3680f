"""One lane of the writer: commits the commands of its sittings, one batch at a time, in the order in which they came.

catch up → decide each in order → append all → commit → acknowledge all. An answer leaves only after a durable commit.
A refusal or a bug of one command goes to its own waiter and the others of the batch commit. When a commit is in doubt,
nobody is told anything before the keys have been looked up. What others write, and signed heads, are in ``abreast``.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from voting.domain.commands import SittingCommand
from voting.domain.ids import SittingId
from voting.journal.faults import OutcomeUnknown, StoreBusy, StoreFault
from voting.journal.store import Appended, Entry, Head, HeadMoved, KeyTaken, Store
from voting.service.abreast import Abreast
from voting.service.checkpoints import Notary
from voting.service.held import Held
from voting.service.live import Live, Recorded, Snapshot
from voting.service.ports import Clock

_log = logging.getLogger(__name__)

BATCH = 500
"""Commands in one commit at most: beyond, waiting longer gains nothing."""

ATTEMPTS = 20
"""How often a batch is decided again when another process appended first. Each time, that one got on."""
AT_ONCE = 3
"""Attempts without a pause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A command that is durably in the journal."""

    recorded: tuple[Recorded, ...]
    snapshot: Snapshot
    """The sitting once this command and those committed with it are in the journal."""
    repeated: bool = False
    """Its key was known: this is what was recorded the first time."""


class _Kept(NamedTuple):
    """What becomes a ``Done`` once it is committed. It holds no state: five hundred of them would weigh the batch."""

    recorded: tuple[Recorded, ...]
    repeated: bool


@dataclass(slots=True)
class Waiter:
    """Somebody who submitted a command."""

    sitting: SittingId
    command: SittingCommand
    key: str | None
    answer: asyncio.Future[Done]
    decided: _Kept | Exception | None = None

    def resolve(self, snapshot: Snapshot | None) -> None:
        """Tell what became of it."""
        if self.answer.done():  # the client went away
            return
        if isinstance(self.decided, Exception):
            self.answer.set_exception(self.decided)
        elif self.decided is not None and snapshot is not None:
            kept = self.decided
            self.answer.set_result(Done(recorded=kept.recorded, snapshot=snapshot, repeated=kept.repeated))


class Lane:
    """Some of the sittings of a process: nobody else here touches them."""

    def __init__(self, store: Store, clock: Clock, notary: Notary, held: Held) -> None:
        self._store = store
        self._clock = clock
        self.held = held
        self._queue: deque[Waiter] = deque()
        self._wake = asyncio.Event()
        self.abreast = Abreast(store, notary, held, self._wake)
        self._task: asyncio.Task[None] | None = None
        self._closing = False

    @property
    def depth(self) -> int:
        """How many commands wait."""
        return len(self._queue)

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
            while self._queue or self.abreast.is_due:
                await self.abreast.follow()
                batch = [self._queue.popleft() for _ in range(min(BATCH, len(self._queue)))]
                if batch:
                    await self._settle(batch)
            if self._closing:
                return

    async def _settle(self, batch: list[Waiter]) -> None:
        """Commit and answer. Whatever goes wrong, everybody gets an answer and the next batch is taken."""
        try:
            await self._commit(batch)
        except Exception as bug:
            self._give_up(batch, bug)
        for waiter in batch:
            waiter.resolve(self.held.committed.get(waiter.sitting))
        self.held.announce()
        await self.abreast.attest(_sittings(batch))

    async def _commit(self, batch: list[Waiter]) -> None:
        for attempt in range(ATTEMPTS):
            if attempt > AT_ONCE:
                await asyncio.sleep(attempt / 1000)
            waiters = await self._caught_up(batch)
            if not waiters or await self._append(waiters):
                return
        self._give_up(batch, StoreBusy())

    async def _append(self, waiters: list[Waiter]) -> bool:
        """Decide and append; False if somebody else appended first, or already has one of these keys."""
        lives = {sitting: self.held.live[sitting] for sitting in _sittings(waiters)}
        expected: dict[str, Head] = {sitting: live.head for sitting, live in lives.items()}
        marks = {sitting: live.mark() for sitting, live in lives.items()}
        now = self._clock.now()
        entries = [entry for waiter in waiters for entry in _decide(waiter, lives[waiter.sitting], now)]
        try:
            outcome = await self._store.append(expected, entries)
        except Exception as fault:
            if isinstance(fault, StoreFault) and not isinstance(fault, OutcomeUnknown):
                self._give_up(waiters, fault)  # nothing was written
            else:
                await self._look_up(waiters, fault)
            return True
        if isinstance(outcome, Appended):
            self.held.commit(sitting for sitting, live in lives.items() if live.is_convened)
            self._note(waiters)
            return True
        self.held.step_back(marks)
        for sitting in _behind(outcome):
            self.held.fall_behind(SittingId(sitting), surely=True)
        return False

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
                waiter.decided = _Kept(recorded, repeated=recorded[0].seq < told)
        for waiter in waiters:
            if not isinstance(waiter.decided, _Kept):
                waiter.decided = OutcomeUnknown(reason="commit")

    def _give_up(self, waiters: list[Waiter], fault: Exception) -> None:
        self.held.forget(_sittings(waiters))
        for waiter in waiters:
            waiter.decided = fault

    def _note(self, waiters: list[Waiter]) -> None:
        for waiter in waiters:
            if isinstance(waiter.decided, _Kept) and not waiter.decided.repeated:
                self.held.note(waiter.sitting, waiter.decided.recorded)


def _sittings(waiters: list[Waiter]) -> list[SittingId]:
    return list(dict.fromkeys(waiter.sitting for waiter in waiters))


def _behind(outcome: HeadMoved | KeyTaken) -> Collection[str]:
    return outcome.sittings if isinstance(outcome, HeadMoved) else {sitting for sitting, _ in outcome.keys}


def _decide(waiter: Waiter, live: Live, now: datetime) -> tuple[Entry, ...]:
    """Decide one command on the speculative state; its answer waits in ``decided`` until the commit."""
    if waiter.key is not None and waiter.key in live.keys:
        waiter.decided = _Kept(live.keys[waiter.key], repeated=True)
        return ()
    try:
        step = live.decide(waiter.command, waiter.key, now)
    except Exception as no:  # a refusal or a bug of one command goes to its own waiter; the state is untouched
        waiter.decided = no
        return ()
    waiter.decided = _Kept(step.recorded, repeated=False)
    return step.entries
