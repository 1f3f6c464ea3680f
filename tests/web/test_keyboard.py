"""The keyboard alone, on every page: what a mouse can press is reached by Tab and shows it, and nothing holds it."""

from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from tests.kit.journals import CLERK
from tests.web.browsing import tab
from tests.web.test_every_page import OPEN, SIGNED
from tests.web.test_member import polled
from tests.web.town import Held, held
from voting.domain import commands as c

pytestmark = [pytest.mark.browser, pytest.mark.long]

MOST = 400
"""Presses of Tab before one gives up."""
LEFT = """() => {
  const wanted = "a[href], button:not(:disabled), input, select, textarea, summary, [tabindex='0']";
  const within = (node) => node.closest("[tabindex='-1']:not(main, section, div)") !== null;
  window.toReach = new Set([...document.querySelectorAll(wanted)].filter(
    (node) => node.checkVisibility() && !node.disabled && node.tabIndex >= 0 && !within(node)));
  return window.toReach.size;
}"""
STEP = """() => {
  const node = document.activeElement;
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(node);
  window.toReach.delete(node);
  const shown = (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
  return { left: window.toReach.size, unseen: shown || node === document.body ? "" : node.outerHTML.slice(0, 120) };
}"""
NAMES = "() => [...window.toReach].map((node) => node.outerHTML.slice(0, 160))"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def town() -> AsyncGenerator[Held, None]:
    """Debating, with an incident told: the forms of the console are all there."""
    async with held() as world:
        await polled(world)
        told = c.WriteIncident(by=CLERK, incident=None, text="Une alarme sonne.")
        await world.do(c.AnnulPoll(by=CLERK, reason="essai"), told)
        yield world


async def walked(page: Page) -> list[str]:
    """What Tab never reached, and what does not show that it has the keys."""
    await page.evaluate("document.activeElement?.blur()")
    assert await page.evaluate(LEFT) > 0
    unseen: set[str] = set()
    for _ in range(MOST):
        await page.keyboard.press("Tab")
        step = await page.evaluate(STEP)
        unseen |= {step["unseen"]} - {""}
        if step["left"] == 0:
            break
    return [*(await page.evaluate(NAMES)), *sorted(f"no focus to be seen: {node}" for node in unseen)]


@pytest.mark.parametrize("path", SIGNED)
async def test_behind_the_sign_in(browser: Browser, town: Held, path: str) -> None:
    async with tab(browser, f"{town.origin}/connexion?vers={path}") as looked:
        entry = looked.page.locator(f'button[value="{CLERK}"]')
        await entry.focus()
        await looked.page.keyboard.press("Enter")
        await looked.page.locator(SIGNED[path]).wait_for()
        assert await walked(looked.page) == []


@pytest.mark.parametrize("path", sorted(OPEN.keys() - {"/seances/nowhere"}))  # one sentence, and nothing to press
async def test_before_it(browser: Browser, town: Held, path: str) -> None:
    async with tab(browser, f"{town.origin}{path}") as looked:
        await looked.page.locator(OPEN[path]).wait_for()
        assert await walked(looked.page) == []
