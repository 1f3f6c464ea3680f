"""As little of Teams as a tab needs: it says that it is there, who has opened the tab, and which theme it wears."""

import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from playwright.async_api import Browser, FrameLocator, Route

from tests.web.browsing import Tab, tab

TEAMS = "https://teams.microsoft.com/v2"
HOST = """<!doctype html><meta charset="utf-8"><iframe src="%s" width="%d" height="%d"></iframe>
<script>
addEventListener("message", (event) => {
  const { id, func, uuidAsString } = event.data;
  const answers = {
    initialize: ["content", "web", JSON.stringify({ apiVersion: 4, isLegacyTeams: false, supports: {} }), "2.58.0"],
    "authentication.getAuthToken": [true, "good"],
    getContext: [%s],
  };
  const reply = (message) => event.source.postMessage(message, event.origin);
  if (func in answers) reply({ id, uuidAsString, args: answers[func] });
  window.change = (theme) => reply({ func: "themeChange", args: [theme] });
});
</script>"""


@dataclass(slots=True)
class Framed:
    """A page of ours inside Teams."""

    teams: Tab
    frame: FrameLocator

    async def change(self, theme: str) -> None:
        """Somebody picks another theme in the settings of Teams."""
        await self.teams.page.evaluate("(theme) => window.change(theme)", theme)

    def elsewhere(self, origin: str) -> set[str]:
        """What was asked of anybody but us."""
        return {address for address in self.teams.addresses if not address.startswith((origin, "data:", "about:"))}


@asynccontextmanager
async def framed(
    browser: Browser,
    address: str,
    *,
    theme: str = "default",
    place: str = "content",
    size: tuple[int, int] = (1280, 800),
) -> AsyncGenerator[Framed, None]:
    async with tab(browser, "about:blank", width=size[0] + 20, height=size[1] + 20) as teams:
        context = json.dumps({"theme": theme, "frameContext": place, "locale": "fr-fr", "hostName": "Teams"})

        async def host(route: Route) -> None:
            await route.fulfill(body=HOST % (address, *size, context), content_type="text/html")

        await teams.page.route("https://teams.microsoft.com/**", host)
        await teams.page.goto(TEAMS)
        yield Framed(teams, teams.page.frame_locator("iframe"))
