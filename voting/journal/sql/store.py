"""The store contract over any `Database`: the queries that every engine understands. Appending is the engine's own."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import Row, Select, delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from voting.journal.bulletin import MISSED
from voting.journal.faults import CheckpointRefused, EntryCorrupted, OfficialRecord
from voting.journal.sql.database import Database
from voting.journal.sql.tables import TABLES
from voting.journal.store import (
    EMPTY,
    Appended,
    Entry,
    Family,
    Head,
    HeadMoved,
    KeptCheckpoint,
    KeyTaken,
    StoreHealth,
    check_batch,
    check_read,
)

FOUND_AT_ONCE = 500
"""Keys per query: engines limit the parameters of a statement."""


class SqlStore:
    """One family of records in a database that other stores may share."""

    def __init__(self, database: Database, family: Family = Family.OFFICIAL) -> None:
        self._database = database
        self._family = family
        self._tables = TABLES[family]
        events = self._tables.events.c
        self._entries = select(
            events.sitting, events.seq, events.at, events.actor, events.name, events.idem_key, events.line, events.leaf
        )

    @property
    def family(self) -> Family:
        """Official sittings or rehearsals."""
        return self._family

    async def start(self) -> None:
        """Make the database ready."""
        await self._database.start()

    async def close(self) -> None:
        """Free the database, if no other store still uses it."""
        await self._database.close()

    def follow(self, moved: Callable[[str], None], missed: Callable[[], None]) -> None:
        """Say which sittings other processes write to, and that something may have been missed."""
        topics = {table.name for table in self._tables}

        def heard(topic: str) -> None:
            table, _, sitting = topic.partition("/")
            if topic == MISSED:
                missed()
            elif table in topics:
                moved(sitting)

        self._database.bulletin.listen(heard)

    async def read(self, sitting: str, after: int = -1, limit: int | None = None) -> list[Entry]:
        """The events after that seq, in order, each checked against its leaf hash."""
        events = self._tables.events.c
        query = self._entries.where(events.sitting == sitting, events.seq > after).order_by(events.seq).limit(limit)
        found = await self._database.read(partial(_entries, query))
        check_read(found, after)
        return found

    async def head(self, sitting: str) -> Head:
        """The last event of the sitting, `EMPTY` if there is none."""
        events = self._tables.events.c
        query = select(events.seq, events.leaf).where(events.sitting == sitting).order_by(events.seq.desc()).limit(1)
        found = await self._database.read(partial(_rows, query))
        return Head(found[0].seq, found[0].leaf) if found else EMPTY

    async def append(self, expected: Mapping[str, Head], entries: Sequence[Entry]) -> Appended | HeadMoved | KeyTaken:
        """Append all entries, durably, if every expected head is still the last event of its sitting; else nothing."""
        heads = check_batch(expected, entries)
        outcome = await self._database.append(self._tables, expected, entries)
        return Appended(heads) if outcome is None else outcome

    async def find(self, sitting: str, keys: Collection[str]) -> dict[str, Entry]:
        """The events that these keys made, where they have made one."""
        events = self._tables.events.c
        wanted, found = list(keys), dict[str, Entry]()
        for start in range(0, len(wanted), FOUND_AT_ONCE):
            some = wanted[start : start + FOUND_AT_ONCE]
            query = self._entries.where(events.sitting == sitting, events.idem_key.in_(some))
            for entry in await self._database.read(partial(_entries, query)):
                check_read([entry], entry.seq - 1)
                found[str(entry.key)] = entry
        return found

    async def sittings(self) -> list[str]:
        """Every sitting that has an event, in the order of their first events."""
        events = self._tables.events.c
        query = select(events.sitting).where(events.seq == 0).order_by(events.at, events.sitting)
        return [row.sitting for row in await self._database.read(partial(_rows, query))]

    async def save_checkpoint(self, sitting: str, size: int, note: str) -> None:
        """Keep a signed head; the events under it must be there, and another note of that size must not."""
        try:
            await self._database.write(partial(self._keep, sitting, size, note))
        except CheckpointRefused:
            # Another process may have kept it between our look and our insertion.
            kept = {one.size: one.note for one in await self.checkpoints(sitting)}.get(size)
            if kept is not None and kept != note:
                raise CheckpointRefused(sitting=sitting, size=size, problem="differs") from None
            if kept is None:
                raise
        self._database.bulletin.post(f"{self._tables.checkpoints.name}/{sitting}")

    async def checkpoints(self, sitting: str) -> list[KeptCheckpoint]:
        """The signed heads of a sitting, by size."""
        kept = self._tables.checkpoints.c
        query = select(kept.last_seq, kept.note).where(kept.sitting == sitting).order_by(kept.last_seq)
        return [KeptCheckpoint(row.last_seq + 1, row.note) for row in await self._database.read(partial(_rows, query))]

    async def purge(self, sitting: str) -> int:
        """Forget a rehearsal; how many events are gone. An official sitting refuses."""
        if self._family is Family.OFFICIAL:
            raise OfficialRecord(sitting=sitting)
        gone = await self._database.write(partial(self._delete, sitting))
        self._database.bulletin.post(f"{self._tables.events.name}/{sitting}")
        await self._database.forget()
        return gone

    async def health(self) -> StoreHealth:
        """How the database is doing, asked now."""
        return await self._database.health()

    def has_room(self) -> bool:
        """Whether there is enough room for a vote to begin."""
        return self._database.has_room()

    async def _keep(self, sitting: str, size: int, note: str, connection: AsyncConnection) -> None:
        table = self._tables.checkpoints
        same = select(table.c.note).where(table.c.sitting == sitting, table.c.last_seq == size - 1)
        kept = (await connection.execute(same)).scalar()
        if kept == note:
            return
        if kept is not None:
            raise CheckpointRefused(sitting=sitting, size=size, problem="differs")
        try:
            await connection.execute(insert(table).values(sitting=sitting, last_seq=size - 1, note=note))
        except IntegrityError as error:
            raise CheckpointRefused(sitting=sitting, size=size, problem="beyond") from error

    async def _delete(self, sitting: str, connection: AsyncConnection) -> int:
        events, checkpoints = self._tables
        await connection.execute(delete(checkpoints).where(checkpoints.c.sitting == sitting))
        return (await connection.execute(delete(events).where(events.c.sitting == sitting))).rowcount


async def _rows(query: Select[Any], connection: AsyncConnection) -> list[Row[Any]]:
    return list(await connection.execute(query))


async def _entries(query: Select[Any], connection: AsyncConnection) -> list[Entry]:
    return [_entry(*row) for row in await connection.execute(query)]


def _entry(sitting: str, seq: int, at: str, actor: str, name: str, key: str | None, line: object, leaf: bytes) -> Entry:
    if not isinstance(line, str):  # one flipped bit can turn text into a blob of the same bytes
        raise EntryCorrupted(sitting=sitting, seq=seq, problem="text")
    return Entry(sitting, seq, at, actor, name, key, line.encode(), leaf)
