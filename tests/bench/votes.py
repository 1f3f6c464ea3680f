"""Everybody votes at the same instant, over HTTP; and what one vote costs the processor."""

import asyncio
from statistics import median

from bot.bench import Figure
from tests.bench.children import child
from tests.bench.hall import hall, lines
from tests.bench.lines import burst, stream

ROUNDS = 7
CPU_VOTERS = 720
IN_FLIGHT = 60
STOCK_VOTERS, STOCK_ROUNDS = 300, 3
"""Fewer: the stock SDK takes twenty milliseconds for each."""


def votes_at_once(name: str, voters: int, target: float) -> Figure:
    """Seconds from the first press to the last acknowledgement, the live board open."""
    mine, bare = asyncio.run(_bursts(voters))
    return Figure(
        name=name,
        value=round(mine, 4),
        unit="s",
        yardstick=round(bare, 4),
        ratio=round(mine / bare, 2),
        target=f"<= {target} s",
        met=mine <= target,
    )


def cpu_per_vote() -> Figure:
    """Milliseconds of processor per vote in the bot's process, sixty votes in flight, against a bare handler."""
    mine, bare = asyncio.run(_cpu())
    ratio = mine / bare
    return Figure(
        name="cpu_per_vote",
        value=round(mine, 3),
        unit="ms",
        yardstick=round(bare, 3),
        ratio=round(ratio, 2),
        target="<= 1.0 ms, ratio <= 4",
        met=mine <= 1.0 and ratio <= 4,
    )


def cpu_per_vote_stock() -> Figure:
    """The same votes, against a bot on the stock SDK that checks no token and records nothing."""
    mine, stock = asyncio.run(_beside_stock())
    return Figure(
        name="cpu_per_vote_stock",
        value=round(mine, 3),
        unit="ms",
        yardstick=round(stock, 3),
        ratio=round(mine / stock, 3),
        target="ratio <= 0.1",
        met=mine <= stock / 10,
    )


async def _beside_stock() -> tuple[float, float]:
    mine, stock = [], []
    async with (
        hall(STOCK_VOTERS, STOCK_ROUNDS + 1, watched=False) as at,
        child("tests.bench.stock") as other,
        lines(at.bot.port, IN_FLIGHT) as members,
        lines(other.port, IN_FLIGHT) as strangers,
    ):
        for _ in range(STOCK_ROUNDS + 1):
            presses = await at.open_poll()
            start = await at.bot.cpu()
            answers = await stream(members, presses)
            mine.append((await at.bot.cpu() - start) / len(presses) * 1000)
            await at.close_poll(answers)
            bare = at.presses_without_token()
            start = await other.cpu()
            answers = await stream(strangers, bare)
            stock.append((await other.cpu() - start) / len(bare) * 1000)
            at.check_cards(answers)
    return median(mine[1:]), median(stock[1:])


async def _bursts(voters: int) -> tuple[float, float]:
    """The medians of some rounds after a first one for practice, the bare handler between two polls."""
    mine, bare = [], []
    async with (
        hall(voters, ROUNDS + 1, watched=True) as at,
        lines(at.bot.port, voters) as members,
        lines(at.bare.port, voters) as others,
    ):
        for _ in range(ROUNDS + 1):
            presses = await at.open_poll()
            votes = await burst(members, presses)
            await at.close_poll(votes.answers)
            mine.append(votes.seconds)
            bare.append((await burst(others, presses)).seconds)
    return median(mine[1:]), median(bare[1:])


async def _cpu() -> tuple[float, float]:
    mine, bare = [], []
    async with (
        hall(CPU_VOTERS, ROUNDS + 1, watched=False) as at,
        lines(at.bot.port, IN_FLIGHT) as members,
        lines(at.bare.port, IN_FLIGHT) as others,
    ):
        for _ in range(ROUNDS + 1):
            presses = await at.open_poll()
            start = await at.bot.cpu()
            answers = await stream(members, presses)
            mine.append((await at.bot.cpu() - start) / len(presses) * 1000)
            await at.close_poll(answers)
            start = await at.bare.cpu()
            await stream(others, presses)
            bare.append((await at.bare.cpu() - start) / len(presses) * 1000)
    return median(mine[1:]), median(bare[1:])
