"""A database that closes: whoever reads comes to his end, whoever comes later is told, and nothing stays open."""

import asyncio
import gc
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from tests.kit.postgres import Server
from voting.journal.faults import StoreClosed
from voting.journal.sql.database import Database, open_database


@pytest.fixture(params=[pytest.param("postgresql", marks=pytest.mark.postgres), "sqlite"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Database:
    if request.param == "sqlite":
        return open_database(f"sqlite+aiosqlite:///{tmp_path / 'journal.sqlite'}")
    server: Server = request.getfixturevalue("server")
    return open_database(server.url(server.database()))


async def one(connection: AsyncConnection) -> int:
    return int((await connection.exec_driver_sql("SELECT 1")).scalar_one())


async def closed(database: Database) -> None:
    """Once nobody new is let in."""
    with pytest.raises(StoreClosed):
        for _ in range(1000):
            await database.read(one)


async def test_a_read_under_way_ends_before_the_database_is_closed(database: Database) -> None:
    await database.start()
    begun, goes_on = asyncio.Event(), asyncio.Event()

    async def slow(connection: AsyncConnection) -> int:
        begun.set()
        await goes_on.wait()
        return await one(connection)

    reading = asyncio.create_task(database.read(slow))
    await begun.wait()
    closing = asyncio.create_task(database.close())
    await closed(database)
    assert not closing.done()
    goes_on.set()
    assert await reading == 1
    await closing
    gc.collect()  # a connection that nobody closed would say so here


async def test_a_read_that_is_given_up_holds_nobody_back(database: Database) -> None:
    await database.start()
    begun = asyncio.Event()

    async def endless(connection: AsyncConnection) -> None:
        begun.set()
        await asyncio.Event().wait()

    reading = asyncio.create_task(database.read(endless))
    await begun.wait()
    closing = asyncio.create_task(database.close())
    await closed(database)
    reading.cancel()
    await closing
    assert reading.cancelled()
    gc.collect()


async def test_a_database_opens_again_after_a_close_that_waited(database: Database) -> None:
    await database.start()
    await asyncio.gather(*(database.read(one) for _ in range(8)), database.close())
    await database.start()
    assert await database.read(one) == 1
    await database.close()
