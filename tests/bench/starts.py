"""From nothing to the first answer, and back to a long sitting after a crash."""

import asyncio
import sqlite3
import tempfile
import time
from pathlib import Path
from statistics import median

from bot.bench import Figure
from bot.installation import open_sql_core
from tests.bench.children import child
from tests.bench.hall import ADDRESS
from tests.bench.lines import Line, post
from tests.bench.world import World, council
from tests.kit import sittings as kit
from voting.journal.keys import SigningKey

EVENTS = 10_000
VOTERS = 720
ROUNDS = 5


def reopen_10000() -> Figure:
    """Seconds until a sitting of that length is ready for the next vote; the yardstick reads its lines and no more."""
    mine, raw = asyncio.run(_reopen())
    return Figure(
        name="reopen_10000",
        value=round(mine, 3),
        unit="s",
        yardstick=round(raw, 4),
        ratio=round(mine / raw, 1),
        target="<= 1 s",
        met=mine <= 1,
    )


def cold_start() -> Figure:
    """Seconds from the launch of the process to the first answer; the yardstick is a bare aiohttp server."""
    mine, bare = asyncio.run(_starts())
    return Figure(
        name="cold_start",
        value=round(mine, 3),
        unit="s",
        yardstick=round(bare, 3),
        ratio=round(mine / bare, 2),
        target="<= 2 s",
        met=mine <= 2,
    )


async def _reopen() -> tuple[float, float]:
    mine, raw = [], []
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "journal.sqlite"
        key = SigningKey.generate("bench")
        await _long_sitting(path, key)
        for _ in range(ROUNDS):
            start = time.perf_counter()
            core = await open_sql_core(f"sqlite+aiosqlite:///{path}", key)
            await core.recover()
            mine.append(time.perf_counter() - start)
            await core.close()
            raw.append(await asyncio.to_thread(_read, path))
    return median(mine), median(raw)


async def _long_sitting(path: Path, key: SigningKey) -> None:
    core = await open_sql_core(f"sqlite+aiosqlite:///{path}", key)
    for command in kit.polled(council(VOTERS, 1)):
        await core.writer.submit(kit.SITTING, command)
    revision = 0
    while (await core.store.head(kit.SITTING)).seq < EVENTS:
        votes = (kit.vote(kit.m(number), poll="p1", revision=revision) for number in range(1, VOTERS + 1))
        await asyncio.gather(*(core.writer.submit(kit.SITTING, vote, f"{vote.member}/{revision}") for vote in votes))
        revision += 1
    await core.close()


def _read(path: Path) -> float:
    start = time.perf_counter()
    connection = sqlite3.connect(path)
    connection.execute("SELECT line, leaf FROM journal_event ORDER BY sitting, seq").fetchall()
    connection.close()
    return time.perf_counter() - start


async def _starts() -> tuple[float, float]:
    mine, bare = [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        world = World(folder, council(60, 1))
        await world.start()
        await world.play(kit.opened(world.convocation))
        plan = str(world.plan().write(folder / "plan"))
        question = post(ADDRESS, world.press(kit.m(1), "home"), token=world.token())
        for _ in range(ROUNDS + 1):
            mine.append(await _first_answer("tests.bench.server", plan, question=question))
            bare.append(await _first_answer("tests.bench.bare", question=question))
        await world.close()
    return median(mine[1:]), median(bare[1:])


async def _first_answer(module: str, *arguments: str, question: bytes) -> float:
    start = time.perf_counter()
    async with child(module, *arguments) as process:
        line = await Line.open(process.port)
        answer = await line.send(question)
        line.close()
        assert answer.status == 200
        return answer.at - start
