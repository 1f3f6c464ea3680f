"""Our calls to Teams, against the local Teams: what is sent, what comes back, what each failure becomes."""

import asyncio
import email.utils
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.local.chats import Chat, Chats, Person
from bot.local.connector import Behaviour, Fault, LocalConnector
from bot.teams.connector import Connector
from bot.teams.errors import Rejected, Unavailable, Uncertain
from bot.teams.hosts import HostRefused, ServiceUrls
from bot.teams.pace import Limit, Pace
from bot.teams.token import NoToken, TokenRefused
from bot.teams.transport import Retry, Transport
from bot.turn import Conversation, ConversationKind, Message, Priority
from tests.kit import teams
from tests.teams.conftest import Servers

CARD = {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "TextBlock", "text": "Scrutin n° 4"}]}
FREE = (Limit(10_000, 1),)


def person(number: int) -> Person:
    return Person(
        user_id=f"29:1p{number}",
        account=f"00000000-0000-4000-8000-{number:012d}",
        name=f"Élu {number}",
        tenant_id=teams.TENANT,
        email=f"elu{number}@region.example",
    )


class Local:
    """A connector, and the local Teams at the other end."""

    def __init__(self, people: int = 3) -> None:
        self.chats = Chats(bot_id=teams.BOT_ID, bot_name=teams.BOT_NAME, tenant_id=teams.TENANT)
        self.people = [person(number) for number in range(people)]
        self.meeting: Chat = self.chats.open_meeting("CPR", self.people, organizer=self.people[0])
        self.server = LocalConnector(self.chats, behaviour=Behaviour(is_throttled=False))
        self.app = web.Application()
        self.app.add_routes(self.server.routes("/teams"))
        self.service_url = ""
        self.slept: list[float] = []
        self.now = 0.0

    @property
    def conversation(self) -> Conversation:
        return self.in_chat(self.meeting)

    def in_chat(self, chat: Chat) -> Conversation:
        return Conversation(
            id=chat.id,
            kind=ConversationKind.GROUP,
            tenant_id=teams.TENANT,
            service_url=self.service_url,
            bot_id=teams.BOT_ID,
        )

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def shown(self) -> list[tuple[str, Any]]:
        return [(message.text, message.card) for message in self.chats.transcript(self.meeting, None)]


@pytest.fixture
async def local(servers: Servers) -> Local:
    made = Local()
    made.service_url = await servers.start(made.app) + "/teams"
    return made


def connect(local: Local, session: aiohttp.ClientSession, **options: Any) -> Connector:
    transport = Transport(
        session,
        options.pop("tokens", NoToken()),
        retry=Retry(**options),
        clock=lambda: local.now,
        sleep=local.sleep,
        jitter=lambda: 1.0,
        wall_clock=lambda: 1_000_000_000.0,
    )
    return Connector(transport, ServiceUrls.local(), Pace(writes=FREE, reads=FREE, application=FREE))


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


# Failures


@pytest.mark.parametrize(("status", "retry_after"), [(429, None), (412, None), (429, "3"), (412, "3")])
async def test_a_post_is_repeated_when_nothing_was_done(
    local: Local, connector: Connector, status: int, retry_after: str | None
) -> None:
    local.server.fail_next(Fault(status=status, retry_after=retry_after), Fault(status=status))
    await connector.send(local.conversation, Message(text="x"))
    assert local.shown() == [("x", None)]
    assert local.slept == [3.0 if retry_after else 1.0, 2.0]


async def test_retry_after_may_be_a_date(local: Local, connector: Connector) -> None:
    header = email.utils.formatdate(1_000_000_007, usegmt=True)
    local.server.fail_next(Fault(status=429, retry_after=header), Fault(status=429, retry_after="garbage"))
    await connector.send(local.conversation, Message(text="x"))
    assert local.slept == [7.0, 2.0]


@pytest.mark.parametrize("status", [500, 502, 503, 504])
async def test_a_post_that_may_have_been_done_is_never_repeated(
    local: Local, connector: Connector, status: int
) -> None:
    local.server.fail_next(Fault(status=status, is_done=True))
    with pytest.raises(Uncertain) as uncertain:
        await connector.send(local.conversation, Message(text="x"))
    assert uncertain.value.status == status
    assert local.shown() == [("x", None)], "once"


async def test_a_post_whose_answer_never_comes_is_never_repeated(local: Local, session: aiohttp.ClientSession) -> None:
    connector = connect(local, session, timeout=0.05)
    local.server.fail_next(Fault(status=200, is_done=True, delay=0.2), Fault(is_done=True))
    for _ in range(2):
        with pytest.raises(Uncertain):
            await connector.send(local.conversation, Message(text="x"))
        await asyncio.sleep(0.2)
    assert len(local.shown()) == 2


@pytest.mark.parametrize("fault", [Fault(status=502), Fault(status=503, retry_after="4"), Fault(status=504), Fault()])
async def test_an_edit_is_repeated(local: Local, connector: Connector, fault: Fault) -> None:
    identifier = await connector.send(local.conversation, Message(text="x"))
    local.server.fail_next(fault)
    await connector.edit(local.conversation, identifier, Message(text="y"))
    assert local.shown() == [("y", None)]
    if fault.status:  # on a cut connection aiohttp itself tries once more
        assert local.slept == [4.0 if fault.retry_after else 1.0]


async def test_an_edit_answered_500_is_left_for_later(local: Local, connector: Connector) -> None:
    identifier = await connector.send(local.conversation, Message(text="x"))
    local.server.fail_next(Fault(status=500))
    with pytest.raises(Unavailable):
        await connector.edit(local.conversation, identifier, Message(text="y"))
    assert local.slept == []


