"""Headless chromium on our pages: what it complained about, where it went, what axe finds."""

import json
from collections.abc import AsyncGenerator
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
expect.set_options(timeout=TIMEOUT)


@dataclass(slots=True)
class Tab:
    """A page with all that it said while it was open."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)

    async def axe(self) -> list[str]:
        """What is serious or critical for accessibility, as one line each."""
        await self.page.evaluate(_axe())
        found = json.loads(
            await self.page.evaluate("axe.run(document, {resultTypes: ['violations']}).then((r) => JSON.stringify(r))")
        )
        return [
            f"{violation['id']}: {violation['help']}: {[node['target'] for node in violation['nodes']][:3]}"
            for violation in found["violations"]
            if violation["impact"] in ("serious", "critical")
        ]

    async def overflows(self) -> bool:
        """Whether one must scroll sideways."""
        return bool(await self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))

    def is_at_home(self, origin: str) -> bool:
        """Whether the page asked nobody else for anything."""
        return all(address.startswith((origin, "data:")) for address in self.addresses)


@asynccontextmanager
async def browsing(program: str, *arguments: str) -> AsyncGenerator[Browser, None]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=["--no-sandbox", *arguments])
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
    scheme: Literal["light", "dark"] = "light",
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
