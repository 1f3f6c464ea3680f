"""A SQLite file of the tests, and the same file seen past our code."""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from voting.journal.sql.sqlite import SqliteDatabase


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite"


@pytest.fixture
async def database(path: Path) -> AsyncIterator[SqliteDatabase]:
    opened = SqliteDatabase(path)
    await opened.start()
    yield opened
    await opened.close()


@pytest.fixture
def beside(path: Path) -> Iterator[sqlite3.Connection]:
    """Somebody with the sqlite3 program: no pragma of ours, and autocommit."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection
