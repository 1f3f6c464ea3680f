"""The clerk's guide followed to the letter, in the local room and on the page that it names, by the clerk, who has
nothing else; members and the chair do their own part elsewhere.

What is pressed and typed is read off the page itself: a step that changes is followed as it stands then.
"""

import re

import pytest
from playwright.async_api import Browser, Page, expect

from bot.commands.words import fold
from tests.guides.markdown import codes
from tests.kit.journals import CLERK
from tests.web.browsing import tab
from tests.web.following import (
    CHAIR,
    MEETING,
    OWN,
    Guide,
    arrive,
    buttons,
    chat,
    open_vote,
    press,
    state,
    type_,
    word,
)
from tests.web.stories import CLOCK, SAMPLES, SITTING, sample_agenda, sample_roll
from tests.web.test_console import seated
from tests.web.town import Held, held
from voting.domain import commands as c
from voting.domain.assembly import ItemKind
from voting.domain.attendance import Presence
from voting.domain.ids import SittingId
from voting.domain.polls import PollState
from voting.domain.sitting import Phase
from voting.domain.speakers import FloorKind
from voting.domain.tally import Choice
from voting.service.ports import HelpRequest

pytestmark = [pytest.mark.browser, pytest.mark.long]

PAGE = Guide("clerk.md")
BEFORE, DURING, AFTER = "Avant", "Pendant", "Après"
VOTERS = [m.id for m in sample_roll() if m.votes]
SPEAKER, SILENT, GONE = VOTERS[4], VOTERS[6], VOTERS[8]
NAMES = {m.id: m.full_name for m in sample_roll()}
REPORT = next(i.number for i in sample_agenda()[1:] if i.kind is ItemKind.REPORT and i.parent is None)
BLANK = "SÉANCE À BLANC"
FOCUSED = """() => {
  const panel = document.activeElement.closest("#p-poll, #card, section");
  const head = document.getElementById(panel?.getAttribute("aria-labelledby"));
  return [panel?.id ?? "", head?.textContent ?? panel?.getAttribute("aria-label") ?? ""];
}"""


def typed(start: str) -> list[str]:
    """What that row of « Vous voulez » has one write."""
    return codes(PAGE.row(DURING, start))


def paragraph(start: str) -> str:
    text = re.sub(r"\n(?=\S)", " ", PAGE.section(DURING).text)
    return next(p for p in text.splitlines() if p.strip(" *").startswith(start))


async def opened(world: Held) -> None:
    """Everybody here, the sitting open, its first item called."""
    await arrive(world)
    await world.do(c.OpenSitting(by=CLERK), c.AppointSecretary(by=CLERK, person=VOTERS[1]))
    await world.do(c.CallItem(by=CLERK, item=None))


async def test_a_sitting_is_convened_with_the_form(browser: Browser) -> None:
    """The two files pasted in it, as the step says that one may."""
    convene = PAGE.steps(BEFORE)[1]
    async with held() as world, tab(browser, world.page(CLERK)) as desk:
        page = desk.page
        await page.locator("body[data-ready]").wait_for()
        assert "Convoquer une séance" in await type_(page, word(convene))
        form = chat(page, OWN).get_by_role("group").last
        await form.get_by_label("Qui se réunit").select_option(label="Commission permanente")
        await form.get_by_label("Où sont les membres").select_option(label="Tous à distance")
        await form.get_by_role("textbox", name="Jour", exact=True).fill("2026-12-18")
        await form.get_by_label("Heure").fill("09:30")
        members, agenda = ((SAMPLES / name).read_text("utf-8-sig") for name in ("members.csv", "agenda.csv"))
        await form.get_by_label("Liste des membres").fill(members)
        pasted = "\n".join(line.rpartition(";")[0] for line in agenda.splitlines())  # without the files beside it
        await form.get_by_label("Ordre du jour").fill(pasted)
        await press(page, "Convoquer")
        await expect(chat(page, OWN).get_by_text("25 voix").last).to_be_visible()
        assert len(await world.core.store.sittings()) == 2
        assert desk.complaints == []


async def test_before_the_sitting_step_by_step(browser: Browser) -> None:
    _, _, meeting, accounts, rehearse = PAGE.steps(BEFORE)
    async with held() as world, tab(browser, world.page(CLERK)) as desk:
        page = desk.page
        await page.locator("body[data-ready]").wait_for()
        assert "lancer l'appel" in await type_(page, word(meeting), where=MEETING)
        assert "reconnues" in await type_(page, word(accounts))
        begin, fill, ready, sheets, end = codes(rehearse)
        assert BLANK in await type_(page, begin)
        assert "prennent place" in await type_(page, fill)
        assert "à appeler" in await type_(page, ready)
        assert "Fiches des membres" in await type_(page, sheets)
        assert BLANK in await type_(page, word(meeting)), "what one writes counts for the rehearsal"
        await type_(page, end)
        real = await type_(page, word(meeting))
        assert BLANK not in real
        assert "lancer l'appel" in real
        assert desk.complaints == []


async def test_each_thing_one_may_want_is_done_by_its_words(browser: Browser) -> None:
    async with held() as world, tab(browser, world.page(CLERK)) as desk:
        page = desk.page
        await page.locator("body[data-ready]").wait_for()
        await _roll_call(world, page)
        await _speaking(world, page)
        await _voting(world, page)
        where, quorum, members = typed("savoir")
        assert "La séance est ouverte" in await type_(page, where)
        assert "quorum atteint" in await type_(page, quorum)
        assert NAMES[SPEAKER] in await type_(page, members)
        phases = (Phase.SUSPENDED, Phase.OPEN, Phase.CLOSED)
        for said, phase in zip(typed("suspendre"), phases, strict=True):
            await type_(page, said)
            assert (await state(world)).course.phase is phase
        assert desk.complaints == []


