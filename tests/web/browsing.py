"""Headless chromium on our pages: what it complained about, where it went, what axe finds."""

import json
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import Browser, ConsoleMessage, Page, Request, async_playwright, expect

import bot.web
from tests.kit.waiting import PATIENCE

NODE_MODULES = Path(bot.web.__file__).parent / "node_modules"
TIMEOUT = PATIENCE * 1000
ALLOWING = "--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests"
"""Otherwise chromium keeps public pages, which the Teams of a test pretends to be, from servers of this machine."""
expect.set_options(timeout=TIMEOUT)


Scheme = Literal["light", "dark"]
LOOKS: Mapping[str, tuple[Scheme, Literal["more", "no-preference"], Literal["active", "none"]]] = {
    "light": ("light", "no-preference", "none"),
    "dark": ("dark", "no-preference", "none"),
    "contrast": ("light", "more", "none"),
    "contrast-dark": ("dark", "more", "none"),
    "forced": ("light", "no-preference", "active"),
}
"""What a system may ask for: the scheme, more contrast, its own colours."""
WIDTHS = (320, 360, 768, 1280, 1920)
"""The side panel of a meeting, a telephone, a tablet, a desk, a projector."""


PAST_THE_END = """() => {
  const ends = [...document.body.children].map((part) => part.getBoundingClientRect().bottom + scrollY);
  return document.documentElement.scrollHeight > Math.max(innerHeight, ...ends) + 8;
}"""


@dataclass(slots=True)
class Tab:
    """A page with all that it said while it was open."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)

    async def axe(self, *rules: str) -> list[str]:
        """What is serious or critical for accessibility, as one line each; by those rules alone, if any is named."""
        if not await self.page.evaluate("'axe' in window"):
            await self.page.evaluate(_axe())
        asked = {"resultTypes": ["violations"], **({"runOnly": rules} if rules else {})}
        found = json.loads(
            await self.page.evaluate("(asked) => axe.run(document, asked).then((r) => JSON.stringify(r))", asked)
        )
        return [
            f"{violation['id']}: {violation['help']}: {[node['target'] for node in violation['nodes']][:3]}"
            for violation in found["violations"]
            if violation["impact"] in ("serious", "critical")
        ]

    async def wear(self, look: str) -> None:
        """Have the system ask for those colours."""
        scheme, contrast, forced = LOOKS[look]
        await self.page.emulate_media(color_scheme=scheme, contrast=contrast, forced_colors=forced)

    async def trouble(self, widths: Sequence[int] = WIDTHS, *, height: int = 900) -> list[str]:
        """What is wrong on any screen and in any colours. Names and roles are the same in all of them."""
        found = await self.axe()
        for look in ("dark", "contrast", "contrast-dark"):
            await self.wear(look)
            found += [f"{look}: {line}" for line in await self.axe("color-contrast")]
        await self.wear("light")
        for width in widths:
            await self.page.set_viewport_size({"width": width, "height": height})
            found += [f"one scrolls sideways at {width}"] if await self.overflows() else []
            found += [f"one scrolls past the end at {width}"] if await self.page.evaluate(PAST_THE_END) else []
        return [*found, *self.complaints]

    async def overflows(self) -> bool:
        """Whether one must scroll sideways."""
        return bool(await self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))

    def is_at_home(self, origin: str) -> bool:
        """Whether the page asked nobody else for anything."""
        return all(address.startswith((origin, "data:")) for address in self.addresses)


@asynccontextmanager
async def browsing(program: str) -> AsyncGenerator[Browser, None]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=["--no-sandbox", ALLOWING])
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def tab(
    browser: Browser,
    address: str,
    *,
    width: int = 1280,
    height: int = 900,
    scheme: Scheme = "light",
    scripts: bool = True,
    forced_colors: Literal["active", "none"] = "none",
    reduced_motion: Literal["reduce", "no-preference"] = "no-preference",
) -> AsyncGenerator[Tab, None]:
    context = await browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        locale="fr-FR",
        java_script_enabled=scripts,
        forced_colors=forced_colors,
        reduced_motion=reduced_motion,
    )
    opened = Tab(await context.new_page())
    opened.page.set_default_timeout(TIMEOUT)

    def heard(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            opened.complaints.append(message.text)

    def asked(request: Request) -> None:
        opened.addresses.append(request.url)

    opened.page.on("console", heard)
    opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
    opened.page.on("request", asked)
    try:
        await opened.page.goto(address)
        yield opened
    finally:
        await context.close()


@cache
def _axe() -> str:
    script = NODE_MODULES / "axe-core" / "axe.min.js"
    if not script.is_file():
        pytest.skip("axe-core is not installed: run `npm ci` in bot/web")
    return script.read_text("utf-8")
