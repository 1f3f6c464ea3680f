"""The bot as an administrator starts it: no open door, nothing public that the law does not make public."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
from pydantic import SecretStr

from bot.app import Installation
from bot.serving import open_installation_of
from bot.serving_teams import MissingSettings, require, teams
from bot.settings import Settings
from tests.kit import sittings as kit
from tests.kit import teams as wire
from voting.domain.ids import SittingId

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
            ("/seances/s-0001.json", 404),
            ("/seances/s-0001/projet.pdf", 404),
            ("/salle", 404),
        ):
            async with session.get(origin + path) as response:
                assert (path, response.status) == (path, expected)


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened
