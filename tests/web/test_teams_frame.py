"""Inside Teams: its three themes, as the page opens and as they change, in a tab, a side panel and on the stage."""

import pytest
from playwright.async_api import Browser, expect

from tests.web.serving import serving
from tests.web.stories import SITTING, Table, convoked, debating, opened
from tests.web.teams_frame import TEAMS, framed

pytestmark = pytest.mark.browser

PAPER = {"default": "rgb(245, 243, 238)", "dark": "rgb(13, 19, 28)", "contrast": "rgb(0, 0, 0)"}


@pytest.mark.parametrize(
    ("place", "size"), [("content", (1280, 800)), ("sidePanel", (320, 640)), ("meetingStage", (1600, 900))]
)
async def test_the_board_wears_the_theme_of_teams(browser: Browser, place: str, size: tuple[int, int]) -> None:
    async with serving(Table(debating(opened(convoked())))) as client:
        address = str(client.make_url(f"/seances/{SITTING}"))
        async with framed(browser, address, theme="dark", place=place, size=size) as shown:
            body = shown.frame.locator("body[data-live]")
            await expect(body).to_have_css("background-color", PAPER["dark"])
            for theme in ("contrast", "default", "dark"):
                await shown.change(theme)
                await expect(body).to_have_css("background-color", PAPER[theme])
            await expect(shown.frame.locator(".languages")).to_be_visible(visible=place == "content")
            assert await body.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
            assert shown.elsewhere(str(client.make_url("/"))) == {TEAMS}


async def test_the_next_page_opens_in_the_theme_of_the_last(browser: Browser) -> None:
    async with serving(Table(opened(convoked()))) as client:
        async with framed(browser, str(client.make_url(f"/seances/{SITTING}")), theme="contrast") as shown:
            body = shown.frame.locator("body")
            await expect(body).to_have_css("background-color", PAPER["contrast"])
            await shown.frame.get_by_role("link", name="English").click()
            await expect(shown.frame.locator("html")).to_have_attribute("lang", "en")
            await expect(body).to_have_css("background-color", PAPER["contrast"])
