"""Every kind of books that the contract is run against."""

from pathlib import Path

import pytest

from tests.storage.kit import Opener, in_memory, in_sqlite


@pytest.fixture(params=["memory", "sqlite"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Opener:
    return in_memory() if request.param == "memory" else in_sqlite(tmp_path)
