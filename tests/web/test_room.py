"""The local room over HTTP: whom it lets in, what it passes on, how it survives nonsense."""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.web.room import LARGEST, LONGEST, RoomPages
from bot.web.room_ports import Chair, RoomSitting
from tests.web.serving import Client, frames
from tests.web.stories import SITTING, sample_roll
from voting.domain.ids import PersonId, SittingId

WHO = {"seance": SITTING, "personne": "m003"}
QUERY = f"seance={SITTING}&personne=m003"
JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message as the local Teams shows it."""

    id: str
    chat_id: str
    revision: int
    author_id: str | None = None
    author_name: str = "Hémicycle"
    text: str = ""
    card: Mapping[str, object] | None = None
    at: float = 0.0
    is_edited: bool = False
    is_deleted: bool = False
    is_only_theirs: bool = False
    wants_refresh: bool = False


@dataclass
class FakeChair:
    """Somebody's place, with a record of what was done from it."""

    done: list[tuple[object, ...]] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    coming: asyncio.Queue[Said] = field(default_factory=asyncio.Queue)
    user_id: str = "29:me"
    meeting: str = "19:meeting"
    own: str = "a:own"

    def messages(self) -> Sequence[Said]:
        return self.said

    async def changes(self, after: int) -> AsyncIterator[Said]:
        self.done.append(("after", after))
        while True:
            yield await self.coming.get()

    async def say(self, chat: str, text: str) -> None:
        self.done.append(("say", chat, text))

    async def press(self, chat: str, message: str, verb: str, data: Mapping[str, object]) -> Mapping[str, object]:
        self.done.append(("press", chat, message, verb, data))
        return {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": "Bien reçu."}

    async def refresh(self, chat: str, message: str) -> Mapping[str, object]:
        self.done.append(("refresh", chat, message))
        return {}


class FakeRoom:
    """One sitting, one chair."""

    def __init__(self, chair: FakeChair) -> None:
        self._chair = chair

    async def sittings(self) -> Sequence[RoomSitting]:
        return [RoomSitting(sitting=SITTING, title="Commission <b>permanente</b>", members=sample_roll())]

    def chair(self, sitting: SittingId, person: PersonId) -> Chair | None:
        return self._chair if (sitting, person) == (SITTING, "m003") else None


@asynccontextmanager
async def _room(chair: FakeChair | None = None) -> AsyncGenerator[Client, None]:
    pages = RoomPages(FakeRoom(chair or FakeChair()), suggestions=("aide", "présent"))
    app = web.Application()
    app.add_routes(pages.routes())
    app.on_shutdown.append(pages.close)
    async with TestClient(TestServer(app)) as client:
        yield client


async def test_one_chooses_among_everybody_chair_and_clerks_first() -> None:
    async with _room() as client:
        html = await (await client.get("/salle")).text()
    assert html.count("data-person") == len(sample_roll())
    assert "Commission &lt;b&gt;permanente&lt;/b&gt;" in html
    order = [html.index(f">{title}<") for title in ("Présidence et service des assemblées", "Territoires unis")]
    assert order == sorted(order)
    assert f"/salle?seance={SITTING}&amp;personne=m001&amp;lang=fr" in html


async def test_the_room_of_a_person_has_two_chats_and_a_way_to_the_board() -> None:
    async with _room() as client:
        response = await client.get(f"/salle?{QUERY}")
        html = await response.text()
    assert "Vous êtes" in html
    assert "Fatoumata Diarrasso" in html
    assert f'href="/seances/{SITTING}?lang=fr"' in html
    assert '<option value="présent">' in html
    assert "style-src 'self';" in response.headers["Content-Security-Policy"]
    assert "unsafe" not in response.headers["Content-Security-Policy"]


async def test_english_too() -> None:
    async with _room() as client:
        assert "You are" in await (await client.get(f"/salle?{QUERY}&lang=en")).text()


@pytest.mark.parametrize("query", ["seance=x&personne=m003", f"seance={SITTING}&personne=nobody", "personne=m003"])
async def test_nobody_of_that_name(query: str) -> None:
    async with _room() as client:
        assert (await client.get(f"/salle?{query}")).status == 404
        assert (await client.get(f"/salle/api/events?{query}")).status == 404


async def test_what_is_typed_goes_to_the_right_chat_without_hidden_signs() -> None:
    chair = FakeChair()
    async with _room(chair) as client:
        for chat in ("meeting", "own"):
            response = await client.post("/salle/api/say", json={**WHO, "chat": chat, "text": " présent\u202e "})
            assert response.status == 200
    assert chair.done == [("say", "19:meeting", "présent"), ("say", "a:own", "présent")]


async def test_a_press_gives_back_the_invoke_response() -> None:
    chair = FakeChair()
    body = {**WHO, "chat": "meeting", "message": "17", "verb": "for", "data": {"poll": "p1"}}
    async with _room(chair) as client:
        response = await client.post("/salle/api/press", json=body)
        assert (await response.json())["value"] == "Bien reçu."
        await client.post("/salle/api/refresh", json={**WHO, "chat": "own", "message": "18"})
    assert chair.done == [("press", "19:meeting", "17", "for", {"poll": "p1"}), ("refresh", "a:own", "18")]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 403),
        ({"Host": "127.0.0.1.evil.example:80"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Content-Type": "text/plain"}, 403),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
    ],
)
async def test_other_sites_cannot_press_for_one(headers: dict[str, str], status: int) -> None:
    chair = FakeChair()
    content = json.dumps({**WHO, "chat": "own", "text": "pour"})
    async with _room(chair) as client:
        response = await client.post("/salle/api/say", data=content, headers=JSON | headers)
        assert response.status == status
    assert bool(chair.done) is (status == 200)


