"""The time left of a vote on every page: by the clock of the server, said twice at most, and it closes nothing."""

import re
from contextlib import AsyncExitStack

import pytest
from playwright.async_api import Browser, Page, expect

from tests.kit.journals import CLERK
from tests.web.browsing import Tab, tab
from tests.web.stories import SITTING
from tests.web.test_console import CONSOLE, seated, until
from tests.web.test_member import BASE, VOTERS, act, browser_of, polled
from tests.web.town import Held, held
from voting.domain import commands as c
from voting.domain.polls import PollState, Purpose
from voting.domain.ruleset import VotingMethod
from voting.domain.sitting import Sitting

LATE_CLOCK = "const real = Date.now; Date.now = () => real() - 3_600_000;"
"""A computer whose clock is an hour behind."""


async def debated(world: Held) -> None:
    """As far as the debate on the first item: the poll opened by that story is struck."""
    await polled(world)
    await world.do(c.AnnulPoll(by=CLERK, reason="essai"))


def opening(seconds: int) -> c.OpenPoll:
    return c.OpenPoll(by=CLERK, purpose=Purpose.ITEM, method=VotingMethod.ELECTRONIC, seconds=seconds)


async def test_the_card_comes_with_the_clock_of_the_vote() -> None:
    async with held() as world, browser_of(world, VOTERS[2]) as member:
        await polled(world)
        async with member.get(f"{BASE}/moi/carte") as answer:
            assert "clock" not in await answer.json()
        await world.do(c.AnnulPoll(by=CLERK, reason="essai"), opening(120))
        async with member.get(f"{BASE}/moi/carte") as answer:
            clock = (await answer.json())["clock"]
        assert 100 < clock["until"] - clock["now"] <= 120
        await world.do(c.ClosePoll(by=CLERK))
        async with member.get(f"{BASE}/moi/carte") as answer:
            assert "clock" not in await answer.json()


async def test_a_page_opens_a_vote_of_that_length_and_no_other() -> None:
    async with held() as world, browser_of(world, CLERK) as clerk:
        await debated(world)
        assert (await act(clerk, verb="vote", data={"sitting": SITTING, "lasts": "soon"}))["no"]
        assert (await act(clerk, verb="vote", data={"sitting": SITTING, "lasts": "3"}))["no"]
        await act(clerk, verb="vote", data={"sitting": SITTING, "lasts": "180"})
        poll = (await world.core.writer.snapshot(SITTING)).sitting.polls.open_poll()
        assert poll is not None
        assert poll.ends_at is not None
        assert (poll.ends_at - poll.opened_at).total_seconds() == 180


def _opened_for_a_minute(sitting: Sitting) -> bool:
    poll = sitting.polls.open_poll()
    return poll is not None and poll.ends_at is not None


@pytest.mark.browser
async def test_the_time_left_is_the_same_everywhere_whatever_the_clock_of_the_computer(browser: Browser) -> None:
    async with held() as world, AsyncExitStack() as tabs:
        await debated(world)
        clerk = await tabs.enter_async_context(seated(world, browser, CLERK))
        await clerk.page.keyboard.press("Escape")
        await clerk.page.keyboard.press("m")
        await expect(clerk.page.get_by_label("Durée annoncée")).to_be_focused()
        await clerk.page.get_by_label("Durée annoncée").select_option("120")
        await clerk.page.locator("#p-poll").get_by_role("button", name="Ouvrir le vote").press("Enter")
        await until(world, _opened_for_a_minute)
        board = await tabs.enter_async_context(tab(browser, f"{world.origin}{BASE}"))
        await board.page.context.add_init_script(LATE_CLOCK)
        await board.page.reload()
        member = await _member(tabs, world, browser)
        faces = [board.page.locator("#poll .countdown b"), member.page.locator("#countdown b")]
        faces.append(clerk.page.locator("#countdown b"))
        lefts = []
        for face in faces:
            await expect(face).to_have_text(re.compile(r"^[12]:\d\d$"))
            lefts.append(_seconds(await face.inner_text()))
        assert max(lefts) - min(lefts) <= 10
        assert [looked.complaints for looked in (clerk, board, member)] == [[]] * 3
        assert await member.trouble((360,)) == []
        await world.do(c.ClosePoll(by=CLERK))
        await expect(member.page.locator("#countdown")).to_be_hidden()
        await expect(board.page.locator("#poll .countdown")).to_have_count(0)


@pytest.mark.browser
@pytest.mark.long
async def test_the_end_is_said_once_and_closes_nothing(browser: Browser) -> None:
    async with held() as world, AsyncExitStack() as tabs:
        await debated(world)
        clerk = await tabs.enter_async_context(seated(world, browser, CLERK))
        board = await tabs.enter_async_context(tab(browser, f"{world.origin}{BASE}"))
        await board.page.locator("body[data-live]").wait_for()
        await world.do(opening(10))
        await expect(clerk.page.locator("#countdown b")).to_have_text("temps écoulé")
        await expect(clerk.page.get_by_role("log")).to_contain_text("À vous de clore le vote")
        await expect(board.page.locator("#poll .countdown b")).to_have_text("temps écoulé")
        assert await _told(board.page) == 1
        poll = (await world.core.writer.snapshot(SITTING)).sitting.polls.open_poll()
        assert poll is not None
        assert poll.state is PollState.OPEN
        await board.page.reload()
        await expect(board.page.locator("#poll .countdown b")).to_have_text("temps écoulé")
        assert await _told(board.page) == 0, "a page that opens afterwards has nothing to announce"
        assert CONSOLE in clerk.page.url


async def _told(page: Page) -> int:
    return await page.locator("#announcements p", has_text="temps annoncé").count()


async def _member(tabs: AsyncExitStack, world: Held, browser: Browser) -> Tab:
    looked = await tabs.enter_async_context(tab(browser, f"{world.origin}/connexion?vers={BASE}/moi"))
    await looked.page.locator(f'button[value="{VOTERS[4]}"]').click()
    await looked.page.locator("body[data-ready]").wait_for()
    return looked


def _seconds(face: str) -> int:
    minutes, seconds = face.split(":")
    return 60 * int(minutes) + int(seconds)
