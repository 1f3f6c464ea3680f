"""Makes the pictures of the guides: a sitting of the sample people is held, served and photographed in chromium.

    .venv/bin/python -m tests.tools.pictures [folder]

To be run by hand after a change of the pages or the cards, and looked at before it is committed.
"""

import argparse
import asyncio
import hashlib
import json
import re
import shutil
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from bot import samples
from bot.cards.ballot import ballot
from bot.convening import Wish, prepare
from bot.texts import catalogue
from bot.web.fragments import Renderer
from tests.kit import sittings as s
from tests.kit.hall import Hall, hall
from tests.kit.waiting import PATIENCE
from voting.domain import commands as c
from voting.domain.assembly import Member, Role
from voting.domain.attendance import Presence
from voting.domain.ids import ItemId, PersonId, item_id
from voting.domain.tally import Choice
from voting.service.views.member import member_view

FOLDER = Path(__file__).parents[2] / "guides" / "images"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ZONE = "Europe/Paris"
LARGEST = 200_000
"""Bytes of a picture: pages are read over slow lines too."""

DESK, PHONE, TALL, LOW = (1280, 930), (390, 844), (1280, 1200), (1280, 780)
CHAIR, MEMBER, GRANTOR, ABSENT = PersonId("m001"), PersonId("m003"), PersonId("m018"), PersonId("m023")
OPPOSED, HESITANT, APART = PersonId("m012"), PersonId("m006"), PersonId("m022")
"""Of the groups that vote against, abstain and take no part."""
DECIDED, OPEN = item_id(6), item_id(13)
TEXTS = catalogue("fr")


SHOWN = "shown.json"
"""Beside the pictures: the fingerprint of what each of them shows, so that a test sees when one is out of date."""
_VARIES = re.compile(r"\b\d\d[:h]\d\d(:\d\d)?\b|(?<![A-Za-z0-9_-])(?:[0-9a-f]{16,}|[A-Za-z0-9_-]{20,})")
"""Hours, fingerprints and identifiers: other each time, and nobody looks at a picture for them."""


class TooLarge(Exception):
    """A picture is heavier than what a page should carry."""


async def make(folder: Path, program: str) -> list[Path]:
    """The pictures, written there. Raises ``TooLarge``."""
    convocation = await asyncio.to_thread(_convocation)
    folder.mkdir(parents=True, exist_ok=True)
    voters = [member for member in convocation.members if member.votes]
    clerk = convocation.by
    async with hall(convocation) as room, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        await room.submit(*_decided(voters, clerk))
        shown = {"board": await board_shown(room)}
        await _board(browser, room, folder / "board.png", DESK)
        await _board(browser, room, folder / "board-phone.png", PHONE)
        await room.submit(*_poll(OPEN, voters, voters[4:16], clerk))
        shown["card"] = await card_shown(room)
        await _room(browser, room, folder)
        shown["receipt"] = await card_shown(room)
        await _behind(browser, room, folder, clerk)
        async with hall(convocation) as before:
            await _ready(browser, before, folder, clerk)
        await browser.close()
    text = json.dumps(shown, ensure_ascii=False, indent=2)
    await asyncio.to_thread((folder / SHOWN).write_text, f"{text}\n", "utf-8")
    made = sorted(folder.glob("*.png"))
    heavy = [path.name for path in made if path.stat().st_size > LARGEST]
    if heavy:
        raise TooLarge(", ".join(heavy))
    return made


async def show() -> dict[str, str]:
    """What the pictures would show if they were made now: the same sitting held, and nothing photographed."""
    convocation = await asyncio.to_thread(_convocation)
    voters, clerk = [member for member in convocation.members if member.votes], convocation.by
    async with hall(convocation) as room:
        await room.submit(*_decided(voters, clerk))
        shown = {"board": await board_shown(room)}
        await room.submit(*_poll(OPEN, voters, voters[4:16], clerk))
        shown["card"] = await card_shown(room)
        await room.until(lambda: _has_button(room))
        await room.press(MEMBER, "for")
        await room.press(MEMBER, "for", room.newest(MEMBER, "for"), member=GRANTOR)
        shown["receipt"] = await card_shown(room)
    return shown


