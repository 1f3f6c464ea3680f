"""Incidents and proxies on the console: by mouse and by keys, refused in place, and nothing that was typed is lost."""

from datetime import timedelta
from functools import partial

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from bot.rim import SystemClock
from tests.kit.journals import CLERK
from tests.web.stories import SITTING, sample_roll
from tests.web.test_console import CONSOLE, forgotten, name_of, panels, renewed, seated, until
from tests.web.test_member import VOTERS, act, browser_of
from tests.web.town import Held, held
from voting.domain import commands as c
from voting.domain.attendance import Presence, Source
from voting.domain.ids import PersonId
from voting.domain.sitting import Sitting

NASTY = '<script>alert(1)</script> =cmd|"/c calc"!A1 \u202egauche [ici](https://evil.example)'


async def _state(world: Held) -> Sitting:
    return (await world.core.writer.snapshot(SITTING)).sitting


async def called(world: Held, *people: PersonId) -> None:
    """The roll is called, and these answer."""
    await world.do(c.OpenRollCall(by=CLERK), *(here(person) for person in people))


def here(person: PersonId) -> c.RecordAttendance:
    return c.RecordAttendance(by=CLERK, person=person, presence=Presence.REMOTE, source=Source.CLERK)


def formal(person: PersonId) -> str:
    return next(f"{m.civility.value} {m.full_name}" for m in sample_roll() if m.id == person)


def incidents(page: Page) -> Locator:
    return page.locator("#p-incidents")


def proxies(page: Page) -> Locator:
    return page.locator("#p-proxies")


async def test_what_is_typed_is_never_markup_on_the_page() -> None:
    async with held() as world, browser_of(world, CLERK) as clerk:
        await called(world)
        data = {"sitting": SITTING, "kind": "incident", "said": NASTY, "person": VOTERS[3]}
        assert not (await act(clerk, verb="incident", data=data))["no"]
        html = await panels(clerk)
        assert "<script>" not in html
        assert "&lt;script&gt;" in html
        assert formal(VOTERS[3]) in html


async def test_a_member_neither_tells_incidents_nor_registers_proxies_over_http() -> None:
    async with held() as world, browser_of(world, VOTERS[2]) as member:
        await called(world, VOTERS[2])
        wishes: list[dict[str, object]] = [
            {"verb": "incident", "data": {"sitting": SITTING, "kind": "incident", "said": "x"}},
            {"verb": "proxy", "data": {"sitting": SITTING, "member": VOTERS[3], "person": VOTERS[2]}},
            {"verb": "accept", "data": {"sitting": SITTING, "person": VOTERS[3]}},
            {"verb": "revoke", "data": {"sitting": SITTING, "person": VOTERS[3]}},
            {"text": f"retirer pouvoir de {name_of(VOTERS[3])}"},
        ]
        for wish in wishes:
            assert (await act(member, **wish))["no"], wish
        state = await _state(world)
        assert (state.minuting.incidents, state.proxies) == ({}, {})


async def test_wrong_people_and_hours_are_said_to_be_wrong() -> None:
    async with held() as world, browser_of(world, CLERK) as clerk:
        await called(world)
        wrong: list[dict[str, object]] = [
            {"verb": "proxy", "data": {"sitting": SITTING, "member": "m999", "person": VOTERS[2]}},
            {"verb": "proxy", "data": {"sitting": SITTING, "member": VOTERS[2]}},
            {"verb": "proxy", "data": {"sitting": SITTING, "member": VOTERS[2], "person": VOTERS[3], "until": "99:99"}},
            {"verb": "proxy", "data": {"sitting": SITTING, "member": VOTERS[2], "person": VOTERS[2]}},
            {"verb": "incident", "data": {"sitting": SITTING, "kind": "incident", "said": "x", "item": "n° 99"}},
            {"verb": "incident", "data": {"sitting": SITTING, "kind": "incident", "said": "x", "person": "Personne"}},
        ]
        for wish in wrong:
            assert (await act(clerk, **wish))["no"], wish
        state = await _state(world)
        assert (state.minuting.incidents, state.proxies) == ({}, {})


@pytest.mark.browser
async def test_an_incident_is_told_and_put_right_on_the_page(browser: Browser) -> None:
    async with held() as world, seated(world, browser, CLERK) as clerk:
        page = clerk.page
        await expect(incidents(page)).to_be_hidden()
        await called(world)
        await expect(incidents(page)).to_be_visible()
        await page.locator("#main").focus()
        await page.keyboard.press("i")
        await page.keyboard.type("La diffusion s’interr")
        await world.do(here(VOTERS[3]))
        await expect(page.locator(f"#r-{VOTERS[3]} .chip.is-remote")).to_be_visible()
        await page.keyboard.type("ompt.")
        person = incidents(page).get_by_label("Personne concernée").first
        await person.fill("Nemo")
        await incidents(page).get_by_role("button", name="Noter l’incident").click()
        await expect(incidents(page).locator(".answer").first).to_contain_text("Nemo")
        await renewed(page)
        await expect(incidents(page).get_by_label("Ce qui se passe")).to_have_value("La diffusion s’interrompt.")
        await expect(person).to_have_value("Nemo")
        await person.fill(name_of(VOTERS[3]))
        await person.press("Enter")
        await until(world, lambda s: [i.person for i in s.minuting.incidents.values()] == [VOTERS[3]])
        await forgotten(page, "incident:")
        await expect(incidents(page).get_by_label("Ce qui se passe")).to_have_value("")
        await _put_right(world, page)
        assert clerk.complaints == []
        assert await clerk.trouble((360, 1280)) == []


