"""The books in SQLite: on disk before it is told, beside a journal that writes, and nothing personal in a traceback."""

import asyncio
import sqlite3
import traceback
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData
from sqlalchemy.dialects import registry
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import rows, tables
from bot.storage.memory import AccountTaken
from bot.storage.sql import SqlAccounts, SqlConversations, Storage
from tests.journal.sample import entries
from tests.storage.kit import ANNA, BRUNO, S1, TENANT, X, Y, card, chat, link, url
from voting.domain.ids import PersonId
from voting.journal.faults import OutcomeUnknown, StoreClosed, StoreFault, StoreLocked
from voting.journal.sql.database import open_database
from voting.journal.sql.sqlite import SqliteDatabase
from voting.journal.sql.store import SqlStore
from voting.journal.sql.tables import METADATA as JOURNAL
from voting.journal.store import EMPTY, Appended

ResultT = TypeVar("ResultT")
Work = Callable[[AsyncConnection], Awaitable[ResultT]]


class Unsure(SqliteDatabase):
    """A database that commits and then says that it does not know."""

    fails = True

    async def write(self, work: Work[ResultT]) -> ResultT:
        result = await super().write(work)
        if self.fails:
            raise OutcomeUnknown(reason="test")
        return result


def on_disk(folder: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "hemicycle.sqlite3")) as connection:
        return connection.execute(query).fetchall()


async def test_a_change_is_on_disk_before_it_is_told(tmp_path: Path) -> None:
    storage = Storage.open(url(tmp_path))
    await storage.start()
    await storage.accounts.link([link(ANNA, X)])
    await storage.conversations.bind(S1, chat("a"))
    await storage.conversations.remember(chat("p"), TENANT, X)
    await storage.sent_cards.save(card("poll/p1"))
    assert on_disk(tmp_path, "SELECT person FROM bot_link") == [(ANNA,)]
    assert on_disk(tmp_path, "SELECT sitting, is_held FROM bot_meeting") == [(S1, 1)]
    assert on_disk(tmp_path, "SELECT account FROM bot_personal") == [(X,)]
    assert on_disk(tmp_path, "SELECT slot FROM bot_sent_card") == [("poll/p1",)]
    await storage.close()


async def test_shares_the_database_of_the_journal(tmp_path: Path) -> None:
    database = open_database(url(tmp_path))
    store, storage = SqlStore(database), Storage(database)
    await store.start()
    await storage.start()
    people = [link(PersonId(f"m{n:03d}"), f"account-{n}") for n in range(20)]
    told = await asyncio.gather(
        store.append({"s1": EMPTY}, entries("s1", 0, 3)), *(storage.accounts.link([one]) for one in people)
    )
    assert isinstance(told[0], Appended)
    await store.close()
    await storage.conversations.bind(S1, chat("a"))
    await storage.close()
    with pytest.raises(StoreClosed):
        await storage.conversations.bind(S1, chat("b"))
    assert storage.conversations.meeting_of(S1) == chat("a")
    await storage.start()
    assert storage.accounts.links(S1) == tuple(people)
    await storage.close()


async def test_a_second_writer_on_the_file_is_refused(tmp_path: Path) -> None:
    first, second = Storage.open(url(tmp_path)), Storage.open(url(tmp_path))
    await first.start()
    with pytest.raises(StoreLocked):
        await second.start()
    await first.close()
    await second.start()
    await second.close()


async def test_a_caller_that_leaves_does_not_part_disk_and_memory(tmp_path: Path) -> None:
    storage = Storage.open(url(tmp_path))
    await storage.start()
    asked = [
        asyncio.create_task(storage.accounts.link([link(ANNA, X)])),
        asyncio.create_task(storage.conversations.bind(S1, chat("a"))),
    ]
    await asyncio.sleep(0)
    for task in asked:
        task.cancel()
    assert [type(end) for end in await asyncio.gather(*asked, return_exceptions=True)] == [asyncio.CancelledError] * 2
    await storage.close()
    assert storage.accounts.person(S1, TENANT, X) == ANNA
    assert storage.conversations.meeting_of(S1) == chat("a")
    assert on_disk(tmp_path, "SELECT person FROM bot_link") == [("m001",)]