def _has_button(room: Hall) -> bool:
    try:
        room.newest(MEMBER, "for")
    except AssertionError:
        return False
    return True


def _decided(voters: Sequence[Member], clerk: PersonId) -> Iterator[c.SittingCommand]:
    yield from _opening(voters, clerk)
    yield from _poll(DECIDED, voters, voters, clerk)
    yield s.close_poll(by=clerk)
    yield s.proclaim(by=CHAIR)


async def board_shown(room: Hall) -> str:
    """The fingerprint of the board's words: its shapes are looked at when the pictures are made."""
    view = await room.core.board(room.sitting)
    assert view is not None
    pieces = Renderer().render(view, "fr").html
    return fingerprint("\n".join(" ".join(piece.striptags().split()) for piece in pieces.values()))


async def card_shown(room: Hall) -> str:
    """The fingerprint of the member's card of the vote, as it stands."""
    snapshot = await room.core.writer.snapshot(room.sitting)
    view = member_view(snapshot.sitting, snapshot.rules, MEMBER)
    return fingerprint(json.dumps(ballot(snapshot.sitting.facts, view, {}, None, TEXTS), sort_keys=True))


def fingerprint(shown: str) -> str:
    """The same for what looks the same, whenever it is shown."""
    return hashlib.sha256(_VARIES.sub("…", shown).encode()).hexdigest()[:24]


def _convocation() -> c.ConveneSitting:
    wish = Wish(
        members=samples.MEMBERS,
        agenda=samples.AGENDA,
        kind="cpr",
        scheduled_for=datetime(2026, 11, 20, 8, 30, tzinfo=UTC),
        summons_mentions_remote=True,
    )
    return prepare(wish, samples.BODY_NAME, "", "fr").command


def _opening(voters: Sequence[Member], clerk: PersonId) -> Iterator[c.SittingCommand]:
    """Everybody comes but two, one of whom is represented; the sitting opens and has its secretary."""
    yield c.OpenRollCall(by=clerk)
    for place, member in enumerate(m.id for m in voters if m.id not in (GRANTOR, ABSENT)):
        yield s.arrive(member, Presence.REMOTE if place % 3 else Presence.IN_ROOM)
    yield from s.accepted_proxy(GRANTOR, MEMBER)
    yield c.CloseRollCall(by=clerk)
    yield c.OpenSitting(by=clerk)
    yield c.AppointSecretary(by=clerk, person=next(m.id for m in voters if m.role is Role.SECRETARY))


def _poll(
    item: ItemId, everybody: Sequence[Member], voting: Sequence[Member], clerk: PersonId
) -> Iterator[c.SittingCommand]:
    """The item called and put to the vote, and the voices of some people: each group votes as one."""
    groups = {member.id: member.group for member in everybody}
    answers = {
        groups[OPPOSED]: Choice.AGAINST,
        groups[HESITANT]: Choice.ABSTENTION,
        groups[APART]: Choice.NOT_TAKING_PART,
    }
    yield s.call(item, by=clerk)
    yield s.open_poll(by=clerk)
    for member in voting:
        if member.id != ABSENT:
            by = MEMBER if member.id == GRANTOR else None
            yield s.vote(member.id, answers.get(member.group, Choice.FOR), by=by)


async def _board(browser: Browser, room: Hall, path: Path, size: tuple[int, int]) -> None:
    address = f"{room.running.town.origin}/seances/{room.sitting}"
    async with _page(browser, address, size, is_dark=size == PHONE) as page:
        await page.screenshot(path=path)


