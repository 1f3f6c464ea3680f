"""The three books in the database that also keeps the record: read at the start, each change on disk before it is told.

Look-ups are answered from memory (`memory`). The engine, its one writing connection and its errors are the journal's.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable

from bot.ports import Link, SentCard
from bot.storage import rows
from bot.storage.files import SqlFiles
from bot.storage.memory import MemoryAccounts, MemoryConversations
from bot.storage.seats import TOPIC, SqlSeats
from bot.turn import Conversation
from voting.domain.ids import PersonId, SittingId
from voting.journal.faults import StoreRefused
from voting.journal.sql.database import Database, open_database

__all__ = ["TOPIC", "SqlAccounts", "SqlConversations", "SqlSentCards", "Storage"]


class SqlAccounts(MemoryAccounts):
    """Who is behind an account; satisfies ``bot.ports.Accounts``."""

    def __init__(self, database: Database) -> None:
        """Empty until ``load``."""
        super().__init__()
        self._database = database
        self._changes = _InTurn()
        self._seen = -1

    async def load(self) -> frozenset[SittingId]:
        """Read every link that changed since the last time; the sittings that they are of."""
        found: list[SittingId] = []

        async def change() -> None:
            found.extend(await self._advance())

        await self._changes.run(change)
        return frozenset(found)

    async def _advance(self) -> set[SittingId]:
        changed, self._seen = await self._database.read(rows.links(self._seen))
        self.put(changed)
        return {link.sitting for link in changed}

    async def settle(self) -> None:
        """Wait for the changes that are under way."""
        await self._changes.end()

    async def link(self, links: Iterable[Link]) -> None:
        """Add or replace, one per (sitting, person); all of them, or none when an account would be shared."""
        asked = tuple(links)

        async def change() -> None:
            if self._database.writers > 1:  # another process may have linked somebody meanwhile
                await self._advance()
            batch = self.checked(asked)
            try:
                if batch:
                    await self._database.write(rows.save_links(batch))
            except StoreRefused:
                await self._advance()
                self.checked(asked)
                raise
            self.put(batch)
            self._database.bulletin.post(TOPIC)

        await self._changes.run(change)

    async def met(self, sitting: SittingId, person: PersonId, user_id: str) -> None:
        """Remember the address that Teams uses for that person."""

        async def change() -> None:
            if self._links[sitting][person].user_id != user_id:
                await self._database.write(rows.save_user_id(sitting, person, user_id))
                await super(SqlAccounts, self).met(sitting, person, user_id)
                self._database.bulletin.post(TOPIC)

        await self._changes.run(change)


class SqlConversations(MemoryConversations):
    """Where the bot may speak; satisfies ``bot.ports.Conversations``."""

    def __init__(self, database: Database) -> None:
        """Empty until ``load``."""
        super().__init__()
        self._database = database
        self._changes = _InTurn()
        self._seen = rows.Seen()

    async def load(self) -> frozenset[SittingId]:
        """Read everything that changed since the last time; the sittings whose meeting it concerns."""
        found: list[SittingId] = []

        async def change() -> None:
            chats = await self._database.read(rows.chats(self._seen))
            self._seen = chats.seen
            self._addresses.update((conversation.id, conversation) for conversation in chats.conversations)
            self._personal.update(chats.personal)
            for sitting, conversation_id, is_held in sorted(chats.meetings, key=_left_first):
                self.hold(sitting, conversation_id, is_held=is_held)
                found.append(sitting)

        await self._changes.run(change)
        return frozenset(found)

    async def settle(self) -> None:
        """Wait for the changes that are under way."""
        await self._changes.end()

    async def bind(self, sitting: SittingId, conversation: Conversation) -> None:
        """That group chat is the meeting of that sitting from now on, and the sitting has left any other chat."""

        async def change() -> None:
            await self._database.write(rows.save_meeting(sitting, conversation))
            await super(SqlConversations, self).bind(sitting, conversation)
            self._database.bulletin.post(TOPIC)

        await self._changes.run(change)

    async def remember(self, conversation: Conversation, tenant_id: str, account: str | None) -> None:
        """Note the newest address of a conversation; with an account, it is that person's 1:1 chat."""

        async def change() -> None:
            if not self.is_known(conversation, tenant_id, account):
                await self._database.write(rows.save_chat(conversation, tenant_id, account))
                await super(SqlConversations, self).remember(conversation, tenant_id, account)
                self._database.bulletin.post(TOPIC)

        # Every message asks: one that brings nothing new waits for nobody.
        if not self.is_known(conversation, tenant_id, account):
            await self._changes.run(change)


class SqlSentCards:
    """What is on screen; satisfies ``bot.ports.SentCards``. Read once per sitting, hence no copy in memory."""

    def __init__(self, database: Database, holder: str = "") -> None:
        """Nothing to load. ``holder`` is whom the leases of this process name, where it is not alone."""
        self._database = database
        self._holder = holder

    async def load(self, sitting: SittingId) -> tuple[SentCard, ...]:
        """Everything on screen for that sitting."""
        return await self._database.read(rows.sent_cards(sitting))

    async def save(self, card: SentCard) -> None:
        """Add or replace, one per (sitting, conversation, slot). ``Overtaken`` where another process has taken over."""
        await self._database.write(rows.save_card(card, self._holder))


class Storage:
    """The books of one installation. Give it the ``Database`` of the journal: a file has one process and one writer."""

    def __init__(self, database: Database, holder: str = "") -> None:
        """Nothing is read before ``start``. ``holder``: the name under which this process takes leases, if it does."""
        self._database = database
        self.accounts = SqlAccounts(database)
        self.conversations = SqlConversations(database)
        self.sent_cards = SqlSentCards(database, holder)
        self.files = SqlFiles(database)
        self.seats = SqlSeats(database)
        self._version = -1

    @classmethod
    def open(cls, url: str, *, upgrade: bool = False) -> "Storage":
        """On a database of its own, where no journal is open in this process."""
        return cls(open_database(url, upgrade=upgrade))

    async def start(self) -> None:
        """Open the database, unless another store has, and read the books."""
        await self._database.start()
        try:
            await self.accounts.load()
            await self.conversations.load()
        except BaseException:
            await self._database.close()
            raise

    async def refresh(self) -> frozenset[SittingId]:
        """Take in what other processes changed; the sittings that it concerns."""
        version = await self._database.read(rows.version)
        if version == self._version:
            return frozenset()
        changed = await self.accounts.load() | await self.conversations.load()
        await self.seats.refresh()
        self._version = version
        return changed

    async def close(self) -> None:
        """Let what is under way end; the database goes with the last store that uses it."""
        await self.accounts.settle()
        await self.conversations.settle()
        await self._database.close()


def _left_first(meeting: tuple[SittingId, str, bool]) -> bool:
    """A chat is left by one sitting before another one is held there."""
    return meeting[2]


class _InTurn:
    """One change at a time, and whole: a caller that is cancelled leaves, disk and memory still agree."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._under_way: set[asyncio.Task[None]] = set()

    async def run(self, change: Callable[[], Awaitable[None]]) -> None:
        task = asyncio.create_task(self._run(change))
        self._under_way.add(task)
        task.add_done_callback(self._ended)
        await asyncio.shield(task)

    async def end(self) -> None:
        while self._under_way:
            await asyncio.wait(self._under_way)

    async def _run(self, change: Callable[[], Awaitable[None]]) -> None:
        async with self._lock:
            await change()

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        if not task.cancelled():
            task.exception()  # a caller that left does not ask