async def test_other_sites_cannot_listen() -> None:
    async with _room() as client:
        for path in ("/salle", f"/salle?{QUERY}", f"/salle/api/events?{QUERY}"):
            assert (await client.get(path, headers={"Host": "evil.example"})).status == 404


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        json.dumps({**WHO, "chat": "other", "text": "x"}),
        json.dumps({**WHO, "chat": "own", "text": " \u200b "}),
        json.dumps({**WHO, "chat": "own", "text": "x" * (LONGEST + 1)}),
        json.dumps({**WHO, "chat": "own", "text": 3}),
        json.dumps({**WHO, "chat": "own"}),
        json.dumps({**WHO, "seance": ["x"], "chat": "own", "text": "x"}),
        json.dumps({**WHO, "chat": "own", "text": "x" * LARGEST}),
    ],
)
async def test_nonsense_is_refused(content: str) -> None:
    chair = FakeChair()
    async with _room(chair) as client:
        response = await client.post("/salle/api/say", data=content, headers=JSON)
        assert 400 <= response.status < 500
    assert chair.done == []


async def test_the_stream_gives_everything_then_what_changes() -> None:
    chair = FakeChair(said=[Said(id="1", chat_id="19:meeting", revision=4, text="Bonjour"), _own("2", 7)])
    async with _room(chair) as client:
        response = await client.get(f"/salle/api/events?{QUERY}")
        stream = frames(response)
        name, data = await anext(stream)
        assert name == "all"
        first, second = json.loads(data)
        assert (first["chat"], first["from"], first["text"]) == ("meeting", "bot", "Bonjour")
        assert (second["chat"], second["from"]) == ("own", "me")
        card = {"type": "AdaptiveCard", "body": []}
        await chair.coming.put(Said(id="1", chat_id="19:meeting", revision=8, card=card, wants_refresh=True))
        name, data = await anext(stream)
        assert (name, json.loads(data)["card"], json.loads(data)["refresh"]) == ("message", card, True)
    assert chair.done == [("after", 7)]


def _own(identifier: str, revision: int) -> Said:
    return Said(id=identifier, chat_id="a:own", revision=revision, author_id="29:me", author_name="Moi", text="aide")
