"""Leases in the database: a process that dies loses its own within seconds, by the clock of the database alone.

A lease is asked for, prolonged and taken over by one statement per beat, whatever their number.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence

from sqlalchemy import delete, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import LEASE
from voting.journal.faults import StoreFault
from voting.journal.sql.database import Database

_log = logging.getLogger(__name__)

TERM = 4.0
"""Seconds for which a lease holds."""
BEAT = 1.0
"""Between two rounds, in which leases are prolonged and those of the dead are taken over."""
MARGIN = 1.0
"""Before its end, a lease is not relied on any more: what was begun still comes to its end within it."""
FORGOTTEN = 60.0
"""After its end, a lease that nobody wants is thrown away."""
TOPIC = "leases"

_NOW = "extract(epoch FROM clock_timestamp())::float8"
_TAKE = text(
    f"INSERT INTO bot_lease (name, holder, until) SELECT n, :holder, {_NOW} + :term"  # noqa: S608
    " FROM unnest(CAST(:names AS text[])) AS n ORDER BY n"
    " ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until"
    f" WHERE bot_lease.holder = excluded.holder OR bot_lease.until < {_NOW} RETURNING name"
)
_ORPHANS = text(f"SELECT name FROM bot_lease WHERE until < {_NOW}")  # noqa: S608
_TIDY = text(f"DELETE FROM bot_lease WHERE until < {_NOW} - :forgotten")  # noqa: S608


class SqlLeases:
    """The leases of one process, from `start` to `close`; satisfies ``bot.ports.Leases``."""

    def __init__(self, database: Database, holder: str, *, term: float = TERM, beat: float = BEAT) -> None:
        """``holder`` is a name that no other process has."""
        self._database = database
        self._holder = holder
        self._term, self._beat = term, beat
        self._wanted: dict[str, Callable[[], None]] = {}
        self._held: dict[str, float] = {}
        self._left: set[str] = set()
        self._kicked = asyncio.Event()
        self._orphaned: Callable[[str], None] = lambda name: None
        self._task: asyncio.Task[None] | None = None
        database.bulletin.listen(self._heard)

    def orphaned(self, listener: Callable[[str], None]) -> None:
        """Hear of the leases of processes that died."""
        self._orphaned = listener

    def start(self) -> None:
        """Begin to ask."""
        self._task = asyncio.get_running_loop().create_task(self._run(), name="leases")

    async def close(self) -> None:
        """Give everything back."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self._left |= self._wanted.keys()
        self._wanted, self._held = {}, {}
        try:
            await self._give_back()
        except StoreFault as fault:
            _log.warning("leases not given back, they end by themselves: %s", fault)

    def want(self, name: str, got: Callable[[], None]) -> None:
        """Ask for it, and keep it once it is ours."""
        if name not in self._wanted:
            self._left.discard(name)
            self._kicked.set()
        self._wanted[name] = got

    def wants(self, name: str) -> bool:
        """It was asked for, and not left."""
        return name in self._wanted

    def holds(self, name: str) -> bool:
        """It is surely ours for a moment longer."""
        return self._held.get(name, 0.0) > asyncio.get_running_loop().time()

    def leave(self, name: str) -> None:
        """It is not needed any more."""
        if self._wanted.pop(name, None) is not None:
            self._held.pop(name, None)
            self._left.add(name)
            self._kicked.set()

    def _heard(self, topic: str) -> None:
        if topic == TOPIC and any(not self.holds(name) for name in self._wanted):
            self._kicked.set()

    async def _run(self) -> None:
        while True:
            try:
                await self._round()
            except StoreFault as fault:
                _log.warning("leases not prolonged: %s", fault)
            try:
                async with asyncio.timeout(self._beat):
                    await self._kicked.wait()
            except TimeoutError:
                pass
            self._kicked.clear()

    async def _round(self) -> None:
        if self._left:
            await self._give_back()
        # Counted from before the question: the database begins to count later than we do.
        began = asyncio.get_running_loop().time()
        asked = list(self._wanted)
        taken, orphans = await self._database.write(lambda connection: self._take(connection, asked))
        new = [name for name in taken if not self.holds(name)]
        until = began + self._term * (1 - MARGIN / TERM)
        self._held = {name: until for name in taken if name in self._wanted}
        for name in new:
            if (got := self._wanted.get(name)) is not None:
                got()
        for name in set(orphans) - self._wanted.keys():
            self._orphaned(name)

    async def _take(self, connection: AsyncConnection, names: Sequence[str]) -> tuple[list[str], list[str]]:
        taken: list[str] = []
        if names:
            asked = {"names": list(names), "holder": self._holder, "term": self._term}
            taken = list((await connection.execute(_TAKE, asked)).scalars())
        orphans = list((await connection.execute(_ORPHANS)).scalars())
        if orphans:
            await connection.execute(_TIDY, {"forgotten": FORGOTTEN})
        return taken, orphans

    async def _give_back(self) -> None:
        left, self._left = self._left, set()
        gone = delete(LEASE).where(LEASE.c.holder == self._holder, LEASE.c.name.in_(left))

        async def change(connection: AsyncConnection) -> None:
            await connection.execute(gone)

        await self._database.write(change)
        self._database.bulletin.post(TOPIC)
