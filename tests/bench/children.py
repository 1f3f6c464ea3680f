"""Processes that are measured: started, asked how much processor they used, stopped."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import ParamSpec, TypeVar

from tests.bench.lines import Line, get
from tests.bench.probe import PATH

ROOT = Path(__file__).resolve().parents[2]


Arguments = ParamSpec("Arguments")
ResultT = TypeVar("ResultT")


def apart(work: Callable[Arguments, ResultT], *args: Arguments.args, **kwargs: Arguments.kwargs) -> ResultT:
    """What that function gives in a process as fresh as a service's: what other measures left behind slows nothing."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *args, **kwargs).result()


@dataclass(frozen=True, slots=True)
class Child:
    """A process that listens."""

    port: int
    control: Line

    async def cpu(self) -> float:
        """Seconds of processor that it has used so far, every thread of it."""
        answer = await self.control.send(get("/cpu"))
        used = answer.json["cpu"]
        assert isinstance(used, float)
        return used

    async def held(self) -> float:
        """Seconds of the longest time for which its loop was held, since the last question."""
        answer = await self.control.send(get(PATH))
        longest = answer.json["wall"]
        assert isinstance(longest, float)
        return longest


@asynccontextmanager
async def child(module: str, *arguments: str) -> AsyncIterator[Child]:
    """That module as a process, from `ready` to the end of the block."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *arguments, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        word, _, port = (await process.stdout.readline()).decode().partition(" ")
        assert word == "ready", f"{module} did not start"
        control = await Line.open(int(port))
        yield Child(int(port), control)
        control.close()
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
