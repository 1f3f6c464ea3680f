"""The member's guide followed to the letter in the local room, by somebody who has nothing else: each button that it
names is pressed in its browser, each word that it gives is typed, in the order of the page.

What is pressed and typed is read off the page itself: a step that changes is followed as it stands then.
"""

import pytest
from playwright.async_api import Browser, Page, expect

from bot.commands import vocabulary
from tests.guides.markdown import codes
from tests.kit.journals import CLERK
from tests.web.browsing import tab
from tests.web.following import (
    MEETING,
    Guide,
    arrive,
    buttons,
    chat,
    close_vote,
    first_button,
    open_vote,
    press,
    state,
    type_,
    word,
)
from tests.web.stories import sample_roll
from tests.web.town import held
from voting.domain import commands as c
from voting.domain.ids import PersonId
from voting.domain.tally import Choice

pytestmark = pytest.mark.browser

PAGE = Guide("member.md")
READER, COLLEAGUE = PersonId("m003"), PersonId("m018")


async def test_the_day_of_the_sitting_step_by_step(browser: Browser) -> None:
    join, here, speak, react, vote, change = PAGE.steps("Le jour de la séance")
    async with held() as world, tab(browser, world.page(READER)) as reading:
        page = reading.page
        await page.locator("body[data-ready]").wait_for()
        await world.do(c.OpenRollCall(by=CLERK))
        assert "conversation" in join
        await expect(chat(page, MEETING).get_by_role("group").first).to_be_visible()
        await press(page, first_button(here))
        await expect(chat(page, MEETING)).to_contain_text("1 membre présent")
        assert (await state(world)).is_here(READER)
        await arrive(world, READER)
        await world.do(c.CloseRollCall(by=CLERK), c.OpenSitting(by=CLERK))
        await world.do(c.AppointSecretary(by=CLERK, person=COLLEAGUE), c.CallItem(by=CLERK, item=None))
        await _speaks(page, speak)
        await _reacts(page, react)
        await open_vote(world)
        await _votes(page, vote, change)
        poll = (await state(world)).polls.open_poll()
        assert poll is not None
        assert poll.ballots[READER].choice is Choice.AGAINST
        assert reading.complaints == []


async def _speaks(page: Page, step: str) -> None:
    """Asks for the floor and withdraws, by the buttons and then in words."""
    ask, give_up = buttons(step)
    for title, then in ((ask, give_up), (give_up, ask)):
        await press(page, title)
        await expect(page.get_by_role("button", name=then, exact=True).last).to_be_visible()
    for said in codes(step):
        await type_(page, said)


async def _reacts(page: Page, step: str) -> None:
    await press(page, first_button(step))
    for said in codes(step):
        await type_(page, said)


async def _votes(page: Page, step: str, change: str) -> None:
    """Every answer that the step names is on the card; the first, then the second one after a change of mind."""
    card = chat(page, MEETING).get_by_role("group").filter(has_text="votre vote").last
    await expect(card).to_contain_text("pas encore voté")
    answers = buttons(step)
    for title in answers:
        await expect(card.get_by_role("button", name=title, exact=True)).to_be_visible()
    await card.get_by_role("button", name=answers[0], exact=True).click()
    await expect(card).to_contain_text("Enregistré à")
    await expect(card).to_contain_text("Reçu")
    await card.get_by_role("button", name=first_button(change), exact=True).click()
    await card.get_by_role("button", name=answers[1], exact=True).click()
    await expect(card).to_contain_text(f"Votre vote : {answers[1]}")


async def test_a_proxy_is_given_accepted_used_and_taken_back(browser: Browser) -> None:
    give, take_back, receive, _ = PAGE.steps("Si vous ne pouvez pas venir")
    async with (
        held() as world,
        tab(browser, world.page(READER)) as holding,
        tab(browser, world.page(COLLEAGUE)) as giving,
    ):
        for opened in (holding, giving):
            await opened.page.locator("body[data-ready]").wait_for()
        name = next(m.full_name for m in sample_roll() if m.id == READER)
        await type_(giving.page, f"{word(give)} {name}")
        await press(holding.page, buttons(receive)[0])
        await arrive(world, COLLEAGUE)
        await world.do(c.OpenSitting(by=CLERK), c.AppointSecretary(by=CLERK, person=READER))
        await world.do(c.CallItem(by=CLERK, item=None))
        await open_vote(world)
        grantor = next(m.last_name for m in sample_roll() if m.id == COLLEAGUE)
        await press(holding.page, "Pour")
        await press(holding.page, f"Contre (pouvoir de {grantor})")
        card = chat(holding.page, MEETING).get_by_role("group").filter(has_text="votre vote").last
        await expect(card.get_by_role("button", name=f"Modifier mon vote (pouvoir de {grantor})")).to_be_visible()
        poll = (await state(world)).polls.open_poll()
        assert poll is not None
        assert {m: b.choice for m, b in poll.ballots.items()} == {READER: Choice.FOR, COLLEAGUE: Choice.AGAINST}
        await close_vote(world)
        await type_(giving.page, word(take_back))
        assert (await state(world)).proxies == {}


async def test_whoever_is_concerned_says_so(browser: Browser) -> None:
    (recused,) = codes(PAGE.section("Si l’affaire vous touche").text)
    async with held() as world, tab(browser, world.page(READER)) as reading:
        await reading.page.locator("body[data-ready]").wait_for()
        await arrive(world)
        await world.do(c.OpenSitting(by=CLERK), c.AppointSecretary(by=CLERK, person=COLLEAGUE))
        await world.do(c.CallItem(by=CLERK, item=None))
        await type_(reading.page, recused)
        await open_vote(world)
        poll = (await state(world)).polls.open_poll()
        assert poll is not None
        assert READER not in poll.electorate


async def test_whatever_goes_wrong_the_page_says_what_works(browser: Browser) -> None:
    known = vocabulary()
    async with held() as world, tab(browser, world.page(READER)) as reading:
        page = reading.page
        await page.locator("body[data-ready]").wait_for()
        await arrive(world)
        await world.do(c.OpenSitting(by=CLERK), c.AppointSecretary(by=CLERK, person=COLLEAGUE))
        await world.do(c.CallItem(by=CLERK, item=None))
        await open_vote(world)
        followed = 0
        for _, remedy in PAGE.rows("Si quelque chose ne va pas"):
            for said in codes(remedy):
                assert known.hear(said) is not None, said
                await type_(page, said)
                followed += 1
        assert followed >= 7
        votes = [e.choice for p in (await state(world)).polls.all.values() for e in p.ballots.values()]
        assert votes == [Choice.NOT_TAKING_PART], "typed one after the other: the last one counts, once"
        assert not (await state(world)).is_here(READER), "the last remedy was to leave"
