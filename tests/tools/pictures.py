"""Makes the pictures of the guides: a sitting of the sample people is held, served and photographed in chromium.

    .venv/bin/python -m tests.tools.pictures [folder]

To be run by hand after a change of the pages or the cards, and looked at before it is committed.
"""

import argparse
import asyncio
import json
import shutil
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright, expect

from tests.kit.hall import Hall, hall
from tests.kit.waiting import PATIENCE
from tests.tools.pictured import (
    CHAIR,
    HESITANT,
    MEMBER,
    NAMES,
    TEXTS,
    clerk_of,
    convocation,
    eve,
    fingerprint_of,
    readiness,
    story,
)
from voting.domain.assembly import Role
from voting.domain.ids import PersonId

FOLDER = Path(__file__).parents[2] / "guides" / "images"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ZONE = "Europe/Paris"
LARGEST = 200_000
"""Bytes of a picture: pages are read over slow lines too."""

DESK, PHONE, TALL, LOW = (1280, 930), (390, 844), (1280, 1200), (1280, 780)

SHOWN = "shown.json"
"""Beside the pictures: the fingerprint of what each of them shows, so that a test sees when one is out of date."""


class TooLarge(Exception):
    """A picture is heavier than what a page should carry."""


async def make(folder: Path, program: str) -> list[Path]:
    """The pictures, written there. Raises ``TooLarge``."""
    folder.mkdir(parents=True, exist_ok=True)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])

        async def photograph(room: Hall, name: str) -> None:
            await _CAMERA[name](browser, room, folder / name)

        shown = await show(photograph)
        await browser.close()
    text = json.dumps(shown, ensure_ascii=False, indent=2)
    await asyncio.to_thread((folder / SHOWN).write_text, f"{text}\n", "utf-8")
    made = [folder / name for name in NAMES]
    heavy = [path.name for path in made if path.stat().st_size > LARGEST]
    if heavy:
        raise TooLarge(", ".join(heavy))
    return made


async def _nothing(room: Hall, name: str) -> None:
    """Nothing is photographed."""


async def show(photograph: Callable[[Hall, str], Awaitable[None]] = _nothing) -> dict[str, str]:
    """What each picture shows if it is made now: the sitting is held, whether or not anything is photographed."""
    shown: dict[str, str] = {}
    wish = await asyncio.to_thread(convocation)

    async def look(name: str) -> None:
        shown[name] = await fingerprint_of(room, name)
        await photograph(room, name)

    async with hall(wish) as room:
        await story(room, look)
    async with hall(wish) as room:
        await eve(room, look)
    return dict(sorted(shown.items()))


# --- the camera -------------------------------------------------------------------------------------------------------


async def _board(browser: Browser, room: Hall, path: Path) -> None:
    is_phone = "phone" in path.name
    address = f"{room.running.town.origin}/seances/{room.sitting}"
    async with _page(browser, address, PHONE if is_phone else DESK, is_dark=is_phone) as page:
        await page.screenshot(path=path)


async def _vote(browser: Browser, room: Hall, path: Path) -> None:
    """A member's card of the vote in the meeting: she has answered for herself, not yet for whom she represents."""
    async with _room_of(browser, room, MEMBER, TALL) as page:
        done = page.locator("#meeting").get_by_role("button", name=TEXTS("card.button.change"), exact=True).last
        await done.wait_for()
        await done.locator("xpath=ancestor::*[@role='group'][1]").screenshot(path=path)


async def _room(browser: Browser, room: Hall, path: Path) -> None:
    async with _room_of(browser, room, MEMBER, DESK) as page:
        # The offer of the proxy was there before.
        await expect(page.locator("#own .card-box")).to_have_count(2, timeout=PATIENCE * 1000)
        await page.screenshot(path=path)


def _own(role_or_person: Role | PersonId) -> Callable[[Browser, Hall, Path], Awaitable[None]]:
    """The newest card in somebody's own chat, alone."""

    async def photograph(browser: Browser, room: Hall, path: Path) -> None:
        people = (await room.state()).facts.members
        person = next(m.id for m in people if role_or_person in (m.role, m.id))
        async with _room_of(browser, room, person, TALL) as page:
            card = page.locator("#own .card-box").last
            await expect(card).to_be_visible(timeout=PATIENCE * 1000)
            await card.screenshot(path=path)

    return photograph


