"""What a vote must not depend on: how many look on, and how long the sitting has lasted."""

import asyncio
import tempfile
from pathlib import Path
from statistics import median

from bot.bench import Figure
from bot.installation import open_sql_core
from bot.rim import settle
from tests.bench.children import child
from tests.bench.core import CHANGES, vote_in_waves
from tests.bench.hall import Hall, hall, lines
from tests.bench.lines import Line, burst
from tests.bench.world import council
from tests.kit import sittings as kit
from voting.journal.keys import SigningKey

ROUNDS = 5
MOST = 1.25
"""Looking on may cost those who vote a quarter at most."""
FLAT = 0.8
PAST = 100_000


def watched_by(viewers: int, voters: int = 720, rounds: int = ROUNDS) -> Figure:
    """Seconds to the last acknowledgement with so many boards open, against the same polls with one."""
    watched, alone = asyncio.run(_watched(voters, viewers, rounds))
    return Figure(
        name=f"viewers_{viewers}",
        value=round(watched, 4),
        unit="s",
        yardstick=round(alone, 4),
        ratio=round(watched / alone, 2),
        target=f"ratio <= {MOST}",
        met=watched / alone <= MOST,
    )


def durable_late(voters: int = 720, past: int = PAST, rounds: int = ROUNDS, name: str = "durable_late") -> Figure:
    """Durable votes per second after a long past in the same sitting, against its beginning."""
    late, early = asyncio.run(_lasting(voters, past, rounds))
    return Figure(
        name=name,
        value=round(late),
        unit="votes/s",
        yardstick=round(early),
        ratio=round(late / early, 2),
        target=f"ratio >= {FLAT}",
        met=late / early >= FLAT,
    )


async def _watched(voters: int, viewers: int, rounds: int) -> tuple[float, float]:
    async with hall(voters, 2 * (rounds + 1), watched=True) as at, lines(at.bot.port, voters) as members:
        alone = [await _round(at, members) for _ in range(rounds + 1)]
        board = f"/seances/{at.world.sitting}/events"
        async with child("tests.bench.viewers", str(at.bot.port), board, str(viewers)):
            watched = [await _round(at, members) for _ in range(rounds + 1)]
    return median(watched[1:]), median(alone[1:])


async def _round(at: Hall, members: list[Line]) -> float:
    votes = await burst(members, await at.open_poll())
    await at.close_poll(votes.answers)
    return votes.seconds


async def _lasting(voters: int, past: int, rounds: int) -> tuple[float, float]:
    """The medians of the first rounds after one for practice, and of those after that many votes."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'core.sqlite'}"
        core = await open_sql_core(url, SigningKey.generate("bench"))
        try:
            for command in kit.polled(council(voters, 1)):
                await core.writer.submit(kit.SITTING, command)
            settle()
            turns = max(past // (voters * CHANGES), 0) + 2 * rounds + 1
            speeds = [await vote_in_waves(core, turn * CHANGES, voters) for turn in range(turns)]
        finally:
            await core.close()
    return median(speeds[-rounds:]), median(speeds[1 : rounds + 1])
