"""What Microsoft's Agents Playground sends, posted to the bot of ``--local``: no token, no trigger, ids no GUIDs.

Written after its documentation; the tool itself is no part of the project.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from tests.kit import teams as wire
from tests.kit.hall import Hall, hall
from tests.kit.waiting import until
from tests.teams.conftest import Servers

HEADERS = {"x-ms-agents-playground": "true"}


@dataclass
class Playground:
    """Its connector, as far as the bot meets it; deletion is not there, members are not found by object id."""

    room: Hall
    service_url: str = ""
    posted: list[dict[str, Any]] = field(default_factory=list)

    def app(self) -> web.Application:
        app, chat = web.Application(), "/_connector/v3/conversations/{chat}"
        app.add_routes(
            [
                web.post(chat + "/activities", self._post),
                web.get(chat + "/pagedmembers", self._members),
            ]
        )
        return app

    async def _post(self, request: web.Request) -> web.Response:
        assert "Authorization" not in request.headers
        self.posted.append(await request.json())
        return web.json_response({"id": str(len(self.posted))}, status=201)

    async def _members(self, request: web.Request) -> web.Response:
        return web.json_response({"members": [{"id": "user-id-0", "name": "Alex Wilber", "userRole": "user"}]})

    async def send(self, activity: dict[str, Any], **changes: Any) -> tuple[int, Any]:
        whole = wire.playground(activity, self.service_url) | changes
        address = f"{self.room.running.town.origin}/api/messages"
        async with self.room.session.post(address, json=whole, headers=HEADERS) as response:
            body = await response.read()
            return response.status, await response.json() if body else None


@pytest.fixture
async def playground(servers: Servers) -> AsyncIterator[Playground]:
    async with hall() as room:
        there = Playground(room)
        there.service_url = await servers.start(there.app()) + "/_connector"
        yield there


async def test_a_message_is_answered_where_it_was_written(playground: Playground) -> None:
    assert await playground.send(wire.said("aide", personal=True)) == (200, None)
    await until(lambda: len(playground.posted) == 1)
    assert playground.posted[0]["attachments"], "the help that one gets outside any sitting"
    await playground.send(wire.said("présent", personal=True))
    await until(lambda: len(playground.posted) == 2)
    assert "séance" in playground.posted[1]["text"]


async def test_the_first_opening_of_a_chat_is_welcomed_once(playground: Playground) -> None:
    assert (await playground.send(wire.installed()))[0] == 200
    assert (await playground.send(wire.members_changed(added=[wire.BOT])))[0] == 200
    await until(lambda: len(playground.posted) == 1)
    assert (await playground.send(wire.installed("add-upgrade")))[0] == 200
    await playground.send(wire.said("aide", personal=True))
    await until(lambda: len(playground.posted) == 2)
    assert "aide" in str(playground.posted[1]).lower(), "a new version of the app is no reason for another welcome"


async def test_a_press_without_trigger_or_id_is_answered_in_the_response(playground: Playground) -> None:
    status, body = await playground.send(wire.pressed("help", {}))
    assert status == 200
    assert body["statusCode"] == 200
    assert body["type"].startswith("application/vnd.microsoft.")
    status, body = await playground.send(wire.pressed("for", {"sitting": playground.room.sitting}))
    assert "pas sur la liste" in body["value"], "whoever it is, not somebody of the roll"


@pytest.mark.parametrize(
    "activity",
    [
        wire.submitted({"verb": "help"}),
        wire.installed("remove"),
        wire.members_changed(removed=[wire.MARTIN]),
        wire.meeting("Start"),
        wire.participants("Join", wire.MARTIN),
        wire.file_shared(),
        wire.file_consent("decline"),
        wire.activity("messageReaction"),
        wire.activity("invoke", name="task/fetch", value={"data": {}}),
        wire.activity("invoke", name="tab/fetch", value=None),
        wire.activity("invoke", name="adaptiveCard/action", value="odd"),
    ],
    ids=lambda a: f"{a['type']} {a.get('name') or a.get('action') or ''}".strip(),
)
async def test_nothing_that_it_can_send_is_answered_with_an_error(
    playground: Playground, activity: dict[str, Any]
) -> None:
    status, _ = await playground.send(activity)
    assert status == 200
