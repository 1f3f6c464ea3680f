"""The leases of all processes in PostgreSQL, by its clock alone: those of the processes may differ."""

from collections.abc import Callable, Collection, Sequence

from sqlalchemy import delete, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.leases import PRESENT, Round
from bot.storage.tables import LEASE
from voting.journal.sql.database import Database

FORGOTTEN = 60.0
"""Seconds after its end when a lease that nobody wants is thrown away."""
TOPIC = "leases"

# Of the transaction: what was found to be over is what is taken, and the other way round.
_NOW = "extract(epoch FROM transaction_timestamp())::float8"
# One that ends later than any can was written before the clock of the server was put back: it would never end.
_OVER = f"(bot_lease.until < {_NOW} OR bot_lease.until > {_NOW} + 2 * :term)"
_TAKE = text(
    f"INSERT INTO bot_lease (name, holder, until) SELECT n, :holder, {_NOW} + :term"  # noqa: S608
    " FROM unnest(CAST(:names AS text[])) AS n ORDER BY n"
    " ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until"
    f" WHERE bot_lease.holder = excluded.holder OR {_OVER} RETURNING name"
)
_ORPHANS = text(f"SELECT name FROM bot_lease WHERE holder <> :holder AND {_OVER}")  # noqa: S608
_PRESENT = text(f"SELECT count(*) FROM bot_lease WHERE name LIKE '{PRESENT}%' AND NOT {_OVER}")  # noqa: S608
_TIDY = text(f"DELETE FROM bot_lease WHERE until < {_NOW} - :forgotten")  # noqa: S608


class SqlLeaseTable:
    """Satisfies ``bot.storage.leases.LeaseTable``."""

    def __init__(self, database: Database) -> None:
        """A database that several processes may serve."""
        self._database = database

    async def take(self, holder: str, names: Sequence[str], term: float) -> Round:
        """Prolong or take what is ours, nobody's, or nobody's any more."""
        return await self._database.write(lambda connection: _take(connection, holder, names, term))

    async def give_back(self, holder: str, names: Collection[str]) -> None:
        """Whoever else wants them may have them at once."""
        gone = delete(LEASE).where(LEASE.c.holder == holder, LEASE.c.name.in_(names))

        async def change(connection: AsyncConnection) -> None:
            await connection.execute(gone)

        await self._database.write(change)
        self._database.bulletin.post(TOPIC)

    def listen(self, heard: Callable[[], None]) -> None:
        """Hear that another process gave something back."""

        def on_topic(topic: str) -> None:
            if topic == TOPIC:
                heard()

        self._database.bulletin.listen(on_topic)


async def _take(connection: AsyncConnection, holder: str, names: Sequence[str], term: float) -> Round:
    orphans = list((await connection.execute(_ORPHANS, {"holder": holder, "term": term})).scalars())
    taken: list[str] = []
    if names:
        asked = {"names": list(names), "holder": holder, "term": term}
        taken = list((await connection.execute(_TAKE, asked)).scalars())
    if orphans:
        await connection.execute(_TIDY, {"forgotten": FORGOTTEN})
    present = (await connection.execute(_PRESENT, {"term": term})).scalar_one()
    return Round(taken=taken, orphans=orphans, present=present)
