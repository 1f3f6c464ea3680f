"""What an installation keeps, opened: the record on its database, and the books beside it."""

from dataclasses import dataclass, field

from bot.core import Core, open_core
from bot.ports import Accounts, Conversations, KeptFiles, Leases, SeatBook, SentCards
from bot.replica import Replica
from bot.rim import RandomIds, SystemClock
from bot.storage.lease_table import SqlLeaseTable
from bot.storage.leases import SharedLeases
from bot.storage.memory import MemorySeats, SoleLeases
from bot.storage.sql import Storage
from bot.traced import written
from bot.tracing import OFF, Tracing
from voting.journal.keys import SigningKey
from voting.journal.sql.aside import sql_aside
from voting.journal.sql.database import Database, is_server, open_database
from voting.journal.sql.store import SqlStore
from voting.journal.store import Family
from voting.service.follow import Follower
from voting.service.ports import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """What is kept beside the record."""

    accounts: Accounts
    conversations: Conversations
    sent: SentCards
    files: KeptFiles
    leases: Leases = field(default_factory=SoleLeases)
    seats: SeatBook = field(default_factory=MemorySeats)
    """Who is simulated in rehearsals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """A core and the books beside it, on one database."""

    core: Core
    storage: Storage
    replica: Replica | None = None
    """Where several processes may serve the same database."""

    @property
    def books(self) -> Books:
        """The books as the bot uses them."""
        kept = self.storage
        leases = self.replica.leases if self.replica is not None else SoleLeases()
        return Books(
            accounts=kept.accounts,
            conversations=kept.conversations,
            sent=kept.sent_cards,
            files=kept.files,
            leases=leases,
            seats=kept.seats,
        )

    async def close(self) -> None:
        """The record first, then the books."""
        await self.core.close()
        await self.storage.close()


async def open_installation(
    url: str, key: SigningKey, clock: Clock | None = None, *, read_only: bool = False, tracing: Tracing = OFF
) -> Installation:
    """What is kept at that address, its schema brought up to date first unless it is only read."""
    database = open_database(url, upgrade=not read_only, read_only=read_only)
    name = RandomIds().new() if is_server(url) and not read_only else ""
    stores, storage = (SqlStore(database), SqlStore(database, Family.REHEARSAL)), Storage(database, name)
    core = await _core_on(database, stores, key, clock, tracing)
    replica = None
    if name:
        leases = SharedLeases(SqlLeaseTable(database), name)
        writers = (core.official.writer, core.rehearsals.writer)
        followers = [Follower(*both) for both in zip(stores, writers, strict=True)]
        replica = Replica(followers, storage, leases, database.bulletin)
    try:
        await storage.start()
    except BaseException:
        await core.close()
        raise
    return Installation(core=core, storage=storage, replica=replica)


async def open_sql_core(url: str, key: SigningKey, clock: Clock | None = None, *, read_only: bool = False) -> Core:
    """The record alone, where nobody's account is needed."""
    database = open_database(url, upgrade=not read_only, read_only=read_only)
    stores = (SqlStore(database), SqlStore(database, Family.REHEARSAL))
    return await _core_on(database, stores, key, clock)


async def _core_on(
    database: Database,
    stores: tuple[SqlStore, SqlStore],
    key: SigningKey,
    clock: Clock | None,
    tracing: Tracing = OFF,
) -> Core:
    official, rehearsals = (written(tracing, store) for store in stores)
    aside = sql_aside(database)
    return await open_core(official, key, clock or SystemClock(), rehearsals, aside, lanes=database.writers)