async def _roll_call(world: Held, page: Page) -> None:
    call, end = typed("faire l’appel")
    await type_(page, call)
    assert (await state(world)).course.roll_call_open
    await arrive(world, SILENT, GONE)
    here, away, excused = typed("noter quelqu’un")
    for said, presence in ((here, Presence.REMOTE), (away, Presence.ABSENT), (here, Presence.REMOTE)):
        await type_(page, f"{said} {NAMES[SILENT]}")
        assert (await state(world)).presence(SILENT) is presence, "put right by noting it again"
    await type_(page, f"{excused} {NAMES[GONE]}")
    assert (await state(world)).presence(GONE) is Presence.EXCUSED
    await type_(page, end)
    assert not (await state(world)).course.roll_call_open


async def _speaking(world: Held, page: Page) -> None:
    """The card gives the next step; then the words, and the floor that was given too early."""
    card = PAGE.section(DURING).text
    assert "quorum atteint" not in await type_(page, word(card))
    await press(page, "Ouvrir la séance")
    await expect(chat(page, OWN).get_by_role("group").last).to_contain_text("secrétaire")
    await world.do(c.AppointSecretary(by=CLERK, person=VOTERS[1]))
    following, number = typed("appeler un point")
    await type_(page, following)
    first = (await state(world)).current_item()
    await type_(page, f"{number} {REPORT}")
    second = (await state(world)).current_item()
    assert first is not None
    assert second is not None
    assert first != second
    give, end = typed("donner ou reprendre")
    await type_(page, f"{give} {NAMES[SPEAKER]}")
    turn = (await state(world)).speakers.turn
    assert turn is not None
    assert turn.person == SPEAKER
    await type_(page, word(paragraph("Une erreur")))
    assert (await state(world)).speakers.turn is None
    await type_(page, f"{give} {NAMES[SPEAKER]}")
    await type_(page, end)
    assert (await state(world)).speakers.turn is None


async def _voting(world: Held, page: Page) -> None:
    """A vote that went wrong is annulled and done again; a voice is taken aloud before the close."""
    open_, close = typed("mettre aux voix")
    await type_(page, open_)
    await type_(page, f"{word(paragraph('Une erreur'), 1)} panne de réseau")
    await type_(page, open_)
    assert NAMES[SILENT] in await type_(page, word(PAGE.section(DURING).text)), "who has not answered"
    await type_(page, f"{typed('noter une voix')[0]} {NAMES[SILENT]} pour")
    await type_(page, close)
    annulled, poll = (await state(world)).polls.all.values()
    assert annulled.state is PollState.ANNULLED
    assert poll.state is PollState.CLOSED
    assert poll.ballots[SILENT].choice is Choice.FOR
    await world.do(c.ProclaimResult(by=CHAIR))


async def test_each_key_leads_where_the_table_says(browser: Browser) -> None:
    row = next(cells for cells in PAGE.rows(DURING) if "`C`" in cells[0])
    places = dict(zip(codes(row[0]), row[1].removeprefix("aller ").split(", "), strict=True))
    async with held() as world:
        await opened(world)
        await world.do(c.RequestFloor(by=SPEAKER, person=SPEAKER, kind=FloorKind.INTERVENTION))
        await world.do(c.GiveFloor(by=CLERK, person=SPEAKER), c.EndFloor(by=CLERK))
        await world.do(c.RequestFloor(by=GONE, person=GONE, kind=FloorKind.INTERVENTION))
        asking = HelpRequest(
            id="h1", sitting=SittingId(SITTING), person=SILENT, asked_at=CLOCK.now(), from_meeting=False
        )
        await world.core.aside.help.put(asking)
        async with seated(world, browser, CLERK) as desk:
            page = desk.page
            await expect(page.locator("#p-help")).to_be_visible()
            reached = {key: await _pressed(page, key) for key in places if key != "V"}
            await open_vote(world)
            await expect(page.locator("#p-voices")).to_be_visible()
            reached["V"] = await _pressed(page, "V")
            assert len({panel for panel, _ in reached.values()}) == len(places), reached
            for key, (panel, heading) in reached.items():
                if panel not in ("card", "p-poll"):  # which have no heading of their own
                    stems = [w[:5] for w in re.findall(r"\w{4,}", fold(places[key]))]
                    assert any(stem in fold(heading) for stem in stems), (key, places[key], heading)
            assert desk.complaints == []


async def _pressed(page: Page, key: str) -> tuple[str, str]:
    """The panel that has the keys after it, and its heading."""
    await page.locator("#main").focus()
    await page.keyboard.press(key.lower())
    panel, heading = await page.evaluate(FOCUSED)
    assert panel, key
    return panel, heading


async def test_after_the_sitting(browser: Browser) -> None:
    draft, notes, exports = (PAGE.steps(AFTER)[n] for n in (1, 2, 5))
    async with held() as world, tab(browser, world.page(CLERK)) as desk:
        page = desk.page
        await page.locator("body[data-ready]").wait_for()
        await opened(world)
        await world.do(c.GiveFloor(by=CLERK, person=SPEAKER), c.EndFloor(by=CLERK), c.CloseSitting(by=CLERK))
        assert "projet" in (await type_(page, word(draft))).lower()
        assert NAMES[SPEAKER] in await type_(page, word(notes))
        said = "Le rapport est soutenu."
        assert "enregistrée" in await type_(page, f"{word(notes, 1)} 1 : {said}")
        assert said in await type_(page, word(notes))
        assert "présence" in await type_(page, word(exports))
        assert buttons(draft) == []
        assert desk.complaints == []
