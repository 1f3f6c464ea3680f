"""Against a Teams that throttles exactly as documented: no storm of 429, and the newest state always arrives."""

import asyncio

import aiohttp
import pytest

from bot.local.connector import Behaviour
from bot.local.throttle import Kind, Throttle
from bot.teams.connector import Connector
from bot.teams.hosts import ServiceUrls
from bot.teams.pace import Limit, Pace
from bot.teams.token import NoToken
from bot.teams.transport import Retry, Transport
from bot.turn import Message, Priority
from tests.kit.waiting import together
from tests.teams.conftest import Clock, Servers
from tests.teams.test_pace import busiest
from tests.teams.worlds import Local, person


def connector(session: aiohttp.ClientSession, pace: Pace, **retry: float) -> Connector:
    return Connector(Transport(session, NoToken(), retry=Retry(**retry)), ServiceUrls.local(), pace)  # type: ignore[arg-type]


async def throttled(servers: Servers, *, people: int = 3, latency: float = 0.0, overlapping: int = 0) -> Local:
    local = Local(people=people)
    if overlapping:
        local.app.middlewares.append(together(overlapping))
    local.server.behaviour = Behaviour(latency=latency)
    local.service_url = await servers.start(local.app) + "/teams"
    return local


def test_the_local_limits_are_those_of_teams(clock: Clock) -> None:
    throttle = Throttle(clock)

    def admitted(seconds: int, step: float, conversation: str) -> int:
        count = 0
        for _ in range(round(seconds / step)):
            count += throttle.refuse(Kind.WRITE, conversation) is None
            clock.now += step
        return count

    assert admitted(1, 0.0625, "a") == 7
    clock.now += 3600
    assert admitted(2, 0.0625, "b") == 8
    clock.now += 3600
    assert admitted(30, 0.25, "c") == 60
    clock.now += 3600
    assert admitted(3600, 1.5, "d") == 1800


def test_a_refusal_says_how_long_to_wait(clock: Clock) -> None:
    throttle = Throttle(clock)
    waits = [throttle.refuse(Kind.READ, "a") for _ in range(15)]
    assert waits == [None] * 14 + [1]
    waits = [throttle.refuse(Kind.READ, str(number)) for number in range(17)]
    assert waits == [None] * 16 + [1], "30 a second for the application"


async def test_a_live_card_edited_as_fast_as_possible(servers: Servers, session: aiohttp.ClientSession) -> None:
    """200 changes in two seconds: few edits, no 429, and the last state is the one shown."""
    local = await throttled(servers, latency=0.005)
    ours = connector(session, Pace())
    figure = 0

    def newest() -> Message:
        return Message(text=str(figure))

    identifier = await ours.send(local.conversation, newest)
    shown = -1
    for figure in range(200):
        await asyncio.sleep(0.01)
        if figure % 20 == 0 and ours.delay(local.conversation) == 0:
            await ours.edit(local.conversation, identifier, newest)
            shown = figure
    if shown < figure:
        await ours.edit(local.conversation, identifier, newest)
    assert local.shown() == [("199", None)]
    assert local.server.count(429) == local.server.count(412) == 0
    assert len(local.server.calls) <= 16


async def test_a_burst_in_one_conversation_is_spread_out(servers: Servers, session: aiohttp.ClientSession) -> None:
    local = await throttled(servers, latency=0.002)
    ours = connector(session, Pace())
    await asyncio.gather(*(ours.send(local.conversation, Message(text=str(number))) for number in range(9)))
    assert [text for text, _ in local.shown()] == [str(number) for number in range(9)]
    assert local.server.count(429) == local.server.count(412) == 0


async def test_sixty_personal_notices_stay_within_the_application_limit(
    servers: Servers, session: aiohttp.ClientSession
) -> None:
    local = await throttled(servers, people=60, latency=0.05)
    ours = connector(session, Pace())
    chats = [local.in_chat(local.chats.personal(person(number))) for number in range(60)]
    loop = asyncio.get_running_loop()
    calls, ahead = list[float](), 0

    async def result() -> None:
        nonlocal ahead
        await asyncio.sleep(0.1)
        before = len(local.server.calls)
        await ours.send(local.conversation, Message(text="adopté"), priority=Priority.URGENT)
        ahead = len(local.server.calls) - before

    def notice() -> Message:
        calls.append(loop.time())
        return Message(text="résultat")

    notices = (ours.send(chat, notice, priority=Priority.NOTICE) for chat in chats)
    await asyncio.gather(*notices, result())
    # As they leave: on a busy machine they may arrive closer together, which a refusal or two then puts right.
    assert busiest(calls, 1) < 30
    assert local.server.count(201) == 61
    assert calls[-1] - calls[0] > 2, "20 a second"
    assert ahead < 30, "the result did not wait for sixty notices, only for those on their way"


async def test_a_stricter_teams_than_documented_is_obeyed(servers: Servers, session: aiohttp.ClientSession) -> None:
    """A bot whose pace is too fast: each refusal costs one wait, not a storm."""
    local = await throttled(servers)
    careless = Pace(writes=(Limit(1000, 1),), application=(Limit(1000, 1),))
    ours = connector(session, careless, deadline=20)
    await asyncio.gather(*(ours.send(local.conversation, Message(text=str(number))) for number in range(12)))
    assert sorted(int(text) for text, _ in local.shown()) == list(range(12))
    assert local.server.count(429) <= 3


@pytest.mark.parametrize("conflicts", [True, False])
async def test_two_bots_in_one_conversation_conflict(
    servers: Servers, session: aiohttp.ClientSession, conflicts: bool
) -> None:
    local = await throttled(servers, latency=0.02, overlapping=2)
    local.server.behaviour.has_conflicts = conflicts
    replicas = [connector(session, Pace(), first=0.05) for _ in range(2)]
    await asyncio.gather(*(replica.send(local.conversation, Message(text="x")) for replica in replicas))
    assert len(local.shown()) == 2
    assert (local.server.count(412) > 0) is conflicts
