"""The bot as an administrator starts it: no open door, nothing public that the law does not make public."""

import asyncio
import gc
import socket
import threading
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from pydantic import SecretStr

from bot.app import App
from bot.installation import Installation
from bot.ports import Link
from bot.serving import open_installation_of
from bot.serving_teams import MissingSettings, require, teams
from bot.settings import Settings
from bot.visitors import Visitor
from bot.web.sessions import Sessions, derived
from tests.kit import sittings as kit
from tests.kit import teams as wire
from voting.domain import commands as c
from voting.domain.assembly import Body, Mode
from voting.domain.attendance import Presence
from voting.domain.ids import SittingId
from voting.domain.polls import Purpose
from voting.domain.ruleset import StandingOrders

TENANT = "11111111-2222-4333-8444-555555555555"
APP = "99999999-2222-4333-8444-555555555555"


def settings(folder: Path, **changes: object) -> Settings:
    whole: dict[str, object] = {
        "data_dir": folder,
        "database_url": f"sqlite+aiosqlite:///{folder / 'h.sqlite3'}",
        "app_id": APP,
        "tenant_id": TENANT,
        "app_password": SecretStr("s3cret"),
    }
    return Settings.model_validate(whole | changes)


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"app_id": ""}, ["HEMICYCLE_APP_ID"]),
        ({"tenant_id": ""}, ["HEMICYCLE_TENANT_ID"]),
        ({"app_password": None}, ["HEMICYCLE_APP_PASSWORD"]),
        ({"app_id": "", "tenant_id": ""}, ["HEMICYCLE_APP_ID", "HEMICYCLE_TENANT_ID"]),
    ],
)
def test_it_does_not_start_without_credentials(tmp_path: Path, changes: dict[str, object], missing: list[str]) -> None:
    with pytest.raises(MissingSettings) as refused:
        require(settings(tmp_path, **changes))
    assert refused.value.names == missing


async def started(installation: Installation) -> None:
    private = kit.standing_committee()
    public = replace(kit.council(), sitting=SittingId("s-0002"))
    await installation.core.writer.submit(private.sitting, private)
    await installation.core.writer.submit(public.sitting, public)
    tenders = replace(kit.tender_committee(orders=StandingOrders(public_board=True)), sitting=SittingId("s-0003"))
    await installation.core.writer.submit(tenders.sitting, tenders)


async def test_the_door_is_shut_and_only_public_boards_are_open(
    tmp_path: Path, unused_tcp_port: int, session: aiohttp.ClientSession
) -> None:
    configured = settings(tmp_path)
    installation = await open_installation_of(configured)
    await started(installation)
    origin = f"http://127.0.0.1:{unused_tcp_port}"
    async with teams(configured, installation, "127.0.0.1", unused_tcp_port):
        async with session.get(f"{origin}/readyz") as response:
            assert response.status == 200
        async with session.post(f"{origin}/api/messages", json=dict(wire.told("présent"))) as response:
            assert response.status == 401
        for path, expected in (
            ("/seances/s-0002", 200),
            ("/seances/s-0001", 404),
            ("/seances/nothing", 404),
            ("/seances/s-0003", 404),
            ("/seances/s-0003.json", 404),
            ("/seances/s-0003/events", 404),
            ("/seances/s-0003?lang=en", 404),
            ("/seances/s-0001.json", 404),
            ("/seances/s-0001/projet.pdf", 404),
            ("/salle", 404),
        ):
            async with session.get(origin + path) as response:
                assert (path, response.status) == (path, expected)


