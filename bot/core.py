"""The product without Teams: store, writer, checkpoints, news. What every command of the program opens first."""

from dataclasses import dataclass

from bot.rim import KeySigner
from voting.domain.events import SittingEvent
from voting.domain.ids import SittingId
from voting.domain.refusals import SittingUnknown
from voting.journal.codec import Codec
from voting.journal.keys import SigningKey
from voting.journal.store import Store
from voting.journal.wire import WIRE
from voting.service.checkpoints import Notary
from voting.service.feed import Feed
from voting.service.handle import Writer
from voting.service.ports import Clock
from voting.service.views.board import BoardView, board_view


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """The parts, started together and closed together."""

    store: Store
    writer: Writer
    notary: Notary
    feed: Feed
    codec: Codec[SittingEvent]
    key: SigningKey

    async def recover(self) -> list[SittingId]:
        """After a start: read every sitting, sign the heads that a crash left unsigned. All sittings, oldest first."""
        sittings = [SittingId(sitting) for sitting in await self.store.sittings()]
        for sitting in sittings:
            await self.writer.recover(sitting)
        return sittings

    async def close(self) -> None:
        """Commit what waits, then let the store go."""
        await self.writer.close()
        await self.store.close()

    async def board(self, sitting: SittingId) -> BoardView | None:
        """The board of that sitting; None when there is no such sitting (``bot.web.ports.Boards``)."""
        try:
            snapshot = await self.writer.snapshot(sitting)
        except SittingUnknown:
            return None
        return board_view(snapshot.sitting, snapshot.rules)


async def open_core(store: Store, key: SigningKey, clock: Clock, *, lanes: int = 1) -> Core:
    """Start the store and the writer on it; ``lanes`` batches may be under way at once."""
    await store.start()
    codec: Codec[SittingEvent] = Codec(WIRE)
    notary = Notary(store, KeySigner(key))
    feed = Feed()
    writer = Writer(store, codec, clock, notary, [feed.committed], lanes=lanes)
    writer.start()
    return Core(store=store, writer=writer, notary=notary, feed=feed, codec=codec, key=key)
