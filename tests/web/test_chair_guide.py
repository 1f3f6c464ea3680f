"""The chair's guide followed to the letter in the local room by whoever presides and has nothing else; the clerk does
what the page says that the clerk does.

What is pressed and typed is read off the page itself: a step that changes is followed as it stands then.
"""

import asyncio

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.guides.markdown import codes
from tests.kit.journals import CLERK
from tests.kit.waiting import PATIENCE
from tests.web.browsing import tab
from tests.web.following import (
    CHAIR,
    MEETING,
    OWN,
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
from tests.web.stories import SITTING, sample_roll
from tests.web.town import Held, held
from voting.domain import commands as c
from voting.domain.attendance import Presence, Source
from voting.domain.groups import speaks_for_group
from voting.domain.ids import PersonId
from voting.domain.polls import PollState
from voting.domain.sitting import Phase
from voting.domain.speakers import FloorKind
from voting.domain.tally import Choice, Outcome

pytestmark = [pytest.mark.browser, pytest.mark.long]

PAGE = Guide("chair.md")
EYES, COURSE, DELICATE = "Ce que vous avez sous les yeux", "Le déroulé", "Les moments délicats"
VOTERS = [m.id for m in sample_roll() if m.votes]
SECRETARY, FIRST, SECOND, THIRD = VOTERS[1], VOTERS[4], VOTERS[5], VOTERS[6]
NAMES = {m.id: m.full_name for m in sample_roll()}


async def on_an_item(world: Held) -> None:
    """Everybody here, the sitting open, its first item called."""
    await arrive(world)
    await world.do(c.OpenSitting(by=CLERK), c.AppointSecretary(by=CLERK, person=SECRETARY))
    await world.do(c.CallItem(by=CLERK, item=None))


async def vote(world: Held, answers: dict[PersonId, Choice]) -> None:
    poll = (await state(world)).polls.open_poll()
    assert poll is not None
    for member, choice in answers.items():
        await world.do(c.CastVote(by=member, member=member, poll=poll.id, choice=choice, source=Source.CARD))


async def test_what_the_chair_has_before_her(browser: Browser) -> None:
    """The cue sheet goes on after each button, and on demand; the page in the browser keeps up by itself."""
    sheet, others, _, _ = PAGE.steps(EYES)
    (again,), (console, back) = buttons(sheet), buttons(others)
    async with held() as world, tab(browser, world.page(CHAIR)) as chairing:
        page = chairing.page
        await page.locator("body[data-ready]").wait_for()
        assert "nous allons faire l'appel" in await type_(page, word(sheet))
        await arrive(world)
        await press(page, again)
        await expect(newest(page)).to_contain_text("Je déclare la séance ouverte")
        await press(page, "Ouvrir la séance")
        await expect(newest(page)).to_contain_text("Qui se propose ?")
        await press(page, console)
        await expect(newest(page)).to_contain_text("désigner")
        await press(page, back)
        await expect(newest(page)).to_contain_text("Qui se propose ?")
        async with tab(browser, f"{world.origin}/connexion?vers=/seances/{SITTING}/conduite") as desk:
            await desk.page.locator(f'button[value="{CHAIR}"]').click()
            card = desk.page.locator("#card")
            await expect(card).to_contain_text("Qui se propose ?")
            await world.do(c.AppointSecretary(by=CLERK, person=SECRETARY))
            await expect(card).to_contain_text("Nous examinons")
            assert desk.complaints == []
        assert chairing.complaints == []


def newest(page: Page) -> Locator:
    """The bot's last card in the chair's own chat."""
    return chat(page, OWN).get_by_role("group").last


async def test_the_course_of_a_sitting_step_by_step(browser: Browser) -> None:
    open_, secretary, item, debate, poll, result, end = PAGE.steps(COURSE)
    async with held() as world, tab(browser, world.page(CHAIR)) as chairing:
        page = chairing.page
        await page.locator("body[data-ready]").wait_for()
        await world.do(c.OpenRollCall(by=CLERK))
        await arrive(world)
        await world.do(c.CloseRollCall(by=CLERK))
        assert "quorum atteint" in await type_(page, word(PAGE.steps(EYES)[0]))
        await press(page, first_button(open_))
        await expect(newest(page)).to_contain_text("Qui se propose ?")
        assert "point suivant" in await type_(page, f"{word(secretary)} {NAMES[SECRETARY]}")
        assert (await state(world)).officers.secretary == SECRETARY
        await press(page, first_button(item))
        await expect(newest(page)).to_contain_text("Quand le débat est fini")
        await _debate(world, page, debate)
        await _vote(world, page, poll)
        await expect(newest(page)).to_contain_text("adopté")
        await press(page, first_button(result))
        await expect(chat(page, MEETING)).to_contain_text("Résultat")
        (decided,) = (await state(world)).polls.all.values()
        assert decided.decision is not None
        assert decided.decision.outcome is Outcome.ADOPTED
        await type_(page, word(end))
        assert (await state(world)).course.phase is Phase.CLOSED
        assert chairing.complaints == []


async def _debate(world: Held, page: Page, step: str) -> None:
    """The list is followed, somebody is taken out of turn, the list is closed; a point of order goes first."""
    give, close_list = buttons(step)
    for person in (FIRST, SECOND, THIRD):
        await world.do(c.RequestFloor(by=person, person=person, kind=FloorKind.INTERVENTION))
    await type_(page, "séance")
    await press(page, give)
    await expect(newest(page)).to_contain_text(NAMES[FIRST])
    await type_(page, f"{word(step)} {NAMES[THIRD]}")
    turn = (await state(world)).speakers.turn
    assert turn is not None
    assert turn.person == THIRD
    await press(page, close_list)
    await world.do(c.RequestFloor(by=FIRST, person=FIRST, kind=FloorKind.POINT_OF_ORDER))
    await type_(page, "séance")
    await press(page, give)
    await expect(newest(page)).to_contain_text(NAMES[FIRST])
    assert (await state(world)).speakers.is_closed
    await type_(page, f"{word(step)} {NAMES[SECOND]}")
    await type_(page, "fin")


async def _vote(world: Held, page: Page, step: str) -> None:
    open_, close = buttons(step)
    await type_(page, word(PAGE.steps(EYES)[0]))
    await press(page, open_)
    await expect(newest(page)).to_contain_text("Il manque encore")
    await vote(world, dict.fromkeys(VOTERS[1:], Choice.FOR))
    await type_(page, word(PAGE.steps(EYES)[0]))
    await expect(newest(page)).to_contain_text(NAMES[CHAIR])
    await press(page, "Pour")
    await expect(chat(page, MEETING)).to_contain_text("Enregistré à")
    await type_(page, word(PAGE.steps(EYES)[0]))
    await press(page, close)


# --- the delicate moments ---------------------------------------------------------------------------------------------


async def test_a_tie_is_broken_by_the_chair(browser: Browser) -> None:
    assert "prépondérante" in PAGE.row(DELICATE, "Partage des voix")
    poll, result = PAGE.steps(COURSE)[4:6]
    even = VOTERS[:24]
    async with held() as world, tab(browser, world.page(CHAIR)) as chairing:
        page = chairing.page
        await page.locator("body[data-ready]").wait_for()
        await on_an_item(world)
        await open_vote(world)
        sides = {p: Choice.FOR if n % 2 else Choice.AGAINST for n, p in enumerate(even) if p != CHAIR}
        await vote(world, sides | {CHAIR: Choice.AGAINST, VOTERS[24]: Choice.ABSTENTION})
        await type_(page, word(PAGE.steps(EYES)[0]))
        await press(page, buttons(poll)[1])
        await expect(newest(page)).to_contain_text("prépondérante")
        await press(page, first_button(result))
        await expect(chat(page, MEETING)).to_contain_text("Résultat")
        (decided,) = (await state(world)).polls.all.values()
        assert decided.decision is not None
        assert decided.decision.outcome is Outcome.REJECTED, "she voted against"


async def test_a_secret_ballot_that_is_asked_for_is_put_to_the_vote(browser: Browser) -> None:
    assert "reporté" in PAGE.row(DELICATE, "Quelqu’un demande le vote secret")
    open_, close = buttons(PAGE.steps(COURSE)[4])
    async with held() as world, tab(browser, world.page(CHAIR)) as chairing:
        page = chairing.page
        await page.locator("body[data-ready]").wait_for()
        await on_an_item(world)
        await world.do(c.RequestSecretBallot(by=FIRST))
        item = (await state(world)).current_item()
        await type_(page, word(PAGE.steps(EYES)[0]))
        await expect(newest(page)).to_contain_text("vote secret est demandé")
        await press(page, open_)
        await expect(newest(page)).to_contain_text("Il manque encore")
        await vote(world, dict.fromkeys(VOTERS, Choice.FOR))
        await type_(page, word(PAGE.steps(EYES)[0]))
        await press(page, close)
        await press(page, first_button(PAGE.steps(COURSE)[5]))
        await expect(chat(page, MEETING)).to_contain_text("reporté")
        assert item is not None
        async with asyncio.timeout(PATIENCE):
            while (await state(world)).current_item() is not None:
                await asyncio.sleep(0.02)


async def test_without_the_quorum_the_next_item_waits_and_the_sitting_is_suspended_or_lifted(browser: Browser) -> None:
    suspend, lift = codes(PAGE.row(DELICATE, "Le quorum se perd"))
    async with held() as world, tab(browser, world.page(CHAIR)) as chairing:
        page = chairing.page
        await page.locator("body[data-ready]").wait_for()
        await on_an_item(world)
        await open_vote(world)
        for person in VOTERS[5:]:
            gone = Presence.ABSENT
            await world.do(c.RecordAttendance(by=CLERK, person=person, presence=gone, source=Source.CLERK))
        await vote(world, dict.fromkeys(VOTERS[:5], Choice.FOR))
        await close_vote(world)
        assert "uorum" in await type_(page, "suivant")
        assert len((await state(world)).polls.all) == 1
        await type_(page, suspend)
        assert (await state(world)).course.phase is Phase.SUSPENDED
        await type_(page, lift)
        assert (await state(world)).course.phase is Phase.CLOSED


async def test_the_chair_is_handed_over_and_a_suspension_answered(browser: Browser) -> None:
    yes, no, resume = buttons(PAGE.row(DELICATE, "Une demande de suspension"))
    hand_over = word(PAGE.row(DELICATE, "Vous devez vous déporter"))
    async with held() as world, tab(browser, world.page(CHAIR)) as chairing:
        page = chairing.page
        await page.locator("body[data-ready]").wait_for()
        await on_an_item(world)
        now = await state(world)
        leader = next(p for p in VOTERS if speaks_for_group(now, p))
        for answer, phase in ((no, Phase.OPEN), (yes, Phase.SUSPENDED)):
            await world.do(c.RequestSuspension(by=leader, person=leader, reason=""))
            await type_(page, "séance")
            await press(page, answer)
            async with asyncio.timeout(PATIENCE):
                while (await state(world)).course.suspension_asked_by is not None:
                    await asyncio.sleep(0.01)
            assert (await state(world)).course.phase is phase
        await type_(page, "séance")
        await press(page, resume)
        await expect(newest(page)).to_contain_text("25 (requis 13)")
        await type_(page, f"{hand_over} {NAMES[SECOND]}")
        assert (await state(world)).officers.chair == SECOND


async def test_a_vote_that_went_wrong_is_annulled_and_an_item_put_off(browser: Browser) -> None:
    annul = word(PAGE.row(DELICATE, "Une panne pendant un vote"))
    postpone_row = PAGE.row(DELICATE, "Un point n’est pas mûr")
    open_, _ = buttons(PAGE.steps(COURSE)[4])
    async with held() as world, tab(browser, world.page(CHAIR)) as chairing:
        page = chairing.page
        await page.locator("body[data-ready]").wait_for()
        await on_an_item(world)
        await open_vote(world)
        await type_(page, f"{annul} panne de réseau")
        (first,) = (await state(world)).polls.all.values()
        assert first.state is PollState.ANNULLED
        await type_(page, word(PAGE.steps(EYES)[0]))
        await press(page, open_)
        await expect(newest(page)).to_contain_text("Il manque encore")
        assert (await state(world)).polls.open_poll() is not None
        await world.do(c.AnnulPoll(by=CLERK, reason="essai"))
        await type_(page, f"{word(postpone_row)} étude à compléter")
        assert (await state(world)).current_item() is None
        await type_(page, "suivant")
        await type_(page, "séance")
        await press(page, first_button(postpone_row))
        await expect(newest(page)).to_contain_text("motif", ignore_case=True)
