"""One lane of the writer: commits the commands of its sittings, one batch at a time, in the order in which they came.

catch up → decide each in order → append all → commit → acknowledge all. An answer leaves only after a durable commit.
A refusal or a bug of one command goes to its own waiter and the others of the batch commit. When a commit is in doubt,
nobody is told anything before the keys have been looked up.
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
COMPARED = 500
"""Heads compared in one question to the store."""
FOLLOWED = 20
"""Sittings of other processes that are caught up with between two batches: votes do not wait for more."""
GRACE = 5.0
"""Seconds after which a result of another process is signed here: that process is gone."""


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
        self._notary = notary
        self.held = held
        self._queue: deque[Waiter] = deque()
        self._moved: dict[SittingId, None] = {}
        self._asked: dict[SittingId, list[asyncio.Future[None]]] = {}
        self._unread: set[SittingId] = set()
        self._unsigned: dict[SittingId, float] = {}
        self._compares = False
        self._wake = asyncio.Event()
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
            asked: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._asked.setdefault(sitting, []).append(asked)
            self._wake.set()
            await asked
        return await self.held.snapshot(sitting)

    def refresh(self, sitting: SittingId, *, at_once: bool) -> None:
        """Somebody else may have appended to that sitting: catch up, soon or when it is next looked at."""
        self.held.fall_behind(sitting, surely=False)
        if at_once:
            self._moved[sitting] = None
            self._wake.set()

    def compare(self) -> None:
        """Ask the store whether anything has moved, soon."""
        self._compares = True
        self._wake.set()

    # --- the loop ----------------------------------------------------------------------------------------------------

    async def _run(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._queue or self._moved or self._asked or self._compares:
                await self._follow()
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
        await self._attest(batch)

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

    # --- what other processes write ----------------------------------------------------------------------------------

    async def _follow(self) -> None:
        """Catch up with what others wrote; whatever goes wrong, the next question to the store will find it again."""
        if self._compares:
            self._compares = False
            unread, self._unread = self._unread, set()
            self._moved |= dict.fromkeys(unread | await self._compared())
            await self._sign_for_others()
        asked, self._asked = self._asked, {}
        sittings = dict.fromkeys([*asked, *list(self._moved)[:FOLLOWED]])
        for sitting in sittings:
            self._moved.pop(sitting, None)
            await self._meet(sitting)
        if sittings:
            self.held.announce()
        for futures in asked.values():
            for future in futures:
                if not future.done():
                    future.set_result(None)

    async def _meet(self, sitting: SittingId) -> None:
        try:
            await self.held.meet(sitting)
            live = self.held.live[sitting]
            latest = await self._notary.latest(sitting) if live.final_size else None
            if live.final_size and (latest is None or latest.size < live.final_size):
                newest = await self._notary.newest(sitting)
                if newest is None or newest.size < live.final_size:
                    self._unsigned.setdefault(sitting, asyncio.get_running_loop().time())
        except Exception:
            self.held.fall_behind(sitting, surely=False)
            self._unread.add(sitting)
            _log.exception("not caught up yet", extra={"sitting": sitting})

    async def _compared(self) -> set[SittingId]:
        found: set[SittingId] = set()
        heads = list(self.held.expected().items())
        try:
            for start in range(0, len(heads), COMPARED):
                outcome = await self._store.append(dict(heads[start : start + COMPARED]), [])
                if isinstance(outcome, HeadMoved):
                    found |= {SittingId(sitting) for sitting in outcome.sittings}
        except StoreFault as fault:
            _log.warning("cannot see what others wrote: %s", fault)
        for sitting in found:
            self.held.fall_behind(sitting, surely=False)
        return found

    # --- checkpoints -------------------------------------------------------------------------------------------------

    async def _attest(self, batch: list[Waiter]) -> None:
        """Sign the head of every journal where something became final; nobody waits for it."""
        for sitting in _sittings(batch):
            live = self.held.live.get(sitting)
            if live is not None and live.final_size:
                try:
                    await self.sign(live)
                except Exception:
                    _log.exception("checkpoint not kept, the next one will cover it", extra={"sitting": sitting})

    async def _sign_for_others(self) -> None:
        """Sign what a process left unsigned that died after its commit."""
        now = asyncio.get_running_loop().time()
        for sitting in [sitting for sitting, since in self._unsigned.items() if since + GRACE <= now]:
            del self._unsigned[sitting]
            try:
                await self._notary.newest(sitting)
                await self.held.catch_up(sitting)
                await self.sign(self.held.live[sitting])
            except Exception:
                _log.exception("checkpoint not kept, the next one will cover it", extra={"sitting": sitting})

    async def sign(self, live: Live) -> None:
        """Sign its head, unless a checkpoint covers all that is final."""
        latest = await self._notary.latest(live.id)
        if latest is None or latest.size < live.final_size:
            await self._notary.attest(live.id, live.head.seq + 1, live.tree.root())


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
