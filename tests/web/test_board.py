"""The board over HTTP: what it says at each stage, in which language, to whom, under which headers."""

import re
from html.parser import HTMLParser

import pytest

from bot.web import says
from bot.web.words import words
from tests.kit.journals import CLERK, tender_committee
from tests.web.serving import everybody, nobody, serving
from tests.web.stories import SITTING, Table, calling, convoked, debating, nasty, opened, sharing, voting, whole
from voting.domain import commands as c
from voting.domain.attendance import Presence, Source
from voting.domain.groups import group_of
from voting.domain.queue import queue

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
IN_TEAMS = POLICY.replace(
    "frame-ancestors 'none'",
    "frame-ancestors https://*.cloud.microsoft https://teams.microsoft.com https://*.teams.microsoft.com "
    "https://*.microsoft365.com https://*.office.com",
)
BOARD = f"/seances/{SITTING}"


class Page(HTMLParser):
    """What the tests ask of a page: text by element id, tags, attributes."""

    VOID = frozenset({"meta", "link", "br", "use", "path", "circle", "rect", "line"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: dict[str, str] = {}
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[str | None] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append((tag, values))
        if tag in self.VOID:
            return
        name = values.get("id")
        self._open.append(name)
        if name is not None:
            assert name not in self.ids, f"{name} twice"
            self.ids[name] = ""

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        for name in self._open:
            if name is not None:
                self.ids[name] += data

    def text(self, name: str) -> str:
        return re.sub(r"\s+", " ", self.ids[name].replace("\u00a0", " ").replace("\u202f", " ")).strip()


async def _page(table: Table, path: str = BOARD, **headers: str) -> Page:
    async with serving(table) as client:
        response = await client.get(path, headers=headers)
        assert response.status == 200
        return Page(await response.text())


async def test_before_the_opening_the_board_says_when_it_begins() -> None:
    page = await _page(Table(convoked()))
    assert page.text("phase") == "Séance convoquée"
    assert "prévue le vendredi 20 novembre 2026 à 10:00" in page.text("item")
    assert "0 présent sur 25 : quorum de 13 non atteint, il manque 13 membres" in page.text("quorum")


async def test_the_roll_call_names_those_who_have_not_answered() -> None:
    page = await _page(Table(calling(convoked(), until=24)))
    assert page.text("roll").startswith("Appel nominal en cours 1 membre n’a pas encore répondu :")


async def test_a_debate_shows_who_speaks_and_who_waits_in_order() -> None:
    story = debating(opened(convoked()))
    page = await _page(Table(story))
    floor = page.text("floor")
    speaker, first = story.state.speakers.turn, queue(story.state)[0]
    assert speaker is not None
    assert story.state.roll[speaker.person].full_name in floor
    assert "3 inscrits, dans l’ordre" in floor
    assert floor.index(story.state.roll[first.person].full_name) < floor.index("Rappel au règlement")
    assert "20 présents et 3 représentés sur 25 : quorum de 13 atteint" in page.text("quorum")


async def test_R58_a_shared_time_shows_what_each_group_used_and_who_speaks() -> None:
    floor = (await _page(Table(sharing()))).text("floor")
    assert "Temps de parole sur ce point" in floor
    assert "Rives solidaires 7:00 (temps dépassé) / 3:36" in floor, "a word, not a colour, says that it is over"
    assert "Ruralités vivantes parle 0:00 / 1:12" in floor
    assert "Tous les groupes 8:10 / 15:00" in floor
    kinds = ("Rappel au règlement", "Réponse", "Explication de vote", "Fait personnel")
    assert [floor.index(kind) for kind in kinds] == sorted(floor.index(kind) for kind in kinds)


async def test_R58_a_stopped_clock_says_so() -> None:
    page = await _page(Table(sharing(is_paused=True)))
    assert "Chronomètre arrêté" in page.text("floor")
    (turn,) = [a for tag, a in page.tags if tag == "p" and "data-clock" in a]
    assert (turn["role"], turn["aria-live"], turn["data-stopped"], "data-from" in turn) == ("timer", "off", "75", False)


async def test_R58_a_closed_debate_says_so() -> None:
    story = sharing()
    story.do(c.CloseDebate(by=story.state.officers.chair))
    assert "Le débat est clos." in (await _page(Table(story))).text("floor")


async def test_R58_the_unattached_show_their_own_time_while_they_speak() -> None:
    story = sharing()
    lone = next(m.id for m in story.state.voting_members() if not group_of(m))
    story.do(c.RecordAttendance(by=lone, person=lone, presence=Presence.REMOTE, source=Source.CARD))
    story.do(c.GiveFloor(by=CLERK, person=lone))
    name = story.state.roll[lone].full_name
    assert f"{name} parle 0:00 / 1:00" in (await _page(Table(story))).text("floor")


@pytest.mark.parametrize(("seconds", "said"), [(180, "3 min"), (45, "45 s"), (90, "1 min 30 s")])
def test_a_length_is_said_in_minutes_and_seconds(seconds: int, said: str) -> None:
    assert says.length(words("fr"), seconds) == said


async def test_a_running_poll_shows_who_has_voted_and_never_how() -> None:
    page = await _page(Table(voting(debating(opened(convoked())), heard=14)))
    assert "Vote ouvert : 14 voix reçues sur 23." in page.text("poll")
    looks = {str(values["class"]) for tag, values in page.tags if tag == "g" and "seat" in str(values.get("class"))}
    assert looks == {"seat is-voted", "seat is-waiting", "seat is-outside"}
    told = page.text("plan-text") + page.text("members") + page.text("groups")
    assert not re.search(r"\bpour\b|\bcontre\b|abstention", told.lower())


async def test_a_proclaimed_result_is_said_drawn_and_tabled() -> None:
    story = whole()
    page = await _page(Table(story))
    sentence = (
        "14 pour, 5 contre, 2 abstentions, 1 ne prend pas part, 1 sans réponse : 19 suffrages exprimés, majorité 10"
    )
    assert f"{sentence}, adopté — CGCT, art. L. 4132-13" in page.text("poll")
    assert page.text("plan-text").startswith(sentence)
    assert "Territoires unis : 5 pour, 3 contre." in page.text("plan-text")
    seats = [str(v["class"]) for tag, v in page.tags if tag == "g" and "seat" in str(v.get("class"))]
    assert (len(seats), seats.count("seat is-for"), seats.count("seat is-against")) == (25, 14, 5)
    rows = [name for name in page.ids if re.fullmatch(r"v\d+", name)]
    assert len(rows) == 25
    assert page.text("a3").endswith("Adopté")


async def test_the_drawing_is_one_picture_with_its_text() -> None:
    page = await _page(Table(whole()))
    (picture,) = [values for tag, values in page.tags if tag == "svg" and values.get("role") == "img"]
    assert picture["aria-labelledby"] == "plan-head plan-text"
    assert page.text("plan-head") == "L’hémicycle : Scrutin n° 2 – Rapport 3, résultat"


async def test_nothing_is_inline_or_from_elsewhere() -> None:
    page = await _page(Table(whole()))
    assert not [tag for tag, values in page.tags if "style" in values or any(name.startswith("on") for name in values)]
    assert not [tag for tag, _ in page.tags if tag == "style"]
    assert all(values.get("src") for tag, values in page.tags if tag == "script")
    addresses = [value for _, values in page.tags for name, value in values.items() if name in ("src", "href")]
    assert all(str(address).startswith(("/", "#", "?")) for address in addresses)


async def test_names_and_titles_are_text_whatever_they_contain() -> None:
    page = await _page(Table(nasty()))
    assert {tag for tag, values in page.tags if tag in ("script", "img", "iframe")} == {"script"}
    assert all(str(values.get("src")).startswith("/static/") for tag, values in page.tags if tag == "script")
    assert "<script>alert(1)</script>" in page.text("item")
    shown = "".join(page.ids.values())
    assert not [sign for sign in "\u202e\u200b\u2066" if sign in shown]


async def test_without_scripts_the_page_asks_for_itself_again() -> None:
    async with serving(Table(whole())) as client:
        html = await (await client.get(BOARD)).text()
    assert '<noscript><meta http-equiv="refresh" content="10"></noscript>' in html


async def test_the_headers_forbid_what_the_page_does_not_need() -> None:
    async with serving(Table(whole())) as client:
        for path in (BOARD, f"{BOARD}.json", "/seances/unknown"):
            response = await client.get(path)
            shown_in_teams = path == BOARD
            assert response.headers["Content-Security-Policy"] == (IN_TEAMS if shown_in_teams else POLICY)
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "accepted", "language"),
    [
        (BOARD, "", "fr"),
        (BOARD, "de-DE,it;q=0.5", "fr"),
        (BOARD, "en-GB,en;q=0.9,fr;q=0.8", "en"),
        (BOARD, "fr;q=0.3,en;q=0.7", "en"),
        (BOARD, "en;q=0,fr;q=0.1", "fr"),
        (BOARD, "en;q=nonsense", "fr"),
        (f"{BOARD}?lang=en", "fr", "en"),
        (f"{BOARD}?lang=fr", "en", "fr"),
        (f"{BOARD}?lang=xx", "en", "en"),
    ],
)
async def test_language(path: str, accepted: str, language: str) -> None:
    async with serving(Table(opened(convoked()))) as client:
        response = await client.get(path, headers={"Accept-Language": accepted})
        html = await response.text()
    assert response.headers["Content-Language"] == language
    assert f'<html lang="{language}">' in html
    assert ("Séance ouverte" in html) is (language == "fr")


