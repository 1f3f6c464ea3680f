"""The promises of the writer are kept on every store."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests.kit.postgres import Server
from tests.service.kit import Office, Unsteady
from voting.journal.memory import MemoryStore
from voting.journal.sql.database import open_database
from voting.journal.sql.store import SqlStore
from voting.journal.store import Store

POSTGRESQL = pytest.param("postgresql", marks=pytest.mark.postgres)


@pytest.fixture
def opener(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], Store]:
    """A store of that kind; in PostgreSQL, each time as another process would open it."""
    memory = MemoryStore()
    address = f"sqlite+aiosqlite:///{tmp_path / 'journal.sqlite'}"

    def opened(kind: str) -> Store:
        nonlocal address
        if kind == "memory":
            return memory
        if kind == "postgresql" and address.startswith("sqlite"):
            server: Server = request.getfixturevalue("server")
            address = server.url(server.database())
        return SqlStore(open_database(address))

    return opened


@pytest.fixture(params=["memory", POSTGRESQL, "sqlite"])
async def store(request: pytest.FixtureRequest, opener: Callable[[str], Store]) -> AsyncIterator[Unsteady]:
    unsteady = Unsteady(opener(request.param))
    await unsteady.start()
    yield unsteady
    await unsteady.close()


@pytest.fixture(params=["memory", POSTGRESQL])
async def pair(request: pytest.FixtureRequest, opener: Callable[[str], Store]) -> AsyncIterator[tuple[Office, Office]]:
    """Two processes on one database."""
    stores = [Unsteady(opener(request.param)) for _ in range(2)]
    for store in stores:
        await store.start()
    offices = Office(stores[0]).open(), Office(stores[1], lanes=3).open()
    yield offices
    for office in offices:
        await office.writer.close()
    for store in stores:
        await store.close()


@pytest.fixture
async def office(store: Unsteady) -> AsyncIterator[Office]:
    opened = Office(store).open()
    yield opened
    await opened.writer.close()
