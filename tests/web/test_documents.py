"""The papers of a sitting: each for those who may have it, as files, and nothing before its time."""

import asyncio
import csv
import io
import re
import time
import zipfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from urllib.parse import urlsplit

import aiohttp
import pytest
from playwright.async_api import Browser

from bot.document_links import DocumentLinks
from bot.documents import STAFF, Documents
from bot.papers import LASTS
from tests.bot.test_rehearsal import begun
from tests.kit import sittings as kit
from tests.kit.hall import Hall, hall, text_of, walk
from tests.kit.sittings import CHAIR, CLERK, OBSERVER, m
from tests.web.browsing import tab
from voting.domain import commands as c
from voting.domain.assembly import Body
from voting.domain.ids import PersonId, SittingId
from voting.domain.tally import Choice
from voting.minutes.exports.bundle import bundle
from voting.minutes.exports.paper import Paper
from voting.service.shelf import EARLY, INTERNAL, PUBLISHED

FIRST, SECOND = m(2), m(3)
COUNCIL = kit.convene(kit.roll(7), kit.reports(1), body=Body.COUNCIL)
COMMITTEE = kit.standing_committee(*kit.reports(1))
TENDER = kit.tender_committee(*kit.reports(1))
BROWSER = {"Sec-Fetch-Site": "same-origin"}
BASE = f"/seances/{kit.SITTING}/documents"


@asynccontextmanager
async def browser(room: Hall, person: PersonId, sitting: SittingId) -> AsyncGenerator[aiohttp.ClientSession, None]:
    jar = aiohttp.CookieJar(unsafe=True)  # an address instead of a name
    async with aiohttp.ClientSession(room.running.town.origin, cookie_jar=jar) as session:
        form = {"seance": sitting, "personne": person, "vers": f"/seances/{sitting}/documents"}
        async with session.post("/connexion", data=form, headers=BROWSER) as page:
            assert (page.status, page.url.path) == (200, f"/seances/{sitting}/documents")
        yield session


async def lifted(room: Hall, convocation: c.ConveneSitting, against: PersonId) -> None:
    """One report adopted by name, the sitting lifted and its journal signed."""
    state = await room.state()
    voters = [member.id for member in state.facts.members if member.votes]
    await room.submit(*map(kit.arrive, voters), *kit.broadcast(convocation), c.OpenSitting(by=CHAIR))
    await room.submit(c.AppointSecretary(by=CHAIR, person=m(4)), kit.call(), kit.open_poll())
    await room.submit(*(kit.vote(p, Choice.AGAINST if p == against else Choice.FOR) for p in voters))
    await room.submit(c.ClosePoll(by=CHAIR), c.ProclaimResult(by=CHAIR), c.CloseSitting(by=CHAIR))
    async with asyncio.timeout(30):
        while True:
            latest = await room.core.notary.latest(room.sitting)
            if latest is not None and latest.size == (await room.core.writer.snapshot(room.sitting)).size:
                return
            await asyncio.sleep(0.02)


async def listed(session: aiohttp.ClientSession) -> set[str]:
    """The papers that the page offers."""
    async with session.get(BASE) as page:
        assert page.status == 200
        assert page.headers["Cache-Control"] == "no-store"
        return set(re.findall(rf'href="{BASE}/([a-z-]+)\?', await page.text()))


async def status(session: aiohttp.ClientSession, format_: str) -> int:
    async with session.get(f"{BASE}/{format_}") as answer:
        return answer.status


async def test_each_paper_of_a_council_is_a_file_for_the_staff() -> None:
    async with hall(COUNCIL) as room:
        await lifted(room, COUNCIL, FIRST)
        async with browser(room, CLERK, room.sitting) as clerk:
            offered = await listed(clerk)
            assert offered == {*EARLY, *PUBLISHED, *INTERNAL} - {"scdl", "ctes"}
            async with clerk.get(BASE) as page:
                assert "Il manque" in await page.text(), "says what SCDL lacks"
            assert [await status(clerk, lacking) for lacking in ("scdl", "ctes")] == [409, 409]
            for format_ in sorted(offered):
                async with clerk.get(f"{BASE}/{format_}") as answer:
                    content, said = await answer.read(), answer.headers["Content-Disposition"]
                assert (format_, answer.status) == (format_, 200)
                assert said.startswith('attachment; filename="'), format_
                assert answer.headers["Cache-Control"] == "no-store"
                assert answer.headers["X-Content-Type-Options"] == "nosniff"
                assert _is_what_it_says(answer.content_type, content), (format_, answer.content_type)


