"""The promises of the writer are kept on every store."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests.service.kit import Office, Unsteady
from voting.journal.memory import MemoryStore
from voting.journal.sql.database import open_database
from voting.journal.sql.store import SqlStore
from voting.journal.store import Store

STORES: dict[str, Callable[[Path], Store]] = {
    "memory": lambda folder: MemoryStore(),
    "sqlite": lambda folder: SqlStore(open_database(f"sqlite+aiosqlite:///{folder / 'journal.sqlite'}")),
}


@pytest.fixture(params=sorted(STORES))
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Unsteady]:
    unsteady = Unsteady(STORES[request.param](tmp_path))
    await unsteady.start()
    yield unsteady
    await unsteady.close()


@pytest.fixture
async def office(store: Unsteady) -> AsyncIterator[Office]:
    opened = Office(store).open()
    yield opened
    await opened.writer.close()
