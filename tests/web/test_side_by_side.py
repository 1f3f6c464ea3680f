"""A whole sitting with everybody at his own page: the clerk's console, the chair's, three members' and the board."""

from contextlib import AsyncExitStack

import pytest
from playwright.async_api import Browser, expect

from tests.kit.journals import CLERK
from tests.kit.sittings import vote
from tests.web.browsing import Tab, tab
from tests.web.test_console import CHAIR, CONSOLE, button, typed, until
from tests.web.test_member import BASE, VOTERS
from tests.web.town import Held, held
from voting.domain import commands as c
from voting.domain.attendance import Presence, Source
from voting.domain.ids import PersonId
from voting.domain.sitting import Phase
from voting.domain.tally import Choice

THREE = VOTERS[2:5]
CHOICES = {THREE[0]: "Pour", THREE[1]: "Contre", THREE[2]: "Abstention"}

pytestmark = [pytest.mark.browser, pytest.mark.long]


async def test_a_sitting_from_the_call_to_the_receipt_side_by_side(browser: Browser) -> None:
    async with held() as world, AsyncExitStack() as open_tabs:
        clerk = await _at(open_tabs, world, browser, CLERK, CONSOLE)
        chair = await _at(open_tabs, world, browser, CHAIR, CONSOLE)
        members = {one: await _at(open_tabs, world, browser, one, f"{BASE}/moi") for one in THREE}
        board = await open_tabs.enter_async_context(tab(browser, f"{world.origin}{BASE}"))
        everybody = [clerk, chair, *members.values(), board]

        await button(clerk.page, "Lancer l’appel").click()
        for member in members.values():
            await button(member.page, "Je suis présent(e)").click()
        await expect(board.page.locator("#roll")).to_contain_text("22 membres")
        rest = [one for one in VOTERS if one not in THREE]
        await world.do(*(_here(one) for one in rest))
        await expect(board.page.locator("#quorum .gauge-figure")).to_have_text("25 / 25")
        await button(clerk.page, "Ouvrir la séance").click()
        await until(world, lambda s: s.course.phase is Phase.OPEN)
        await world.do(c.AppointSecretary(by=CLERK, person=VOTERS[1]))
        await typed(clerk.page, "suivant")
        await expect(board.page.locator("#item")).to_contain_text("procès-verbal")
        await button(clerk.page, "Ouvrir le vote").click()
        for one, member in members.items():
            await button(member.page, CHOICES[one]).click()
            await expect(button(member.page, "Modifier mon vote")).to_be_visible()
        await expect(board.page.locator("#poll .heard")).to_contain_text("3")
        assert "Contre" not in await board.page.locator("#main").inner_text(), "nobody sees how before the result"
        await world.do(*(vote(one, Choice.FOR) for one in rest))
        await button(clerk.page, "Clore le vote").click()
        await button(chair.page, "Proclamer le résultat").click()
        await expect(board.page.locator("#poll .verdict")).to_have_text("Adopté")
        await expect(clerk.page.locator("#p-agenda li.is-adopted")).to_have_count(1)
        assert [looked.complaints for looked in everybody] == [[]] * len(everybody)


def _here(person: PersonId) -> c.RecordAttendance:
    return c.RecordAttendance(by=CLERK, person=person, presence=Presence.REMOTE, source=Source.CLERK)


async def _at(stack: AsyncExitStack, world: Held, browser: Browser, person: str, path: str) -> Tab:
    looked = await stack.enter_async_context(tab(browser, f"{world.origin}/connexion?vers={path}"))
    await looked.page.locator(f'button[value="{person}"]').click()
    await looked.page.locator("body[data-ready]").wait_for()
    return looked
