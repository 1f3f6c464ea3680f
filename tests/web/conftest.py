"""One chromium for all the tests of a process: each has its own context, as a person has his own machine."""

from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.web.browsing import browsing


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium: str) -> AsyncGenerator[Browser, None]:
    async with browsing(chromium) as running:
        yield running


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever drives that browser lives on its loop."""
    for item in items:
        if item.get_closest_marker("browser") and "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)
