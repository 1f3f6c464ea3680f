"""The books and the leases of several processes on one PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ports import Overtaken, Seated
from bot.storage import leases as of_leases
from bot.storage.lease_table import SqlLeaseTable
from bot.storage.leases import SharedLeases
from bot.storage.memory import AccountTaken, SoleLeases
from bot.storage.sql import Storage
from bot.storage.tables import LEASE
from bot.turn import ConversationKind
from tests.kit.postgres import Server
from tests.kit.waiting import PATIENCE, until
from tests.storage.kit import ANNA, BRUNO, S1, S2, TENANT, X, Y, Z, card, chat, link
from voting.journal.faults import StoreUnavailable
from voting.journal.sql.database import Database, open_database

pytestmark = pytest.mark.postgres
A, B = "19:a", "19:b"


@pytest.fixture
async def databases(server: Server) -> AsyncIterator[list[Database]]:
    name = server.database()
    opened = [open_database(server.url(name)) for _ in range(2)]
    for database in opened:
        await database.start()
    yield opened
    for database in opened:
        await database.close()


@pytest.fixture
async def storages(databases: list[Database]) -> AsyncIterator[tuple[Storage, Storage]]:
    here, there = (Storage(database) for database in databases)
    await here.start()
    await there.start()
    yield here, there
    await here.close()
    await there.close()


# --- books ------------------------------------------------------------------------------------------------------------


async def test_what_one_process_links_another_reads(storages: tuple[Storage, Storage]) -> None:
    here, there = storages
    await here.accounts.link([link(ANNA, X), link(BRUNO, Y)])
    await here.accounts.met(S1, ANNA, "29:anna")
    await here.conversations.bind(S1, chat("a"))
    await here.conversations.remember(chat("p", ConversationKind.PERSONAL), TENANT, X)
    assert there.accounts.person(S1, TENANT, X) is None
    assert await there.refresh() == {S1}
    assert there.accounts.person(S1, TENANT, X) == ANNA
    assert there.accounts.links(S1) == here.accounts.links(S1)
    assert there.conversations.meeting_of(S1) == chat("a")
    assert there.conversations.sitting_of(chat("a").id) == S1
    assert there.conversations.personal(TENANT, X) == chat("p", ConversationKind.PERSONAL)
    assert await there.refresh() == frozenset()


async def test_exchanges_and_moves_are_followed(storages: tuple[Storage, Storage]) -> None:
    here, there = storages
    await here.accounts.link([link(ANNA, X), link(BRUNO, Y)])
    await here.conversations.bind(S1, chat("a"))
    await there.refresh()
    await here.accounts.link([link(BRUNO, Z)])
    await here.accounts.link([link(ANNA, Y)])
    await here.accounts.link([link(BRUNO, X)])
    await here.conversations.bind(S2, chat("a"))
    await here.conversations.bind(S1, chat("b"))
    assert await there.refresh() == {S1, S2}
    assert [there.accounts.person(S1, TENANT, account) for account in (X, Y, Z)] == [BRUNO, ANNA, None]
    assert there.conversations.sitting_of(chat("a").id) == S2
    assert there.conversations.sitting_of(chat("b").id) == S1


async def test_who_is_simulated_is_told_to_the_others(storages: tuple[Storage, Storage]) -> None:
    here, there = storages
    heard: list[Seated] = []
    there.seats.listen(heard.append)
    await here.seats.fill(S1, [ANNA, BRUNO])
    await there.refresh()
    await here.seats.free(S1, ANNA)
    await there.refresh()
    await there.refresh()
    assert heard == [{S1: {ANNA, BRUNO}}, {S1: {BRUNO}}]


async def test_two_processes_do_not_link_one_account_twice(storages: tuple[Storage, Storage]) -> None:
    here, there = storages
    await here.accounts.link([link(ANNA, X)])
    with pytest.raises(AccountTaken):
        await there.accounts.link([link(BRUNO, X)])
    said = await asyncio.gather(
        here.accounts.link([link(ANNA, Y)]), there.accounts.link([link(BRUNO, Y)]), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in said) == ["AccountTaken", "NoneType"]
    await here.refresh()
    await there.refresh()
    assert here.accounts.links(S1) == there.accounts.links(S1)


async def test_word_is_left_for_the_others(databases: list[Database], storages: tuple[Storage, Storage]) -> None:
    heard: list[str] = []
    databases[1].bulletin.listen(heard.append)
    async with asyncio.timeout(PATIENCE):
        while "books" not in heard:  # the other one may only be on its way to the place where word is left
            await storages[0].accounts.link([link(ANNA, X)])
            await asyncio.sleep(0.05)


async def test_whoever_was_overtaken_replaces_nothing_on_screen(databases: list[Database]) -> None:
    here, there = (Storage(database, name) for database, name in zip(databases, ("p0", "p1"), strict=True))
    table, own = SqlLeaseTable(databases[0]), card("poll/p1", conversation_id=A)
    await table.take("p0", [A], term=60)
    await here.sent_cards.save(own)
    await table.give_back("p0", [A])
    await table.take("p1", [A], term=60)
    newer = replace(own, activity_id="1701", digest="newer")
    await there.sent_cards.save(newer)
    with pytest.raises(Overtaken):
        await here.sent_cards.save(own)
    assert await there.sent_cards.load(S1) == (newer,)
    late = card("item/i1", conversation_id=A)
    await here.sent_cards.save(late)  # of which nobody knew: better late than shown again
    assert await there.sent_cards.load(S1) == (late, newer)
    await table.give_back("p1", [A])
    await here.sent_cards.save(own)
    assert await there.sent_cards.load(S1) == (late, own)


# --- leases -----------------------------------------------------------------------------------------------------------


class Desk:
    """A process that wants leases, and counts those that it got."""

    def __init__(self, database: Database, name: str) -> None:
        self.leases = SharedLeases(SqlLeaseTable(database), name, term=1.2, beat=0.1)
        self.got: list[str] = []
        self.orphans: list[str] = []
        self.leases.orphaned(self.orphans.append)
        self.leases.start()

    def want(self, *names: str) -> None:
        for name in names:
            self.leases.want(name, lambda name=name: self.got.append(name))  # type: ignore[misc]  # bound at once

    def die(self) -> None:
        """As kill -9: nothing is given back."""
        assert self.leases._task is not None
        self.leases._task.cancel()


@pytest.fixture
async def desks(databases: list[Database]) -> AsyncIterator[tuple[Desk, Desk]]:
    here, there = (Desk(database, f"p{number}") for number, database in enumerate(databases))
    yield here, there
    await here.leases.close()
    await there.leases.close()


async def test_one_process_at_a_time(desks: tuple[Desk, Desk]) -> None:
    for _ in range(3):
        for desk in desks:
            desk.want(A, B)
    await until(lambda: sorted(desks[0].got + desks[1].got) == [A, B])
    for _ in range(100):
        for name in (A, B):
            assert sum(desk.leases.holds(name) for desk in desks) <= 1
        await asyncio.sleep(0.01)
    assert sorted(desks[0].got + desks[1].got) == [A, B]


async def test_what_is_left_is_taken_at_once(desks: tuple[Desk, Desk]) -> None:
    here, there = desks
    here.want(A)
    await until(lambda: here.got == [A])
    there.want(A)
    await asyncio.sleep(0.3)
    assert there.got == []
    here.leases.leave(A)
    assert not here.leases.holds(A)
    assert not here.leases.wants(A)
    await until(lambda: there.leases.holds(A))
    await here.leases.close()


async def test_a_process_that_ends_gives_everything_back(desks: tuple[Desk, Desk]) -> None:
    here, there = desks
    here.want(A, B)
    await until(lambda: len(here.got) == 2)
    there.want(A, B)
    await here.leases.close()
    assert not here.leases.holds(A)
    await until(lambda: sorted(there.got) == [A, B])


async def test_what_the_dead_held_is_taken_over_within_seconds(desks: tuple[Desk, Desk]) -> None:
    here, there = desks
    here.want(A, B)
    await until(lambda: len(here.got) == 2)
    there.want(A)
    here.die()
    began = asyncio.get_running_loop().time()
    await until(lambda: there.got == [A])
    assert asyncio.get_running_loop().time() - began > 0.5, "before its end, a lease is nobody else's"
    assert not here.leases.holds(A), "the dead cannot believe to hold what is another's"
    await until(lambda: B in there.orphans)
    assert A not in there.orphans


async def test_the_processes_that_live_are_counted(desks: tuple[Desk, Desk]) -> None:
    here, there = desks
    counts: list[int] = []
    here.leases.counted(counts.append)
    await until(lambda: counts[-1:] == [2])
    there.die()
    await until(lambda: counts[-1:] == [1])
    assert not here.orphans, "nobody takes the place of a process"


async def test_what_was_taken_over_is_doubted_for_a_while(desks: tuple[Desk, Desk]) -> None:
    here, there = desks
    here.want(A)
    await until(lambda: here.got == [A])
    assert here.leases.doubted_until(A) == 0.0, "nobody lost it"
    there.want(A)
    here.die()
    await until(lambda: there.got == [A])
    assert there.leases.doubted_until(A) > asyncio.get_running_loop().time() + of_leases.LATE - of_leases.TERM


async def test_a_lease_written_before_the_clock_was_put_back_does_not_last(
    desks: tuple[Desk, Desk], databases: list[Database]
) -> None:
    here, there = desks

    async def put_back(connection: AsyncConnection) -> None:
        await connection.execute(update(LEASE).values(until=LEASE.c.until + 3600))

    here.want(A)
    await until(lambda: here.got == [A])
    here.die()
    await databases[0].write(put_back)
    there.want(A)
    await until(lambda: there.got == [A])


async def test_without_the_database_a_lease_is_not_believed_for_long(
    desks: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = desks
    here.want(A)
    await until(lambda: here.leases.holds(A))

    async def gone(_: object) -> None:
        raise StoreUnavailable

    monkeypatch.setattr(here.leases._table._database, "write", gone)  # type: ignore[attr-defined]  # the SQL one
    there.want(A)
    await until(lambda: there.leases.holds(A))
    assert not here.leases.holds(A)
    monkeypatch.undo()
    there.leases.leave(A)
    await until(lambda: here.got == [A, A])


def test_a_lease_outlives_a_few_beats() -> None:
    assert of_leases.TERM - of_leases.MARGIN > 2 * of_leases.BEAT


async def test_a_process_that_is_alone_asks_nobody() -> None:
    got: list[str] = []
    alone = SoleLeases()
    assert not alone.holds(A)
    for _ in range(2):
        alone.want(A, lambda: got.append(A))
    assert (alone.holds(A), alone.wants(A), got) == (True, True, [A])
    alone.leave(A)
    assert not alone.holds(A)
