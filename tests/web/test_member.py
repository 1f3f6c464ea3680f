"""The member's own page: the cards of the chat, behind a sign-in, and nothing for anybody else."""

import asyncio
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from playwright.async_api import Browser, expect

from tests.kit.hall import verbs
from tests.kit.journals import CLERK
from tests.web.browsing import tab
from tests.web.serving import frames
from tests.web.stories import SITTING, sample_roll
from tests.web.town import Held, held
from voting.domain import commands as c
from voting.domain.attendance import Presence, Source
from voting.domain.ids import PersonId
from voting.domain.polls import Purpose
from voting.domain.ruleset import VotingMethod

OURS = {"Sec-Fetch-Site": "same-origin"}
BASE = f"/seances/{SITTING}"
VOTERS = [m.id for m in sample_roll() if m.votes]


@asynccontextmanager
async def browser_of(world: Held, person: str) -> AsyncGenerator[aiohttp.ClientSession, None]:
    """Somebody's browser, signed in, with the token of the page."""
    jar = aiohttp.CookieJar(unsafe=True)  # an address instead of a name
    async with aiohttp.ClientSession(world.origin, cookie_jar=jar) as session:
        form = {"seance": SITTING, "personne": person, "vers": f"{BASE}/moi"}
        async with session.post("/connexion", data=form, headers=OURS) as page:
            assert page.status == 200
            token = re.search(r'data-token="([0-9a-f]+)"', await page.text())
        assert token is not None
        session.headers.update(OURS | {"X-Hemicycle-Page": token[1]})
        yield session


async def act(session: aiohttp.ClientSession, **wish: object) -> dict[str, Any]:
    async with session.post(f"{BASE}/actes", json={"stamp": "x1", **wish}) as answer:
        assert answer.status == 200
        body: dict[str, Any] = await answer.json()
        return body


async def polled(world: Held) -> None:
    for person in VOTERS:
        here = c.RecordAttendance(by=CLERK, person=person, presence=Presence.REMOTE, source=Source.CLERK)
        await world.do(here)
    await world.do(
        c.OpenSitting(by=CLERK),
        c.AppointSecretary(by=CLERK, person=VOTERS[1]),
        c.CallItem(by=CLERK, item=None),
        c.OpenPoll(by=CLERK, purpose=Purpose.ITEM, method=VotingMethod.ELECTRONIC),
    )


async def test_a_member_votes_and_changes_his_vote_from_the_page() -> None:
    async with held() as world, browser_of(world, VOTERS[2]) as session:
        await polled(world)
        async with session.get(f"{BASE}/moi/carte") as answer:
            fitting = await answer.json()
        assert {"for", "against", "abstention", "not_taking_part"} <= verbs(fitting["card"])
        button = next(a for a in _buttons(fitting["card"]) if a["verb"] == "for")
        voted = await act(session, verb="for", data=button["data"])
        ballots = await _ballots(world)
        assert ballots[VOTERS[2]].choice.value == "for"
        assert ballots[VOTERS[2]].source is Source.CARD
        again = await act(session, verb="for", data=button["data"])
        assert (await _ballots(world))[VOTERS[2]].revision == 0, "the same press again counts once"
        assert again["card"] == voted["card"]
        await act(session, text="contre")
        assert (await _ballots(world))[VOTERS[2]].choice.value == "against"


async def test_what_is_not_his_is_refused_as_in_the_chat() -> None:
    async with held() as world, browser_of(world, VOTERS[2]) as session:
        await polled(world)
        assert "say" in await act(session, text="clore")
        stolen = await act(session, verb="for", data={"sitting": SITTING, "member": VOTERS[3], "revision": 0})
        assert "say" in stolen
        assert "say" in await act(session, verb="for", data={"sitting": "another"}), "another sitting's card"
        assert await _ballots(world) == {}
        assert "say" in await act(session, verb="open_sesame", data={})


