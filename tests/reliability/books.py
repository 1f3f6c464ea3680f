"""What the processes of a simulated evening share beside the record: leases and the book of what is on screen.

Kept where every process finds it, reached over a line that fails like that of the record; the clock of the leases is
the database's own, and may be put forward or back.
"""

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from bot.ports import Overtaken, SentCard
from bot.storage.leases import PRESENT, Round
from tests.reliability.simulated import Disk
from voting.domain.ids import SittingId
from voting.journal.faults import StoreUnavailable

HOUR = 3600.0


@dataclass(slots=True)
class Books:
    """The rows, and the clock of the database."""

    disk: Disk
    cards: dict[tuple[str, str], SentCard] = field(default_factory=dict)
    leases: dict[str, tuple[str, float]] = field(default_factory=dict)
    """Holder, and until when."""
    jumped_at: float = -HOUR
    written: set[str] = field(default_factory=set)
    """Every message of which the book ever knew."""
    _wrong: float = 0.0
    _listeners: list[Callable[[], None]] = field(default_factory=list)

    def now(self) -> float:
        """The time by the clock of the database."""
        if self.disk.strikes("database's clock", 0.02):
            self._wrong += self.disk.chance.choice([-HOUR, HOUR])
            self.jumped_at = asyncio.get_running_loop().time()
        return asyncio.get_running_loop().time() + self._wrong

    def given_back(self) -> None:
        """Word to all of them, some of it lost."""
        for heard in self._listeners:
            if self.disk.is_calm or self.disk.chance.random() < 0.8:
                heard()

    def listen(self, heard: Callable[[], None]) -> None:
        """Hear that something was given back."""
        self._listeners.append(heard)


class Wire:
    """The connection of one process to the books; it can be cut for a while, and that of no other."""

    def __init__(self, books: Books, holder: str) -> None:
        self._books = books
        self._holder = holder
        self.cut_until = 0.0

    async def travel(self) -> None:
        """On the way there, or back."""
        disk = self._books.disk
        await asyncio.sleep(disk.chance.uniform(0.0005, 0.01))
        if disk.strikes("books slow", 0.01):
            await asyncio.sleep(disk.chance.uniform(0.5, 3.0))
        if asyncio.get_running_loop().time() < self.cut_until or disk.strikes("books lost the question", 0.02):
            raise StoreUnavailable

    # --- bot.storage.leases.LeaseTable ---

    async def take(self, holder: str, names: Sequence[str], term: float) -> Round:
        await self.travel()
        books, now = self._books, self._books.now()
        over = {n for n, (_, until) in books.leases.items() if until < now or until > now + 2 * term}
        orphans = [name for name in over if books.leases[name][0] != holder]
        free = [n for n in names if n not in books.leases or n in over or books.leases[n][0] == holder]
        books.leases |= dict.fromkeys(free, (holder, now + term))
        if orphans:
            books.disk.faults["lease of the dead"] += bool(set(orphans) & set(free))
        await self.travel()
        present = sum(n.startswith(PRESENT) and now <= until for n, (_, until) in books.leases.items())
        return Round(taken=free, orphans=orphans, present=present)

    async def give_back(self, holder: str, names: Collection[str]) -> None:
        await self.travel()
        for name in names:
            if self._books.leases.get(name, ("", 0.0))[0] == holder:
                del self._books.leases[name]
        self._books.given_back()

    def listen(self, heard: Callable[[], None]) -> None:
        self._books.listen(heard)

    # --- bot.ports.SentCards ---

    async def load(self, sitting: SittingId) -> tuple[SentCard, ...]:
        await self.travel()
        found = tuple(self._books.cards.values())
        await self.travel()
        return found

    async def save(self, card: SentCard) -> None:
        await self.travel()
        place, books = (card.conversation_id, card.slot), self._books
        holder, until = books.leases.get(card.conversation_id, (self._holder, 0.0))
        if place in books.cards and holder != self._holder and until >= books.now():
            books.disk.faults["overtaken"] += 1
            raise Overtaken("another process speaks there")
        books.cards[place] = card
        books.written.add(card.activity_id)
        await self.travel()
