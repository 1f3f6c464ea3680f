"""Replies to messages: where they go, and who can read them."""

from collections.abc import Mapping
from typing import Any

import aiohttp
import pytest

from bot.local.chats import Person
from bot.local.connector import Fault
from bot.teams.activity import turn_of
from bot.teams.answers import message_activity
from bot.teams.responder import Responder
from bot.turn import CardReply, ErrorReply, Message, Reply, TextReply, Turn
from tests.kit import teams
from tests.teams.conftest import Servers
from tests.teams.worlds import Local, connect

CARD: Mapping[str, object] = {"type": "AdaptiveCard", "version": "1.5", "body": []}


@pytest.fixture
async def local(servers: Servers) -> Local:
    made = Local()
    made.service_url = await servers.start(made.app) + "/teams"
    return made


def turn(local: Local, sender: Person, *, personal: bool = False) -> Turn:
    chat = local.chats.personal(sender) if personal else local.meeting
    wire: dict[str, Any] = teams.said("présent", sender={"id": sender.user_id, "name": sender.name})
    wire |= {"serviceUrl": local.service_url}
    wire["conversation"] = {
        "id": chat.id,
        "conversationType": chat.kind,
        "isGroup": not personal,
        "tenantId": teams.TENANT,
    }
    return turn_of(wire)


def seen(local: Local, viewer: Person) -> list[str]:
    return [f"{message.text}{message.summary}" for message in local.chats.transcript(local.meeting, viewer)]


@pytest.mark.parametrize("reply", [TextReply("noté"), CardReply(CARD, summary="noté")])
async def test_a_reply_is_for_the_whole_chat(local: Local, session: aiohttp.ClientSession, reply: Reply) -> None:
    first, second, _ = local.people
    await Responder(connect(local, session)).respond(turn(local, first), reply)
    assert seen(local, first) == seen(local, second) == ["noté"]


@pytest.mark.parametrize(
    "reply",
    [TextReply("noté", private=True), CardReply(CARD, summary="noté", private=True), ErrorReply("x", "noté")],
)
async def test_a_private_reply_is_seen_by_one(local: Local, session: aiohttp.ClientSession, reply: Reply) -> None:
    first, second, _ = local.people
    await Responder(connect(local, session)).respond(turn(local, first), reply)
    assert (seen(local, first), seen(local, second)) == (["noté"], [])


async def test_where_teams_refuses_that_it_goes_to_the_personal_chat(
    local: Local, session: aiohttp.ClientSession
) -> None:
    first, *_ = local.people
    local.server.fail_next(Fault(status=400))
    await Responder(connect(local, session)).respond(turn(local, first), TextReply("noté", private=True))
    assert seen(local, first) == []
    (message,) = local.chats.transcript(local.chats.personal(first), first)
    assert message.text == "noté"


async def test_in_a_personal_chat_everything_is_private(local: Local, session: aiohttp.ClientSession) -> None:
    first, *_ = local.people
    ours = Responder(connect(local, session))
    await ours.respond(turn(local, first, personal=True), TextReply("noté", private=True))
    await ours.respond(turn(local, first, personal=True), None)
    (message,) = local.chats.transcript(local.chats.personal(first), first)
    assert (message.text, message.is_only_theirs) == ("noté", False)


async def test_a_private_reply_goes_to_the_own_chat_when_it_is_known(
    local: Local, session: aiohttp.ClientSession
) -> None:
    first, *_ = local.people
    own = turn(local, first, personal=True).conversation
    local.chats.personal(first)
    ours = Responder(connect(local, session), lambda turn: own)
    await ours.respond(turn(local, first), TextReply("noté", private=True))
    assert [m.text for m in local.chats.transcript(local.chats.personal(first), first)] == ["noté"]
    assert local.chats.transcript(local.meeting, first) == []


@pytest.mark.parametrize("status", [403, 500])
async def test_a_reply_that_cannot_be_delivered_is_logged(
    local: Local, session: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    local.server.fail_next(Fault(status=status))
    await Responder(connect(local, session)).respond(turn(local, local.people[0]), TextReply("noté"))
    assert "not delivered" in caplog.text


def test_a_message_as_activity() -> None:
    whole = message_activity(Message(card=CARD, text="**x**", summary="s", alert=True), "28:b", "19:c")
    assert whole == {
        "type": "message",
        "from": {"id": "28:b"},
        "conversation": {"id": "19:c"},
        "text": "**x**",
        "textFormat": "plain",
        "summary": "s",
        "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "content": CARD}],
        "channelData": {"notification": {"alert": True}},
    }
