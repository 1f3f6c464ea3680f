"""What the sender gets, whatever happens inside."""

import asyncio
import json
import logging
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from botbuilder.schema import Activity

from bot.teams.activity import turn_of
from bot.teams.auth import AuthenticationRefused, Caller
from bot.teams.endpoint import Apologies, Endpoint, Limits
from bot.turn import CardReply, ErrorReply, Reply, TextReply, Turn, TurnKind
from tests.kit import teams
from tests.kit.waiting import PATIENCE, until
from tests.teams.conftest import Servers

CARD = {"type": "AdaptiveCard", "version": "1.5", "body": []}


class OpenDoor:
    """Lets everybody in: the doors have their own tests."""

    async def identify(self, request: web.BaseRequest) -> Caller:
        return Caller(None, frozenset())

    def admit(self, caller: Caller, activity: Activity) -> None:
        return None


class Bot:
    """An endpoint whose reply a test sets."""

    def __init__(self, **limits: Any) -> None:
        self.reply: Reply | Exception = None
        self.before: asyncio.Event | None = None
        self.turns: list[Turn] = []
        self.sent: list[Reply] = []
        self.endpoint = Endpoint(
            OpenDoor(),
            self._on_turn,
            respond=self._respond,
            apologies=Apologies(
                late=lambda turn: ErrorReply("late", f"late {turn.locale}"),
                failed=lambda turn: ErrorReply("failed", "failed"),
                unreadable=lambda turn: ErrorReply("unreadable", "unreadable", status=400),
            ),
            limits=Limits(**limits),
        )
        self.app = web.Application()
        self.app.router.add_post("/api/messages", self.endpoint.handle)
        self.app.on_cleanup.append(self.endpoint.close)

    async def _on_turn(self, turn: Turn) -> Reply:
        self.turns.append(turn)
        if self.before is not None:
            await self.before.wait()
        if isinstance(self.reply, Exception):
            raise self.reply
        return self.reply

    async def _respond(self, turn: Turn, reply: Reply) -> None:
        self.sent.append(reply)

    async def settle(self) -> None:
        while len(self.endpoint._background) or len(self.endpoint._replies):
            await asyncio.sleep(0)


class Sender:
    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session, self._url = session, url

    async def post(self, wire: Any) -> tuple[int, Any]:
        headers = {"Content-Type": "application/json; charset=utf-8"}
        async with self._session.post(self._url, data=json.dumps(wire), headers=headers) as response:
            text = await response.text()
            return response.status, json.loads(text) if text else None


async def started(bot: Bot, servers: Servers, session: aiohttp.ClientSession) -> Sender:
    return Sender(session, await servers.start(bot.app) + "/api/messages")


def invoke(status: int, kind: str, value: object) -> tuple[int, Any]:
    return 200, {"statusCode": status, "type": f"application/vnd.microsoft.{kind}", "value": value}


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (CardReply(CARD), invoke(200, "card.adaptive", CARD)),
        (TextReply("Vote enregistré"), invoke(200, "activity.message", "Vote enregistré")),
        (ErrorReply("x.y", "Non", status=400), invoke(400, "error", {"code": "x.y", "message": "Non"})),
        (None, invoke(200, "activity.message", "")),
        (RuntimeError("a bug"), invoke(500, "error", {"code": "failed", "message": "failed"})),
    ],
)
async def test_a_press_is_answered_in_the_response(
    servers: Servers, session: aiohttp.ClientSession, reply: Any, expected: Any
) -> None:
    bot = Bot()
    bot.reply = reply
    sender = await started(bot, servers, session)
    assert await sender.post(teams.pressed()) == expected
    assert bot.sent == [], "no message beside the response"


async def test_a_refresh_is_answered_in_the_response_too(servers: Servers, session: aiohttp.ClientSession) -> None:
    bot = Bot()
    bot.reply = CardReply(CARD)
    sender = await started(bot, servers, session)
    assert await sender.post(teams.pressed(trigger="automatic")) == invoke(200, "card.adaptive", CARD)
    assert bot.turns[0].kind is TurnKind.REFRESH


class ShutDoor(OpenDoor):
    async def identify(self, request: web.BaseRequest) -> Caller:
        raise AuthenticationRefused("nobody")


