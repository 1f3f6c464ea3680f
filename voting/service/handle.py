"""The one writer: catch up → decide each in order → append all → commit → acknowledge all.

An answer leaves only after a durable commit. A refusal or a bug of one command goes to its own waiter and the others
of the batch commit. When a commit is in doubt, nobody is told anything before the keys have been looked up.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from voting.domain.commands import SittingCommand
from voting.domain.events import SittingEvent
from voting.domain.ids import SittingId
from voting.journal.codec import Codec
from voting.journal.faults import OutcomeUnknown, StoreBusy, StoreFault
from voting.journal.store import Appended, Entry, Head, Store
from voting.service.checkpoints import Notary
from voting.service.live import Live, Recorded, Snapshot
from voting.service.ports import Clock

_log = logging.getLogger(__name__)

BATCH = 500
"""Commands in one commit at most: beyond, waiting longer gains nothing."""

ATTEMPTS = 5
"""How often a batch is decided again when another process appended first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A command that is durably in the journal."""

    recorded: tuple[Recorded, ...]
    snapshot: Snapshot
    """The sitting once this command and those committed with it are in the journal."""
    repeated: bool = False
    """Its key was known: this is what was recorded the first time."""


Listener = Callable[[Snapshot, tuple[Recorded, ...]], None]
"""Called on the event loop after each commit with every new line of that journal; must return at once."""


class _Kept(NamedTuple):
    """What becomes a ``Done`` once it is committed. It holds no state: five hundred of them would weigh the batch."""

    recorded: tuple[Recorded, ...]
    repeated: bool


@dataclass(slots=True)
class _Waiter:
    sitting: SittingId
    command: SittingCommand
    key: str | None
    answer: asyncio.Future[Done]
    decided: _Kept | Exception | None = None

    def resolve(self, snapshot: Snapshot | None) -> None:
        if self.answer.done():  # the client went away
            return
        if isinstance(self.decided, Exception):
            self.answer.set_exception(self.decided)
        elif self.decided is not None and snapshot is not None:
            kept = self.decided
            self.answer.set_result(Done(recorded=kept.recorded, snapshot=snapshot, repeated=kept.repeated))


class Writer:
    """Commits the commands of many sittings, one batch at a time. Start it, submit, close it."""

    def __init__(
        self, store: Store, codec: Codec[SittingEvent], clock: Clock, notary: Notary, listeners: Iterable[Listener] = ()
    ) -> None:
        """One store, one writer: a second one in the same process would only race with this one."""
        self._store = store
        self._codec = codec
        self._clock = clock
        self._notary = notary
        self._listeners = list(listeners)
        self._live: dict[SittingId, Live] = {}
        self._committed: dict[SittingId, Snapshot] = {}
        self._told: dict[SittingId, int] = {}  # how many lines of each journal the listeners know of
        self._news: dict[SittingId, list[Recorded]] = {}
        self._queue: deque[_Waiter] = deque()
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._closing = False

    def listen(self, listener: Listener) -> None:
        """Hear of every commit from now on."""
        self._listeners.append(listener)

    @property
    def depth(self) -> int:
        """How many commands wait."""
        return len(self._queue)

    def start(self) -> None:
        """Begin to commit."""
        self._task = asyncio.get_running_loop().create_task(self._run(), name="journal-writer")

    async def close(self) -> None:
        """Commit what waits, then stop."""
        self._closing = True
        self._wake.set()
        if self._task is not None:
            await self._task

    async def submit(self, sitting: SittingId, command: SittingCommand, key: str | None = None) -> Done:
        """Decide and durably record. Raises the ``Refusal``, ``OutcomeUnknown``, or whatever bug the command met.

        ``key`` says what the wish *is* (poll, mandate, revision): a second submission of it returns the first answer.
        """
        if self._closing:
            raise RuntimeError("the writer is closing")
        waiter = _Waiter(sitting, command, key, asyncio.get_running_loop().create_future())
        self._queue.append(waiter)
        self._wake.set()
        return await waiter.answer

    async def snapshot(self, sitting: SittingId) -> Snapshot:
        """The sitting as last committed here, read from the journal the first time. Raises ``SittingUnknown``."""
        known = self._committed.get(sitting)
        if known is None:
            live = await self._load(sitting)
            known = self._committed.setdefault(sitting, live.snapshot())
        return known

    def committed(self, sitting: SittingId) -> Snapshot | None:
        """The same without waiting: None when that sitting was not read yet."""
        return self._committed.get(sitting)

    async def recover(self, sitting: SittingId) -> Snapshot:
        """After a start: read that sitting, and sign its head if a crash prevented it."""
        live = await self._load(sitting)
        if live.final_size:
            await self._sign(live)
        return await self.snapshot(sitting)

    async def history(self, sitting: SittingId) -> list[Entry]:
        """Every line of that sitting, from the store."""
        return await self._store.read(sitting)

    # --- the loop ----------------------------------------------------------------------------------------------------

    async def _run(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._queue:
                batch = [self._queue.popleft() for _ in range(min(BATCH, len(self._queue)))]
                await self._settle(batch)
            if self._closing:
                return

    async def _settle(self, batch: list[_Waiter]) -> None:
        """Commit and answer. Whatever goes wrong, everybody gets an answer and the next batch is taken."""
        try:
            await self._commit(batch)
        except Exception as bug:
            self._give_up(batch, bug)
        for waiter in batch:
            waiter.resolve(self._committed.get(waiter.sitting))
        self._announce()
        await self._attest(batch)

    async def _commit(self, batch: list[_Waiter]) -> None:
        for _ in range(ATTEMPTS):
            waiters = await self._caught_up(batch)
            if not waiters:
                return
            lives = {sitting: self._live[sitting] for sitting in _sittings(waiters)}
            expected: dict[str, Head] = {sitting: live.head for sitting, live in lives.items()}
            now = self._clock.now()
            entries = [entry for waiter in waiters for entry in _decide(waiter, lives[waiter.sitting], now)]
            try:
                outcome = await self._store.append(expected, entries)
            except Exception as fault:
                if isinstance(fault, StoreFault) and not isinstance(fault, OutcomeUnknown):
                    self._give_up(waiters, fault)  # nothing was written
                else:
                    await self._look_up(waiters, fault)
                return
            if isinstance(outcome, Appended):
                self._committed |= {s: live.snapshot() for s, live in lives.items() if live.is_convened}
                self._note(waiters)
                return
            self._forget(waiters)  # somebody else appended, or already has one of these keys: read and decide again
        self._give_up(batch, StoreBusy())

    async def _caught_up(self, batch: list[_Waiter]) -> list[_Waiter]:
        """The waiters whose sittings can be read; the others get the reason, and stop nobody else."""
        faults: dict[SittingId, Exception] = {}
        for sitting in _sittings(batch):
            try:
                await self._catch_up(sitting)
            except Exception as fault:
                faults[sitting] = fault
        for waiter in batch:
            waiter.decided = faults.get(waiter.sitting)
        return [waiter for waiter in batch if waiter.decided is None]

    async def _look_up(self, waiters: list[_Waiter], fault: Exception) -> None:
        """The commit may have happened: what the journal holds under each key is the answer; no key, no answer."""
        _log.error("commit in doubt, looking the keys up", exc_info=fault)
        self._forget(waiters)
        for waiter in await self._caught_up(waiters):
            live, told = self._live[waiter.sitting], self._told[waiter.sitting]
            if waiter.key is not None and waiter.key in live.keys:
                recorded = live.keys[waiter.key]
                waiter.decided = _Kept(recorded, repeated=recorded[0].seq < told)
        for waiter in waiters:
            if not isinstance(waiter.decided, _Kept):
                waiter.decided = OutcomeUnknown(reason="commit")

    def _give_up(self, waiters: list[_Waiter], fault: Exception) -> None:
        self._forget(waiters)
        for waiter in waiters:
            waiter.decided = fault

    def _forget(self, waiters: list[_Waiter]) -> None:
        """The speculative state of these sittings is not to be believed any more."""
        for waiter in waiters:
            self._live.pop(waiter.sitting, None)

    # --- reading and telling -----------------------------------------------------------------------------------------

    async def _catch_up(self, sitting: SittingId) -> None:
        """Have that sitting's state at hand; lines that were not written by this batch are news as well."""
        if sitting in self._live:
            return
        live = Live(sitting, self._codec)
        recorded = live.replay(await self._store.read(sitting))
        self._news[sitting] = recorded[self._told.setdefault(sitting, len(recorded)) :]
        if live.is_convened:
            self._committed[sitting] = live.snapshot()
        self._live[sitting] = live

    def _note(self, waiters: list[_Waiter]) -> None:
        for waiter in waiters:
            if isinstance(waiter.decided, _Kept) and not waiter.decided.repeated:
                self._news.setdefault(waiter.sitting, []).extend(waiter.decided.recorded)

    def _announce(self) -> None:
        """Tell the listeners what is in the journal. Everybody has been answered: a listener can break nothing."""
        news, self._news = self._news, {}
        for sitting, recorded in news.items():
            if not recorded:
                continue
            self._told[sitting] = recorded[-1].seq + 1
            for listener in self._listeners:
                try:
                    listener(self._committed[sitting], tuple(recorded))
                except Exception:
                    _log.exception("a listener failed", extra={"sitting": sitting})

    async def _attest(self, batch: list[_Waiter]) -> None:
        """Sign the head of every journal where something became final; nobody waits for it."""
        for sitting in _sittings(batch):
            live = self._live.get(sitting)
            if live is not None and live.final_size:
                try:
                    await self._sign(live)
                except Exception:
                    _log.exception("checkpoint not kept, the next one will cover it", extra={"sitting": sitting})

    async def _sign(self, live: Live) -> None:
        latest = await self._notary.latest(live.id)
        if latest is None or latest.size < live.final_size:
            await self._notary.attest(live.id, live.head.seq + 1, live.tree.root())

    async def _load(self, sitting: SittingId) -> Live:
        live = Live(sitting, self._codec)
        live.replay(await self._store.read(sitting))
        return live


def _sittings(waiters: list[_Waiter]) -> list[SittingId]:
    return list(dict.fromkeys(waiter.sitting for waiter in waiters))


def _decide(waiter: _Waiter, live: Live, now: datetime) -> tuple[Entry, ...]:
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
