"""The member's guide followed to the letter in the local room, by somebody who has nothing else: each button that it
names is pressed in its browser, each word that it gives is typed, in the order of the page.

What is pressed and typed is read off the page itself: a step that changes is followed as it stands then.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from bot.commands import vocabulary
from bot.texts import catalogue
from tests.guides.markdown import GUIDES, codes, plain, sections
from tests.kit.journals import CLERK
from tests.web.browsing import tab
from tests.web.stories import SITTING, sample_roll
from tests.web.town import Held, held
from voting.domain import commands as c
from voting.domain.attendance import Presence, Source
from voting.domain.ids import PersonId
from voting.domain.polls import Purpose
from voting.domain.ruleset import VotingMethod
from voting.domain.sitting import Sitting
from voting.domain.tally import Choice

pytestmark = pytest.mark.browser

TEXTS = catalogue("fr")
PAGE = {section.title: section for section in sections((GUIDES / "member.md").read_text("utf-8"))}
BUTTON = re.compile(r"« ([^»]+?) »")
MEETING, OWN = "Conversation de la réunion", "Conversation privée avec le bot"
READER, COLLEAGUE = PersonId("m003"), PersonId("m018")


def steps(title: str) -> list[str]:
    """The numbered steps of that section, or its bullets, each on one line."""
    text = re.sub(r"\n +", " ", PAGE[title].text)
    return [step for step in re.findall(r"^(?:\d+\.|-) (.+)$", text, re.MULTILINE)]


def remedies() -> Iterator[tuple[str, str]]:
    """What goes wrong, and what to do then."""
    for trouble, remedy, *_ in PAGE["Si quelque chose ne va pas"].table:
        yield trouble, remedy


def buttons(text: str) -> list[str]:
    return [plain(title) for title in BUTTON.findall(text)]


def chat(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


async def press(page: Page, title: str) -> None:
    """The newest button with that very title, wherever it is."""
    found = page.get_by_role("button", name=title, exact=True).last
    await expect(found).to_be_visible()
    await found.click()


async def type_(page: Page, word: str) -> str:
    """That word, to the bot alone; what it answers."""
    region = chat(page, OWN)
    answers = region.locator("article.is-bot")
    before = await answers.count()
    await region.get_by_role("combobox").fill(word)
    await region.get_by_role("button", name="Envoyer").click()
    await expect(answers).not_to_have_count(before)
    return await answers.last.inner_text()


async def state(world: Held) -> Sitting:
    return (await world.core.writer.snapshot(SITTING)).sitting


async def arrive(world: Held, *without: PersonId) -> None:
    for member in sample_roll():
        if member.votes and member.id not in without:
            here = Presence.REMOTE
            await world.do(c.RecordAttendance(by=CLERK, person=member.id, presence=here, source=Source.CLERK))


async def open_vote(world: Held) -> None:
    await world.do(c.OpenPoll(by=CLERK, purpose=Purpose.ITEM, method=VotingMethod.ELECTRONIC))


async def close_vote(world: Held) -> None:
    chair = next(m.id for m in sample_roll() if m.role.value == "chair")
    await world.do(c.ClosePoll(by=CLERK), c.ProclaimResult(by=chair))


def first_button(step: str) -> str:
    """The one that a step names first."""
    assert buttons(step), step
    return buttons(step)[0]


async def test_the_day_of_the_sitting_step_by_step(browser: Browser) -> None:
    join, here, speak, react, vote, change = steps("Le jour de la séance")
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
    for word in codes(step):
        assert "pas compris" not in await type_(page, word), word


async def _reacts(page: Page, step: str) -> None:
    await press(page, first_button(step))
    for word in codes(step):
        assert "pas compris" not in await type_(page, word), word


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
    give, take_back, receive, _ = steps("Si vous ne pouvez pas venir")
    async with (
        held() as world,
        tab(browser, world.page(READER)) as holding,
        tab(browser, world.page(COLLEAGUE)) as giving,
    ):
        for opened in (holding, giving):
            await opened.page.locator("body[data-ready]").wait_for()
        name = next(m.full_name for m in sample_roll() if m.id == READER)
        assert "pas compris" not in await type_(giving.page, f"{codes(give)[0]} {name}")
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
        assert "pas compris" not in await type_(giving.page, codes(take_back)[0])
        assert (await state(world)).proxies == {}


async def test_whoever_is_concerned_says_so(browser: Browser) -> None:
    (word,) = codes(PAGE["Si l’affaire vous touche"].text)
    async with held() as world, tab(browser, world.page(READER)) as reading:
        await reading.page.locator("body[data-ready]").wait_for()
        await arrive(world)
        await world.do(c.OpenSitting(by=CLERK), c.AppointSecretary(by=CLERK, person=COLLEAGUE))
        await world.do(c.CallItem(by=CLERK, item=None))
        assert "pas compris" not in await type_(reading.page, word)
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
        for trouble, remedy in remedies():
            for word in codes(remedy):
                heard = known.hear(word)
                assert heard is not None, word
                answer = await type_(page, word)
                assert "pas compris" not in answer, f"{trouble}: {word}"
                followed += 1
        assert followed >= 7
        votes = [e.choice for p in (await state(world)).polls.all.values() for e in p.ballots.values()]
        assert votes == [Choice.NOT_TAKING_PART], "typed one after the other: the last one counts, once"
        assert not (await state(world)).is_here(READER), "the last remedy was to leave"
