"""A council that votes over HTTP: the bot and the yardstick each in their process, the members' clients in this one."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.local.connector import Behaviour
from tests.bench.children import Child, child
from tests.bench.lines import Answer, Line, get, open_lines, post
from tests.bench.world import NEAR, World, council
from tests.kit import sittings as kit
from voting.domain.ids import PersonId, poll_id
from voting.domain.tally import Choice

ADDRESS = "/api/messages"
CARD = b'"type":"application/vnd.microsoft.card.adaptive"'
RECEIPT = b'"fontType":"Monospace"'
"""The hash of one's own line: only a recorded vote has one."""
QUIET = 0.4
"""Seconds after the opening, while its cards are posted: people read before they press."""


FAR, LOGIN = Behaviour(latency=0.05), 0.08
"""A Teams that applies its limits, and its login, so many seconds away."""


class NotAcknowledged(Exception):
    """An answer that is not a receipt: the figure would be worth nothing."""


@dataclass(slots=True)
class Hall:
    """One sitting under measurement."""

    world: World
    voters: int
    bot: Child
    bare: Child
    chair: Line
    polls: int = 0

    async def open_poll(self) -> list[bytes]:
        """Call the next item, put it to the vote; the press of every member."""
        await self._lead(kit.CLERK, "next")
        await self._lead(kit.CLERK, "vote")
        await asyncio.sleep(QUIET)
        self.polls += 1
        choices = list(Choice)
        return [self._press(number, choices[number % len(choices)]) for number in range(1, self.voters + 1)]

    async def close_poll(self, answers: Sequence[Answer]) -> None:
        """Check that everybody has a receipt, and proclaim."""
        for answer in answers:
            if answer.status != 200 or CARD not in answer.body or RECEIPT not in answer.body:
                raise NotAcknowledged(answer)
        await self._lead(kit.CLERK, "close")
        await self._lead(kit.CHAIR, "proclaim")

    def presses_without_token(self) -> list[bytes]:
        """The same presses, for a bot that checks none."""
        choice = Choice.FOR.value
        activities = (
            self.world.press(kit.m(number), choice, poll=poll_id(self.polls), revision=0)
            for number in range(1, self.voters + 1)
        )
        return [post(ADDRESS, activity) for activity in activities]

    def check_cards(self, answers: Sequence[Answer]) -> None:
        """Whatever it is, everybody got a card."""
        for answer in answers:
            if answer.status != 200 or CARD not in answer.body.replace(b'": ', b'":'):
                raise NotAcknowledged(answer)

    def _press(self, number: int, choice: Choice) -> bytes:
        activity = self.world.press(kit.m(number), choice.value, poll=poll_id(self.polls), revision=0)
        return post(ADDRESS, activity, token=self.world.token())

    async def _lead(self, who: PersonId, verb: str) -> None:
        activity = self.world.press(who, verb)
        answer = await self.chair.send(post(ADDRESS, activity, token=self.world.token()))
        if answer.status != 200 or CARD not in answer.body:
            raise NotAcknowledged(answer)


@asynccontextmanager
async def hall(voters: int, polls: int, *, watched: bool, far: bool = False) -> AsyncIterator[Hall]:
    """That many members, all present, as many items as polls; with the live board on somebody's screen or not.

    `far`: from a Teams that counts what is sent to it, and from its login.
    """
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        world = World(folder, council(voters, polls), behaviour=FAR if far else NEAR)
        await world.start()
        stack.push_async_callback(world.close)
        await world.play(kit.opened(world.convocation))
        plan = world.plan(login_seconds=LOGIN if far else 0.0).write(folder / "plan")
        bot = await stack.enter_async_context(child("tests.bench.server", str(plan)))
        bare = await stack.enter_async_context(child("tests.bench.bare"))
        if watched:
            await stack.enter_async_context(_board(bot.port, world))
        chair = await Line.open(bot.port)
        stack.callback(chair.close)
        yield Hall(world, voters, bot, bare, chair)


@asynccontextmanager
async def lines(port: int, count: int) -> AsyncIterator[list[Line]]:
    """That many connections, closed at the end."""
    opened = await open_lines(port, count)
    try:
        yield opened
    finally:
        for line in opened:
            line.close()


@asynccontextmanager
async def _board(port: int, world: World) -> AsyncIterator[None]:
    """The live board as a browser follows it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(get(f"/seances/{world.sitting}/events"))

    async def look() -> None:
        while await reader.read(1 << 16):
            pass

    looking = asyncio.create_task(look())
    try:
        yield
    finally:
        looking.cancel()
        writer.close()
        await asyncio.wait([looking])
