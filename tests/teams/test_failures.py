"""What each failure of a call to Teams becomes, and what is tried again."""

import asyncio
import email.utils
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from bot.local.connector import Fault
from bot.teams.connector import Connector
from bot.teams.errors import Rejected, Unavailable, Uncertain
from bot.teams.token import TokenRefused
from bot.turn import Message, Priority
from tests.kit.waiting import together
from tests.teams.conftest import Servers
from tests.teams.worlds import Local, connect


@pytest.fixture
async def local(servers: Servers) -> Local:
    made = Local()
    made.service_url = await servers.start(made.app) + "/teams"
    return made


@pytest.fixture
def connector(local: Local, session: aiohttp.ClientSession) -> Connector:
    return connect(local, session)


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
    connector = connect(local, session, timeout=0.1)
    local.server.fail_next(Fault(status=200, is_done=True, delay=0.2), Fault(is_done=True))
    for text in ("never answered", "cut"):
        with pytest.raises(Uncertain):
            await connector.send(local.conversation, Message(text=text))
    assert local.slept == []
    shown = [text for text, _ in local.shown()]  # on a busy machine time may be up before a post has arrived at all
    assert len(shown) == len(set(shown))


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


async def test_different_conversations_do_not_wait_for_each_other(
    servers: Servers, session: aiohttp.ClientSession
) -> None:
    local = Local()
    local.app.middlewares.append(together(len(local.people)))  # answers nobody before all have asked
    local.service_url = await servers.start(local.app) + "/teams"
    connector = connect(local, session)
    chats = [local.in_chat(local.chats.personal(someone)) for someone in local.people]
    await asyncio.gather(*(connector.send(chat, Message(text="x")) for chat in chats))
    assert connector.delay(chats[0]) == 0
