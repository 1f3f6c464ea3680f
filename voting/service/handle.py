"""The one writer: catch up → decide each in order → append all → commit → acknowledge all.

An answer leaves only after a durable commit. A refusal or a bug of one command goes to its own waiter and the others
of the batch commit. When a commit is in doubt, nobody is told anything before the keys have been looked up.
"""

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from voting.domain.commands import SittingCommand
from voting.domain.events import SittingEvent
from voting.domain.ids import SittingId
from voting.journal.codec import Codec
from voting.journal.faults import OutcomeUnknown, StoreFault
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
    """The sitting right after this command."""
    repeated: bool = False
    """Its key was known: this is what was recorded the first time."""


Listener = Callable[[Snapshot, tuple[Recorded, ...]], None]
"""Called on the event loop after each commit; must return at once."""


@dataclass(slots=True)
class _Waiter:
    sitting: SittingId
    command: SittingCommand
    key: str | None
    answer: asyncio.Future[Done]
    decided: Done | BaseException | None = field(default=None)

    def resolve(self) -> None:
        if self.answer.done():  # the client went away
            return
        if isinstance(self.decided, BaseException):
            self.answer.set_exception(self.decided)
        elif self.decided is not None:
            self.answer.set_result(self.decided)


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
        try:
            await self._commit(batch)
        except Exception as fault:
            self._forget(batch)
            for waiter in batch:
                waiter.decided = fault
        for waiter in batch:
            waiter.resolve()
        self._announce(batch)
        await self._attest(batch)

    async def _attest(self, batch: list[_Waiter]) -> None:
        """Sign the head of every journal where something became final; nobody waits for it."""
        for sitting in dict.fromkeys(w.sitting for w in batch):
            live = self._live.get(sitting)
            if live is not None and live.final_size:
                try:
                    await self._sign(live)
                except StoreFault:
                    _log.exception("checkpoint not kept, the next one will cover it", extra={"sitting": sitting})

    async def _sign(self, live: Live) -> None:
        latest = await self._notary.latest(live.id)
        if latest is None or latest.size < live.final_size:
            await self._notary.attest(live.id, live.head.seq + 1, live.tree.root())

    async def _commit(self, batch: list[_Waiter]) -> None:
        for _ in range(ATTEMPTS):
            lives = {sitting: await self._catch_up(sitting) for sitting in dict.fromkeys(w.sitting for w in batch)}
            expected: dict[str, Head] = {sitting: live.head for sitting, live in lives.items()}
            now = self._clock.now()
            entries = [entry for waiter in batch for entry in _decide(waiter, lives[waiter.sitting], now)]
            try:
                outcome = await self._store.append(expected, entries)
            except OutcomeUnknown:
                await self._look_up(batch)
                return
            except StoreFault:
                self._forget(batch)
                raise
            if isinstance(outcome, Appended):
                self._committed |= {s: live.snapshot() for s, live in lives.items() if live.state is not None}
                return
            self._forget(batch)  # somebody else appended, or already has one of these keys: read and decide again
        raise OutcomeUnknown(reason="contention")

    async def _look_up(self, batch: list[_Waiter]) -> None:
        """The commit may have happened: what the journal holds under each key is the answer; no key, no answer."""
        self._forget(batch)
        for waiter in batch:
            waiter.decided = OutcomeUnknown(reason="commit")
        with contextlib.suppress(StoreFault):
            for sitting in dict.fromkeys(w.sitting for w in batch):
                live = await self._catch_up(sitting)
                if live.state is None:
                    continue
                self._committed[sitting] = snapshot = live.snapshot()
                for waiter in batch:
                    if waiter.sitting == sitting and waiter.key in live.keys:
                        waiter.decided = Done(recorded=live.keys[waiter.key], snapshot=snapshot, repeated=True)

    def _announce(self, batch: list[_Waiter]) -> None:
        """Tell the listeners what was committed. Everybody has been answered: a listener can break nothing."""
        fresh: dict[SittingId, list[Recorded]] = {}
        for waiter in batch:
            if isinstance(waiter.decided, Done) and not waiter.decided.repeated:
                fresh.setdefault(waiter.sitting, []).extend(waiter.decided.recorded)
        for sitting, recorded in fresh.items():
            for listener in self._listeners:
                try:
                    listener(self._committed[sitting], tuple(recorded))
                except Exception:
                    _log.exception("a listener failed", extra={"sitting": sitting})

    async def _catch_up(self, sitting: SittingId) -> Live:
        live = self._live.get(sitting)
        if live is None:
            live = self._live[sitting] = await self._load(sitting)
        return live

    async def _load(self, sitting: SittingId) -> Live:
        live = Live(sitting, self._codec)
        live.replay(await self._store.read(sitting))
        return live

    def _forget(self, batch: list[_Waiter]) -> None:
        """The speculative state of these sittings is not to be believed any more."""
        for waiter in batch:
            self._live.pop(waiter.sitting, None)


def _decide(waiter: _Waiter, live: Live, now: datetime) -> tuple[Entry, ...]:
    """Decide one command on the speculative state; its answer waits in ``decided`` until the commit."""
    if waiter.key is not None and waiter.key in live.keys:
        waiter.decided = Done(recorded=live.keys[waiter.key], snapshot=live.snapshot(), repeated=True)
        return ()
    try:
        step = live.decide(waiter.command, waiter.key, now)
    except Exception as no:  # a refusal or a bug of one command goes to its own waiter; the state is untouched
        waiter.decided = no
        return ()
    waiter.decided = Done(recorded=step.recorded, snapshot=live.snapshot())
    return step.entries
