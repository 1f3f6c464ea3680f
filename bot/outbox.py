"""Brings the meeting chats to the state of the journal: one sender per chat, woken by what is committed.

What should be on screen and what leaves when is the sender's (`sender`); which chats move, and when, is told here.
"""

import asyncio

from bot.sender import Desk, Sender
from voting.domain.events import VoteCast
from voting.domain.ids import PRACTICE, SittingId
from voting.journal.store import KeptCheckpoint
from voting.service.live import Recorded, Snapshot


class Outbox:
    """One sender per sitting, started by the first change."""

    def __init__(self, desk: Desk) -> None:
        """Nothing is sent before something changes or ``wake`` is called."""
        self._desk = desk
        self._senders: dict[SittingId, Sender] = {}

    def committed(self, snapshot: Snapshot, recorded: tuple[Recorded, ...]) -> None:
        """A writer's listener. Votes move nothing but live figures, which are looked at again when they may be sent."""
        if snapshot.id.startswith(PRACTICE):
            return  # one person's exercises have no meeting
        if all(isinstance(one.event, VoteCast) for one in recorded):
            self._sender(snapshot.id).tick()
        else:
            self.wake(snapshot.id)

    def attested(self, sitting: SittingId, checkpoint: KeptCheckpoint) -> None:
        """A notary's listener."""
        self.wake(sitting)

    def wake(self, sitting: SittingId) -> None:
        """Bring that sitting's chat up to date, soon."""
        self._sender(sitting).wake()

    def orphaned(self, conversation_id: str) -> None:
        """The process that spoke in that chat is gone: see that everything it should have sent is there."""
        sitting = self._desk.conversations.sitting_of(conversation_id)
        if sitting is not None:
            self.wake(sitting)

    def is_busy(self, sitting: SittingId) -> bool:
        """Something of that sitting may have to be sent from here."""
        return sitting in self._senders and self._senders[sitting].is_busy

    def lags(self) -> list[float]:
        """For each chat that does not show the newest state yet, for how many seconds."""
        return [lag for sender in self._senders.values() if (lag := sender.lag())]

    async def settled(self, sitting: SittingId) -> None:
        """Wait until that chat shows the newest state."""
        if sitting in self._senders:
            await self._senders[sitting].idle.wait()

    async def forget(self, sitting: SittingId) -> None:
        """That rehearsal is purged: leave its chat alone."""
        sender = self._senders.pop(sitting, None)
        if sender is not None:
            await sender.close()

    async def close(self) -> None:
        """Stop; what is missing on screen is sent after the next start."""
        await asyncio.gather(*(sender.close() for sender in self._senders.values()))

    def _sender(self, sitting: SittingId) -> Sender:
        if sitting not in self._senders:
            self._senders[sitting] = Sender(sitting, self._desk)
        return self._senders[sitting]