async def test_what_the_first_viewer_would_wait_for_is_made_at_start_off_the_loop(
    tmp_path: Path, unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = list[threading.Thread]()
    monkeypatch.setattr("bot.app.warm", lambda: by.append(threading.current_thread()))
    configured = settings(tmp_path)
    installation = await open_installation_of(configured)
    async with teams(configured, installation, "127.0.0.1", unused_tcp_port):
        assert by
        assert threading.current_thread() not in by


async def test_a_start_that_fails_leaves_nothing_behind(
    tmp_path: Path, unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    configured = settings(tmp_path)

    async def fails(_: App) -> None:
        raise ZeroDivisionError

    async def start() -> None:
        async with asyncio.timeout(10):
            async with teams(configured, await open_installation_of(configured), "127.0.0.1", unused_tcp_port):
                pass

    with socket.create_server(("127.0.0.1", unused_tcp_port)), pytest.raises(OSError, match="in use"):
        await start()
    with monkeypatch.context() as patched, pytest.raises(ZeroDivisionError):
        patched.setattr(App, "start", fails)
        await start()
    gc.collect()  # what nobody closed would say so here
    await start()  # neither the address nor the database is held any more


async def test_whoever_is_on_the_roll_and_signed_in_sees_a_board_that_is_not_public(
    tmp_path: Path, unused_tcp_port: int, session: aiohttp.ClientSession
) -> None:
    configured = settings(tmp_path, public_url="https://seances.example")
    installation = await open_installation_of(configured)
    await started(installation)
    sitting, account = SittingId("s-0001"), "aaaaaaaa-0000-4000-8000-000000000001"
    link = Link(sitting=sitting, person=kit.m(3), tenant_id=TENANT, account=account)
    await installation.storage.accounts.link([link])
    key = installation.core.key.private_text().encode()
    sessions = Sessions(derived(key, "session"), is_local=False)

    def signed_in(visitor: Visitor) -> dict[str, str]:
        answer = web.Response()
        sessions.begin(answer, visitor)
        return {"Cookie": answer.headers["Set-Cookie"].partition(";")[0]}

    ours = signed_in(Visitor(tenant_id=TENANT, account=account))
    stranger = signed_in(Visitor(tenant_id=TENANT, account="bbbbbbbb-0000-4000-8000-000000000001"))
    other_tenant = signed_in(Visitor(tenant_id="22222222-2222-4333-8444-555555555555", account=account))
    origin = f"http://127.0.0.1:{unused_tcp_port}"
    async with teams(configured, installation, "127.0.0.1", unused_tcp_port):
        for path in ("/seances/s-0001", "/seances/s-0001.json", "/seances/s-0001/moi"):
            for cookie, expected in ((ours, 200), (stranger, 404), (other_tenant, 404)):
                async with session.get(origin + path, headers=cookie) as response:
                    assert (path, response.status) == (path, expected)
        async with session.get(f"{origin}/connexion", allow_redirects=False) as response:
            assert response.status == 503, "the organisation is out of reach here, and that is said"


async def test_without_a_public_address_nobody_signs_in(
    tmp_path: Path, unused_tcp_port: int, session: aiohttp.ClientSession
) -> None:
    identity = settings(tmp_path, app_type="UserAssignedMSI", app_password=None, public_url="https://seances.example")
    for configured in (settings(tmp_path), identity):
        installation = await open_installation_of(configured)
        async with teams(configured, installation, "127.0.0.1", unused_tcp_port):
            async with session.get(f"http://127.0.0.1:{unused_tcp_port}/connexion") as response:
                assert response.status == 503
                assert "pas réglée" in await response.text()


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


async def test_R33_the_board_is_closed_to_the_public_while_the_sitting_is_in_camera(
    tmp_path: Path, unused_tcp_port: int, session: aiohttp.ClientSession
) -> None:
    configured = settings(tmp_path)
    installation = await open_installation_of(configured)
    convoked = replace(kit.convene(kit.roll(3), body=Body.COUNCIL, mode=Mode.ROOM), sitting=SittingId("s-0003"))
    board = f"http://127.0.0.1:{unused_tcp_port}/seances/s-0003"

    async def happens(*steps: c.SittingCommand) -> None:
        for step in steps:
            await installation.core.writer.submit(convoked.sitting, step)

    async def status() -> int:
        async with session.get(board) as response:
            return response.status

    await happens(convoked, *(kit.arrive(kit.m(n), Presence.IN_ROOM) for n in (1, 2, 3)))
    await happens(c.OpenSitting(by=kit.CHAIR), kit.call(), c.RequestInCamera(by=kit.CHAIR))
    await happens(kit.open_poll(Purpose.IN_CAMERA), *(kit.vote(kit.m(n), poll="p1") for n in (1, 2)))
    async with teams(configured, installation, "127.0.0.1", unused_tcp_port):
        assert await status() == 200
        async with session.get(f"{board}/events") as looked_on:
            await happens(kit.close_poll(), kit.proclaim())
            assert b"event: closed" in await looked_on.read()
        assert await status() == 403
        await happens(c.EndInCamera(by=kit.CHAIR))
        assert await status() == 200
