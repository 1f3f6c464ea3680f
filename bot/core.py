"""The product without Teams: store, writer, checkpoints, news. What every command of the program opens first."""

from dataclasses import dataclass

from bot.rim import KeySigner
from voting.domain.events import SittingEvent
from voting.domain.ids import SittingId
from voting.domain.refusals import SittingUnknown
from voting.journal.codec import Codec
from voting.journal.keys import SigningKey
from voting.journal.memory import MemoryStore
from voting.journal.store import Family, Store
from voting.journal.wire import WIRE
from voting.service.checkpoints import Notary
from voting.service.families import Heads, Notaries, Recorder, Shelf, Writers
from voting.service.feed import Feed
from voting.service.handle import Writer
from voting.service.memory import memory_aside
from voting.service.ports import Aside, Clock
from voting.service.views.board import BoardView, board_view


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """The parts, started together and closed together."""

    official: Shelf
    rehearsals: Shelf
    """Whatever holds no more than this can touch no official sitting."""
    writer: Recorder
    """Of both families, like the notary: the id of a sitting says which."""
    notary: Heads
    aside: Aside
    """Books that are not the record: rehearsals, who is ready, who asked for help."""
    feed: Feed
    codec: Codec[SittingEvent]
    key: SigningKey

    @property
    def store(self) -> Store:
        """Of the official sittings."""
        return self.official.store

    async def recover(self) -> list[SittingId]:
        """After a start: read every sitting, sign the heads that a crash left unsigned. Rehearsals come last."""
        names = [*await self.store.sittings(), *await self.rehearsals.store.sittings()]
        sittings = [SittingId(sitting) for sitting in names]
        for sitting in sittings:
            await self.writer.recover(sitting)
        return sittings

    async def close(self) -> None:
        """Commit what waits, then let the store go."""
        await _put_away(self.official)
        await _put_away(self.rehearsals)

    async def board(self, sitting: SittingId) -> BoardView | None:
        """The board of that sitting; None when there is no such sitting (``bot.web.ports.Boards``)."""
        try:
            snapshot = await self.writer.snapshot(sitting)
        except SittingUnknown:
            return None
        return board_view(snapshot.sitting, snapshot.rules)


async def open_core(
    store: Store,
    key: SigningKey,
    clock: Clock,
    rehearsals: Store | None = None,
    aside: Aside | None = None,
    *,
    lanes: int = 1,
) -> Core:
    """Start the stores and the writer on each; ``lanes`` batches of official sittings may be under way at once.

    What no store is given for is kept in memory.
    """
    codec: Codec[SittingEvent] = Codec(WIRE)
    feed = Feed()
    official = await _shelf(store, key, clock, codec, feed, lanes)
    try:
        apart = rehearsals or MemoryStore(Family.REHEARSAL)
        training = await _shelf(apart, key.for_rehearsals(), clock, codec, feed)
    except BaseException:
        await _put_away(official)
        raise
    return Core(
        official=official,
        rehearsals=training,
        writer=Writers(official, training),
        notary=Notaries(official, training),
        aside=aside or memory_aside(),
        feed=feed,
        codec=codec,
        key=key,
    )


async def _shelf(
    store: Store, key: SigningKey, clock: Clock, codec: Codec[SittingEvent], feed: Feed, lanes: int = 1
) -> Shelf:
    await store.start()
    notary = Notary(store, KeySigner(key))
    writer = Writer(store, codec, clock, notary, [feed.committed], lanes=lanes)
    writer.start()
    return Shelf(store=store, writer=writer, notary=notary)


async def _put_away(shelf: Shelf) -> None:
    await shelf.writer.close()
    await shelf.store.close()
