"""A server that closes: whoever was at the door is served or let go, and no connection is forgotten."""

import asyncio
import gc
import socket

import aiohttp
import pytest
from aiohttp import web

from bot.listening import Served


async def here(request: web.Request) -> web.Response:
    return web.Response(text="here")


async def served() -> tuple[Served, socket.socket]:
    application = web.Application()
    application.add_routes([web.get("/", here)])
    listening = socket.create_server(("127.0.0.1", 0))
    listening.setblocking(False)
    running = Served(application, listening)
    await running.start()
    return running, listening


@pytest.mark.parametrize("rounds", range(8))
async def test_no_connection_is_forgotten_whenever_the_server_closes(rounds: int) -> None:
    """Each round of the loop brings a connection one step further from the system to its handler."""
    running, listening = await served()
    people = [socket.create_connection(listening.getsockname()) for _ in range(3)]
    for _ in range(rounds):
        await asyncio.sleep(0)
    await running.close()
    for person in people:
        person.settimeout(10)
        assert person.recv(1) == b"", "told that it is over"
        person.close()
    gc.collect()  # a connection that nobody closed would say so here


@pytest.mark.parametrize("rounds", range(8))
async def test_whoever_was_at_the_door_is_still_served(rounds: int) -> None:
    running, listening = await served()
    port = listening.getsockname()[1]
    async with aiohttp.ClientSession() as session:
        asking = [asyncio.create_task(session.get(f"http://127.0.0.1:{port}/")) for _ in range(3)]
        for _ in range(40 + rounds):  # on their way: connected, and heard or not
            await asyncio.sleep(0)
        await running.refuse()
        for answer in await asyncio.gather(*asking, return_exceptions=True):
            if isinstance(answer, aiohttp.ClientResponse):
                assert await answer.text() == "here"
            else:
                assert isinstance(answer, aiohttp.ClientConnectorError), "came after the door was shut"
    await running.close()


async def test_an_address_is_let_go_of_when_the_application_does_not_start() -> None:
    async def fails(_: web.Application) -> None:
        raise ZeroDivisionError

    application = web.Application()
    application.on_startup.append(fails)
    listening = socket.create_server(("127.0.0.1", 0))
    running = Served(application, listening)
    with pytest.raises(ZeroDivisionError):
        await running.start()
    await running.close()
    assert listening.fileno() == -1


@pytest.mark.parametrize("rounds", range(1, 5))
async def test_an_address_is_let_go_of_when_the_start_is_cancelled(rounds: int) -> None:
    listening = socket.create_server(("127.0.0.1", 0))
    running = Served(web.Application(), listening)
    starting = asyncio.create_task(running.start())
    for _ in range(rounds):
        await asyncio.sleep(0)
    starting.cancel()
    await asyncio.gather(starting, return_exceptions=True)
    await running.close()
    assert listening.fileno() == -1


async def test_a_loop_that_waits_for_no_reader_closes_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """That of Windows has none."""

    def no(_: object) -> bool:
        raise NotImplementedError

    running, listening = await served()
    monkeypatch.setattr(asyncio.get_running_loop(), "remove_reader", no)
    await running.close()
    assert listening.fileno() == -1