async def _room(browser: Browser, room: Hall, folder: Path) -> None:
    """A member answers for herself: her card; then for the one whose proxy she holds: the room, with both chats."""
    address = f"{room.running.town.origin}/salle?seance={room.sitting}&personne={MEMBER}"
    async with _page(browser, address, TALL) as page:
        await page.locator("body[data-ready]").wait_for()
        await _button(page, TEXTS("card.button.for")).click()
        done = _button(page, TEXTS("card.button.change"))
        await done.wait_for()
        await page.mouse.move(0, 0)
        await done.locator("xpath=ancestor::*[@role='group'][1]").screenshot(path=folder / "card-vote.png")
        name = (await room.state()).roll[GRANTOR].last_name
        await _button(page, TEXTS("card.button.by_proxy", title=TEXTS("card.button.for"), name=name)).click()
        await _button(page, TEXTS("card.button.by_proxy", title=TEXTS("card.button.change"), name=name)).wait_for()
        await page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
        await room.say(MEMBER, TEXTS("words.home").partition("|")[0])
        # The offer of the proxy was there before.
        await expect(page.locator("#own .card-box")).to_have_count(2, timeout=PATIENCE * 1000)
        await page.mouse.move(0, 0)
        await page.screenshot(path=folder / "room.png")


async def _behind(browser: Browser, room: Hall, folder: Path, clerk: PersonId) -> None:
    """The pages behind the sign-in, while the vote is open: of the clerk, then of a member."""
    await _signed(browser, room, folder / "console.png", clerk, "conduite", LOW)
    await _signed(browser, room, folder / "member-phone.png", HESITANT, "moi", PHONE)
    await _signed(browser, room, folder / "receipts.png", MEMBER, "recus", TALL, press="[data-check]")
    await _signed(browser, room, folder / "documents.png", clerk, "documents", LOW)
    await _told(browser, room, folder, clerk)
    await _around(browser, room, folder, clerk)


async def _told(browser: Browser, room: Hall, folder: Path, clerk: PersonId) -> None:
    """The forms of the console: two incidents, and proxies in each of their states."""
    incident = c.WriteIncident(by=clerk, incident=None, text="La diffusion s’interrompt deux minutes.", person=OPPOSED)
    await room.submit(incident, s.proxy(ABSENT, OPPOSED))
    to = f"/seances/{room.sitting}/conduite"
    async with _page(browser, f"{room.running.town.origin}/connexion?vers={to}", TALL) as page:
        await page.locator(f'button[value="{clerk}"]').click()
        await page.locator("#d-n1 summary").click()
        for name in ("incidents", "proxies"):
            await page.locator(f"#p-{name}").screenshot(path=folder / f"console-{name}.png")


async def _around(browser: Browser, room: Hall, folder: Path, clerk: PersonId) -> None:
    """Signing in, and one's sittings."""
    origin = room.running.town.origin
    async with _page(browser, f"{origin}/connexion?vers=/seances", LOW) as page:
        await page.screenshot(path=folder / "sign-in.png")
        await page.locator(f'button[value="{clerk}"]').click()
        await page.locator("main a").first.wait_for()
        await page.screenshot(path=folder / "sittings.png")


async def _ready(browser: Browser, room: Hall, folder: Path, clerk: PersonId) -> None:
    """Who is ready, as a rehearsal begins."""
    await room.say(clerk, TEXTS("words.rehearsal").partition("|")[0], in_meeting=True)
    rehearsal = room.running.app.books.conversations.sitting_of(room.meeting.id)
    assert rehearsal is not None
    async with _page(browser, room.running.app.readiness_links.page(rehearsal), LOW) as page:
        await page.get_by_role("table").wait_for()
        await page.screenshot(path=folder / "readiness.png")


async def _signed(
    browser: Browser, room: Hall, path: Path, person: PersonId, page_name: str, size: tuple[int, int], press: str = ""
) -> None:
    """``press``: what is pressed first."""
    to = f"/seances/{room.sitting}/{page_name}"
    async with _page(browser, f"{room.running.town.origin}/connexion?vers={to}", size) as page:
        await page.locator(f'button[value="{person}"]').click()
        await page.locator("#card .ac-adaptiveCard, body[data-ready] .receipt, .papers").first.wait_for()
        if press:
            await page.locator(press).first.click()
            await page.locator(".found .verdict").first.wait_for()
        await page.mouse.move(0, 0)
        await page.screenshot(path=path)


def _button(page: Page, title: str) -> Locator:
    """The newest button of the meeting's chat with that title."""
    return page.locator("#meeting").get_by_role("button", name=title, exact=True).last


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