async def test_it_gives_up_at_the_deadline_and_says_how_long_to_wait(local: Local, connector: Connector) -> None:
    local.server.fail_next(Fault(status=429, retry_after="120"))
    with pytest.raises(Unavailable) as unavailable:
        await connector.send(local.conversation, Message(text="x"))
    assert (unavailable.value.status, unavailable.value.retry_after) == (429, 120)
    assert local.slept == []


async def test_it_gives_up_after_five_attempts(local: Local, connector: Connector) -> None:
    local.server.fail_next(*[Fault(status=412)] * 5)
    with pytest.raises(Unavailable):
        await connector.send(local.conversation, Message(text="x"))
    assert local.slept == [1, 2, 4, 8]


async def test_nobody_listens(local: Local, session: aiohttp.ClientSession, unused_port: int) -> None:
    local.service_url = f"http://127.0.0.1:{unused_port}"
    connector = connect(local, session, attempts=2)
    with pytest.raises(Unavailable):
        await connector.send(local.conversation, Message(text="x"))
    assert local.slept == [1], "nothing was sent, so even a post is tried again"


@pytest.fixture
async def unused_port() -> AsyncIterator[int]:
    server = await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    yield port


@pytest.mark.parametrize("status", [400, 403, 404, 413])
async def test_refusals_are_not_repeated(local: Local, connector: Connector, status: int) -> None:
    local.server.fail_next(Fault(status=status))
    with pytest.raises(Rejected) as refused:
        await connector.send(local.conversation, Message(text="x"))
    assert (refused.value.status, refused.value.code) == (status, "Fault")
    assert refused.value.is_gone is (status in (403, 404))
    assert local.slept == []


async def test_too_big_and_unknown(local: Local, connector: Connector) -> None:
    with pytest.raises(Rejected, match="413 MessageSizeTooBig"):
        await connector.send(local.conversation, Message(text="é" * 60_000))
    with pytest.raises(Rejected, match="ActivityNotFoundInConversation"):
        await connector.edit(local.conversation, "1", Message(text="x"))


async def test_a_redirect_is_not_followed(servers: Servers, session: aiohttp.ClientSession) -> None:
    followed: list[str] = []

    async def elsewhere(request: web.Request) -> web.Response:
        followed.append(request.path)
        return web.Response(status=307, headers={"Location": "/stolen"})

    app = web.Application()
    app.router.add_route("*", "/{any:.*}", elsewhere)
    local = Local()
    local.service_url = await servers.start(app)
    with pytest.raises(Rejected):
        await connect(local, session).send(local.conversation, Message(text="x"))
    assert len(followed) == 1


async def test_an_acceptance_without_id_is_uncertain(servers: Servers, session: aiohttp.ClientSession) -> None:
    async def accept(_request: web.Request) -> web.Response:
        return web.Response(status=202, text="<html>")

    app = web.Application()
    app.router.add_post("/v3/conversations/{c}/activities", accept)
    local = Local()
    local.service_url = await servers.start(app)
    with pytest.raises(Uncertain):
        await connect(local, session).send(local.conversation, Message(text="x"))


# Tokens


class Tokens:
    def __init__(self, *values: str | Exception) -> None:
        self.values, self.rejected = list(values), list[str | None]()

    async def token(self, *, rejected: str | None = None) -> str:
        self.rejected.append(rejected)
        value = self.values.pop(0) if len(self.values) > 1 else self.values[0]
        if isinstance(value, Exception):
            raise value
        return value


async def test_a_rejected_token_is_renewed_once(local: Local, session: aiohttp.ClientSession) -> None:
    local.server.behaviour.expected_token = "fresh"
    tokens = Tokens("stale", "fresh")
    await connect(local, session, tokens=tokens).send(local.conversation, Message(text="x"))
    assert tokens.rejected == [None, "stale"]
    with pytest.raises(Rejected) as refused:
        await connect(local, session, tokens=Tokens("bad")).send(local.conversation, Message(text="x"))
    assert refused.value.status == 401


async def test_without_a_token_nothing_is_sent(local: Local, session: aiohttp.ClientSession) -> None:
    tokens = Tokens(TokenRefused("invalid_client"))
    with pytest.raises(Unavailable, match="invalid_client"):
        await connect(local, session, tokens=tokens).send(local.conversation, Message(text="x"))
    assert not local.server.calls


# Rhythm


async def test_one_call_at_a_time_in_a_conversation(local: Local, connector: Connector) -> None:
    local.server.behaviour.latency = 0.005
    await asyncio.gather(*(connector.send(local.conversation, Message(text=str(number))) for number in range(20)))
    assert local.server.count(412) == 0
    assert [text for text, _ in local.shown()] == [str(number) for number in range(20)]


async def test_the_urgent_overtakes_what_waits(local: Local, connector: Connector) -> None:
    local.server.behaviour.latency = 0.005
    order = [Priority.LIVE, Priority.NOTICE, Priority.LIVE, Priority.URGENT]
    await asyncio.gather(*(connector.send(local.conversation, Message(text=one.name), priority=one) for one in order))
    assert [text for text, _ in local.shown()] == ["LIVE", "URGENT", "LIVE", "NOTICE"]


async def test_different_conversations_do_not_wait_for_each_other(local: Local, connector: Connector) -> None:
    local.server.behaviour.latency = 0.05
    chats = [local.in_chat(local.chats.personal(someone)) for someone in local.people]
    loop = asyncio.get_running_loop()
    started = loop.time()
    await asyncio.gather(*(connector.send(chat, Message(text="x")) for chat in chats))
    assert loop.time() - started < 0.12
    assert connector.delay(chats[0]) == 0
