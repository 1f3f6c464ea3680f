"""The guides as pages: each link leads somewhere, nothing outside is served, and ``aide`` leads to what applies now."""

import re

import pytest
from playwright.async_api import Browser

from bot.chapters import known
from bot.handouts.markdown import anchor
from bot.handouts.shelf import FOLDER, guide, guides
from bot.web.guides import html
from tests.bot.test_conversation import CLERK, FIRST, HERE, SITTING
from tests.kit.hall import Hall, hall, text_of
from tests.web.browsing import tab
from voting.domain import commands as c
from voting.domain.attendance import Presence, Source

PAGES = sorted(path.relative_to(FOLDER).as_posix().removesuffix(".md") for path in FOLDER.rglob("*.md"))
LINK = re.compile(r'href="/guides/([A-Za-z0-9_/-]+)(?:#([^"]+))?"')
NAMED = [path for path in PAGES if guide(path, "fr") is None] + [one.name for one in guides("fr")]


def ids(path: str) -> list[str]:
    return re.findall(r'<h\d id="([^"]+)"', html(FOLDER / f"{path}.md", path))


@pytest.mark.parametrize("path", PAGES)
def test_every_link_of_a_page_leads_to_a_page_and_to_a_heading(path: str) -> None:
    for target, fragment in LINK.findall(html(FOLDER / f"{path}.md", path)):
        assert target in PAGES, target
        if fragment:
            assert fragment in ids(target), f"{target}#{fragment}"


def test_every_chapter_that_a_card_leads_to_is_there() -> None:
    for found in known():
        one = guide(found.guide, found.language)
        assert one is not None
        assert one.language == found.language
        assert found.chapter in re.findall(r'<h\d id="([^"]+)"', html(one.path, found.guide))


def test_what_is_written_is_never_markup() -> None:
    assert "<script" not in html(FOLDER / "member.md", "member")
    assert anchor("Le jour même : la file d’aide") == "le-jour-même--la-file-daide"


async def test_pages_pictures_and_papers_are_served_and_nothing_else() -> None:
    async with hall(SITTING) as room:
        origin = room.running.town.origin
        for path in ("", "/member", "/member?lang=en", "/chair?lang=en", "/commands/README", "/rules/cpr-remote"):
            async with room.session.get(f"{origin}/guides{path}") as response:
                assert response.status == 200, path
                assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        async with room.session.get(f"{origin}/guides/images/card-vote.png") as response:
            assert (response.status, response.content_type) == (200, "image/png")
        for path in ("member.pdf", "member.pdf?paper=a5", "clerk.pdf?lang=en"):
            async with room.session.get(f"{origin}/guides/{path}") as response:
                assert (await response.read()).startswith(b"%PDF"), path
        for path in (
            "nothing",
            "nothing.pdf",
            "member.pdf?paper=a0",
            "images/nothing.png",
            "..%2f..%2fpyproject",
            "/etc",
        ):
            async with room.session.get(f"{origin}/guides/{path}") as response:
                assert response.status == 404, path


async def _leads(room: Hall, who: str, language: str = "fr") -> str:
    card = text_of(await room.say(next(m.id for m in SITTING.members if m.id == who), "aide"))
    found = re.search(rf'{room.running.town.origin}(/guides/[^"]+)', card)
    assert found is not None, card
    return found[1]


async def test_help_leads_to_the_chapter_that_applies_now() -> None:
    async with hall(SITTING) as room:
        assert await _leads(room, FIRST) == "/guides/member?lang=fr#si-vous-ne-pouvez-pas-venir"
        assert await _leads(room, CLERK) == "/guides/clerk?lang=fr#avant"
        arrivals = [c.RecordAttendance(by=p, person=p, presence=Presence.REMOTE, source=Source.CARD) for p in HERE]
        await room.submit(*arrivals, c.OpenSitting(by=HERE[0]))
        assert await _leads(room, FIRST) == "/guides/member?lang=fr#le-jour-de-la-séance"
        assert await _leads(room, HERE[0]) == "/guides/chair?lang=fr#le-déroulé"
        await room.submit(c.CloseSitting(by=HERE[0]))
        assert await _leads(room, CLERK) == "/guides/clerk?lang=fr#après"


@pytest.mark.browser
@pytest.mark.parametrize("path", ["", "/member", "/clerk?lang=en"])
async def test_a_guide_is_read_aloud_by_keyboard_and_on_a_telephone(browser: Browser, path: str) -> None:
    async with hall(SITTING) as room:
        async with tab(browser, f"{room.running.town.origin}/guides{path}", width=360, height=740) as reading:
            assert await reading.axe() == []
            assert reading.complaints == []
            width = await reading.page.evaluate("document.documentElement.scrollWidth")
            assert width <= 360
