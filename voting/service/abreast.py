"""How a lane keeps abreast: catches up with what other processes write, and signs the heads that must be signed.

Nothing that is decided rests on it: whoever appends compares the heads. What goes wrong here is found again by the next
question to the store.
"""

import asyncio
import logging
from collections.abc import Iterable

from voting.domain.ids import SittingId
from voting.journal.faults import StoreFault
from voting.journal.merkle import Tree
from voting.journal.store import HeadMoved, Store
from voting.service.checkpoints import Notary
from voting.service.held import Held
from voting.service.live import Snapshot

_log = logging.getLogger(__name__)

COMPARED = 500
"""Heads compared in one question to the store."""
FOLLOWED = 20
"""Sittings of other processes that are caught up with between two batches: votes do not wait for more."""
GRACE = 5.0
"""Seconds after which a result of another process is signed here: that process is gone."""


class Abreast:
    """What is to be read on, and what is to be signed, in one lane. ``wake`` is set when there is something to do."""

    def __init__(self, store: Store, notary: Notary, held: Held, wake: asyncio.Event) -> None:
        self._store = store
        self._notary = notary
        self._held = held
        self._wake = wake
        self._moved: dict[SittingId, None] = {}
        self._asked: dict[SittingId, list[asyncio.Future[None]]] = {}
        self._unread: set[SittingId] = set()
        self._unsigned: dict[SittingId, float] = {}
        self._compares = False

    @property
    def is_due(self) -> bool:
        """Something is to be looked at."""
        return bool(self._moved or self._asked or self._compares)

    async def caught_up(self, sitting: SittingId) -> None:
        """Return once that sitting has been read on."""
        asked: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._asked.setdefault(sitting, []).append(asked)
        self._wake.set()
        await asked

    def refresh(self, sitting: SittingId, *, at_once: bool) -> None:
        """Somebody else may have appended to that sitting: catch up, soon or when it is next looked at."""
        self._held.fall_behind(sitting, surely=False)
        if at_once:
            self._moved[sitting] = None
            self._wake.set()

    def compare(self) -> None:
        """Ask the store whether anything has moved, soon."""
        self._compares = True
        self._wake.set()

    async def follow(self) -> None:
        """Catch up with what others wrote."""
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
            self._held.announce()
        for futures in asked.values():
            for future in futures:
                if not future.done():
                    future.set_result(None)

    async def _meet(self, sitting: SittingId) -> None:
        try:
            await self._held.meet(sitting)
            live = self._held.live[sitting]
            latest = await self._notary.latest(sitting) if live.final_size else None
            if live.final_size and (latest is None or latest.size < live.final_size):
                newest = await self._notary.newest(sitting)
                if newest is None or newest.size < live.final_size:
                    self._unsigned.setdefault(sitting, asyncio.get_running_loop().time())
        except Exception:
            self._held.fall_behind(sitting, surely=False)
            self._unread.add(sitting)
            _log.exception("not caught up yet", extra={"sitting": sitting})

    async def _compared(self) -> set[SittingId]:
        found: set[SittingId] = set()
        heads = list(self._held.expected(COMPARED).items())
        try:
            for start in range(0, len(heads), COMPARED):
                outcome = await self._store.append(dict(heads[start : start + COMPARED]), [])
                if isinstance(outcome, HeadMoved):
                    found |= {SittingId(sitting) for sitting in outcome.sittings}
        except StoreFault as fault:
            _log.warning("cannot see what others wrote: %s", fault)
        for sitting in found:
            self._held.fall_behind(sitting, surely=False)
        return found

    async def attest(self, sittings: Iterable[SittingId]) -> None:
        """Sign the head of each of these journals where something became final; nobody waits for it."""
        for sitting in sittings:
            live, committed = self._held.live.get(sitting), self._held.committed.get(sitting)
            if live is not None and committed is not None and committed.final_size:
                try:
                    await self.sign(committed, live.tree)
                except Exception:
                    _log.exception("checkpoint not kept, the next one will cover it", extra={"sitting": sitting})

    async def _sign_for_others(self) -> None:
        """Sign what a process left unsigned that died after its commit."""
        now = asyncio.get_running_loop().time()
        for sitting in [sitting for sitting, since in self._unsigned.items() if since + GRACE <= now]:
            del self._unsigned[sitting]
            try:
                await self._notary.newest(sitting)
                await self._held.catch_up(sitting)
                await self.sign(self._held.committed[sitting], self._held.live[sitting].tree)
            except Exception:
                _log.exception("checkpoint not kept, the next one will cover it", extra={"sitting": sitting})

    async def sign(self, committed: Snapshot, tree: Tree) -> None:
        """Sign that head, unless a checkpoint covers all that is final; the tree may have grown beyond it."""
        latest = await self._notary.latest(committed.id)
        if latest is None or latest.size < committed.final_size:
            await self._notary.attest(committed.id, committed.size, tree.root(committed.size))
