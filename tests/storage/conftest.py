"""Every kind of books that the contract is run against."""

from pathlib import Path

import pytest

from tests.kit.postgres import Server
from tests.storage.kit import Opener, at, in_memory, in_sqlite


@pytest.fixture(params=["memory", pytest.param("postgresql", marks=pytest.mark.postgres), "sqlite"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Opener:
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("server")
        return at(server.url(server.database()))
    return in_memory() if request.param == "memory" else in_sqlite(tmp_path)
