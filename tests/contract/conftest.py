"""The stores that the contract is run against. A new one is a line in `BACKENDS`."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from voting.journal.memory import MemoryStore
from voting.journal.sql.database import Database, open_database
from voting.journal.sql.store import SqlStore
from voting.journal.store import Family, Store

Opener: TypeAlias = Callable[[Family], Store]
"""A store of that family over the same data each time, not started."""


def memory(folder: Path) -> Opener:
    kept = {family: MemoryStore(family) for family in Family}
    return kept.__getitem__


def sqlite(folder: Path) -> Opener:
    database: Database = open_database(f"sqlite+aiosqlite:///{folder / 'journal.sqlite'}")
    return lambda family: SqlStore(database, family)


BACKENDS: dict[str, Callable[[Path], Opener]] = {"memory": memory, "sqlite": sqlite}


@pytest.fixture(params=sorted(BACKENDS))
def opener(request: pytest.FixtureRequest, tmp_path: Path) -> Opener:
    return BACKENDS[request.param](tmp_path)


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
