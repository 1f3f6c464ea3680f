"""The yardstick: aiohttp with one handler that reads JSON and answers it. `python -m tests.bench.bare`."""

import asyncio
import sys
import time

from aiohttp import web

from bot.listening import Served
from bot.local.server import bind
from tests.bench.probe import PATH, Probe, run


async def _echo(request: web.Request) -> web.Response:
    return web.json_response(await request.json())


async def _cpu(request: web.Request) -> web.Response:
    return web.json_response({"cpu": time.process_time()})


async def _serve(probe: Probe) -> None:
    application = web.Application()
    application.add_routes([web.post("/api/messages", _echo), web.get("/cpu", _cpu), web.get(PATH, probe.handle)])
    listening = bind("127.0.0.1", 0)
    await Served(application, listening).start()
    sys.stdout.write(f"ready {listening.getsockname()[1]}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    here = Probe()
    run(_serve(here), here)
