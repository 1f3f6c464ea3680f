"""A whole sitting with everybody at his own page: the clerk's console, the chair's, three members' and the board."""

from contextlib import AsyncExitStack

import pytest
from playwright.async_api import Browser, expect

from tests.kit.journals import CLERK
from tests.kit.sittings import vote
from tests.web.browsing import Tab, tab
from tests.web.stories import SITTING
from tests.web.test_console import CHAIR, CONSOLE, button, name_of, typed, until
from tests.web.test_member import BASE, VOTERS
from tests.web.town import Held, held
from voting.domain import commands as c
from voting.domain.attendance import Presence, Source
from voting.domain.ids import PersonId
from voting.domain.sitting import Phase
from voting.domain.tally import Choice

THREE = VOTERS[2:5]
REST = [one for one in VOTERS if one not in THREE]
CHOICES = {THREE[0]: "Pour", THREE[1]: "Contre", THREE[2]: "Abstention"}

pytestmark = [pytest.mark.browser, pytest.mark.long]


async def test_a_sitting_from_the_call_to_the_receipt_side_by_side(browser: Browser) -> None:
    async with held() as world, AsyncExitStack() as open_tabs:
        clerk = await _at(open_tabs, world, browser, CLERK, CONSOLE)
        chair = await _at(open_tabs, world, browser, CHAIR, CONSOLE)
        members = {one: await _at(open_tabs, world, browser, one, f"{BASE}/moi") for one in THREE}
        board = await open_tabs.enter_async_context(tab(browser, f"{world.origin}{BASE}"))
        everybody = [clerk, chair, *members.values(), board]

        await _opened(world, clerk, members, board)
        await typed(clerk.page, "suivant")
        await expect(board.page.locator("#item")).to_contain_text("procès-verbal")
        await button(clerk.page, "Ouvrir le vote").click()
        for one, member in members.items():
            await button(member.page, CHOICES[one]).click()
            await expect(button(member.page, "Modifier mon vote")).to_be_visible()
        await expect(board.page.locator("#poll .heard")).to_contain_text("3")
        assert "Contre" not in await board.page.locator("#main").inner_text(), "nobody sees how before the result"
        await world.do(*(vote(one, Choice.FOR) for one in REST))
        await button(clerk.page, "Clore le vote").click()
        await button(chair.page, "Proclamer le résultat").click()
        await expect(board.page.locator("#poll .verdict")).to_have_text("Adopté")
        await expect(clerk.page.locator("#p-agenda li.is-adopted")).to_have_count(1)
        await _debated(world, clerk, members[THREE[0]], board)
        await _voted_in_time(world, clerk, chair, members, board)
        await _lifted(world, clerk, chair, members[THREE[1]], board)
        assert [looked.complaints for looked in everybody] == [[]] * len(everybody)
        for looked in (board, clerk, members[THREE[2]]):
            assert await looked.trouble((360, 1920)) == []


async def _opened(world: Held, clerk: Tab, members: dict[PersonId, Tab], board: Tab) -> None:
    """Three answer the call themselves, the clerk notes the others; the sitting opens and has its secretary."""
    await button(clerk.page, "Lancer l’appel").click()
    for member in members.values():
        await button(member.page, "Je suis présent(e)").click()
    await expect(board.page.locator("#roll")).to_contain_text("22 membres")
    await world.do(*(_here(one) for one in REST))
    await expect(board.page.locator("#quorum .gauge-figure")).to_have_text("25 / 25")
    await button(clerk.page, "Ouvrir la séance").click()
    await until(world, lambda s: s.course.phase is Phase.OPEN)
    await typed(clerk.page, f"secrétaire {name_of(VOTERS[1])}")
    await until(world, lambda s: s.officers.secretary == VOTERS[1])


async def _debated(world: Held, clerk: Tab, member: Tab, board: Tab) -> None:
    """The third report: somebody asks for the floor and has it; what is said and an incident are written down."""
    await typed(clerk.page, "point 3")
    await expect(board.page.locator("#item")).to_contain_text("Garantie d’emprunt")
    await button(member.page, "Demander la parole").click()
    await clerk.page.locator("#p-floor .lines button").first.click()
    await expect(board.page.locator("#floor .speaker-name")).to_contain_text(name_of(THREE[0]))
    note = clerk.page.locator("#p-notes textarea")
    await note.fill("Demande le taux de la garantie.")
    await clerk.page.locator("#p-notes").get_by_role("button", name="Noter").click()
    told = clerk.page.locator("#p-incidents")
    await told.get_by_label("Ce qui se passe").fill("La diffusion s’interrompt.")
    await told.get_by_role("button", name="Noter l’incident").click()
    await until(world, lambda s: len(s.minuting.notes) == 1 and len(s.minuting.incidents) == 1)
    assert "interrompt" not in await board.page.locator("#main").inner_text(), "it is for the minutes"


async def _voted_in_time(world: Held, clerk: Tab, chair: Tab, members: dict[PersonId, Tab], board: Tab) -> None:
    """A vote announced to last two minutes, closed by the clerk; the chair rejects nothing and says the result."""
    await clerk.page.get_by_label("Durée annoncée").select_option("120")
    await clerk.page.locator("#p-poll").get_by_role("button", name="Ouvrir le vote").click()
    for looked in (*members.values(), clerk):
        await expect(looked.page.locator("#countdown b")).to_contain_text(":")
    await expect(board.page.locator("#poll .countdown b")).to_contain_text(":")
    for member in members.values():
        await button(member.page, "Contre").click()
        await expect(button(member.page, "Modifier mon vote")).to_be_visible()
    await button(clerk.page, "Clore le vote").click()
    await button(chair.page, "Proclamer le résultat").click()
    await expect(board.page.locator("#poll .verdict")).to_have_text("Rejeté")
    await expect(board.page.locator("#results")).to_contain_text("Adopté")


async def _lifted(world: Held, clerk: Tab, chair: Tab, member: Tab, board: Tab) -> None:
    """The sitting ends; the papers are there, and the member's receipts hold beside what was published."""
    await typed(chair.page, "lever")
    await until(world, lambda s: s.course.phase is Phase.CLOSED)
    await expect(board.page.locator("#phase")).to_contain_text("levée")
    await clerk.page.get_by_role("link", name="Documents").click()
    await expect(clerk.page.locator(".papers")).to_contain_text("procès-verbal")
    await member.page.get_by_role("link", name="Mes votes et leurs reçus").click()
    await member.page.get_by_role("button", name="Vérifier ici").first.click()
    await expect(member.page.locator("[data-found]").first).to_contain_text("Ce reçu est bon")
    head = (await world.core.store.checkpoints(SITTING))[0].note
    await member.page.get_by_label("Collez l’empreinte").fill(head)
    await member.page.get_by_role("button", name="Comparer").click()
    await expect(member.page.locator("#compared")).to_contain_text("C’est la même")


def _here(person: PersonId) -> c.RecordAttendance:
    return c.RecordAttendance(by=CLERK, person=person, presence=Presence.REMOTE, source=Source.CLERK)


async def _at(stack: AsyncExitStack, world: Held, browser: Browser, person: str, path: str) -> Tab:
    looked = await stack.enter_async_context(tab(browser, f"{world.origin}/connexion?vers={path}"))
    await looked.page.locator(f'button[value="{person}"]').click()
    await looked.page.locator("body[data-ready]").wait_for()
    return looked