def _signed(
    who: Role | PersonId, page_name: str, size: tuple[int, int], press: str = ""
) -> Callable[[Browser, Hall, Path], Awaitable[None]]:
    """A page behind the sign-in, while the vote is open. ``press``: what is pressed first."""

    async def photograph(browser: Browser, room: Hall, path: Path) -> None:
        person = next(m.id for m in (await room.state()).facts.members if who in (m.role, m.id))
        to = f"/seances/{room.sitting}/{page_name}"
        async with _page(browser, f"{room.running.town.origin}/connexion?vers={to}", size) as page:
            await page.locator(f'button[value="{person}"]').click()
            await page.locator("#card .ac-adaptiveCard, body[data-ready] .receipt, .papers").first.wait_for()
            if press:
                await page.locator(press).first.click()
                await page.locator(".found .verdict").first.wait_for()
            await page.mouse.move(0, 0)
            await page.screenshot(path=path)

    return photograph


async def _panel(browser: Browser, room: Hall, path: Path) -> None:
    """A form of the console: two incidents, or proxies in each of their states."""
    clerk, to = clerk_of(await room.state()), f"/seances/{room.sitting}/conduite"
    async with _page(browser, f"{room.running.town.origin}/connexion?vers={to}", TALL) as page:
        await page.locator(f'button[value="{clerk}"]').click()
        await page.locator("#d-n1 summary").click()
        await page.locator(f"#p-{path.stem.removeprefix('console-')}").screenshot(path=path)


async def _around(browser: Browser, room: Hall, path: Path) -> None:
    """Signing in, and one's sittings."""
    async with _page(browser, f"{room.running.town.origin}/connexion?vers=/seances", LOW) as page:
        if path.name == "sittings.png":
            await page.locator(f'button[value="{clerk_of(await room.state())}"]').click()
            await page.locator("main a").first.wait_for()
        await page.screenshot(path=path)


async def _ready(browser: Browser, room: Hall, path: Path) -> None:
    async with _page(browser, readiness(room), LOW) as page:
        await page.get_by_role("table").wait_for()
        await page.screenshot(path=path)


_CAMERA: Mapping[str, Callable[[Browser, Hall, Path], Awaitable[None]]] = {
    "board.png": _board,
    "board-phone.png": _board,
    "card-vote.png": _vote,
    "room.png": _room,
    "console.png": _signed(Role.CLERK, "conduite", LOW),
    "member-phone.png": _signed(HESITANT, "moi", PHONE),
    "receipts.png": _signed(MEMBER, "recus", TALL, press="[data-check]"),
    "cues.png": _own(CHAIR),
    "sheet.png": _own(MEMBER),
    "help.png": _own(MEMBER),
    "help-desk.png": _own(Role.SUPPORT),
    "documents.png": _signed(Role.CLERK, "documents", LOW),
    "console-incidents.png": _panel,
    "console-proxies.png": _panel,
    "sign-in.png": _around,
    "sittings.png": _around,
    "readiness.png": _ready,
}


@asynccontextmanager
async def _room_of(browser: Browser, room: Hall, person: PersonId, size: tuple[int, int]) -> AsyncIterator[Page]:
    """That person's place in the local room."""
    address = f"{room.running.town.origin}/salle?seance={room.sitting}&personne={person}"
    async with _page(browser, address, size) as page:
        await page.locator("body[data-ready]").wait_for()
        await page.mouse.move(0, 0)
        yield page


@asynccontextmanager
async def _page(browser: Browser, address: str, size: tuple[int, int], *, is_dark: bool = False) -> AsyncIterator[Page]:
    width, height = size
    context = await browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if is_dark else "light",
        locale="fr-FR",
        timezone_id=ZONE,
        reduced_motion="reduce",
    )
    try:
        page = await context.new_page()
        await page.goto(address)
        await page.evaluate("document.fonts.ready.then(() => true)")
        yield page
    finally:
        await context.close()


def main() -> int:
    """The command."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        arguments.error("chromium is not on this machine: apt-get install chromium")
    for path in asyncio.run(make(arguments.parse_args().folder, program)):
        sys.stdout.write(f"{path} {path.stat().st_size}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
