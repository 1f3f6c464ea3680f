"""The console: a sitting driven from a page, by mouse and by keys, and nothing of it for anybody else."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from functools import partial

import aiohttp
import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.kit.journals import CLERK
from tests.kit.sittings import vote
from tests.web.browsing import Tab, tab
from tests.web.stories import CLOCK, SITTING, sample_agenda, sample_roll
from tests.web.test_member import BASE, VOTERS, act, browser_of, polled
from tests.web.town import Held, held
from voting.domain import commands as c
from voting.domain.attendance import Presence, Source
from voting.domain.contests import Nominee
from voting.domain.ids import PersonId
from voting.domain.ruleset import VotingMethod
from voting.domain.sitting import Phase, Sitting
from voting.domain.speakers import FloorKind
from voting.domain.tally import Choice
from voting.service.ports import HelpRequest

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


async def test_the_lines_show_what_else_waits_for_the_clerk() -> None:
    async with held() as world, browser_of(world, CLERK) as clerk:
        asking = HelpRequest(id="h1", sitting=SITTING, person=VOTERS[6], asked_at=CLOCK, from_meeting=False)
        await world.core.aside.help.put(asking)
        await polled(world)
        await world.do(c.AnnulPoll(by=CLERK, reason="essai"), c.PostponeItem(by=CLERK, text="essai"))
        await world.do(c.FormBlock(by=CLERK, items=tuple(i.id for i in sample_agenda()[3:5])))
        html = await panels(clerk)
        assert 'data-act="help_desk" data-request="h1" data-kind="take"' in html
        assert html.count('data-act="take_out"') == 2
        taken = await act(clerk, verb="take_out", data={"sitting": SITTING, "item": sample_agenda()[3].id})
        assert not taken["no"]
        assert 'data-act="take_out"' not in await panels(clerk)
        assert (await act(clerk, verb="take_out", data={"sitting": SITTING, "item": "i999"}))["no"]
        assert (await act(clerk, verb="move_item", data={"sitting": SITTING, "item": "i999"}))["no"]


async def test_a_floor_given_by_mistake_is_taken_back_from_its_panel() -> None:
    async with held() as world, browser_of(world, CLERK) as clerk:
        await polled(world)
        await world.do(c.AnnulPoll(by=CLERK, reason="essai"))
        assert 'data-act="undo_floor"' not in await panels(clerk)
        await speaking(world, VOTERS[4])
        assert 'data-act="undo_floor"' in await panels(clerk)
        assert "card" in await act(clerk, verb="undo_floor", data={"sitting": SITTING})
        speakers = (await world.core.writer.snapshot(SITTING)).sitting.speakers
        assert (speakers.turn, [one.person for one in speakers.waiting]) == (None, [VOTERS[4]])
        assert 'data-act="undo_floor"' not in await panels(clerk)


async def test_a_voice_chooses_among_those_who_stand() -> None:
    async with held() as world, browser_of(world, CLERK) as clerk:
        await polled(world)
        nominees = (Nominee(label="Alpha"), Nominee(label="Bêta <b>"))
        await world.do(
            c.AnnulPoll(by=CLERK, reason="essai"),
            c.OpenContest(by=CLERK, nominees=nominees, method=VotingMethod.ROLL_CALL),
        )
        html = await panels(clerk)
        assert "<bdi>Bêta &lt;b&gt;</bdi>" in html
        second = html.split("Bêta")[0].rsplit('data-text="', 1)[1].split('"')[0]
        await act(clerk, verb="voice", data={"sitting": SITTING, "person": VOTERS[0], "text": second})
        poll = (await world.core.writer.snapshot(SITTING)).sitting.polls.open_poll()
        assert poll is not None
        assert poll.ballots[VOTERS[0]].option == second


@pytest.mark.browser
async def test_a_sitting_is_driven_by_keys_alone(browser: Browser) -> None:
    async with held() as world, seated(world, browser, CLERK) as clerk:
        page = clerk.page
        await pressed(page, "Lancer l’appel")
        await until(world, lambda s: s.course.roll_call_open)
        await called_by_keyboard(world, page)
        await pressed(page, "Ouvrir la séance")
        await until(world, lambda s: s.course.phase is Phase.OPEN)
        await typed(page, f"secrétaire {name_of(VOTERS[1])}")
        await until(world, lambda s: s.officers.secretary == VOTERS[1])
        await page.keyboard.press("Escape")
        await page.keyboard.press("o")
        await page.keyboard.press("Enter")
        await until(world, lambda s: s.agenda.current is not None)
        await pressed(page, "Ouvrir le vote")
        await until(world, lambda s: s.polls.open_poll() is not None)
        await voices_by_keyboard(world, page)
        await pressed(page, "Clore le vote")
        await until(world, lambda s: s.polls.current() is not None and s.polls.open_poll() is None)
        async with seated(world, browser, CHAIR) as chair:
            await pressed(chair.page, "Proclamer le résultat")
            await until(world, lambda s: s.polls.current() is None)
        await expect(page.locator("#p-agenda li.is-adopted")).to_have_count(1)
        assert clerk.complaints == []
        assert clerk.is_at_home(world.origin)


@pytest.mark.browser
async def test_the_order_is_changed_by_keys_and_by_hand(browser: Browser) -> None:
    first, second, third, fourth = [i.id for i in sample_agenda() if i.parent is None][:4]
    async with held() as world, seated(world, browser, CLERK) as clerk:
        line, keys = clerk.page.locator("#p-agenda li[draggable=true]"), clerk.page.keyboard
        await line.nth(1).locator("button").first.focus()
        await keys.press("Alt+ArrowUp")
        await expect(line.first).to_have_id(f"i-{second}")
        await expect(line.first.locator("button").first).to_be_focused()
        await keys.press("Alt+ArrowDown")
        await expect(line.first).to_have_id(f"i-{first}")
        await expect(line.nth(1).locator("button").first).to_be_focused()
        await line.nth(3).drag_to(line.first, target_position={"x": 20, "y": 2})
        await expect(line.first).to_have_id(f"i-{fourth}")
        sequence = (await world.core.writer.snapshot(SITTING)).sitting.sequence()
        assert [i.id for i in sequence if i.parent is None][:4] == [fourth, first, second, third]
        assert clerk.complaints == []


@pytest.mark.browser
async def test_a_note_that_is_being_typed_is_not_lost(browser: Browser) -> None:
    async with held() as world, seated(world, browser, CLERK) as clerk:
        page = clerk.page
        await page.keyboard.press("/")
        await page.keyboard.type("suspendre réunion de gr")
        await polled(world)
        await world.do(c.AnnulPoll(by=CLERK, reason="essai"))
        await speaking(world, VOTERS[4])
        note = page.locator("#p-notes").get_by_label(name_of(VOTERS[4]))
        await note.click()
        await page.keyboard.type("Le budget est sinc")
        await speaking(world, VOTERS[5])
        await expect(page.locator("#p-notes textarea")).to_have_count(2)
        await expect(note).to_be_focused()
        await page.keyboard.type("ère.")
        await renewed(page)
        await expect(page.locator("#text")).to_have_value("suspendre réunion de gr")
        await expect(note).to_have_value("Le budget est sincère.")
        await page.locator("form.note", has_text=name_of(VOTERS[4])).get_by_role("button").click()
        await until(world, lambda s: [n.text for n in s.minuting.notes.values()] == ["Le budget est sincère."])
        await forgotten(page, "note")
        assert clerk.complaints == []


@pytest.mark.browser
async def test_a_form_stays_until_it_is_sent(browser: Browser) -> None:
    reason = "le texte distribué n’est pas le bon"
    async with held() as world, seated(world, browser, CLERK) as clerk:
        page = clerk.page
        await polled(world)
        field = page.locator("#card").get_by_role("textbox")
        await button(page, "Annuler le vote").click()
        await field.fill(reason)
        await page.locator("#main").focus()
        await world.do(vote(VOTERS[3], Choice.FOR))
        await expect(page.locator("#moved")).to_be_visible()
        await expect(field).to_have_value(reason)
        await renewed(page)
        await button(page, "Annuler le vote").click()
        await expect(field).to_have_value(reason)
        await button(page, "Annuler le vote").click()
        await until(world, lambda s: s.polls.open_poll() is None)
        await expect(button(page, "Ouvrir le vote")).to_be_visible()
        await forgotten(page, "card")
        assert clerk.complaints == []


@pytest.mark.browser
async def test_the_key_of_the_floor_never_leads_to_the_vote(browser: Browser) -> None:
    async with held() as world, seated(world, browser, CLERK) as clerk:
        page = clerk.page
        await polled(world)
        await world.do(c.AnnulPoll(by=CLERK, reason="essai"))
        await expect(page.locator("#p-poll")).to_be_visible()
        await page.keyboard.press("Escape")
        await page.keyboard.press("f")
        await expect(page.locator("#p-floor")).to_be_focused()
        await expect(page.get_by_role("status").filter(has_text="Personne n’attend la parole.")).to_have_count(1)
        await page.keyboard.press("m")
        await expect(page.locator("#p-poll select")).to_be_focused()
        await world.do(c.RequestFloor(by=VOTERS[4], person=VOTERS[4], kind=FloorKind.INTERVENTION))
        await expect(page.locator("#p-floor li")).to_have_count(1)
        await page.keyboard.press("Escape")
        await page.keyboard.press("f")
        await expect(page.locator("#p-floor li button")).to_be_focused()
        await page.keyboard.press("Enter")
        await until(world, lambda s: s.speakers.turn is not None and s.speakers.turn.person == VOTERS[4])
        assert clerk.complaints == []


async def forgotten(page: Page, kind: str) -> None:
    """No draft of that kind stays in the tab."""
    async with asyncio.timeout(30):
        while kind in await page.evaluate("Object.keys(sessionStorage).join()"):
            await asyncio.sleep(0.02)


async def renewed(page: Page) -> None:
    await page.reload()
    await page.locator("body[data-ready]").wait_for()


async def speaking(world: Held, person: PersonId) -> None:
    await world.do(
        c.RequestFloor(by=person, person=person, kind=FloorKind.INTERVENTION),
        c.GiveFloor(by=CLERK, person=person),
    )


async def panels(session: aiohttp.ClientSession) -> str:
    async with session.get(f"{CONSOLE}/panneaux") as answer:
        assert answer.status == 200
        return await answer.text()


async def called_by_keyboard(world: Held, page: Page) -> None:
    """Names at speaking pace: one key, and the next line has the keys."""
    await page.keyboard.press("Escape")
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
    await page.keyboard.press("Escape")
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


async def pressed(page: Page, name: str) -> None:
    """From wherever one is, C for the card, Tab to that button, and Enter."""
    wanted = button(page, name)
    await wanted.wait_for()
    await page.keyboard.press("Escape")
    await page.keyboard.press("c")
    for _ in range(12):
        if await wanted.evaluate("(e) => e === document.activeElement"):
            return await page.keyboard.press("Enter")
        await page.keyboard.press("Tab")
    raise AssertionError(f"no key leads to {name}")


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