@pytest.mark.parametrize("path", [BOARD, f"{BOARD}.json", f"{BOARD}/events"])
async def test_who_may_not_look_learns_nothing(path: str) -> None:
    unknown = path.replace(SITTING, "0000000000000000")
    async with serving(Table(whole()), nobody) as closed, serving(Table(), everybody) as empty:
        refused, missing = await closed.get(path), await empty.get(unknown)
        assert refused.status == missing.status == 404
        assert await refused.text() == await missing.text()


@pytest.mark.parametrize("name", ["..%2fboard.py", "%2e%2e/board.py", "board.py", "", "board.css/x"])
async def test_only_named_files_are_served(name: str) -> None:
    async with serving(Table()) as client:
        assert (await client.get(f"/static/board/{name}")).status == 404


async def test_files_are_cached_under_their_digest_alone() -> None:
    async with serving(Table(whole())) as client:
        html = await (await client.get(BOARD)).text()
        found = re.search(r'href="(/static/board/board\.css\?v=[0-9a-f]{16})"', html)
        assert found is not None
        versioned = await client.get(found[1])
        assert versioned.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert versioned.headers["Content-Type"] == "text/css; charset=utf-8"
        assert (await client.get("/static/board/board.css?v=old")).headers["Cache-Control"] == "no-cache"


