"""The files that people send: asked of Teams' own store alone, without our token, and never more than is acceptable."""

import aiohttp
import pytest
from aiohttp import web

from bot.ports import FileNotFetched, FileNotPut
from bot.teams.files import LARGEST, PART, TeamsFiles
from bot.teams.hosts import ServiceUrls
from bot.turn import SharedFile
from tests.teams.conftest import Servers


def shared(address: str) -> SharedFile:
    return SharedFile(name="membres.csv", download_url=address, file_type="csv")


async def store(servers: Servers, asked: list[web.Request]) -> str:
    async def answer(request: web.Request) -> web.StreamResponse:
        asked.append(request)
        match request.match_info["what"]:
            case "file":
                return web.Response(body=b"content")
            case "big":
                return web.Response(body=b"x" * (LARGEST + 1))
            case "moved":
                raise web.HTTPFound("/file")
            case _:
                raise web.HTTPForbidden

    app = web.Application()
    app.router.add_get("/{what}", answer)
    return await servers.start(app)


async def why(files: TeamsFiles, address: str) -> str:
    with pytest.raises(FileNotFetched) as failed:
        await files.fetch(shared(address))
    return failed.value.reason


async def test_a_file_is_read_without_our_token(servers: Servers) -> None:
    asked: list[web.Request] = []
    origin = await store(servers, asked)
    async with aiohttp.ClientSession() as session:
        files = TeamsFiles(session=session, hosts=ServiceUrls.local())
        assert await files.fetch(shared(f"{origin}/file?tempauth=a%2Bb")) == b"content"
        assert asked[0].query["tempauth"] == "a+b"
        assert "Authorization" not in asked[0].headers


async def test_what_cannot_be_had_says_why(servers: Servers) -> None:
    origin = await store(servers, [])
    async with aiohttp.ClientSession() as session:
        files = TeamsFiles(session=session, hosts=ServiceUrls.local())
        assert await why(files, f"{origin}/gone") == "gone"
        assert await why(files, f"{origin}/moved") == "gone"
        assert await why(files, f"{origin}/big") == "too_big"
        assert await why(files, "http://127.0.0.1:1/closed") == "silent"


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/f",
        "http://contoso-my.sharepoint.com/f",
        "https://sharepoint.com.example.org/f",
        "https://evilsharepoint.com/f",
        "https://user@contoso.sharepoint.com/f",
        "https://contoso.sharepoint.com:8443/f",
        "https://169.254.169.254/latest/meta-data",
        "http://127.0.0.1/f",
        "file:///etc/passwd",
        "https://[::1/f",
        "",
    ],
)
async def test_an_address_from_outside_leads_to_the_store_or_nowhere(address: str) -> None:
    async with aiohttp.ClientSession() as session:
        files = TeamsFiles(session=session)
        assert await why(files, address) == "foreign"
        assert await why_not(files, address, b"x") == "foreign"
        assert not files.is_known(address)


async def test_the_store_is_known() -> None:
    async with aiohttp.ClientSession() as session:
        files = TeamsFiles(session=session)
        assert files.is_known("https://contoso-my.sharepoint.com/personal/a/Documents/f.pdf?web=1")


class Session:
    """An upload session: remembers what was put, and answers what it is told to."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.asked: list[web.BaseRequest] = []
        self.content = b""

    async def put(self, request: web.Request) -> web.Response:
        self.asked.append(request)
        part = await request.content.read()
        status = self.statuses.pop(0)
        if status in (200, 201, 202):
            self.content += part
        return web.Response(status=status, headers={"Location": "/elsewhere"})

    async def start(self, servers: Servers) -> str:
        app = web.Application()
        app.router.add_put("/{what}", self.put)
        return await servers.start(app) + "/upload?tempauth=a%2Bb"


async def why_not(files: TeamsFiles, address: str, content: bytes) -> str:
    with pytest.raises(FileNotPut) as failed:
        await files.put(address, content)
    return failed.value.reason


def local(session: aiohttp.ClientSession) -> TeamsFiles:
    return TeamsFiles(session=session, hosts=ServiceUrls.local(), waits=(0.0, 0.0))


async def test_a_file_is_put_in_parts_without_our_token(servers: Servers) -> None:
    content = bytes(range(256)) * (PART // 256) + b"end"
    there = Session(202, 201)
    address = await there.start(servers)
    async with aiohttp.ClientSession() as session:
        await local(session).put(address, content)
    assert there.content == content
    ranges = [request.headers["Content-Range"] for request in there.asked]
    assert ranges == [f"bytes 0-{PART - 1}/{PART + 3}", f"bytes {PART}-{PART + 2}/{PART + 3}"]
    assert all(request.query["tempauth"] == "a+b" for request in there.asked)
    assert not any("Authorization" in request.headers for request in there.asked)


async def test_a_busy_store_is_asked_again(servers: Servers) -> None:
    there = Session(503, 429, 201)
    address = await there.start(servers)
    async with aiohttp.ClientSession() as session:
        await local(session).put(address, b"content")
    assert there.content == b"content"


@pytest.mark.parametrize(
    ("statuses", "reason", "asked"),
    [
        ((404,), "gone", 1),
        ((410,), "gone", 1),
        ((403,), "gone", 1),
        ((507,), "full", 1),
        ((413,), "full", 1),
        ((302,), "silent", 1),
        ((416,), "silent", 1),
        ((503, 503, 503), "silent", 3),
        ((202,), "silent", 1),
    ],
)
async def test_what_cannot_be_put_says_why(
    servers: Servers, statuses: tuple[int, ...], reason: str, asked: int
) -> None:
    there = Session(*statuses)
    address = await there.start(servers)
    async with aiohttp.ClientSession() as session:
        assert await why_not(local(session), address, b"content") == reason
        assert await why_not(local(session), "http://127.0.0.1:1/closed", b"content") == "silent"
    assert len(there.asked) == asked, "no redirection is followed, and nothing is repeated for ever"
