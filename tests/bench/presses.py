"""A council presses within five seconds, far from a Teams that counts: how long anybody waits, and what holds the loop.

Nothing is averaged: the longest of all rounds counts, the first one included.
"""

import asyncio
import random
from dataclasses import dataclass
from functools import cache

from bot.bench import Figure
from tests.bench.hall import hall, lines
from tests.bench.lines import spread

VOTERS, SECONDS, ROUNDS = 300, 5.0, 5
LONGEST_WAIT = 0.5
LONGEST_HELD = 0.05


@dataclass(slots=True)
class Longest:
    """Of all rounds, in seconds."""

    waited: float = 0.0
    held: float = 0.0

    def note(self, waited: float, held: float) -> None:
        """One more round."""
        self.waited, self.held = max(self.waited, waited), max(self.held, held)


def presses_300(voters: int = VOTERS, seconds: float = SECONDS, rounds: int = ROUNDS) -> Figure:
    """Seconds from a press to its answer, the longest; the yardstick is a bare handler's under the same presses."""
    mine, bare = _measured(voters, seconds, rounds)
    return Figure(
        name="presses_300",
        value=round(mine.waited, 4),
        unit="s",
        yardstick=round(bare.waited, 4),
        ratio=round(mine.waited / bare.waited, 2),
        target=f"< {LONGEST_WAIT} s",
        met=mine.waited < LONGEST_WAIT,
    )


def held_300(voters: int = VOTERS, seconds: float = SECONDS, rounds: int = ROUNDS) -> Figure:
    """Milliseconds for which the bot's event loop did one thing after the other without looking up, the longest."""
    mine, bare = _measured(voters, seconds, rounds)
    return Figure(
        name="held_300",
        value=round(mine.held * 1000, 1),
        unit="ms",
        yardstick=round(bare.held * 1000, 1),
        ratio=round(mine.held / bare.held, 2),
        target=f"<= {LONGEST_HELD * 1000:.0f} ms",
        met=mine.held <= LONGEST_HELD,
    )


@cache
def _measured(voters: int, seconds: float, rounds: int) -> tuple[Longest, Longest]:
    """Both figures are of the same polls."""
    return asyncio.run(_pressed(voters, seconds, rounds))


async def _pressed(voters: int, seconds: float, rounds: int) -> tuple[Longest, Longest]:
    """Every poll from its opening to its result, and the same presses on a bare handler after it."""
    mine, bare, dice = Longest(), Longest(), random.Random(300)
    async with (
        hall(voters, rounds, watched=True, far=True) as at,
        lines(at.bot.port, voters) as members,
        lines(at.bare.port, voters) as others,
    ):
        for _ in range(rounds):
            moments = [dice.uniform(0, seconds) for _ in range(voters)]
            await at.bot.held()
            presses = await at.open_poll()
            answers, waited = await spread(members, presses, moments)
            await at.close_poll(answers)
            mine.note(waited, await at.bot.held())
            await at.bare.held()
            _, waited = await spread(others, presses, moments)
            bare.note(waited, await at.bare.held())
    return mine, bare
