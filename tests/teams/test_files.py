"""The files that people send: asked of Teams' own store alone, without our token, and never more than is acceptable."""

import aiohttp
import pytest
from aiohttp import web

from bot.ports import FileNotFetched
from bot.teams.files import LARGEST, TeamsFiles
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
        assert await why(TeamsFiles(session=session), address) == "foreign"