async def test_the_same_as_json() -> None:
    async with serving(Table(whole())) as client:
        board = await (await client.get(f"{BOARD}.json")).json()
    assert board["phase"] == "open"
    assert board["quorum"]["counted"] == 23
    assert board["quorum"]["is_reached"] is True
    assert board["poll"]["tally"]["votes_cast"] == 19
    assert board["poll"]["decision"]["outcome"] == "adopted"
    assert board["scheduled_for"] == "2026-11-20T09:00:00.000Z"
    assert {seat["mark"] for seat in board["seats"]} >= {"for", "against", "no_answer"}
    assert set(board["seats"][0]["person"]) == {"id", "civility", "first_name", "last_name", "group", "office"}


async def test_json_hides_the_votes_too() -> None:
    async with serving(Table(voting(debating(opened(convoked()))))) as client:
        board = await (await client.get(f"{BOARD}.json")).json()
    assert {seat["mark"] for seat in board["seats"]} == {"voted", "waiting", "outside"}
    assert board["poll"]["tally"] is board["poll"]["decision"] is None


async def test_a_tender_committee_is_drawn_too() -> None:
    story = tender_committee()
    page = await _page(Table(story), f"/seances/{story.state.facts.sitting}")
    assert page.text("phase") in ("Séance ouverte", "Séance levée")
