"""Our calls to Teams, against the local Teams: what is sent, what comes back."""

from collections.abc import Callable
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.local.chats import Person
from bot.local.connector import Fault
from bot.teams.connector import Connector
from bot.teams.errors import Rejected
from bot.teams.hosts import HostRefused
from bot.turn import Conversation, ConversationKind, Message
from tests.kit import teams
from tests.teams.conftest import Servers
from tests.teams.worlds import CARD, Local, connect


@pytest.fixture
async def local(servers: Servers) -> Local:
    made = Local()
    made.service_url = await servers.start(made.app) + "/teams"
    return made


@pytest.fixture
def connector(local: Local, session: aiohttp.ClientSession) -> Connector:
    return connect(local, session)


async def test_send_edit_delete(local: Local, connector: Connector) -> None:
    identifier = await connector.send(local.conversation, Message(card=CARD, summary="Scrutin"))
    assert identifier.isdecimal()
    (shown,) = local.chats.transcript(local.meeting, local.people[0])
    assert (shown.id, shown.card, shown.summary, shown.author_name) == (identifier, CARD, "Scrutin", teams.BOT_NAME)
    await connector.edit(local.conversation, identifier, Message(text="Adopté"))
    (shown,) = local.chats.transcript(local.meeting, local.people[0])
    assert (shown.text, shown.card, shown.is_edited) == ("Adopté", None, True)
    await connector.delete(local.conversation, identifier)
    (shown,) = local.chats.transcript(local.meeting, local.people[0])
    assert shown.is_deleted


async def test_what_is_sent_is_made_when_it_leaves(local: Local, connector: Connector) -> None:
    local.server.fail_next(Fault(status=429, retry_after="2"))
    versions = iter(["old", "new"])
    await connector.send(local.conversation, lambda: Message(text=next(versions)))
    assert local.shown() == [("new", None)]
    assert local.slept == [2]


async def test_whoever_makes_the_content_may_call_it_off(local: Local, connector: Connector) -> None:
    def nothing_left() -> Message:
        raise LookupError("superseded")

    with pytest.raises(LookupError, match="superseded"):
        await connector.send(local.conversation, nothing_left)
    assert local.shown() == []


async def test_a_targeted_message_is_seen_by_one(local: Local, connector: Connector) -> None:
    target = local.people[1]
    await connector.send_targeted(local.conversation, target.user_id, Message(text="pour vous"))
    seen = [local.chats.transcript(local.meeting, viewer) for viewer in local.people]
    assert [len(messages) for messages in seen] == [0, 1, 0]
    assert seen[1][0].is_only_theirs
    with pytest.raises(Rejected):
        await connector.send_targeted(local.conversation, "29:stranger", Message(text="x"))


async def test_a_personal_chat_is_created_once(local: Local, connector: Connector) -> None:
    async def create(member: str) -> Conversation:
        return await connector.create_conversation(
            service_url=local.service_url, tenant_id=teams.TENANT, bot_id=teams.BOT_ID, member=member
        )

    local.server.fail_next(Fault(status=502, is_done=True))
    by_account = await create(str(local.people[0].account))
    by_mri = await create(local.people[0].user_id)
    assert by_account == by_mri
    assert by_account.kind is ConversationKind.PERSONAL
    await connector.send(by_account, Message(text="bonjour"))
    with pytest.raises(Rejected) as refused:
        await create("29:unknown")
    assert refused.value.is_gone


async def test_members_come_page_by_page(servers: Servers, session: aiohttp.ClientSession) -> None:
    local = Local(people=1203)
    local.service_url = await servers.start(local.app) + "/teams"
    connector = connect(local, session)
    members = [member async for member in connector.members(local.conversation)]
    assert [member.account for member in members] == [someone.account for someone in local.people]
    assert members[0].email == "elu0@region.example"
    assert len(local.server.calls) == 3
    one = await connector.member(local.conversation, local.people[7].user_id)
    assert (one.name, one.role, one.tenant_id) == ("Élu 7", "user", teams.TENANT)


async def test_a_roster_that_repeats_its_token_ends(servers: Servers, session: aiohttp.ClientSession) -> None:
    async def page(_request: web.Request) -> web.Response:
        return web.json_response({"members": [{"id": "29:x"}, "odd"], "continuationToken": "again"})

    app = web.Application()
    app.router.add_get("/v3/conversations/{c}/pagedmembers", page)
    local = Local()
    local.service_url = await servers.start(app)
    members = [member async for member in connect(local, session).members(local.conversation)]
    assert [(member.user_id, member.account) for member in members] == [("29:x", None)] * 2


async def test_meetings(local: Local, connector: Connector) -> None:
    meeting_id = str(local.meeting.meeting_id)
    meeting = await connector.meeting(local.service_url, meeting_id)
    assert (meeting.id, meeting.title, meeting.organizer) == (meeting_id, "CPR", local.people[0].account)
    assert meeting.conversation_id == local.meeting.id
    local.meeting.in_meeting.add(local.people[0].user_id)

    async def part(someone: Person, tenant: str = teams.TENANT) -> tuple[str, bool]:
        found = await connector.participant(local.service_url, meeting_id, str(someone.account), tenant)
        return found.role, found.is_in_meeting

    assert await part(local.people[0]) == ("organizer", True), "in spite of the space after `role`"
    assert await part(local.people[1]) == ("attendee", False)
    with pytest.raises(Rejected):
        await part(local.people[0], teams.OTHER_TENANT)


async def test_meeting_notifications(local: Local, connector: Connector) -> None:
    async def notify(*recipients: str) -> tuple[str, ...]:
        return await connector.notify_meeting(
            local.service_url,
            str(local.meeting.meeting_id),
            recipients=recipients,
            url="https://hemicycle.example/seances/x",
            title="À vous",
        )

    assert await notify(local.people[0].user_id) == ()
    assert await notify(local.people[0].user_id, "29:gone") == ("29:gone",)
    for wrong in ([], ["29:x"] * 11):
        with pytest.raises(ValueError, match="recipients"):
            await notify(*wrong)


@pytest.mark.parametrize("url", ["https://evil.example/", "https://smba.trafficmanager.net/fr/"])
async def test_nothing_leaves_for_a_host_off_the_list(local: Local, connector: Connector, url: str) -> None:
    local.service_url = url
    calls: list[Callable[[], Any]] = [
        lambda: connector.send(local.conversation, Message(text="x")),
        lambda: connector.edit(local.conversation, "1", Message(text="x")),
        lambda: connector.delete(local.conversation, "1"),
        lambda: connector.send_targeted(local.conversation, "29:x", Message(text="x")),
        lambda: connector.member(local.conversation, "29:x"),
        lambda: connector.meeting(url, "m"),
        lambda: connector.create_conversation(service_url=url, tenant_id="t", bot_id="b", member="29:x"),
        lambda: anext(connector.members(local.conversation)),
    ]
    for call in calls:
        with pytest.raises(HostRefused):
            await call()