async def test_a_member_has_the_public_papers_and_his_own_votes() -> None:
    async with hall(COUNCIL) as room:
        await lifted(room, COUNCIL, FIRST)
        async with browser(room, FIRST, room.sitting) as member:
            assert await listed(member) == {"ics", "own", "list", "csv"}
            for format_ in {*EARLY, *PUBLISHED, *INTERNAL} - {"ics", "list", "csv"}:
                assert (format_, await status(member, format_)) == (format_, 404)
            async with member.get(f"{BASE}/own") as answer:
                rows = list(csv.reader(io.StringIO((await answer.read()).decode("utf-8-sig")), delimiter=";"))
            assert [(row[6], row[10]) for row in rows[1:]] == [(FIRST, "against")]
        async with browser(room, OBSERVER, room.sitting) as observer:
            assert await listed(observer) == {"ics", "list", "csv"}
            assert await status(observer, "own") == 409


@pytest.mark.parametrize(("convocation", "published"), [(COMMITTEE, {*PUBLISHED} - {"scdl"}), (TENDER, set())])
async def test_what_is_not_public_stays_with_the_staff(convocation: c.ConveneSitting, published: set[str]) -> None:
    async with hall(convocation) as room:
        await lifted(room, convocation, FIRST)
        async with browser(room, SECOND, room.sitting) as member:
            assert await listed(member) - {"own"} == {"ics"}
            assert [await status(member, f) for f in PUBLISHED] == [404] * len(PUBLISHED)
            assert await status(member, "own") == (409 if convocation is TENDER else 200)
        async with browser(room, CLERK, room.sitting) as clerk:
            assert await listed(clerk) == {*EARLY, *published, *INTERNAL} - {"ctes"}
            assert [await status(clerk, f) for f in PUBLISHED if f not in published and f != "scdl"] == [409] * (
                len({*PUBLISHED} - published - {"scdl"})
            )


async def test_nothing_that_was_said_leaves_before_the_end() -> None:
    async with hall(COUNCIL) as room:
        async with browser(room, CLERK, room.sitting) as clerk:
            assert await listed(clerk) == set(EARLY)
            assert {f: await status(clerk, f) for f in (*PUBLISHED, *INTERNAL)} == dict.fromkeys(
                (*PUBLISHED, *INTERNAL), 404
            )
        async with browser(room, FIRST, room.sitting) as member:
            assert await listed(member) == {"ics"}
            assert [await status(member, f) for f in ("own", "list", "notes")] == [404, 404, 404]
            for path in ("moi", "conduite"):
                async with member.get(f"/seances/{room.sitting}/{path}") as page:
                    assert (BASE in await page.text()) is (page.status == 200)
            async with member.get("/seances") as page:
                assert BASE in await page.text()


async def test_nobody_else_and_no_trick_of_a_path() -> None:
    async with hall(COUNCIL) as room:
        async with room.session.get(f"{room.running.town.origin}{BASE}", allow_redirects=False) as answer:
            assert (answer.status, answer.headers["Location"].split("?")[0]) == (303, "/connexion")
        async with room.session.get(f"{room.running.town.origin}{BASE}/ics") as answer:
            assert answer.status == 404
        async with browser(room, CLERK, room.sitting) as clerk:
            for trick in ("..%2fics", "ics%00", "ICS", "ics/", "%2e%2e", "ics.zip", "x" * 13):
                assert (trick, await status(clerk, trick)) == (trick, 404)
            async with clerk.get("/seances/another/documents/ics") as answer:
                assert answer.status == 404


async def test_the_chat_gives_the_staff_links_that_pass() -> None:
    async with hall(COUNCIL) as room:
        early = await room.say(CLERK, "exports")
        assert len(_links(early.card)) == len(EARLY)
        assert "quand la séance est levée" in text_of(early)
        await lifted(room, COUNCIL, FIRST)
        shown = await room.say(CLERK, "exports")
        links = _links(shown.card)
        assert len(links) == len((*EARLY, *PUBLISHED, *INTERNAL)) - 2
        assert text_of(shown).count("Il manque") == 2, "SCDL and the transmission need the authority's numbers"
        for link in links:
            async with room.session.get(link) as answer:
                assert (urlsplit(link).path, answer.status) == (urlsplit(link).path, 200)
                assert answer.headers["Content-Disposition"].startswith("attachment")
        votes = next(link for link in links if "/votes?" in link)
        for wrong in (votes.replace("/votes?", "/json?"), f"{votes}0", votes.split("?")[0], votes.replace("=1", "=²")):
            async with room.session.get(wrong) as answer:
                assert (wrong, answer.status) == (wrong, 404)
        assert "réservée" in text_of(await room.say(FIRST, "exports"))


