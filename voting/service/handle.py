"""The one writer of a process: every command goes through here, and is answered once it is durably in the journal.

Sittings are shared out among lanes, each of which commits everything that waits for all of its sittings at once; how
one lane does it is in ``lane``. SQLite has one, PostgreSQL a few.
"""

import asyncio
import zlib
from asyncio import Future
from collections.abc import Callable, Iterable

from voting.domain.commands import (
    CastVote,
    ConveneSitting,
    OpenContest,
    OpenExchange,
    OpenNextRound,
    OpenPoll,
    SittingCommand,
)
from voting.domain.events import SittingEvent
from voting.domain.ids import SittingId, is_rehearsal
from voting.journal.codec import Codec
from voting.journal.faults import StoreLow
from voting.journal.store import Entry, Family, Store
from voting.service.batch import Done, Waiter
from voting.service.checkpoints import Notary
from voting.service.held import Held, Listener, Listeners
from voting.service.lane import ATTEMPTS, BATCH, Lane
from voting.service.live import Snapshot
from voting.service.ports import Clock

_BEGINNINGS = (OpenPoll, OpenContest, OpenNextRound, OpenExchange)
"""What begins a vote: it is not begun where it might not come to its end."""

__all__ = ["ATTEMPTS", "BATCH", "Done", "Listener", "Writer"]


class WrongStream(Exception):
    """A rehearsal was brought to the writer of official sittings, or the reverse. No way of asking leads to it."""

    def __init__(self, sitting: SittingId) -> None:
        """Nothing was read or written."""
        super().__init__(sitting)
        self.sitting = sitting


class Writer:
    """Commits the commands of many sittings. Start it, submit, close it."""

    def __init__(
        self,
        store: Store,
        codec: Codec[SittingEvent],
        clock: Clock,
        notary: Notary,
        listeners: Iterable[Listener] = (),
        *,
        lanes: int = 1,
        first: int = BATCH,
    ) -> None:
        """One store, one writer: a second one in the same process would only race with this one.

        ``first``: commands at most in a batch that follows none.
        """
        self._store = store
        self._is_of_rehearsals = store.family is Family.REHEARSAL
        self._listeners = Listeners(list(listeners))
        self._interests: list[Callable[[SittingId], bool]] = []
        self._lanes = [Lane(store, clock, notary, Held(store, codec, self._listeners), first) for _ in range(lanes)]

    def listen(self, listener: Listener) -> None:
        """Hear of every line from now on, whichever process writes it."""
        self._listeners.everything.append(listener)

    def listen_own(self, listener: Listener) -> None:
        """Hear of the lines that this process writes: for what must happen once, and not once per process."""
        self._listeners.own.append(listener)

    def watch(self, interest: Callable[[SittingId], bool]) -> None:
        """Of what other processes write, follow at once what somebody here has an interest in; else everything."""
        self._interests.append(interest)

    @property
    def depth(self) -> int:
        """How many commands wait."""
        return sum(lane.depth for lane in self._lanes)

    def held(self) -> list[Snapshot]:
        """Every sitting that was read here, as last committed."""
        return [snapshot for lane in self._lanes for snapshot in lane.held.committed.values()]

    def start(self) -> None:
        """Begin to commit."""
        for number, lane in enumerate(self._lanes):
            lane.start(f"journal-writer-{number}")

    async def close(self) -> None:
        """Commit what waits, then stop."""
        await asyncio.gather(*(lane.close() for lane in self._lanes))

    def submit(self, sitting: SittingId, command: SittingCommand, key: str | None = None) -> Future[Done]:
        """Decide and durably record. Raises the ``Refusal``, ``OutcomeUnknown``, or whatever bug the command met;
        ``StoreLow`` when it would begin a vote on a disk that is nearly full.

        ``key`` says what the wish *is* (poll, mandate, revision): a second submission of it returns the first answer.
        """
        if is_rehearsal(sitting) is not self._is_of_rehearsals:
            raise WrongStream(sitting)
        if type(command) is not CastVote:  # the busiest path has nothing else to be asked
            self._check(sitting, command)
        answer: Future[Done] = asyncio.get_running_loop().create_future()
        self._lane(sitting).add(Waiter(sitting, command, key, answer))
        return answer

    async def snapshot(self, sitting: SittingId) -> Snapshot:
        """The sitting as last committed, read from the journal the first time. Raises ``SittingUnknown``."""
        return await self._lane(sitting).snapshot(sitting)

    def committed(self, sitting: SittingId) -> Snapshot | None:
        """The same without waiting: None when that sitting was not read yet."""
        return self._lane(sitting).held.committed.get(sitting)

    async def recover(self, sitting: SittingId) -> Snapshot:
        """After a start: read that sitting, and sign its head if a crash prevented it."""
        lane = self._lane(sitting)
        live = await lane.held.load(sitting)
        if live.final_size:
            await lane.abreast.sign(live.snapshot(), live.tree)
        return await self.snapshot(sitting)

    async def history(self, sitting: SittingId) -> list[Entry]:
        """Every line of that sitting, from the store."""
        return await self._store.read(sitting)

    def refresh(self, sitting: SittingId) -> None:
        """Another process may have appended to that sitting: read on and tell the listeners, at once if it matters."""
        at_once = not self._interests or any(interest(sitting) for interest in self._interests)
        self._lane(sitting).abreast.refresh(sitting, at_once=at_once)

    def forget(self, sitting: SittingId) -> None:
        """That rehearsal is gone from the store: know nothing of it either."""
        self._lane(sitting).held.drop(sitting)

    def _check(self, sitting: SittingId, command: SittingCommand) -> None:
        """A convocation names its own stream, and follows one of its family; a vote begins where it can end."""
        if isinstance(command, ConveneSitting):
            for one in (command.sitting, command.second_convocation_of):
                if one is not None and is_rehearsal(one) is not self._is_of_rehearsals:
                    raise WrongStream(sitting)
        if isinstance(command, _BEGINNINGS) and not self._store.has_room():
            raise StoreLow

    def compare(self) -> None:
        """Ask the store whether other processes appended to any sitting that may still change."""
        for lane in self._lanes:
            lane.abreast.compare()

    def _lane(self, sitting: SittingId) -> Lane:
        """Always the same for a sitting: its commands keep their order."""
        if len(self._lanes) == 1:
            return self._lanes[0]
        return self._lanes[zlib.crc32(sitting.encode("utf-8", "surrogatepass")) % len(self._lanes)]
