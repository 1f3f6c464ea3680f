"""What the wrappers tell of requests, activities and commits, whoever takes the spans."""

import contextlib
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.commands import COMMANDS
from bot.listening import Served
from bot.local.server import bind
from bot.serving import open_installation_of
from bot.serving_teams import teams
from bot.teams.activity import parse, read
from bot.teams.errors import DeliveryError
from bot.teams.token import NoToken
from bot.teams.transport import Call, Retry, Transport
from bot.traced import VOTES, handled, served
from bot.tracing import NOTHING, Fact, Facts, Kind
from bot.turn import Reply, Turn
from tests.bot.test_serving_teams import settings
from tests.kit import sittings as kit
from tests.kit import teams as wire


class Kept:
    """Spans as they are told, without a library."""

    def __init__(self) -> None:
        self.told: list[tuple[str, dict[str, str | int]]] = []
        self._open: list[dict[str, str | int]] = []

    @contextmanager
    def span(self, name: str, kind: Kind = Kind.WITHIN, facts: Facts = NOTHING) -> Iterator[None]:
        said = {fact.value: value for fact, value in facts.items()}
        self.told.append((name, said))
        self._open.append(said)
        try:
            yield
        finally:
            self._open.pop()

    def tell(self, facts: Facts) -> None:
        self._open[-1] |= {fact.value: value for fact, value in facts.items()}

    async def close(self) -> None:
        """Nothing to send."""


class Answering:
    async def on_turn(self, turn: Turn) -> Reply:
        return None


async def _told_of(activity: wire.Json) -> dict[str, str | int]:
    kept = Kept()
    await handled(kept, Answering()).on_turn(read(parse(activity), activity))
    ((name, facts),) = kept.told
    assert name == f"activity {facts[Fact.TURN]}"
    return facts


@pytest.mark.parametrize("verb", sorted(COMMANDS))
async def test_a_command_is_told_by_whose_it_is(verb: str) -> None:
    facts = await _told_of(wire.pressed(verb))
    assert facts == {Fact.TURN: "press", Fact.COMMAND: "vote" if verb in VOTES else COMMANDS[verb].audience.value}


async def test_every_way_to_answer_a_poll_is_the_same() -> None:
    assert set(COMMANDS) >= VOTES
    typed = ["pour", "contre", "abstention", "nppv", "for", "against", "choisir 2", "même vote", "voter"]
    assert {await _said(words) for words in typed} == {"vote"}


async def _said(words: str) -> str | int | None:
    return (await _told_of(wire.said(words, personal=True))).get(Fact.COMMAND)


async def test_what_is_no_command_is_told_by_its_kind_alone() -> None:
    assert await _told_of(wire.said("je vote pour, bien sûr", personal=True)) == {Fact.TURN: "text"}
    assert await _told_of(wire.pressed("no_such_verb")) == {Fact.TURN: "press"}
    assert await _told_of(wire.installed()) == {Fact.TURN: "installed"}
    for odd in (["for"], {"for": 1}, 7, None):
        assert await _told_of(wire.submitted({"verb": odd})) == {Fact.TURN: "submit"}


@asynccontextmanager
async def site(kept: Kept) -> AsyncIterator[str]:
    async def answer(request: web.Request) -> web.Response:
        match request.match_info["what"]:
            case "lost":
                raise web.HTTPNotFound
            case "elsewhere":
                raise web.HTTPFound("/ok")
            case "busy":
                return web.Response(status=503)
            case "bug":
                raise LookupError("Camille Aubert")
        return web.Response(text="ok")

    application = web.Application(middlewares=served(kept))
    application.add_routes([web.route("*", "/who/{what}", answer)])
    listening = bind("127.0.0.1", 0)
    server = Served(application, listening)
    await server.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        await server.close()


@pytest.mark.parametrize(
    ("method", "path", "name", "status"),
    [
        ("GET", "/who/ok?name=x", "GET /who/{what}", 200),
        ("GET", "/who/lost", "GET /who/{what}", 404),
        ("GET", "/who/elsewhere", "GET /who/{what}", 302),
        ("GET", "/who/busy", "GET /who/{what}", 503),
        ("GET", "/who/bug", "GET /who/{what}", 500),
        ("GET", "/nowhere/m002", "GET (none)", 404),
        ("PROPFIND", "/who/ok", "_OTHER /who/{what}", 200),
    ],
)
async def test_a_request_is_told_by_its_template_and_answered_as_ever(
    method: str, path: str, name: str, status: int
) -> None:
    kept = Kept()
    async with site(kept) as origin, aiohttp.ClientSession() as session:
        async with session.request(method, origin + path, allow_redirects=False) as response:
            assert response.status == status
    ((told, facts),) = kept.told
    method, _, route = name.partition(" ")
    expected: dict[str, Any] = {Fact.METHOD: method, Fact.ROUTE: route, Fact.STATUS: status}
    assert (told, facts) == (name, expected | ({Fact.ERROR: "503"} if path == "/who/busy" else {}))


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ([429, 200], {Fact.STATUS: 200, Fact.ATTEMPTS: 2}),
        ([429, 429], {Fact.STATUS: 429, Fact.ATTEMPTS: 2}),
        ([404], {Fact.STATUS: 404, Fact.ATTEMPTS: 1}),
    ],
)
async def test_a_call_to_teams_is_told_by_its_status_and_attempts(answers: list[int], told: dict[Fact, int]) -> None:
    async def teams_answers(request: web.Request) -> web.Response:
        return web.json_response({}, status=answers.pop(0))

    kept, application, listening = Kept(), web.Application(), bind("127.0.0.1", 0)
    application.add_routes([web.post("/v3/{chat}", teams_answers)])
    server = Served(application, listening)
    await server.start()
    try:
        async with aiohttp.ClientSession() as session:
            transport = Transport(session, NoToken(), retry=Retry(attempts=2, first=0.001), tracing=kept)
            call = Call(method="POST", url=f"http://127.0.0.1:{listening.getsockname()[1]}/v3/19:meeting_x", body=dict)
            with contextlib.suppress(DeliveryError):
                await transport.request(call, at_once)
    finally:
        await server.close()
    assert kept.told == [("Teams POST", {Fact.METHOD: "POST", **told})]


async def at_once() -> None:
    """Nothing to wait for."""


async def test_a_bot_against_teams_tells_what_it_serves_and_writes(tmp_path: Path, unused_tcp_port: int) -> None:
    kept, configured = Kept(), settings(tmp_path)
    installation = await open_installation_of(configured, tracing=kept)
    convocation = kit.standing_committee()
    await installation.core.writer.submit(convocation.sitting, convocation)
    async with teams(configured, installation, "127.0.0.1", unused_tcp_port, tracing=kept):
        async with aiohttp.ClientSession() as session:
            async with session.post(f"http://127.0.0.1:{unused_tcp_port}/api/messages", json={}) as response:
                assert response.status == 401
    assert kept.told == [
        ("journal commit", {Fact.LINES: 1, Fact.OUTCOME: "Appended"}),
        ("POST /api/messages", {Fact.METHOD: "POST", Fact.ROUTE: "/api/messages", Fact.STATUS: 401}),
    ]
