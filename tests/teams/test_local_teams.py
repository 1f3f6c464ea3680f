"""The local Teams end to end: people press and type, the bot answers on the wire, everybody sees what they should."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.local.chats import Chats, Person, Shown, Unknown, new_user_id
from bot.local.client import BotRefused, LocalClient
from bot.local.connector import LocalConnector
from bot.local.identity import LOCAL_ISSUER, METADATA_PATH, LocalIssuer
from bot.teams.activity import turn_of
from bot.teams.auth import LocalDoor, TokenVerifier
from bot.teams.connector import Connector
from bot.teams.endpoint import Apologies, Endpoint
from bot.teams.hosts import ServiceUrls
from bot.teams.keys import StaticKeys
from bot.teams.responder import Responder
from bot.teams.token import NoToken
from bot.teams.transport import Transport
from bot.turn import CardReply, ErrorReply, Message, Reply, TextReply, Turn, TurnKind
from tests.kit import teams
from tests.teams.conftest import Servers


def card(text: str, *, user_ids: list[str] | None = None) -> dict[str, Any]:
    made: dict[str, Any] = {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "TextBlock", "text": text}]}
    if user_ids is not None:
        action = {"type": "Action.Execute", "verb": "mine", "data": {"poll": "p4"}}
        made["refresh"] = {"action": action, "userIds": user_ids}
    return made


def person(name: str, **changes: Any) -> Person:
    account = f"{len(name):08d}-0000-4000-8000-000000000000"
    return Person(
        **{"user_id": new_user_id(name), "account": account, "name": name, "tenant_id": teams.TENANT} | changes
    )


class World:
    """One server with the bot and the local Teams on it, and a client."""

    client: LocalClient

    def __init__(self, issuer: LocalIssuer, session: aiohttp.ClientSession) -> None:
        self.chats = Chats(bot_id=teams.BOT_ID, bot_name=teams.BOT_NAME, tenant_id=teams.TENANT)
        self.martin, self.durand, self.petit = person("Martin"), person("Durand!"), person("Petit")
        self.meeting = self.chats.open_meeting("CPR", [self.martin, self.durand], organizer=self.martin)
        self.turns: list[Turn] = []
        self.server = LocalConnector(self.chats)
        self.connector = Connector(Transport(session, NoToken()), ServiceUrls.local())
        door = LocalDoor(TokenVerifier(StaticKeys.from_jwks(issuer.jwks()), issuer=LOCAL_ISSUER, audience=teams.APP_ID))
        self.endpoint = Endpoint(
            door,
            self.on_turn,
            respond=Responder(self.connector).respond,
            apologies=Apologies(late=self.sorry, failed=self.sorry, unreadable=self.sorry),
        )
        self.app = web.Application()
        self.app.router.add_post("/api/messages", self.endpoint.handle)
        self.app.add_routes(self.server.routes("/teams"))
        self.app.on_cleanup.append(self.endpoint.close)

    def sorry(self, turn: Turn) -> ErrorReply:
        return ErrorReply("sorry", "sorry")

    async def on_turn(self, turn: Turn) -> Reply:
        self.turns.append(turn)
        if turn.kind in (TurnKind.PRESS, TurnKind.REFRESH):
            return CardReply(card(f"{turn.kind} {turn.sender.name} {turn.data.get('choice')}"))
        return TextReply(f"{turn.text or turn.data.get('choice')} noté") if turn.text or turn.data else None

    async def answered(self, count: int) -> None:
        while sum(message.author_id is None for message in self.chats.transcript(self.meeting, None)) < count:
            await asyncio.sleep(0.001)


@pytest.fixture(scope="module")
def issuer() -> LocalIssuer:
    return LocalIssuer(app_id=teams.APP_ID)


@pytest.fixture
async def world(servers: Servers, session: aiohttp.ClientSession, issuer: LocalIssuer) -> World:
    made = World(issuer, session)
    base = await servers.start(made.app)
    made.client = LocalClient(session, f"{base}/api/messages", made.chats, service_url=f"{base}/teams", issuer=issuer)
    return made


def texts(shown: list[Shown]) -> list[str]:
    return [message.text or _title(message.card) for message in shown]


def _title(shown: Any) -> str:
    return str(shown["body"][0]["text"])


async def post(world: World, message: Message) -> str:
    """A card of the bot in the meeting, in the way the outbox posts it."""
    wire = world.client.writer.message(world.martin, world.meeting, "x", "1")
    return await world.connector.send(turn_of(wire).conversation, message)


async def test_typing_in_the_meeting_and_being_answered(world: World) -> None:
    await world.client.say(world.martin, world.meeting, "présent")
    await world.answered(1)
    assert texts(world.chats.transcript(world.meeting, world.durand)) == ["présent", "présent noté"]
    (turn,) = world.turns
    assert turn.sender.identity == (teams.TENANT, world.martin.account)
    assert turn.meeting_id == world.meeting.meeting_id
    assert (turn.locale, turn.client) == ("fr-FR", "Web")


async def test_typing_in_the_personal_chat(world: World) -> None:
    chat = world.chats.personal(world.martin)
    await world.client.say(world.martin, chat, "mes votes")
    while len(world.chats.transcript(chat, world.martin)) < 2:
        await asyncio.sleep(0.001)
    assert world.turns[0].text == "mes votes"
    assert world.chats.transcript(chat, world.durand) == []


async def test_a_press_changes_the_card_for_one_person(world: World) -> None:
    identifier = await post(world, Message(card=card("Scrutin")))
    body = await world.client.press(world.martin, world.meeting, identifier, verb="vote", data={"choice": "for"})
    assert body["statusCode"] == 200
    (mine,) = world.chats.transcript(world.meeting, world.martin)
    (theirs,) = world.chats.transcript(world.meeting, world.durand)
    assert texts([mine, theirs]) == ["press Martin for", "Scrutin"]
    assert (mine.is_own_view, theirs.is_own_view) == (True, False)
    await world.connector.edit(world.turns[0].conversation, identifier, Message(card=card("Clos")))
    assert texts(world.chats.transcript(world.meeting, world.martin)) == ["Clos"], "an edit wipes the receipts"


async def test_a_client_refreshes_for_those_who_are_listed(world: World) -> None:
    identifier = await post(world, Message(card=card("Scrutin", user_ids=[world.martin.user_id])))
    (mine,) = world.chats.transcript(world.meeting, world.martin)
    (theirs,) = world.chats.transcript(world.meeting, world.durand)
    assert (mine.wants_refresh, theirs.wants_refresh) == (True, False)
    await world.client.refresh(world.martin, world.meeting, identifier)
    (mine,) = world.chats.transcript(world.meeting, world.martin)
    assert (texts([mine]), mine.wants_refresh) == (["refresh Martin None"], False)
    assert world.turns[0].kind is TurnKind.REFRESH
    assert world.turns[0].data == {"poll": "p4"}


async def test_refresh_without_names_means_everybody_in_a_small_chat(world: World) -> None:
    made = card("Scrutin", user_ids=[])
    del made["refresh"]["userIds"]
    await post(world, Message(card=made))
    plain = await post(world, Message(card=card("rien")))
    first, second = world.chats.transcript(world.meeting, world.durand)
    assert (first.wants_refresh, second.wants_refresh) == (True, False)
    assert await world.client.refresh(world.durand, world.meeting, plain) == {}


async def test_the_old_client_submits_a_message(world: World) -> None:
    identifier = await post(world, Message(card=card("Scrutin")))
    await world.client.submit(world.martin, world.meeting, identifier, {"choice": "against"})
    await world.answered(2)
    assert texts(world.chats.transcript(world.meeting, world.martin)) == ["Scrutin", "against noté"]


async def test_the_life_of_a_chat(world: World) -> None:
    client, chat = world.client, world.meeting
    await client.install(world.martin, chat)
    await client.add_members(world.martin, chat, [world.petit])
    await client.meeting(world.martin, chat, "Start")
    await client.connect(chat, [world.martin, world.petit])
    assert chat.in_meeting == {world.martin.user_id, world.petit.user_id}
    await client.disconnect(chat, [world.petit])
    await client.meeting(world.martin, chat, "End")
    await client.remove_members(world.martin, chat, [world.petit])
    await client.install(world.martin, chat, "remove")
    await world.endpoint.close()
    assert [turn.kind for turn in world.turns] == [
        TurnKind.INSTALLED,
        TurnKind.MEMBERS_CHANGED,
        TurnKind.MEETING_STARTED,
        TurnKind.PARTICIPANTS_JOINED,
        TurnKind.PARTICIPANTS_LEFT,
        TurnKind.MEETING_ENDED,
        TurnKind.MEMBERS_CHANGED,
        TurnKind.UNINSTALLED,
    ]
    assert [member.name for member in world.turns[1].joined] == ["Petit"]
    assert [member.name for member in world.turns[6].left] == ["Petit"]
    assert (chat.in_meeting, list(chat.members)) == (set(), [world.martin.user_id, world.durand.user_id])
    assert world.chats.chats_of(world.petit) == []


async def test_a_client_whose_token_is_wrong_is_refused(world: World, session: aiohttp.ClientSession) -> None:
    stranger = LocalClient(
        session,
        world.client._endpoint,
        world.chats,
        service_url=world.client.writer.service_url,
        issuer=LocalIssuer(app_id=teams.APP_ID),
    )
    with pytest.raises(BotRefused) as refused:
        await stranger.say(world.martin, world.meeting, "présent")
    assert refused.value.status == 401
    anonymous = LocalClient(
        session, world.client._endpoint, world.chats, service_url=world.client.writer.service_url, issuer=None
    )
    await anonymous.say(world.martin, world.meeting, "présent")


async def test_a_foreign_page_cannot_reach_the_local_teams(world: World, session: aiohttp.ClientSession) -> None:
    url = f"{world.client.writer.service_url}/v3/conversations/{world.meeting.id}/members"
    for headers, status in (({}, 200), ({"Origin": "https://evil.example"}, 403), ({"Host": "evil.example"}, 403)):
        async with session.get(url, headers=headers) as response:
            assert response.status == status


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("POST", "/v3/conversations", b"{", 400, "BadSyntax"),
        ("POST", "/v3/conversations", b"[]", 400, "BadSyntax"),
        ("POST", "/v3/conversations", b'{"isGroup": true}', 400, "BadSyntax"),
        ("POST", "/v3/conversations/19:x/activities", b'{"type": "message"}', 404, "ConversationNotFound"),
        ("POST", "/v3/conversations/19:x/activities", b'{"type": "typing"}', 202, None),
        ("POST", "/v3/conversations/19:x/activities?isTargetedActivity=true", b"{}", 400, "BadArgument"),
        ("GET", "/v3/conversations/19:x/pagedmembers", None, 404, "ConversationNotFound"),
        ("GET", "/v1/meetings/none", None, 404, "MeetingNotFound"),
    ],
)
async def test_errors_are_those_of_teams(
    world: World,
    session: aiohttp.ClientSession,
    method: str,
    path: str,
    body: bytes | None,
    status: int,
    code: str | None,
) -> None:
    headers = {"Content-Type": "application/json"} if body is not None else {}
    async with session.request(method, world.client.writer.service_url + path, data=body, headers=headers) as response:
        answer = await response.json()
        assert (response.status, answer.get("error", {}).get("code")) == (status, code)


async def test_a_page_size_that_is_no_number_and_a_body_that_is_no_json(
    world: World, session: aiohttp.ClientSession
) -> None:
    conversation = f"{world.client.writer.service_url}/v3/conversations/{world.meeting.id}"
    async with session.get(f"{conversation}/pagedmembers?pageSize=x") as response:
        assert response.status == 400
    async with session.post(f"{conversation}/activities", data=b"type=message") as response:
        assert response.status == 415


async def test_an_anonymous_guest_has_no_personal_chat_with_the_bot(
    world: World, session: aiohttp.ClientSession
) -> None:
    guest = person("Invité", account=None, role="anonymous")
    world.chats.add(guest)
    body = {"isGroup": False, "members": [{"id": guest.user_id}]}
    async with session.post(f"{world.client.writer.service_url}/v3/conversations", json=body) as response:
        assert (response.status, (await response.json())["error"]["code"]) == (400, "BadArgument")


# News of changes


async def collect(news: AsyncIterator[Shown], count: int) -> list[str]:
    return texts([await anext(news) for _ in range(count)])


async def test_whoever_follows_a_chat_hears_of_every_change_they_may_see(world: World) -> None:
    mine, theirs = world.chats.changes(world.martin), world.chats.changes(world.durand)
    followed = asyncio.gather(collect(mine, 3), collect(theirs, 2))
    await asyncio.sleep(0)
    world.chats.say(world.meeting, world.durand, "bonjour")
    await asyncio.sleep(0)
    identifier = world.chats.post(world.meeting.id, {"text": "pour vous", "recipient": {"id": world.martin.user_id}})
    await asyncio.sleep(0)
    world.chats.edit(world.meeting.id, identifier, {"text": "pour vous, changé"})
    world.chats.say(world.meeting, world.martin, "merci")
    heard, overheard = await followed
    assert heard == ["bonjour", "pour vous", "pour vous, changé"]
    assert overheard == ["bonjour", "merci"]
    assert await collect(mine, 1) == ["merci"]


async def test_a_slow_follower_gets_the_newest_state_and_a_late_one_the_rest(world: World) -> None:
    first = world.chats.say(world.meeting, world.martin, "un")
    start = world.chats.revision
    identifier = world.chats.post(world.meeting.id, {"text": "a"})
    for version in range(5000):
        world.chats.edit(world.meeting.id, identifier, {"text": str(version)})
    assert await collect(world.chats.changes(world.martin, after=start), 1) == ["4999"]
    assert await collect(world.chats.changes(None, after=0), 2) == ["un", "4999"]
    assert int(identifier) > int(first)


async def test_what_is_unknown_says_so(world: World) -> None:
    chats = world.chats
    typed = chats.say(world.meeting, world.martin, "x")
    gone = chats.post(world.meeting.id, {"text": "y"})
    chats.delete(world.meeting.id, gone)
    for call in (
        lambda: chats.person("29:none"),
        lambda: chats.chat("19:none"),
        lambda: chats.meeting("none"),
        lambda: chats.edit(world.meeting.id, typed, {}),
        lambda: chats.edit(world.meeting.id, gone, {}),
    ):
        with pytest.raises(Unknown):
            call()
    assert chats.person(str(world.martin.account).upper()) is world.martin


# The issuer


async def test_the_metadata_leads_to_the_keys(
    servers: Servers, session: aiohttp.ClientSession, issuer: LocalIssuer
) -> None:
    app = web.Application()
    app.add_routes(issuer.routes("/identity"))
    base = await servers.start(app)
    async with session.get(f"{base}/identity{METADATA_PATH}") as response:
        metadata = await response.json()
    assert metadata["issuer"] == LOCAL_ISSUER
    async with session.get(metadata["jwks_uri"]) as response:
        assert await response.json() == issuer.jwks()


def test_a_token_is_reused_until_it_grows_old() -> None:
    now = 1_000_000.0
    issuer = LocalIssuer(app_id=teams.APP_ID, clock=lambda: now)
    first = issuer.token_for("http://127.0.0.1/")
    assert issuer.token_for("http://127.0.0.1/") == first != issuer.token_for("http://127.0.0.1/x")
    now += 3600 - 599
    assert issuer.token_for("http://127.0.0.1/") != first
