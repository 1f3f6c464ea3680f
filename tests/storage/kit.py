"""People, chats and cards for the books; both ways to keep them."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from bot.ports import Accounts, Conversations, KeptFiles, Link, SeatBook, SentCard, SentCards
from bot.storage.memory import MemoryAccounts, MemoryConversations, MemoryFiles, MemorySeats, MemorySentCards
from bot.storage.sql import Storage
from bot.turn import Conversation, ConversationKind
from voting.domain.ids import PersonId, SittingId

TENANT = "0c7f7a3e-6e0f-4d3e-9a58-1f0f4a1c9d01"
S1, S2, S3 = SittingId("s1"), SittingId("s2"), SittingId("s3")
ANNA, BRUNO, CHLOE = PersonId("m001"), PersonId("m002"), PersonId("m003")
X, Y, Z = "aaaaaaaa-0000-4000-8000-000000000001", "bbbbbbbb-0000-4000-8000-000000000002", "cccccccc-0000-4000-8000-003"


class Books(NamedTuple):
    """All of them."""

    accounts: Accounts
    conversations: Conversations
    sent_cards: SentCards
    files: KeptFiles
    seats: SeatBook


Opener = Callable[[], AbstractAsyncContextManager[Books]]
"""Opens the same books each time; leaving them is what a restart does."""


def url(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder / 'hemicycle.sqlite3'}"


def in_memory() -> Opener:
    books = Books(MemoryAccounts(), MemoryConversations(), MemorySentCards(), MemoryFiles(), MemorySeats())

    @asynccontextmanager
    async def opened() -> AsyncIterator[Books]:
        yield books

    return opened


def in_sqlite(folder: Path) -> Opener:
    return at(url(folder))


def at(address: str) -> Opener:
    @asynccontextmanager
    async def opened() -> AsyncIterator[Books]:
        storage = Storage.open(address)
        await storage.start()
        try:
            kept = storage
            yield Books(kept.accounts, kept.conversations, kept.sent_cards, kept.files, kept.seats)
        finally:
            await storage.close()

    return opened


def link(person: PersonId, account: str | None, sitting: SittingId = S1, **more: str) -> Link:
    return Link(
        sitting=sitting,
        person=person,
        tenant_id=more.get("tenant_id", TENANT),
        account=account,
        email=more.get("email", f"{person}@example.org"),
    )


def chat(name: str, kind: ConversationKind = ConversationKind.GROUP, **more: str) -> Conversation:
    return Conversation(
        id=f"19:{name}@thread.v2",
        kind=kind,
        tenant_id=TENANT,
        service_url=more.get("service_url", "https://smba.example.org/fr/"),
        bot_id="28:bot",
    )


def card(slot: str, digest: str = "d1", sitting: SittingId = S1, conversation_id: str = "19:a@thread.v2") -> SentCard:
    return SentCard(
        sitting=sitting, conversation_id=conversation_id, slot=slot, activity_id=f"1700-{slot}", digest=digest
    )