async def test_the_fields_of_the_transmission_come_once_the_authority_is_known() -> None:
    items = tuple(replace(item, matter_code="7.5") for item in kit.reports(1))
    coded = kit.convene(kit.roll(7), items, body=Body.COUNCIL)
    async with hall(coded) as room:
        await lifted(room, coded, FIRST)
        papers = Documents(room.core, "20005376700014", "fr", "45")
        links = DocumentLinks(room.core, papers, room.running.town.origin)
        paper = await links.documents.fetch(room.sitting, "ctes", STAFF)
        with zipfile.ZipFile(io.BytesIO(paper.content)) as archive:
            assert archive.namelist() == [f"ctes-{room.sitting}.csv", f"ctes-{room.sitting}.json"]
            assert b"99_DE-045-200053767-" in archive.read(archive.namelist()[1])


async def test_a_link_has_its_quarter_of_an_hour() -> None:
    async with hall(COUNCIL) as room:
        papers, origin = Documents(room.core, "", "fr"), room.running.town.origin
        late = time.time() - LASTS - 1
        old = DocumentLinks(room.core, papers, origin, clock=lambda: late)
        new = DocumentLinks(room.core, papers, origin)
        async with room.session.get(old.link(room.sitting, "ics")) as answer:
            assert answer.status == 404
        async with room.session.get(new.link(room.sitting, "ics")) as answer:
            assert answer.status == 200


async def test_a_rehearsal_gives_nothing() -> None:
    async with hall(COMMITTEE) as room:
        rehearsal = await begun(room)
        assert "Une séance à blanc ne donne aucun document" in text_of(await room.say(CLERK, "exports"))
        async with browser(room, CLERK, rehearsal) as clerk:
            page = f"/seances/{rehearsal}/documents"
            async with clerk.get(page) as answer:
                assert "Une séance à blanc ne donne aucun document" in await answer.text()
            for format_ in (*EARLY, *PUBLISHED, *INTERNAL):
                async with clerk.get(f"{page}/{format_}") as answer:
                    assert (format_, answer.status) == (format_, 404)
        links = DocumentLinks(room.core, Documents(room.core, "", "fr"), room.running.town.origin)
        async with room.session.get(links.link(rehearsal, "ics")) as answer:
            assert answer.status == 404


@pytest.mark.browser
async def test_the_page_fits_and_can_be_read_aloud(browser: Browser) -> None:
    async with hall(COUNCIL) as room:
        await lifted(room, COUNCIL, FIRST)
        address = f"{room.running.town.origin}/connexion?vers={BASE}"
        async with tab(browser, address) as clerk:
            await clerk.page.locator(f'button[value="{CLERK}"]').click()
            await clerk.page.locator(".papers").wait_for()
            assert await clerk.trouble() == []


def test_several_papers_are_one_archive_and_always_the_same() -> None:
    papers = [Paper(name="a.pdf", kind="application/pdf", content=bytes([n])) for n in range(2)]
    packed = bundle(papers, "x.zip")
    with zipfile.ZipFile(io.BytesIO(packed.content)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {"a.pdf": b"\x00", "a-2.pdf": b"\x01"}
    assert bundle(papers, "x.zip") == packed
    assert bundle(papers[:1], "x.zip") is papers[0]


def _links(card: object) -> list[str]:
    return [str(found["url"]) for found in walk(card) if found.get("type") == "Action.OpenUrl"]


def _is_what_it_says(kind: str, content: bytes) -> bool:
    match kind:
        case "application/pdf":
            return content.startswith(b"%PDF")
        case "application/json":
            return content.lstrip().startswith((b"{", b"["))
        case "text/calendar":
            return content.startswith(b"BEGIN:VCALENDAR")
        case "text/csv":
            return b"," in content or b";" in content
    return content.startswith(b"PK")