async def _put_right(world: Held, page: Page) -> None:
    """By keys alone: open its line, change the text; then empty it."""
    line = page.locator("#d-n1")
    for text in ("La diffusion s’interrompt deux minutes.", ""):
        await line.locator("summary").focus()
        await page.keyboard.press("Enter")
        await line.get_by_label("Texte").fill(text)
        await line.get_by_role("button", name="Corriger").focus()
        await page.keyboard.press("Enter")
        await until(world, partial(_says, text))
        if text:
            await expect(line.locator("summary")).to_contain_text("deux minutes")
            await expect(line.locator("summary")).to_be_focused()
    await expect(line).to_have_count(0)


def _says(text: str, sitting: Sitting) -> bool:
    return [incident.text for incident in sitting.minuting.incidents.values()] == [text]


@pytest.mark.browser
async def test_a_proxy_is_registered_accepted_and_ended_on_the_page(browser: Browser) -> None:
    grantor, holder, third = VOTERS[8], VOTERS[9], VOTERS[10]
    async with held() as world, seated(world, browser, CLERK) as clerk:
        page = clerk.page
        await page.keyboard.press("d")
        chosen = proxies(page).get_by_label("Qui donne pouvoir")
        await expect(chosen).to_be_focused()
        await chosen.select_option(grantor)
        await proxies(page).get_by_label("À qui").select_option(grantor)
        await proxies(page).get_by_role("button", name="Enregistrer").click()
        await expect(proxies(page).locator(".answer")).to_contain_text("soi-même")
        await expect(chosen).to_have_value(grantor)
        await proxies(page).get_by_label("À qui").select_option(holder)
        await proxies(page).get_by_role("button", name="Enregistrer").press("Enter")
        line = proxies(page).locator("li", has_text=formal(grantor))
        await expect(line.locator(".chip")).to_have_text("à accepter")
        await expect(chosen).to_have_value("")
        await line.get_by_role("button", name="Accepter").click()
        await expect(line.locator(".chip")).to_have_text("en cours")
        await line.get_by_role("button", name="Mettre fin").click()
        await expect(line.locator(".chip")).to_have_text("fini")
        await expect(line).to_contain_text("repris")
        assert await page.locator("#card .ac-adaptiveCard").count() == 1
        await world.do(c.GiveProxy(by=third, grantor=third, holder=holder, source=Source.CARD))
        offered = proxies(page).locator("li", has_text=formal(third))
        await offered.get_by_role("button", name="Refuser").click()
        await expect(offered).to_contain_text("refusé")
        assert clerk.complaints == []
        assert await clerk.trouble((360, 1280)) == []


@pytest.mark.browser
async def test_each_button_acts_on_the_proxy_of_its_line(browser: Browser) -> None:
    """One grantor, three holders one after the other: the second is declined, the third accepted, the first ended."""
    grantor, holders = VOTERS[8], VOTERS[9:12]
    async with held() as world, seated(world, browser, CLERK) as clerk:
        start = SystemClock().now() + timedelta(days=1)
        hours = [start + timedelta(minutes=10 * n) for n in range(4)]
        for holder, since, end in zip(holders, hours, hours[1:], strict=False):
            give = c.GiveProxy(by=CLERK, grantor=grantor, holder=holder, source=Source.CLERK, since=since, until=end)
            await world.do(give)
        first, second, third = (proxies(clerk.page).locator("li", has_text=formal(holder)) for holder in holders)
        await expect(proxies(clerk.page).locator("li")).to_have_count(len(holders))
        await second.get_by_role("button", name="Refuser").click()
        await expect(second.locator(".chip")).to_have_text("fini")
        await third.get_by_role("button", name="Accepter").click()
        await expect(third.locator(".chip")).to_have_text("prévu")
        await expect(first.locator(".chip")).to_have_text("à accepter")
        await first.get_by_role("button", name="Mettre fin").click()
        await expect(first.locator(".chip")).to_have_text("fini")
        assert [(p.holder, p.accepted_at is not None) for p in (await _state(world)).planned] == [(holders[2], True)]
        assert clerk.complaints == []


@pytest.mark.browser
async def test_the_hours_of_a_proxy_are_those_that_were_typed(browser: Browser) -> None:
    async with held() as world, seated(world, browser, CLERK) as clerk:
        panel = proxies(clerk.page)
        await panel.get_by_label("Qui donne pouvoir").select_option(VOTERS[8])
        await panel.get_by_label("À qui").select_option(VOTERS[9])
        await panel.get_by_label("À partir de").fill("10:05")
        await panel.get_by_label("Jusqu’à").fill("10:02")
        await panel.get_by_role("button", name="Enregistrer").click()
        await expect(panel.locator(".answer")).to_contain_text("avant de commencer")
        await expect(panel.get_by_label("Jusqu’à")).to_have_value("10:02")
        assert (await _state(world)).proxies == {}
        assert CONSOLE in clerk.page.url
