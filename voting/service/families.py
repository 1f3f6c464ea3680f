"""Official sittings and rehearsals side by side: two stores, two writers, two keys, one way to ask.

The id of a sitting says which of the two it belongs to; each writer refuses the other's. What may only touch
rehearsals is given the rehearsals' own ``Shelf`` and cannot name the other.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from voting.domain.commands import SittingCommand
from voting.domain.ids import SittingId, is_rehearsal
from voting.journal.store import Entry, Family, KeptCheckpoint, Store
from voting.service.checkpoints import Notary
from voting.service.handle import Done, Listener, Writer
from voting.service.live import Snapshot

HeadListener = Callable[[SittingId, KeptCheckpoint], None]


class Recorder(Protocol):
    """What the rest of the product asks of a writer."""

    @property
    def depth(self) -> int:
        """How many commands wait."""
        ...

    def listen(self, listener: Listener) -> None:
        """Hear of every line from now on, whichever process writes it."""
        ...

    def listen_own(self, listener: Listener) -> None:
        """Hear of the lines that this process writes."""
        ...

    def watch(self, interest: Callable[[SittingId], bool]) -> None:
        """Of what other processes write, follow at once what somebody here has an interest in."""
        ...

    def submit(self, sitting: SittingId, command: SittingCommand, key: str | None = None) -> Awaitable[Done]:
        """Decide and durably record: whoever awaits the answer has it once it is committed."""
        ...

    async def snapshot(self, sitting: SittingId) -> Snapshot:
        """The sitting as last committed here. Raises ``SittingUnknown``."""
        ...

    def committed(self, sitting: SittingId) -> Snapshot | None:
        """The same without waiting: None when that sitting was not read yet."""
        ...

    async def recover(self, sitting: SittingId) -> Snapshot:
        """After a start: read that sitting, and sign its head if a crash prevented it."""
        ...

    async def history(self, sitting: SittingId) -> list[Entry]:
        """Every line of that sitting, from the store."""
        ...


class Heads(Protocol):
    """What the rest of the product asks of a notary."""

    def listen(self, listener: HeadListener) -> None:
        """Hear of every new checkpoint."""
        ...

    async def latest(self, sitting: SittingId) -> KeptCheckpoint | None:
        """The newest checkpoint of that sitting."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The store of one family, with what writes to it."""

    store: Store
    writer: Writer
    notary: Notary

    async def purge(self, sitting: SittingId) -> int:
        """Forget a rehearsal, votes and all; how many lines are gone. Raises ``OfficialRecord`` for a real sitting."""
        gone = await self.store.purge(sitting)
        self.writer.forget(sitting)
        self.notary.forget(sitting)
        return gone


class Writers:
    """Both writers as one. Satisfies ``Recorder``."""

    def __init__(self, official: Shelf, rehearsals: Shelf) -> None:
        """Each of its own family. Raises ``ValueError`` when they are mixed up."""
        _check(official, rehearsals)
        self._official, self._rehearsals = official.writer, rehearsals.writer

    @property
    def depth(self) -> int:
        """How many commands wait."""
        return self._official.depth + self._rehearsals.depth

    def listen(self, listener: Listener) -> None:
        """Hear of every line from now on, whichever process writes it."""
        self._official.listen(listener)
        self._rehearsals.listen(listener)

    def listen_own(self, listener: Listener) -> None:
        """Hear of the lines that this process writes."""
        self._official.listen_own(listener)
        self._rehearsals.listen_own(listener)

    def watch(self, interest: Callable[[SittingId], bool]) -> None:
        """Of what other processes write, follow at once what somebody here has an interest in."""
        self._official.watch(interest)
        self._rehearsals.watch(interest)

    def submit(self, sitting: SittingId, command: SittingCommand, key: str | None = None) -> Awaitable[Done]:
        """Decide and durably record, in the journal of its family."""
        return self._of(sitting).submit(sitting, command, key)

    async def snapshot(self, sitting: SittingId) -> Snapshot:
        """The sitting as last committed here. Raises ``SittingUnknown``."""
        return await self._of(sitting).snapshot(sitting)

    def committed(self, sitting: SittingId) -> Snapshot | None:
        """The same without waiting: None when that sitting was not read yet."""
        return self._of(sitting).committed(sitting)

    async def recover(self, sitting: SittingId) -> Snapshot:
        """After a start: read that sitting, and sign its head if a crash prevented it."""
        return await self._of(sitting).recover(sitting)

    async def history(self, sitting: SittingId) -> list[Entry]:
        """Every line of that sitting, from the store."""
        return await self._of(sitting).history(sitting)

    def _of(self, sitting: SittingId) -> Writer:
        return self._rehearsals if is_rehearsal(sitting) else self._official


class Notaries:
    """Both notaries as one. Satisfies ``Heads``."""

    def __init__(self, official: Shelf, rehearsals: Shelf) -> None:
        """Each of its own family. Raises ``ValueError`` when they are mixed up."""
        _check(official, rehearsals)
        self._official, self._rehearsals = official.notary, rehearsals.notary

    def listen(self, listener: HeadListener) -> None:
        """Hear of every new checkpoint."""
        self._official.listen(listener)
        self._rehearsals.listen(listener)

    async def latest(self, sitting: SittingId) -> KeptCheckpoint | None:
        """The newest checkpoint of that sitting."""
        return await (self._rehearsals if is_rehearsal(sitting) else self._official).latest(sitting)


def _check(official: Shelf, rehearsals: Shelf) -> None:
    if official.store.family is not Family.OFFICIAL or rehearsals.store.family is not Family.REHEARSAL:
        raise ValueError("the two families are mixed up")
