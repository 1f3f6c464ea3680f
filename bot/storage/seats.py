"""Who is simulated in which rehearsal, in the database: whichever process plays them next goes on with the same."""

from collections.abc import Awaitable, Callable, Collection, Mapping

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ports import Seated
from bot.storage.rows import Change, next_change
from bot.storage.tables import SIMULATED_SEAT
from voting.domain.ids import PersonId, SittingId
from voting.journal.sql.database import Database

TOPIC = "books"
"""What other processes are told after a change: that of the other books, whose number this moves too."""


class SqlSeats:
    """Satisfies ``bot.ports.SeatBook``."""

    def __init__(self, database: Database) -> None:
        """Nothing to read before somebody asks."""
        self._database = database
        self._changed: Callable[[Seated], None] = lambda seated: None

    async def load(self) -> Seated:
        """Everybody who is simulated anywhere."""
        return await self._database.read(_read)

    async def fill(self, sitting: SittingId, people: Collection[PersonId]) -> None:
        """Those, and nobody else, are simulated there."""
        await self._database.write(_fill(sitting, people))
        self._database.bulletin.post(TOPIC)

    async def free(self, sitting: SittingId, person: PersonId | None = None) -> None:
        """Nobody plays that member any more; without one, nobody plays there."""
        await self._database.write(_free(sitting, person))
        self._database.bulletin.post(TOPIC)

    def listen(self, changed: Callable[[Seated], None]) -> None:
        """Hear of what other processes change."""
        self._changed = changed

    async def refresh(self) -> None:
        """Another process has changed something of the books."""
        self._changed(await self.load())


async def _read(connection: AsyncConnection) -> Seated:
    found: dict[SittingId, set[PersonId]] = {}
    for row in await connection.execute(select(SIMULATED_SEAT)):
        found.setdefault(SittingId(row.sitting), set()).add(PersonId(row.person))
    return _frozen(found)


def _frozen(found: Mapping[SittingId, set[PersonId]]) -> Seated:
    return {sitting: frozenset(people) for sitting, people in found.items()}


def _fill(sitting: SittingId, people: Collection[PersonId]) -> Change:
    async def work(connection: AsyncConnection) -> None:
        await next_change(connection)
        await connection.execute(delete(SIMULATED_SEAT).where(SIMULATED_SEAT.c.sitting == sitting))
        if people:
            rows = [{"sitting": sitting, "person": person} for person in people]
            await connection.execute(insert(SIMULATED_SEAT), rows)

    return work


def _free(sitting: SittingId, person: PersonId | None) -> Callable[[AsyncConnection], Awaitable[None]]:
    async def work(connection: AsyncConnection) -> None:
        await next_change(connection)
        gone = delete(SIMULATED_SEAT).where(SIMULATED_SEAT.c.sitting == sitting)
        await connection.execute(gone if person is None else gone.where(SIMULATED_SEAT.c.person == person))

    return work
