"""The board in a real browser: side panel, phone, desktop, projector; every theme; keyboard, no scripts."""

import re
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial

import pytest
from playwright.async_api import Browser, expect

from tests.kit.journals import CLERK, FOR, Story
from tests.web.browsing import Tab, tab
from tests.web.serving import serving
from tests.web.stories import (
    SITTING,
    Table,
    calling,
    convoked,
    crowd,
    debating,
    nasty,
    opened,
    proclaimed,
    sharing,
    voting,
    whole,
)
from voting.domain import commands as c
from voting.domain.ids import SittingId

pytestmark = pytest.mark.browser

STAGES: dict[str, Callable[[], Story]] = {
    "calling": lambda: calling(convoked()),
    "debating": lambda: debating(opened(convoked())),
    "sharing": sharing,
    "voting": lambda: voting(debating(opened(convoked()))),
    "proclaimed": whole,
    "plenary": lambda: crowd(720),
    "nasty": nasty,
}


SCREENS = ((320, 640), (360, 740), (1280, 800), (1920, 1080))
INSPECTED = {"debating", "sharing", "proclaimed"}
"""Stages that axe looks at, which takes its time: the others show no other kind of thing."""


EAVESDROP = """() => {
  const connection = document.getElementById("connection");
  window.heard = [];
  new MutationObserver(() => heard.push(connection.textContent)).observe(connection, { childList: true });
}"""
"""The good news leaves the screen after four seconds, which may be sooner than anybody looks."""


@asynccontextmanager
async def _looking(story: Story) -> AsyncGenerator[tuple[Table, str], None]:
    table = Table(story)
    async with serving(table) as client:
        yield table, str(client.make_url(f"/seances/{SITTING}"))


@pytest.mark.parametrize("name", STAGES)
async def test_a_stage_fits_every_screen_in_all_colours(browser: Browser, name: str) -> None:
    table = Table()
    table.stories = {SittingId(name): STAGES[name]()}
    async with serving(table) as client, tab(browser, str(client.make_url(f"/seances/{name}"))) as looked:
        for width, height in SCREENS:
            await looked.page.set_viewport_size({"width": width, "height": height})
            await _fits(looked, width, height, in_sight=width > 1000 and name != "nasty")
        if name in INSPECTED:
            for details in await looked.page.locator("summary").all():
                await details.click()
            assert await looked.trouble() == []
        assert looked.complaints == []
        assert looked.is_at_home(str(client.make_url("/")))


async def _fits(looked: Tab, width: int, height: int, *, in_sight: bool) -> None:
    assert not await looked.overflows()
    plan = looked.page.get_by_role("img", name="L’hémicycle")
    await expect(plan).to_be_visible()
    box = await plan.bounding_box()
    assert box is not None
    assert box["width"] >= width * (0.4 if width > 1000 else 0.85)
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    if in_sight:
        assert box["y"] + box["height"] <= height, "the whole room is in sight without scrolling"
    size = await looked.page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    assert size >= (19 if width >= 1900 else 16), "type grows on a projector"


async def test_a_vote_changes_its_seat_under_the_eyes_of_who_looks(browser: Browser) -> None:
    story = voting(debating(opened(convoked())), heard=3)
    async with _looking(story) as (table, address), tab(browser, address) as looked:
        page = looked.page
        members = page.locator("#members > summary")
        await members.focus()
        await page.keyboard.press("Enter")
        await expect(page.locator(".seat.is-voted")).to_have_count(3)
        await expect(page.get_by_role("timer", name="temps écoulé")).to_have_text(re.compile(r"\d+:\d\d"))
        poll = story.state.polls.open_poll()
        assert poll is not None
        await table.move(partial(story.vote, {poll.silent()[0].member: FOR}, rest=None))
        await expect(page.locator(".seat.is-voted")).to_have_count(4)
        await expect(page.locator(".seat.is-voted use").last).to_be_visible()
        await expect(page.locator("#poll")).to_contain_text("4 voix reçues")
        await expect(members).to_be_focused()
        assert await page.locator("#members").get_attribute("open") is not None
        await table.move(partial(proclaimed, story))
        await expect(page.locator("#poll .verdict")).to_have_text("Adopté")
        await expect(page.locator("#announcements")).to_contain_text("pour, ")
        await expect(page.locator(".seat.is-voted")).to_have_count(0)
        assert looked.complaints == []


async def test_who_reads_with_the_ears_gets_the_same(browser: Browser) -> None:
    async with _looking(whole()) as (_, address), tab(browser, address) as looked:
        tree = await looked.page.locator("body").aria_snapshot()
    for line in (
        "- banner:",
        '- heading "Commission permanente du 20 novembre 2026" [level=1]',
        "- main:",
        '- heading "Garantie d’emprunt',
        '- img "L’hémicycle : Scrutin n° 2 – Rapport 3, résultat 14 pour, 5 contre',
        "- contentinfo:",
        '- region "Quorum"',
        '- region "Parole"',
    ):
        assert line.replace('"', "") in tree.replace("\u00a0", " ").replace('"', "").replace("'", "")


