"""The console: a sitting driven from a page, by mouse and by keys, and nothing of it for anybody else."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from functools import partial

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.kit.journals import CLERK
from tests.web.browsing import Tab, tab
from tests.web.stories import SITTING, sample_roll
from tests.web.test_member import BASE, VOTERS, browser_of, polled
from tests.web.town import Held, held
from voting.domain import commands as c
from voting.domain.attendance import Presence, Source
from voting.domain.ids import PersonId
from voting.domain.sitting import Phase, Sitting

CONSOLE = f"{BASE}/conduite"
CHAIR = next(m.id for m in sample_roll() if m.role.value == "chair")


async def test_the_console_is_for_the_staff_of_that_sitting() -> None:
    async with held() as world:
        async with browser_of(world, VOTERS[2]) as member:
            for path in (CONSOLE, f"{CONSOLE}/carte", f"{CONSOLE}/panneaux"):
                async with member.get(path) as answer:
                    assert (path, answer.status) == (path, 404)
            async with member.get(f"{BASE}/moi") as answer:
                assert CONSOLE not in await answer.text()
        async with browser_of(world, CLERK) as clerk:
            async with clerk.get(CONSOLE) as answer:
                assert answer.status == 200
            async with clerk.get(f"{CONSOLE}/panneaux") as answer:
                html = await answer.text()
            assert html.count('id="r-') == len(sample_roll())
            async with clerk.get(f"{CONSOLE}/carte") as answer:
                assert "card" in await answer.json()


async def test_the_secretary_loses_the_console_with_his_office() -> None:
    async with held() as world, browser_of(world, VOTERS[1]) as secretary:
        await polled(world)
        async with secretary.get(f"{CONSOLE}/panneaux") as answer:
            assert answer.status == 200
        await world.do(c.AnnulPoll(by=CLERK, reason="essai"), c.AppointSecretary(by=CLERK, person=VOTERS[3]))
        async with secretary.get(f"{CONSOLE}/panneaux") as answer:
            assert answer.status == 404


@pytest.mark.browser
async def test_a_sitting_is_driven_from_the_console(browser: Browser) -> None:
    async with held() as world:
        async with seated(world, browser, CLERK) as clerk:
            page = clerk.page
            await button(page, "Lancer l’appel").click()
            await until(world, lambda s: s.course.roll_call_open)
            await called_by_keyboard(world, page)
            await button(page, "Ouvrir la séance").click()
            await until(world, lambda s: s.course.phase is Phase.OPEN)
            await typed(page, f"secrétaire {name_of(VOTERS[1])}")
            await until(world, lambda s: s.officers.secretary == VOTERS[1])
            await page.locator("#p-agenda button").first.click()
            await until(world, lambda s: s.agenda.current is not None)
            await button(page, "Ouvrir le vote").click()
            await until(world, lambda s: s.polls.open_poll() is not None)
            await voices_by_keyboard(world, page)
            await button(page, "Clore le vote").click()
            await until(world, lambda s: s.polls.current() is not None and s.polls.open_poll() is None)
            assert await clerk.axe() == []
            assert not await clerk.overflows()
            async with seated(world, browser, CHAIR) as chair:
                await button(chair.page, "Proclamer le résultat").click()
                await until(world, lambda s: s.polls.current() is None)
            await expect(page.locator("#p-agenda li.is-adopted")).to_have_count(1)
            assert clerk.complaints == []
            assert clerk.is_at_home(world.origin)


@pytest.mark.browser
async def test_what_is_being_typed_is_kept(browser: Browser) -> None:
    async with held() as world:
        async with seated(world, browser, CLERK) as clerk:
            await clerk.page.keyboard.press("/")
            await clerk.page.keyboard.type("suspendre réunion de gr")
            here = c.RecordAttendance(by=CLERK, person=VOTERS[4], presence=Presence.REMOTE, source=Source.CLERK)
            await world.do(here)
            await expect(clerk.page.locator(f"#r-{VOTERS[4]}")).to_contain_text("à distance")
            await expect(clerk.page.locator("#text")).to_have_value("suspendre réunion de gr")
            await clerk.page.reload()
            await expect(clerk.page.locator("#text")).to_have_value("suspendre réunion de gr")


async def called_by_keyboard(world: Held, page: Page) -> None:
    """Names at speaking pace: one key, and the next line has the keys."""
    await page.locator("#main").focus()
    await page.keyboard.press("r")
    for person in VOTERS[:-1]:
        await expect(page.locator(f"#r-{person}")).to_be_focused()
        await page.keyboard.press("p")
        await until(world, partial(_is_here, person))
    await expect(page.locator(f"#r-{VOTERS[-1]}")).to_be_focused()
    await page.keyboard.press("e")
    await until(world, lambda s: s.presence(VOTERS[-1]) is Presence.EXCUSED)


async def voices_by_keyboard(world: Held, page: Page) -> None:
    await expect(page.locator("#p-voices")).to_be_visible()
    await page.locator("#main").focus()
    await page.keyboard.press("v")
    for place, person in enumerate(VOTERS[:3]):
        await expect(page.locator(f"#v-{person}")).to_be_focused()
        await page.keyboard.press(str(place + 1))
        await expect(page.locator(f"#v-{person}")).to_have_count(0)
    poll = (await world.core.writer.snapshot(SITTING)).sitting.polls.open_poll()
    assert poll is not None
    assert [poll.ballots[p].choice.value for p in VOTERS[:3]] == ["for", "against", "abstention"]
    assert {poll.ballots[p].source for p in VOTERS[:3]} == {Source.VOICE}


@asynccontextmanager
async def seated(world: Held, browser: Browser, person: str) -> AsyncGenerator[Tab, None]:
    """A tab of that person, signed in, on the console."""
    address = f"{world.origin}/connexion?vers={CONSOLE}"
    async with tab(browser, address, width=1400) as opened:
        await opened.page.locator(f'button[value="{person}"]').click()
        await opened.page.locator("body[data-ready]").wait_for()
        yield opened


def button(page: Page, name: str) -> Locator:
    return page.locator("#card").get_by_role("button", name=name, exact=True)


async def typed(page: Page, text: str) -> None:
    await page.keyboard.press("/")
    await page.locator("#text").fill(text)
    await page.keyboard.press("Enter")


def _is_here(person: PersonId, sitting: Sitting) -> bool:
    return sitting.is_here(person)


def name_of(person: str) -> str:
    return next(m.full_name for m in sample_roll() if m.id == person)


async def until(world: Held, holds: Callable[[Sitting], bool]) -> None:
    async with asyncio.timeout(30):
        while not holds((await world.core.writer.snapshot(SITTING)).sitting):
            await asyncio.sleep(0.02)
