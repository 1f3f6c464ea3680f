"""Signed heads of the journal: one at each proclaimed result and at the close, kept and ready to be posted in the chat.

A checkpoint is made after the commit and nobody waits for it; one that a crash prevented is made at the next result.
"""

import logging
from collections.abc import Callable, Iterable

from voting.domain.events import ResultProclaimed, SittingClosed
from voting.domain.ids import SittingId
from voting.journal.faults import StoreFault
from voting.journal.store import KeptCheckpoint, Store
from voting.service.live import Recorded
from voting.service.ports import CheckpointSigner

_log = logging.getLogger(__name__)


def calls_for_checkpoint(recorded: Iterable[Recorded]) -> bool:
    """Something became final."""
    return any(isinstance(r.event, ResultProclaimed | SittingClosed) for r in recorded)


class Notary:
    """Signs and keeps the heads of journals."""

    def __init__(self, store: Store, signer: CheckpointSigner) -> None:
        """The store keeps them beside the events."""
        self._store = store
        self._signer = signer
        self._listeners: list[Callable[[SittingId, KeptCheckpoint], None]] = []

    def listen(self, listener: Callable[[SittingId, KeptCheckpoint], None]) -> None:
        """Hear of every new checkpoint."""
        self._listeners.append(listener)

    async def attest(self, sitting: SittingId, size: int, root: bytes) -> None:
        """Sign and keep the head of that journal. A store that fails is logged: the record itself is safe."""
        checkpoint = KeptCheckpoint(size=size, note=self._signer.sign(sitting, size, root))
        try:
            await self._store.save_checkpoint(sitting, checkpoint.size, checkpoint.note)
        except StoreFault:
            _log.exception("checkpoint not kept, the next one will cover it", extra={"sitting": sitting, "size": size})
            return
        for listener in self._listeners:
            listener(sitting, checkpoint)

    async def latest(self, sitting: SittingId) -> KeptCheckpoint | None:
        """The newest checkpoint of that sitting."""
        kept = await self._store.checkpoints(sitting)
        return kept[-1] if kept else None
