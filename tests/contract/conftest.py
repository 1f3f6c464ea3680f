"""The stores that the contract is run against. A new one is a line in `BACKENDS`."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.kit.postgres import Server
from voting.journal.memory import MemoryStore
from voting.journal.sql.database import Database, open_database
from voting.journal.sql.store import SqlStore
from voting.journal.store import Family, Store

Opener: TypeAlias = Callable[[Family], Store]
"""A store of that family over the same data each time, not started."""


def memory(folder: Path, address: str) -> Opener:
    kept = {family: MemoryStore(family) for family in Family}
    return kept.__getitem__


def sqlite(folder: Path, address: str) -> Opener:
    return postgresql(folder, f"sqlite+aiosqlite:///{folder / 'journal.sqlite'}")


def postgresql(folder: Path, address: str) -> Opener:
    database: Database = open_database(address)
    return lambda family: SqlStore(database, family)


BACKENDS: dict[str, Callable[[Path, str], Opener]] = {"memory": memory, "sqlite": sqlite, "postgresql": postgresql}


@pytest.fixture(
    params=["memory", pytest.param("postgresql", marks=pytest.mark.postgres), "sqlite"],
)
def opener(request: pytest.FixtureRequest, tmp_path: Path) -> Opener:
    address = ""
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("server")
        address = server.url(server.database())
    return BACKENDS[request.param](tmp_path, address)


@pytest.fixture(params=list(Family))
def family(request: pytest.FixtureRequest) -> Family:
    found: Family = request.param
    return found


@pytest.fixture
async def store(opener: Opener, family: Family) -> AsyncIterator[Store]:
    opened = opener(family)
    await opened.start()
    yield opened
    await opened.close()


@pytest.fixture
async def rehearsals(opener: Opener) -> AsyncIterator[Store]:
    opened = opener(Family.REHEARSAL)
    await opened.start()
    yield opened
    await opened.close()


@pytest.fixture
async def official(opener: Opener) -> AsyncIterator[Store]:
    opened = opener(Family.OFFICIAL)
    await opened.start()
    yield opened
    await opened.close()