async def test_a_flood_of_refusals_leaves_one_line(
    servers: Servers, session: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    bot = Bot()
    bot.endpoint._door = ShutDoor()
    sender = await started(bot, servers, session)
    for _ in range(20):
        assert await sender.post(teams.pressed()) == (401, None)
    assert sum("refused" in record.getMessage() for record in caplog.records) == 1


async def test_a_slow_press_gets_an_apology_and_its_work_goes_on(
    servers: Servers, session: aiohttp.ClientSession
) -> None:
    bot = Bot(invoke_seconds=0.02)
    bot.before, bot.reply = asyncio.Event(), CardReply(CARD)
    sender = await started(bot, servers, session)
    assert await sender.post(teams.pressed()) == invoke(500, "error", {"code": "late", "message": "late fr-FR"})
    assert len(bot.endpoint._background) == 1
    bot.before.set()
    await bot.settle()


async def test_a_press_whose_sender_hangs_up_is_carried_out(servers: Servers) -> None:
    bot = Bot()
    bot.before, bot.reply = asyncio.Event(), CardReply(CARD)
    handling = asyncio.create_task(bot.endpoint._answer(turn_of(teams.pressed())))
    await asyncio.sleep(0)
    handling.cancel()
    await asyncio.wait([handling])
    assert len(bot.endpoint._background) == 1
    bot.before.set()
    await bot.settle()
    assert len(bot.turns) == 1


async def test_a_slow_press_that_then_fails_is_logged(
    servers: Servers, session: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    bot = Bot(invoke_seconds=0.02)
    bot.before, bot.reply = asyncio.Event(), RuntimeError("too late a bug")
    sender = await started(bot, servers, session)
    await sender.post(teams.pressed())
    bot.before.set()
    await bot.settle()
    assert "too late a bug" in caplog.text


@pytest.mark.parametrize(
    "wire", [teams.activity("invoke", name="task/fetch", value={}), teams.pressed() | {"value": {"action": "x"}}]
)
async def test_an_invoke_that_cannot_be_read_gets_an_apology(
    servers: Servers, session: aiohttp.ClientSession, wire: Any
) -> None:
    bot = Bot()
    sender = await started(bot, servers, session)
    expected = invoke(400, "error", {"code": "unreadable", "message": "unreadable"})
    assert await sender.post(wire) == expected
    assert bot.turns == []


async def test_file_consent_is_answered_without_a_body(servers: Servers, session: aiohttp.ClientSession) -> None:
    bot = Bot()
    bot.reply = TextReply("merci")
    sender = await started(bot, servers, session)
    assert await sender.post(teams.file_consent()) == (200, None)


@pytest.mark.parametrize(
    "wire",
    [
        {},
        teams.activity("messageReaction"),
        teams.activity("conversationUpdate"),
        teams.activity("somethingNew") | {"entities": "none", "from": 3, "channelData": [1]},
    ],
)
async def test_what_is_not_for_us_gets_200(
    servers: Servers, session: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture, wire: Any
) -> None:
    caplog.set_level(logging.INFO)
    bot = Bot()
    sender = await started(bot, servers, session)
    assert await sender.post(wire) == (200, None)
    assert bot.turns == []
    assert "ignored" in caplog.text


async def test_a_message_is_acknowledged_before_it_is_worked_on(
    servers: Servers, session: aiohttp.ClientSession
) -> None:
    bot = Bot()
    bot.before, bot.reply = asyncio.Event(), TextReply("présence notée")
    sender = await started(bot, servers, session)
    assert await sender.post(teams.told("présent")) == (200, None)
    assert bot.sent == []
    bot.before.set()
    await bot.settle()
    assert bot.sent == [TextReply("présence notée")]


@pytest.mark.parametrize("reply", [None, RuntimeError("a bug")])
async def test_a_message_that_fails_is_answered_by_the_apology(
    servers: Servers, session: aiohttp.ClientSession, reply: Any
) -> None:
    bot = Bot()
    bot.reply = reply
    sender = await started(bot, servers, session)
    assert await sender.post(teams.told("présent")) == (200, None)
    await bot.settle()
    assert bot.sent == ([] if reply is None else [ErrorReply("failed", "failed")])


async def test_what_one_person_types_is_done_in_order(servers: Servers, session: aiohttp.ClientSession) -> None:
    bot = Bot()
    bot.before = asyncio.Event()
    sender = await started(bot, servers, session)
    for command in ("pour", "contre", "abstention"):
        await sender.post(teams.told(command))
    await sender.post(teams.told("présent", sender=teams.DURAND))
    await until(lambda: len(bot.turns) >= 2)
    assert [turn.text for turn in bot.turns] == ["pour", "présent"], "another person does not wait"
    bot.before.set()
    await bot.settle()
    assert [turn.text for turn in bot.turns] == ["pour", "présent", "contre", "abstention"]


async def test_a_reply_that_waits_for_teams_holds_nothing_up(servers: Servers, session: aiohttp.ClientSession) -> None:
    bot = Bot()
    bot.reply = TextReply("noté")
    delivered = asyncio.Event()

    async def slow(turn: Turn, reply: Reply) -> None:
        await delivered.wait()
        bot.sent.append(reply)

    bot.endpoint._respond = slow
    sender = await started(bot, servers, session)
    for word in ("parole", "vote", "clore"):
        await sender.post(teams.told(word))
    while len(bot.endpoint._background):
        await asyncio.sleep(0)
    assert [turn.text for turn in bot.turns] == ["parole", "vote", "clore"]
    assert bot.sent == []
    delivered.set()
    await bot.settle()
    assert len(bot.sent) == 3


async def test_too_much_at_once_is_not_acknowledged(servers: Servers, session: aiohttp.ClientSession) -> None:
    bot = Bot(background_tasks=2, invoke_seconds=0.02)
    bot.before = asyncio.Event()
    sender = await started(bot, servers, session)
    answers = [await sender.post(teams.told("présent")) for _ in range(3)]
    assert [status for status, _ in answers] == [200, 200, 503]
    bot.before.set()
    await bot.settle()
    assert (await sender.post(teams.told("présent")))[0] == 200


async def test_shutdown_waits_for_what_was_acknowledged(servers: Servers, session: aiohttp.ClientSession) -> None:
    bot = Bot(drain_seconds=PATIENCE)
    bot.before, bot.reply = asyncio.Event(), TextReply("noté")
    sender = await started(bot, servers, session)
    await sender.post(teams.told("présent"))
    asyncio.get_running_loop().call_later(0.02, bot.before.set)
    await bot.endpoint.close()
    assert bot.sent == [TextReply("noté")]


async def test_shutdown_does_not_wait_for_ever(
    servers: Servers, session: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    bot = Bot(drain_seconds=0.01)
    bot.before = asyncio.Event()
    sender = await started(bot, servers, session)
    await sender.post(teams.told("présent"))
    await bot.endpoint.close()
    assert "1 acknowledged activities were not finished" in caplog.text
