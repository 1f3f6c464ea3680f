"""Signed heads of the journal: one at each proclaimed result and at the close, kept and ready to be posted in the chat.

A checkpoint is made after the commit and nobody waits for it; one that a crash prevented is made at the next result.
"""

import logging
from collections.abc import Callable

from voting.domain.ids import SittingId
from voting.journal.store import KeptCheckpoint, Store
from voting.service.ports import CheckpointSigner

_log = logging.getLogger(__name__)


class Notary:
    """Signs and keeps the heads of journals."""

    def __init__(self, store: Store, signer: CheckpointSigner) -> None:
        """The store keeps them beside the events."""
        self._store = store
        self._signer = signer
        self._latest: dict[SittingId, KeptCheckpoint] = {}
        self._listeners: list[Callable[[SittingId, KeptCheckpoint], None]] = []

    def listen(self, listener: Callable[[SittingId, KeptCheckpoint], None]) -> None:
        """Hear of every new checkpoint."""
        self._listeners.append(listener)

    async def attest(self, sitting: SittingId, size: int, root: bytes) -> None:
        """Sign and keep the head of that journal. Raises a ``StoreFault``; the record itself is safe."""
        checkpoint = KeptCheckpoint(size=size, note=self._signer.sign(sitting, size, root))
        await self._store.save_checkpoint(sitting, checkpoint.size, checkpoint.note)
        self._keep(sitting, checkpoint)

    async def newest(self, sitting: SittingId) -> KeptCheckpoint | None:
        """The newest checkpoint, asked of the store; the listeners hear of one that another process made."""
        known, kept = self._latest.get(sitting), await self._store.checkpoints(sitting)
        if kept and kept[-1] != known:
            self._keep(sitting, kept[-1])
        return kept[-1] if kept else None

    def _keep(self, sitting: SittingId, checkpoint: KeptCheckpoint) -> None:
        self._latest[sitting] = checkpoint
        for listener in self._listeners:
            try:
                listener(sitting, checkpoint)
            except Exception:
                _log.exception("a listener failed", extra={"sitting": sitting})

    async def latest(self, sitting: SittingId) -> KeptCheckpoint | None:
        """The newest checkpoint of that sitting."""
        if sitting not in self._latest:
            kept = await self._store.checkpoints(sitting)
            if not kept:
                return None
            self._latest[sitting] = kept[-1]
        return self._latest[sitting]

    def forget(self, sitting: SittingId) -> None:
        """That rehearsal is gone from the store: know nothing of it either."""
        self._latest.pop(sitting, None)