async def test_what_fails_changes_nothing_in_memory(tmp_path: Path) -> None:
    storage = Storage.open(url(tmp_path))
    await storage.start()
    await storage.accounts.link([link(ANNA, X)])
    await storage.close()
    for attempt in (
        storage.accounts.link([link(ANNA, Y)]),
        storage.accounts.met(S1, ANNA, "29:anna"),
        storage.conversations.bind(S1, chat("a")),
        storage.conversations.remember(chat("a"), TENANT, X),
        storage.sent_cards.save(card("poll/p1")),
    ):
        with pytest.raises(StoreClosed):
            await attempt
    assert storage.accounts.links(S1) == (link(ANNA, X),)
    assert storage.accounts.person(S1, TENANT, X) == ANNA
    assert storage.conversations.meeting_of(S1) is None
    assert storage.conversations.personal(TENANT, X) is None


async def test_an_unknown_outcome_is_made_good_by_asking_again(tmp_path: Path) -> None:
    unsure = Unsure(tmp_path / "hemicycle.sqlite3")
    accounts = SqlAccounts(unsure)
    unsure.fails = False
    await unsure.start()
    unsure.fails = True
    with pytest.raises(OutcomeUnknown):
        await accounts.link([link(ANNA, X)])
    assert accounts.links(S1) == ()
    unsure.fails = False
    await accounts.link([link(ANNA, X)])
    assert accounts.links(S1) == (link(ANNA, X),)
    await unsure.close()


async def test_a_known_address_asks_nothing_of_the_database(tmp_path: Path) -> None:
    database = open_database(url(tmp_path))
    await database.start()
    conversations = SqlConversations(database)
    await asyncio.gather(*(conversations.remember(chat("p"), TENANT, X) for _ in range(5)))
    await database.close()
    await conversations.remember(chat("p"), TENANT, X)
    await conversations.remember(chat("p"), TENANT, None)
    with pytest.raises(StoreClosed):
        await conversations.remember(chat("p"), TENANT, Y)


async def test_a_traceback_holds_nothing_personal(tmp_path: Path) -> None:
    storage = Storage.open(url(tmp_path))
    await storage.start()
    # As if another process had linked the account meanwhile.
    with closing(sqlite3.connect(tmp_path / "hemicycle.sqlite3", isolation_level=None)) as other:
        other.execute("INSERT INTO bot_link VALUES (1, ?, ?, ?, ?, '', NULL, 0)", (S1, BRUNO, TENANT, X))
    with pytest.raises(AccountTaken) as caught:
        await storage.accounts.link([link(ANNA, X)])
    assert storage.accounts.person(S1, TENANT, X) == BRUNO
    said = "".join(traceback.format_exception(caught.value))
    assert "bot_link" in said
    assert link(ANNA, X).email not in said
    assert X not in said
    await storage.close()


async def test_a_start_that_fails_frees_the_database(tmp_path: Path) -> None:
    storage = Storage.open(url(tmp_path))
    await storage.start()
    await storage.close()
    with closing(sqlite3.connect(tmp_path / "hemicycle.sqlite3", isolation_level=None)) as other:
        other.execute("DROP TABLE bot_personal")
    with pytest.raises(StoreFault):
        await storage.start()
    with pytest.raises(StoreFault):
        await storage.start()


async def test_the_migrations_make_the_tables_that_the_program_uses(tmp_path: Path) -> None:
    database = open_database(url(tmp_path))
    await database.start()

    both = MetaData()
    for table in (*JOURNAL.tables.values(), *tables.METADATA.tables.values()):
        table.to_metadata(both)

    def differences(connection: Connection) -> list[object]:
        found: list[object] = compare_metadata(MigrationContext.configure(connection), both)
        return found

    async def compare(connection: AsyncConnection) -> list[object]:
        return await connection.run_sync(differences)

    assert await database.write(compare) == []
    await database.close()


def test_postgresql_is_told_the_same() -> None:
    dialect = registry.load("postgresql")()
    said = str(rows.upsert(tables.LINK, dialect.name, ("sitting", "person")).compile(dialect=dialect))
    assert "ON CONFLICT (sitting, person) DO UPDATE SET tenant_id = excluded.tenant_id" in said
    assert "number = excluded" not in said
    said = str(rows.upsert(tables.PERSONAL, dialect.name).compile(dialect=dialect))
    assert "ON CONFLICT (tenant_id, account) DO UPDATE SET conversation = excluded.conversation" in said
