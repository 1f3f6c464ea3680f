"""Every page in every theme, from the side panel of a meeting to a projector: readable, and no scrolling sideways."""

from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.bot.test_rehearsal import begun
from tests.kit.hall import hall
from tests.kit.journals import CLERK
from tests.web.browsing import tab
from tests.web.serving import serving
from tests.web.stories import SITTING, Table
from tests.web.test_in_camera import nobody, until_closed
from tests.web.test_member import VOTERS, polled
from tests.web.town import Held, held

pytestmark = pytest.mark.browser

BASE = f"/seances/{SITTING}"
SIGNED = {
    "/seances": "main",
    f"{BASE}/conduite": "body[data-ready] #card .ac-adaptiveCard",
    f"{BASE}/moi": "body[data-ready] #card .ac-adaptiveCard",
    f"{BASE}/documents": ".papers",
    f"{BASE}/recus": "body[data-ready]",
    f"{BASE}": "body[data-live]",
}
"""Pages of those who are signed in, and what is there when they are complete."""
OPEN = {
    "/connexion": "main",
    "/salle": "main",
    f"/salle?seance={SITTING}&personne={VOTERS[2]}": "body[data-ready]",
    "/seances/nowhere": "main.absent",
    "/guides": "main",
    "/guides/clerk": "main",
}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def town() -> AsyncGenerator[Held, None]:
    async with held() as world:
        await polled(world)
        yield world


@pytest.mark.parametrize("path", SIGNED)
async def test_a_page_behind_the_sign_in(browser: Browser, town: Held, path: str) -> None:
    async with tab(browser, f"{town.origin}/connexion?vers={path}") as looked:
        await looked.page.locator(f'button[value="{CLERK}"]').click()
        await looked.page.locator(SIGNED[path]).wait_for()
        assert await looked.trouble() == []
        assert looked.is_at_home(town.origin)


@pytest.mark.parametrize("path", OPEN)
async def test_a_page_before_it(browser: Browser, town: Held, path: str) -> None:
    async with tab(browser, f"{town.origin}{path}") as looked:
        await looked.page.locator(OPEN[path]).wait_for()
        assert [t for t in await looked.trouble() if "404" not in t] == []


async def test_the_page_of_a_closed_door(browser: Browser) -> None:
    story = until_closed()
    async with serving(Table(story), nobody) as client:
        async with tab(browser, str(client.make_url(f"/seances/{story.state.facts.sitting}"))) as looked:
            # the browser complains of every page that is refused; this one is one sentence, and looks again by itself
            assert [t for t in await looked.trouble() if "403" not in t and "meta-refresh" not in t] == []


async def test_the_readiness_board(browser: Browser) -> None:
    async with hall() as room:
        rehearsal = await begun(room)
        async with tab(browser, room.running.app.readiness_links.page(rehearsal)) as looked:
            await looked.page.get_by_role("table").wait_for()
            assert await looked.trouble() == []
