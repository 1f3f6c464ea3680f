"""The local room with the real bot: several people in several tabs, real cards, the wire in between."""

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.kit.journals import CLERK
from tests.web.browsing import Tab, tab
from tests.web.stories import sample_roll
from tests.web.town import Held, held
from voting.domain import commands as c
from voting.domain.attendance import Presence, Source
from voting.domain.polls import Purpose
from voting.domain.ruleset import VotingMethod

pytestmark = pytest.mark.browser

MEETING, OWN = "Conversation de la réunion", "Conversation privée avec le bot"


def _chat(page: Page, name: str = MEETING) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def _card(page: Page, heading: str, chat: str = MEETING) -> Locator:
    """The newest card with that heading."""
    return _chat(page, chat).get_by_role("group").filter(has=page.get_by_role("heading", name=heading)).last


async def _say(page: Page, text: str, chat: str = MEETING) -> None:
    await _chat(page, chat).get_by_role("combobox").fill(text)
    await _chat(page, chat).get_by_role("button", name="Envoyer").click()


async def _everybody_here(world: Held) -> None:
    for member in sample_roll():
        if member.votes:
            here = Presence.REMOTE
            await world.do(c.RecordAttendance(by=CLERK, person=member.id, presence=here, source=Source.CLERK))
    await world.do(c.OpenSitting(by=CLERK), c.AppointSecretary(by=CLERK, person=sample_roll()[1].id))


async def test_one_finds_oneself_by_name_and_sits_down(browser: Browser) -> None:
    async with held() as world:
        async with tab(browser, f"{world.origin}/salle") as choosing:
            page = choosing.page
            await page.get_by_role("searchbox").fill("rives diarr")
            await expect(page.locator("[data-person]:visible")).to_have_count(1)
            assert await choosing.axe() == []
            await page.get_by_role("link", name="Fatoumata Diarrasso").click()
            await page.locator("body[data-ready]").wait_for()
            await expect(page.get_by_role("heading", level=1)).to_have_text("Vous êtes Mme Fatoumata Diarrasso")
            assert choosing.complaints == []


async def test_a_member_presses_present_after_the_clerk_has_called(browser: Browser) -> None:
    async with held() as world:
        async with tab(browser, world.page("c1")) as clerk, tab(browser, world.page("m003")) as member:
            await _ready(clerk, member)
            await _say(clerk.page, "appel")
            await _card(member.page, "Appel").get_by_role("button", name="Je suis présent(e)").click()
            await expect(_card(clerk.page, "Appel")).to_contain_text("1 membre présent ou représenté")
            assert clerk.complaints == member.complaints == []
            assert member.is_at_home(world.origin)


async def test_a_vote_changes_the_card_of_its_voter_alone(browser: Browser) -> None:
    async with held() as world:
        await _everybody_here(world)
        await world.do(c.CallItem(by=CLERK, item=None))
        await world.do(c.OpenPoll(by=CLERK, purpose=Purpose.ITEM, method=VotingMethod.ELECTRONIC))
        async with (
            tab(browser, world.page("m003"), width=360, height=740) as one,
            tab(browser, world.page("m004")) as other,
        ):
            await _ready(one, other)
            # the clients of the voters have fetched their own version of the card
            await expect(_card(one.page, "votre vote")).to_contain_text("pas encore voté")
            await _card(one.page, "votre vote").get_by_role("button", name="Pour", exact=True).click()
            await expect(_card(one.page, "votre vote")).to_contain_text("Enregistré à")
            await expect(_card(other.page, "en direct")).to_contain_text("1 voix reçue sur 25")
            await expect(_card(other.page, "votre vote")).to_contain_text("pas encore voté")
            await expect(_card(one.page, "votre vote").get_by_role("button", name="Modifier mon vote")).to_be_visible()
            assert not await one.overflows()
            assert await one.axe() == []
            await one.page.reload()
            await _ready(one)
            await expect(_card(one.page, "votre vote")).to_contain_text("Pour")
            assert one.complaints == other.complaints == []


async def test_what_is_typed_in_private_is_answered_in_private(browser: Browser) -> None:
    async with held() as world:
        async with tab(browser, world.page("m003"), scheme="dark") as one, tab(browser, world.page("m004")) as other:
            await _ready(one, other)
            await _say(one.page, "aide", OWN)
            await expect(_chat(one.page, OWN).get_by_role("button", name="Besoin d'aide")).to_be_visible()
            await expect(_chat(other.page, OWN).get_by_role("article")).to_have_count(0)
            assert await one.axe() == []
            assert not await one.overflows()


async def test_a_paper_is_chosen_accepted_and_stored(browser: Browser) -> None:
    async with held() as world, tab(browser, world.page("c1")) as clerk:
        page = clerk.page
        await _ready(clerk)
        await _say(page, "exports", OWN)
        card = _card(page, "Documents", OWN)
        await card.get_by_label("Recevoir un document ici").select_option("Agenda (ICS)")
        await card.get_by_role("button", name="Recevoir le fichier").click()
        accept = _chat(page, OWN).get_by_role("button", name="Accepter")
        await expect(accept).to_be_visible()
        assert await clerk.axe() == []
        await accept.click()
        await expect(accept).to_have_count(0)
        await expect(_chat(page, OWN).get_by_text("Fichier rangé dans votre OneDrive.")).to_be_visible()
        await expect(_chat(page, OWN).get_by_role("link", name="Ouvrir")).to_be_visible()
        assert clerk.complaints == []


async def test_on_a_phone_one_chat_at_a_time_with_news_of_the_other(browser: Browser) -> None:
    async with held() as world:
        async with tab(browser, world.page("m003"), width=360, height=740) as looked:
            page = looked.page
            await _ready(looked)
            await _say(page, "aide")
            await page.get_by_role("button", name="Privé").click()
            await expect(_chat(page, OWN)).to_be_visible()
            await expect(_chat(page)).to_be_hidden()
            assert not await looked.overflows()


async def _ready(*tabs: Tab) -> None:
    for opened in tabs:
        await opened.page.locator("body[data-ready]").wait_for()


async def test_the_board_is_one_press_away(browser: Browser) -> None:
    async with held() as world:
        async with tab(browser, world.page("m003")) as looked:
            await _ready(looked)
            async with looked.page.context.expect_page() as opening:
                await looked.page.get_by_role("link", name="Tableau en direct").click()
            board = await opening.value
            await expect(board.get_by_role("img", name="L’hémicycle")).to_be_visible()
