"""What doctor asks the network: Microsoft's answers, and the address that Teams posts to."""

import ssl
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.doctor import Code, Finding, State, examine_online, sentence
from bot.doctor.findings import ok, problem
from bot.doctor.online import NOBODY, Outside, examine, outside
from bot.ports import ChatInstall, DirectoryUnavailable, Seen, TenantDirectory
from bot.settings import Settings
from bot.teams.token import TokenRefused
from bot.texts import catalogue
from tests.doctor.test_examine import pem, settings
from tests.kit.hall import hall


class Login:
    """Gives a token, or the refusal that Entra would."""

    def __init__(self, refusal: str = "") -> None:
        self.refusal = refusal

    async def token(self, *, rejected: str | None = None) -> str:
        if self.refusal:
            raise TokenRefused(self.refusal)
        return "token"


class Directory:
    """Answers that there is nobody, or does not."""

    can_install = False

    def __init__(self, reason: str = "") -> None:
        self.reason = reason

    async def find(self, addresses: object, accounts: object) -> tuple[Seen, ...]:
        assert (addresses, accounts) == ([NOBODY], [])
        if self.reason:
            raise DirectoryUnavailable(self.reason)
        return ()

    async def group(self, identifier: str) -> tuple[Seen, ...]:
        raise AssertionError(identifier)

    async def install(self, account: str) -> bool:
        raise AssertionError(account)

    async def install_in_chat(self, chat: str) -> ChatInstall:
        raise AssertionError(chat)


async def asked(
    *, login: Login | None = None, directory: TenantDirectory | None = None, keys: str, connector: str, front: str = ""
) -> tuple[Finding, ...]:
    async with aiohttp.ClientSession() as session:
        return await examine(
            Outside(
                session=session,
                tokens=login or Login(),
                directory=directory,
                public_url=front,
                keys_url=keys,
                connector_url=connector,
            )
        )


CLOSED = "http://127.0.0.1:1"


async def test_where_all_is_open_every_answer_is_good() -> None:
    async with hall() as room:
        origin = room.running.town.origin
        found = await asked(directory=Directory(), keys=f"{origin}/nothing", connector=origin)
    assert [(one.code, one.state) for one in found] == [
        (Code.ONLINE_LOGIN, State.OK),
        (Code.ONLINE_KEYS, State.OK),
        (Code.ONLINE_CONNECTOR, State.OK),
        (Code.ONLINE_GRAPH, State.OK),
    ]
    assert sentence(found[1], catalogue("fr")).endswith("(127.0.0.1).")


async def test_a_network_that_is_shut_is_said_for_each_road() -> None:
    found = await asked(
        login=Login("ConnectionError"), directory=Directory("silent"), keys=CLOSED, connector=CLOSED, front=CLOSED
    )
    assert [one.code for one in found] == [
        Code.ONLINE_LOGIN_UNREACHABLE,
        Code.ONLINE_KEYS_UNREACHABLE,
        Code.ONLINE_CONNECTOR_UNREACHABLE,
        Code.ONLINE_FRONT_UNREACHABLE,
        Code.ONLINE_GRAPH_SILENT,
    ]
    assert {one.state for one in found} == {State.PROBLEM}
    for language in ("fr", "en"):
        assert all(sentence(one, catalogue(language)) for one in found)


@pytest.mark.parametrize(
    ("refusal", "code"),
    [
        ("invalid_client", Code.ONLINE_LOGIN_SECRET),
        ("unauthorized_client", Code.ONLINE_LOGIN_APPLICATION),
        ("invalid_request", Code.ONLINE_LOGIN_APPLICATION),
        ("ValueError", Code.ONLINE_LOGIN_UNREACHABLE),
    ],
)
async def test_why_microsoft_gives_no_token(refusal: str, code: Code) -> None:
    found = await asked(login=Login(refusal), directory=Directory("not_granted"), keys=CLOSED, connector=CLOSED)
    assert (found[0].code, found[0].state) == (code, State.PROBLEM)
    assert found[-1] == problem(Code.ONLINE_GRAPH_NOT_GRANTED)


@pytest.mark.parametrize("status", [200, 301, 404, 502])
async def test_something_else_than_the_bot_answers_teams(status: int) -> None:
    async def anything(request: web.Request) -> web.Response:
        return web.Response(status=status)

    app = web.Application()
    app.router.add_post("/api/messages", anything)
    async with TestServer(app) as server:
        url = f"http://127.0.0.1:{server.port}"
        found = await asked(keys=CLOSED, connector=CLOSED, front=url)
    assert found[-1] == problem(Code.ONLINE_FRONT_OTHER, url=f"{url}/api/messages", status=status)


async def test_the_door_of_the_bot_is_recognised_by_its_refusal() -> None:
    async def door(request: web.Request) -> web.Response:
        assert "Authorization" not in request.headers
        return web.Response(status=401)

    app = web.Application()
    app.router.add_post("/api/messages", door)
    async with TestServer(app) as server:
        url = f"http://127.0.0.1:{server.port}"
        found = await asked(keys=CLOSED, connector=CLOSED, front=url)
    assert found[-1] == ok(Code.ONLINE_FRONT, url=f"{url}/api/messages")


async def test_a_certificate_that_nobody_vouches_for_is_said(tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem(tmp_path / "front.pem", 400))
    server = TestServer(web.Application(), scheme="https")
    await server.start_server(ssl=context)
    url = f"https://localhost:{server.port}"
    try:
        found = await asked(keys=CLOSED, connector=CLOSED, front=url)
    finally:
        await server.close()
    assert found[-1] == problem(Code.ONLINE_FRONT_CERTIFICATE, url=f"{url}/api/messages")


def test_nobody_is_asked_where_teams_is_not_set_up_or_cannot_be(tmp_path: Path) -> None:
    assert examine_online(Settings(data_dir=tmp_path)) == ()
    lost = settings(tmp_path, app_password=None, app_certificate=tmp_path / "absent.pem")
    assert examine_online(lost) == ()


async def test_the_roads_are_those_of_the_settings(tmp_path: Path) -> None:
    async with outside(settings(tmp_path, graph=True, public_url="https://seances.example.org/")) as asked_there:
        assert asked_there.public_url == "https://seances.example.org"
        assert asked_there.directory is not None
        assert asked_there.keys_url.startswith("https://login.botframework.com/")
    async with outside(settings(tmp_path)) as asked_there:
        assert asked_there.directory is None
