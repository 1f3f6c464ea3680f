"""What a poll costs Teams: calls counted by a Teams that applies its limits, from the opening to the result."""

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass

from bot.bench import Figure
from bot.local.connector import Behaviour, CallMade
from bot.local.throttle import Kind
from bot.teams.token import AppToken
from tests.bench.hall import FAR, LOGIN
from tests.bench.server import FarLogin
from tests.bench.world import TOKEN, council
from tests.kit import sittings as kit
from tests.kit.hall import Hall, button, hall, words
from tests.kit.waiting import PATIENCE
from voting.domain import commands as c
from voting.domain.polls import Purpose
from voting.domain.ruleset import VotingMethod

FEW, MANY = 60, 300
SECONDS = 8.0
"""From the first press to the last: long enough for the live figures to be edited more than once."""
LIVE = 3.0
MOST = 6


class NotAcknowledged(Exception):
    """A press without a receipt: the figure would be worth nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Of one poll."""

    calls: int
    """But for the edits of the live figures."""
    live: int
    """Those."""
    most_live: int
    """So many are allowed: one in three seconds in which figures change."""
    outside: int
    """To other conversations than the meeting's: nobody's own chat is disturbed."""
    refused: int
    """Whatever Teams did not accept."""

    @property
    def is_within_budget(self) -> bool:
        """Every promise at once."""
        return self.calls <= MOST and self.live <= self.most_live and not self.outside and not self.refused


def outbound_per_poll(few: int = FEW, many: int = MANY, seconds: float = SECONDS) -> Figure:
    """Calls per poll without the live edits, which follow the clock; the yardstick is a fifth of the votes."""
    small, large = asyncio.run(cost(few, seconds)), asyncio.run(cost(many, seconds))
    return Figure(
        name="outbound_per_poll",
        value=large.calls,
        unit="calls",
        yardstick=small.calls,
        ratio=round(large.calls / small.calls, 2),
        target=f"<= {MOST}, + 1 live edit per {LIVE:.0f} s, none to 1:1 chats",
        met=small.is_within_budget and large.is_within_budget,
    )


async def cost(voters: int, seconds: float, live_seconds: float = LIVE) -> Cost:
    """One poll in which everybody presses within that time."""
    wish, tokens = council(voters, 1), AppToken(FarLogin(LOGIN))
    async with hall(wish, live_seconds=live_seconds, tokens=tokens) as room:
        await room.submit(*kit.called(wish, kit.first(voters))[1:])
        await room.posted("Rapport 1")
        await room.running.app.outbox.settled(room.sitting)
        teams = room.running.town.connector
        teams.behaviour = Behaviour(latency=FAR.latency, expected_token=TOKEN)
        before = len(teams.calls)
        await room.submit(c.OpenPoll(by=kit.CLERK, purpose=Purpose.ITEM, method=VotingMethod.ELECTRONIC))
        await room.posted("Ne prend pas part au vote")
        start = time.perf_counter()
        await _pressed(room, voters, seconds)
        lasted = time.perf_counter() - start
        await room.submit(c.ClosePoll(by=kit.CLERK), c.ProclaimResult(by=kit.CHAIR))
        await _result(room)
        await room.running.app.outbox.settled(room.sitting)
        await room.running.app.notices.close()
        made = list(teams.calls)[before:]
        counted = _counted(made, room, await _shown(room, "live"), 1 + int(lasted / live_seconds))
    await tokens.close()
    return counted


async def _pressed(room: Hall, voters: int, seconds: float) -> None:
    members, dice = kit.first(voters), random.Random(voters)
    card = room.newest(members[0], "for")
    payload = button(card, "for")

    async def press(number: int) -> None:
        await asyncio.sleep(dice.uniform(0, seconds))
        verb = "against" if number % 3 == 0 else "for"
        who = room.person(members[number])
        answer = await room.client.press(who, room.meeting, card.id, verb=verb, data=payload)
        if "Modifier mon vote" not in words(answer):
            raise NotAcknowledged(answer)

    await asyncio.gather(*(press(number) for number in range(voters)))


async def _result(room: Hall) -> None:
    """Wait until it is on screen: it waits itself for the head of the journal to be signed."""
    async with asyncio.timeout(PATIENCE):
        while not await _shown(room, "result"):
            await asyncio.sleep(0.01)


async def _shown(room: Hall, kind: str) -> str | None:
    """The message of that card of the poll."""
    sent = await room.running.app.books.sent.load(room.sitting)
    return next((card.activity_id for card in sent if card.slot.startswith(f"{kind}/")), None)


def _counted(made: Sequence[CallMade], room: Hall, live_card: str | None, most_live: int) -> Cost:
    writes = [call for call in made if call.kind is not Kind.READ]
    live = [call for call in writes if call.activity_id == live_card]
    return Cost(
        calls=len(writes) - len(live),
        live=len(live),
        most_live=most_live,
        outside=sum(call.conversation_id != room.meeting.id for call in writes),
        refused=sum(call.status >= 400 for call in made),
    )