async def test_the_keyboard_goes_everywhere_and_shows_where_it_is(browser: Browser) -> None:
    async with _looking(whole()) as (_, address), tab(browser, address) as looked:
        page = looked.page
        await page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="Aller au contenu")
        await expect(skip).to_be_focused()
        await expect(skip).to_be_in_viewport()
        await page.keyboard.press("Enter")
        await expect(page.locator("#main")).to_be_focused()
        await page.keyboard.press("Tab")
        await expect(page.locator("#members > summary")).to_be_focused()
        outline = await page.locator("#members > summary").evaluate("(e) => getComputedStyle(e).outlineWidth")
        assert outline == "3px"
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("table")).to_be_visible()


async def test_a_lost_line_is_admitted_and_found_again(browser: Browser) -> None:
    story = opened(convoked())
    async with _looking(story) as (table, address), tab(browser, address) as looked:
        page = looked.page
        await page.locator("body[data-live]").wait_for()
        await page.context.set_offline(True)
        await expect(page.locator("#connection")).to_have_text("Connexion perdue, nouvelle tentative…")
        await page.evaluate(EAVESDROP)
        await table.move(lambda: story.do(c.SuspendSitting(by=CLERK, reason="panne")))
        await page.context.set_offline(False)
        await expect(page.locator("#phase")).to_have_text("Séance suspendue")
        await page.wait_for_function("heard.includes('Connexion rétablie.')")


async def test_without_scripts_everything_is_there_and_renews_itself(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.board.REFRESH", 1)
    story = whole()
    async with _looking(story) as (table, address), tab(browser, address, scripts=False) as looked:
        page = looked.page
        await expect(page.locator("#poll")).to_contain_text("19 suffrages exprimés")
        await expect(page.locator("#item")).to_contain_text("résidence étudiante")
        assert await page.locator(".seat").count() == 25
        await expect(page.locator(".connection:visible")).to_contain_text("État de la séance à 10:30:00.")
        await table.move(lambda: story.do(c.SuspendSitting(by=CLERK, reason="pause")))
        await expect(page.locator("#phase")).to_have_text("Séance suspendue")
        await page.get_by_role("link", name="Arrêter").click()
        await expect(page.locator(".connection:visible")).to_contain_text("Cette page ne se renouvelle pas.")
        assert await page.locator("meta[http-equiv=refresh]").count() == 0
        assert not await looked.overflows()


async def test_R58_the_end_of_a_turn_is_said_once_as_it_comes(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = sharing()
    turn = story.state.speakers.turn
    assert turn is not None
    name = f"M. {story.state.roll[turn.person].full_name}"
    monkeypatch.setattr("tests.web.serving.CLOCK", turn.since + timedelta(seconds=148))
    async with _looking(story) as (_, address), tab(browser, address) as looked:
        said = looked.page.locator("#announcements p")
        clock = looked.page.get_by_role("timer")
        await expect(clock).to_have_text(re.compile(r"2:\d\d \(bientôt fini\)"))
        await expect(said).to_have_text([f"Il reste 30 s à {name}."])
        await looked.page.wait_for_timeout(1_500)
        await expect(said).to_have_count(1)
        assert await looked.page.locator("#floor .speaker .gauge rect").get_attribute("width") != "0"


async def test_the_speakers_clock_runs_on_the_servers_time(browser: Browser) -> None:
    async with _looking(debating(opened(convoked()))) as (_, address):
        async with tab(browser, address) as looked:
            clock = looked.page.get_by_role("timer")
            first = await clock.inner_text()
            assert first.endswith("(temps dépassé)")
            await expect(clock).not_to_have_text(first)


async def test_nothing_moves_for_those_who_asked_for_rest(browser: Browser) -> None:
    async with _looking(whole()) as (_, address):
        async with tab(browser, address, reduced_motion="reduce") as looked:
            assert await looked.page.evaluate("document.getAnimations().length") == 0
        async with tab(browser, address) as looked:
            assert await looked.page.evaluate("document.getAnimations().length") > 0


async def test_high_contrast_keeps_the_signs(browser: Browser) -> None:
    async with _looking(whole()) as (_, address), tab(browser, address) as looked:
        await looked.wear("forced")
        colours = await looked.page.evaluate(
            "['.seat.is-for', '.seat.is-against'].map((s) =>"
            " getComputedStyle(document.querySelector(s)).getPropertyValue('--seat'))"
        )
        assert colours == ["CanvasText", "CanvasText"]
