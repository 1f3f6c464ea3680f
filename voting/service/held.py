"""The sittings that a writer holds: their state, as far as the journal was read, and what nobody was told yet.

Brought up to date from the store: from the last line that is known when that line is still there, else from the first.
"""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from voting.domain.events import SittingEvent
from voting.domain.ids import SittingId
from voting.domain.sitting import Phase
from voting.journal.codec import Codec
from voting.journal.store import EMPTY, Head, Store
from voting.service.batch import Reached
from voting.service.live import Live, Recorded, Snapshot

_log = logging.getLogger(__name__)

Listener = Callable[[Snapshot, tuple[Recorded, ...]], None]
"""Called on the event loop after each commit with every new line of that journal; must return at once."""


@dataclass(slots=True)
class Listeners:
    """Who wants to hear of new lines."""

    everything: list[Listener] = field(default_factory=list)
    """Of every line, whichever process wrote it."""
    own: list[Listener] = field(default_factory=list)
    """Of the lines that this process wrote: each is heard of once, in one place."""


class Held:
    """States and news of the sittings of one lane."""

    def __init__(self, store: Store, codec: Codec[SittingEvent], listeners: Listeners) -> None:
        self._store = store
        self._codec = codec
        self._listeners = listeners
        self.live: dict[SittingId, Live] = {}
        """Speculative while batches are under way, one being written and perhaps one decided behind it."""
        self.committed: dict[SittingId, Snapshot] = {}
        self._heads: dict[SittingId, Head] = {}
        self._behind: dict[SittingId, bool] = {}
        """Somebody else appended: perhaps (it was said), or surely (the store compared)."""
        self._told: dict[SittingId, int] = {}
        """How many lines of each journal the listeners know of."""
        self._news: dict[SittingId, list[Recorded]] = {}
        self._own: dict[SittingId, list[Recorded]] = {}
        self._turn = 0
        """From which of the closed sittings on the store is asked next."""

    async def snapshot(self, sitting: SittingId) -> Snapshot:
        """The sitting as last committed here, read from the journal the first time. Raises ``SittingUnknown``."""
        known = self.committed.get(sitting)
        if known is None:
            live = await self.load(sitting)
            known = self.committed.setdefault(sitting, live.snapshot())
            self._heads.setdefault(sitting, live.head)
        return known

    async def load(self, sitting: SittingId) -> Live:
        """That sitting as the journal has it, apart from what is held."""
        live = Live(sitting, self._codec)
        live.replay(await self._store.read(sitting))
        return live

    def at_hand(self, sitting: SittingId) -> Live | None:
        """Its state, if commands can be decided on it without reading anything."""
        return None if sitting in self._behind else self.live.get(sitting)

    def told(self, sitting: SittingId) -> int:
        """How many of its lines the listeners know of."""
        return self._told[sitting]

    def is_behind(self, sitting: SittingId) -> bool:
        """Somebody else appended to a sitting that was read here."""
        return sitting in self._behind and sitting in self.committed

    def expected(self, closed: int) -> dict[str, Head]:
        """The heads, as committed here, that others may have moved; of that many closed sittings, others each time.

        A closed one still changes, by hand: notes on the debate, corrections, approval, signatures.
        """
        heads = {sitting: head for sitting, head in self._heads.items() if sitting not in self._behind}
        over = [s for s in heads if self.committed[s].sitting.course.phase is Phase.CLOSED]
        first = self._turn % len(over) if len(over) > closed else 0
        self._turn = first + closed
        later = {*over} - {*(over + over)[first : first + closed]}
        return {sitting: head for sitting, head in heads.items() if sitting not in later}

    # --- what is not to be believed any more -------------------------------------------------------------------------

    def forget(self, sittings: Iterable[SittingId]) -> None:
        """A commit is in doubt: these are read again from their first line."""
        for sitting in sittings:
            self.live.pop(sitting, None)

    def drop(self, sitting: SittingId) -> None:
        """A rehearsal that was purged: nothing is known of it any more."""
        for known in (self.live, self.committed, self._heads, self._behind, self._told, self._news, self._own):
            known.pop(sitting, None)

    def fall_behind(self, sitting: SittingId, *, surely: bool) -> None:
        """Somebody else appended to it."""
        self._behind[sitting] = surely or self._behind.get(sitting, False)

    # --- catching up -------------------------------------------------------------------------------------------------

    async def catch_up(self, sitting: SittingId) -> None:
        """Have that sitting's state at hand; lines that were not written by this batch are news as well."""
        held = self.live.get(sitting)
        if held is not None and sitting not in self._behind:
            return
        surely = self._behind.pop(sitting, False)
        self.forget([sitting])
        recorded = await self._further(held) if held is not None else None
        if held is None or recorded is None or (surely and not recorded):
            held = Live(sitting, self._codec)
            recorded = held.replay(await self._store.read(sitting))
            self._read_again(sitting, recorded)
        else:
            self._news.setdefault(sitting, []).extend(recorded)
        self._keep(sitting, held)
        self.live[sitting] = held

    async def meet(self, sitting: SittingId) -> None:
        """Catch up with a sitting that somebody else writes; one that was never read is news from its first line."""
        known = self.committed.get(sitting)
        self._told.setdefault(sitting, known.size if known is not None else 0)
        await self.catch_up(sitting)

    async def _further(self, live: Live) -> list[Recorded] | None:
        """Read on from the last known line; None if it is not there any more, as after a fail-over that lost some."""
        if live.head == EMPTY:
            return live.replay(await self._store.read(live.id))
        found = await self._store.read(live.id, live.head.seq - 1)
        if not found or Head(found[0].seq, found[0].leaf) != live.head:
            _log.error("the journal of %s is not the one that was read", live.id)
            return None
        return live.replay(found[1:])

    def _read_again(self, sitting: SittingId, recorded: list[Recorded]) -> None:
        told = self._told[sitting] = min(self._told.setdefault(sitting, len(recorded)), len(recorded))
        self._news[sitting] = recorded[told:]

    # --- committing and telling --------------------------------------------------------------------------------------

    def commit(self, reached: Mapping[SittingId, Reached]) -> None:
        """This is in the journal. What was purged meanwhile stays forgotten."""
        for sitting, (snapshot, head) in reached.items():
            if sitting in self.live:
                self.committed[sitting], self._heads[sitting] = snapshot, head

    def note(self, sitting: SittingId, recorded: Sequence[Recorded]) -> None:
        """Lines that this process wrote."""
        self._news.setdefault(sitting, []).extend(recorded)
        self._own.setdefault(sitting, []).extend(recorded)

    def announce(self) -> None:
        """Tell the listeners what is in the journal. Everybody has been answered: a listener can break nothing."""
        news, self._news = self._news, {}
        own, self._own = self._own, {}
        for sitting, recorded in news.items():
            if recorded:
                self._told[sitting] = recorded[-1].seq + 1
                self._tell(self._listeners.everything, sitting, recorded)
        for sitting, recorded in own.items():
            self._tell(self._listeners.own, sitting, recorded)

    def _tell(self, listeners: Iterable[Listener], sitting: SittingId, recorded: list[Recorded]) -> None:
        for listener in listeners:
            try:
                listener(self.committed[sitting], tuple(recorded))
            except Exception:
                _log.exception("a listener failed", extra={"sitting": sitting})

    def _keep(self, sitting: SittingId, live: Live) -> None:
        if live.is_convened:
            self.committed[sitting] = live.snapshot()
            self._heads[sitting] = live.head
        else:  # a rehearsal that was purged
            self.committed.pop(sitting, None)
            self._heads.pop(sitting, None)