async def test_nothing_is_there_for_who_is_not_signed_in_or_not_of_ours() -> None:
    async with held() as world, aiohttp.ClientSession(world.origin) as stranger:
        for path in ("/seances", f"{BASE}/moi"):
            async with stranger.get(path, allow_redirects=False) as answer:
                assert answer.status == 303
                assert answer.headers["Location"].startswith("/connexion?vers=%2Fseances")
        for path in (f"{BASE}/moi/carte", f"{BASE}/moi/events"):
            async with stranger.get(path) as answer:
                assert answer.status == 404
        async with stranger.post(f"{BASE}/actes", json={"stamp": "x", "text": "présent"}, headers=OURS) as answer:
            assert answer.status == 403
    async with held() as world, browser_of(world, VOTERS[2]) as session:
        async with session.get("/seances/s-9999/moi") as answer:
            assert answer.status == 404
        async with session.post("/seances/s-9999/actes", json={"stamp": "x", "text": "présent"}) as answer:
            assert answer.status == 404
        async with session.get("/seances") as answer:
            assert f"{BASE}/moi" in await answer.text()


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"X-Hemicycle-Page": "0" * 64}, b'{"stamp":"x","text":"aide"}', 403),
        ({"Sec-Fetch-Site": "cross-site"}, b'{"stamp":"x","text":"aide"}', 403),
        ({}, b"{", 400),
        ({}, b"[]", 400),
        ({}, b'{"stamp":"x","text":" "}', 400),
        ({}, b'{"stamp":"x","verb":"home"}', 400),
        ({}, b'{"stamp":"' + b"x" * 65 + b'","text":"aide"}', 400),
        ({}, b'{"stamp":"x","text":"' + b"a" * (129 << 10) + b'"}', 413),
        ({"Content-Type": "text/plain"}, b'{"stamp":"x","text":"aide"}', 415),
    ],
)
async def test_a_request_that_is_not_our_pages_changes_nothing(
    headers: dict[str, str], body: bytes, status: int
) -> None:
    async with held() as world, browser_of(world, VOTERS[2]) as session:
        sent = {"Content-Type": "application/json"} | headers
        async with session.post(f"{BASE}/actes", data=body, headers=sent) as answer:
            assert answer.status == status


async def test_the_page_is_told_that_the_sitting_moved() -> None:
    async with held() as world, browser_of(world, VOTERS[2]) as session:
        async with session.get(f"{BASE}/moi/events") as response:
            heard = frames(response)
            assert await anext(heard) == ("moved", "{}")
            await world.do(c.OpenRollCall(by=CLERK))
            assert await anext(heard) == ("moved", "{}")
            await heard.aclose()


@pytest.mark.browser
async def test_a_member_holds_his_part_from_a_telephone(browser: Browser) -> None:
    async with held() as world:
        async with tab(browser, f"{world.origin}/connexion?vers={BASE}/moi", width=360, height=740) as phone:
            page = phone.page
            name = next(m.full_name for m in sample_roll() if m.id == VOTERS[2])
            await page.get_by_role("searchbox").fill(name)
            assert await phone.axe() == []
            await page.get_by_role("button", name=name).click()
            await expect(page.get_by_role("heading", level=1)).to_have_text(name)
            await page.locator("body[data-ready]").wait_for()
            await page.get_by_role("button", name="Je suis présent(e)").click()
            await _until(lambda: _is_here(world, VOTERS[2]))
            await polled_with(world, VOTERS[2])
            await page.get_by_role("button", name="Pour", exact=True).click()
            await expect(page.get_by_role("button", name="Modifier mon vote")).to_be_visible()
            assert (await _ballots(world))[VOTERS[2]].choice.value == "for"
            assert await phone.axe() == []
            assert not await phone.overflows()
            await page.get_by_role("button", name="Mes votes").click()
            await expect(page.locator("#card")).to_contain_text("Pour")
            await world.do(c.ClosePoll(by=CLERK))
            await expect(page.locator("#moved")).to_be_visible()
            await page.get_by_role("button", name="Voir où elle en est").click()
            await expect(page.locator("#moved")).to_be_hidden()
            assert phone.complaints == []
            assert phone.is_at_home(world.origin)


async def polled_with(world: Held, already: PersonId) -> None:
    for person in VOTERS:
        if person != already:
            here = c.RecordAttendance(by=CLERK, person=person, presence=Presence.REMOTE, source=Source.CLERK)
            await world.do(here)
    await world.do(
        c.OpenSitting(by=CLERK),
        c.AppointSecretary(by=CLERK, person=VOTERS[1]),
        c.CallItem(by=CLERK, item=None),
        c.OpenPoll(by=CLERK, purpose=Purpose.ITEM, method=VotingMethod.ELECTRONIC),
    )


async def _ballots(world: Held) -> dict[PersonId, Any]:
    poll = (await world.core.writer.snapshot(SITTING)).sitting.polls.current()
    assert poll is not None
    return dict(poll.ballots)


async def _is_here(world: Held, person: PersonId) -> bool:
    return (await world.core.writer.snapshot(SITTING)).sitting.is_here(person)


async def _until(holds: Any) -> None:
    async with asyncio.timeout(30):
        while not await holds():
            await asyncio.sleep(0.02)


def _buttons(node: Any) -> list[dict[str, Any]]:
    if isinstance(node, dict):
        own = [node] if node.get("type") == "Action.Execute" else []
        return own + [b for value in node.values() for b in _buttons(value)]
    return [b for value in node for b in _buttons(value)] if isinstance(node, list) else []
