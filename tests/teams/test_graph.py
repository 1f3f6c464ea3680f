"""The tenant's directory against a Graph that consents, pages and throttles as the real one does."""

from collections.abc import Mapping

import aiohttp
import pytest
from aiohttp import web

from bot.package.source import consents
from bot.ports import ChatInstall, DirectoryUnavailable
from bot.teams.graph import NOTHING, SCOPE, Graph
from bot.teams.token import AppToken
from bot.teams.transport import Retry, Transport
from tests.kit import teams
from tests.kit.graph import CONSENT_IN_CHAT, GROUPS, INSTALL, INSTALL_IN_CHAT, READ, FakeGraph
from tests.teams.conftest import Servers


class Login:
    """Gives each service its own token, as Entra does."""

    def __init__(self) -> None:
        self.scopes: list[str] = []

    def acquire(self, scope: str) -> dict[str, object]:
        self.scopes.append(scope)
        return {"access_token": "graph" if scope == SCOPE else "bot", "expires_in": 3600}


class World:
    """The directory, and the Graph behind it."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.fake, self.login, self.slept = FakeGraph(), Login(), list[float]()
        self.now, self._session, self.base = 0.0, session, ""

    async def start(self, servers: Servers) -> "World":
        app = web.Application()
        app.add_routes(self.fake.routes())
        self.base = await servers.start(app) + "/v1.0"
        return self

    @property
    def graph(self) -> Graph:
        return self.of("cat")

    def of(self, catalog_id: str, asked: Mapping[str, str] = NOTHING) -> Graph:
        transport = Transport(
            self._session,
            AppToken(self.login, scope=SCOPE),
            retry=Retry(deadline=30),
            clock=lambda: self.now,
            sleep=self._sleep,
        )
        return Graph(transport, teams.TENANT, catalog_id=catalog_id, consents=asked, base=self.base)

    async def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
async def world(servers: Servers, session: aiohttp.ClientSession) -> World:
    return await World(session).start(servers)


def account(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


async def test_people_are_found_by_mail_sign_in_name_or_id(world: World) -> None:
    world.fake.add(account(1).upper(), "Anna@Region.example", "a.martin@region.example")
    world.fake.add(account(2), None, "bruno@region.example")
    world.fake.add(account(3), "guest@elsewhere.example", "guest_elsewhere.example#EXT#@region.example")
    world.fake.add(account(4), "nobody@region.example")
    found = await world.graph.find(
        {"anna@region.example", "bruno@region.example", "guest@elsewhere.example", "gone@region.example"}, {account(4)}
    )
    assert [who.account for who in found] == [account(n) for n in (1, 2, 3, 4)]
    assert found[0].addresses == {"anna@region.example", "a.martin@region.example"}
    assert found[1].addresses == {"bruno@region.example"}
    assert {who.tenant_id for who in found} == {teams.TENANT}
    assert world.login.scopes == [SCOPE], "the connector's token is never shown to Graph"


async def test_a_roll_of_two_hundred_keeps_to_the_limits_of_a_filter(world: World) -> None:
    for number in range(200):
        world.fake.add(account(number), f"m{number}@region.example")
    found = await world.graph.find({f"m{number}@region.example" for number in range(60)}, set())
    assert len(found) == 60
    assert len(world.fake.calls) == -(-60 // 7)


async def test_a_quote_in_an_address_ends_no_filter(world: World) -> None:
    world.fake.add(account(1), "o'brien@region.example")
    world.fake.add(account(2), "x@region.example")
    found = await world.graph.find({"o'brien@region.example", "' or id ne '"}, set())
    assert [who.account for who in found] == [account(1)]


async def test_a_group_or_a_team_comes_page_by_page(world: World) -> None:
    world.fake.page = 50
    for number in range(230):
        world.fake.add(account(number), f"m{number}@region.example")
    world.fake.groups["g1"] = [account(number) for number in range(0, 230, 2)]
    found = await world.graph.group("g1")
    assert len(found) == 115
    assert len(world.fake.calls) == 3
    with pytest.raises(DirectoryUnavailable) as unavailable:
        await world.graph.group("g2")
    assert unavailable.value.reason == "silent"


async def test_a_refusal_for_haste_is_waited_out(world: World) -> None:
    world.fake.add(account(1), "a@region.example")
    world.fake.throttled = 2
    assert len(await world.graph.find({"a@region.example"}, set())) == 1
    assert world.slept == [1, 1], "as long as Graph said"


@pytest.mark.parametrize("status", ["consent", "token"])
async def test_without_consent_it_says_so(world: World, status: str) -> None:
    if status == "consent":
        world.fake.granted -= {READ, GROUPS, INSTALL}
    else:
        world.fake.token = "another"
    for asked in (
        world.graph.find({"a@region.example"}, set()),
        world.graph.group("g1"),
        world.graph.install(account(1)),
    ):
        with pytest.raises(DirectoryUnavailable) as unavailable:
            await asked
        assert unavailable.value.reason == "not_granted"


async def test_a_graph_that_is_down_is_silent(world: World) -> None:
    world.fake.throttled = 100
    with pytest.raises(DirectoryUnavailable) as unavailable:
        await world.graph.find({"a@region.example"}, set())
    assert unavailable.value.reason == "silent"


@pytest.mark.parametrize("link", ["https://evil.example/v1.0/users", "http://127.0.0.1:1/v1.0/users"])
async def test_the_token_follows_no_page_to_another_address(world: World, link: str) -> None:
    world.fake.page, world.fake.leads_astray = 1, link
    world.fake.add(account(1), "a@region.example")
    world.fake.add(account(2), "b@region.example")
    with pytest.raises(DirectoryUnavailable):
        await world.graph.find({"a@region.example", "b@region.example"}, set())


async def test_a_list_without_end_is_given_up(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.teams.graph.MOST_PAGES", 3)
    world.fake.page = 1
    world.fake.leads_astray = f"{world.base}/users?$filter=mail%20eq%20'a'"
    for number in range(2):
        world.fake.add(account(number), "a")
    with pytest.raises(DirectoryUnavailable):
        await world.graph.find({"a"}, set())
    assert len(world.fake.calls) == 3


async def test_the_bot_is_installed_once(world: World) -> None:
    world.fake.add(account(1), "a@region.example")
    world.fake.add(account(2), "b@region.example")
    world.fake.unlicensed.add(account(2))
    assert await world.graph.install(account(1)) is True
    assert await world.graph.install(account(1)) is True, "there already"
    assert await world.graph.install(account(2)) is False
    assert await world.graph.install(account(3)) is False
    assert world.fake.installed == {account(1)}


MEETING = "19:meeting_ab-c_1@thread.v2"
OURS = frozenset(consents().items())


def test_what_is_consented_to_is_what_the_package_asks() -> None:
    assert OURS == {
        ("OnlineMeeting.ReadBasic.Chat", "application"),
        ("OnlineMeetingParticipant.Read.Chat", "application"),
    }


@pytest.mark.parametrize(
    ("granted", "packaged", "expected"),
    [
        (CONSENT_IN_CHAT, OURS, ChatInstall.DONE),
        (CONSENT_IN_CHAT, frozenset(), ChatInstall.DONE),
        (INSTALL_IN_CHAT, frozenset(), ChatInstall.DONE),
        (INSTALL_IN_CHAT, OURS, ChatInstall.NOT_GRANTED),
        ("", OURS, ChatInstall.NOT_GRANTED),
        (CONSENT_IN_CHAT, frozenset({("ChatMember.Read.Chat", "application")}), ChatInstall.REFUSED),
    ],
)
async def test_the_bot_is_put_into_a_meeting_whatever_its_package_asks(
    world: World, granted: str, packaged: frozenset[tuple[str, str]], expected: ChatInstall
) -> None:
    world.fake.granted, world.fake.asked_of_chats, world.fake.chats = {granted}, packaged, {MEETING: False}
    graph = world.of("cat", consents())
    assert await graph.install_in_chat(MEETING) is expected
    assert world.fake.chats[MEETING] is (expected is ChatInstall.DONE)
    if expected is ChatInstall.DONE:
        assert await graph.install_in_chat(MEETING) is ChatInstall.THERE


async def test_a_chat_that_is_not_there_an_app_that_is_not_and_a_graph_that_is_down(world: World) -> None:
    world.fake.granted = {CONSENT_IN_CHAT}
    assert await world.graph.install_in_chat(MEETING) is ChatInstall.NO_CHAT
    assert await world.graph.install_in_chat("19:../users@thread.v2") is ChatInstall.NO_CHAT
    assert len(world.fake.calls) == 2, "nothing to consent to: asked once"
    assert await world.of("another").install_in_chat(MEETING) is ChatInstall.NO_CHAT
    assert await world.of("").install_in_chat(MEETING) is ChatInstall.CLOSED
    assert len(world.fake.calls) == 3, "without an app of ours nobody is asked"
    world.fake.throttled = 100
    assert await world.graph.install_in_chat(MEETING) is ChatInstall.SILENT
