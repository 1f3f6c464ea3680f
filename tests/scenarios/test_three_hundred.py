"""Three hundred press at once, against a Teams that throttles, is 50 ms away and lets nobody in without a login."""

import asyncio
import time
from collections.abc import Mapping, Sequence

from bot.local.connector import Behaviour, CallMade
from bot.local.throttle import Kind
from bot.teams.token import AppToken
from tests.bench.world import council
from tests.kit import sittings as kit
from tests.kit.hall import Hall, button, hall, text_of, verbs, words
from voting.domain import commands as c
from voting.domain.events import VoteCast
from voting.domain.polls import Purpose
from voting.domain.ruleset import VotingMethod

VOTERS = 300
LIVE = 3.0
MEMBERS = kit.first(VOTERS)


class Login:
    """Microsoft's, 80 ms away: every token costs a thread that much."""

    asked = 0

    def acquire(self, scope: str) -> Mapping[str, object]:
        self.asked += 1
        time.sleep(0.08)
        return {"access_token": "bot", "expires_in": 3600}


async def test_three_hundred_presses_cost_teams_next_to_nothing() -> None:
    login, wish = Login(), council(VOTERS, 1)
    tokens = AppToken(login)
    async with hall(wish, live_seconds=LIVE, tokens=tokens) as room:
        await room.submit(*kit.called(wish, MEMBERS)[1:])
        await room.posted("Rapport 1")
        teams = room.running.town.connector
        teams.behaviour = Behaviour(latency=0.05, expected_token="bot")
        start, before = time.perf_counter(), len(teams.calls)
        await room.submit(c.OpenPoll(by=kit.CLERK, purpose=Purpose.ITEM, method=VotingMethod.ELECTRONIC))
        await room.posted("Ne prend pas part au vote")
        answers = await pressed(room)
        assert all("Modifier mon vote" in words(answer) for answer in answers), "everybody has a receipt"
        assert await votes(room) == VOTERS
        await room.submit(c.ClosePoll(by=kit.CLERK), c.ProclaimResult(by=kit.CHAIR))
        await room.posted("200 pour, 100 contre")
        await room.running.app.outbox.settled(room.sitting)
        within_budget(list(teams.calls)[before:], room, time.perf_counter() - start)
        in_order(room)
        assert login.asked == 1
    await tokens.close()


async def pressed(room: Hall) -> list[Mapping[str, object]]:
    """Everybody at the same instant; every third one votes against."""
    card = room.newest(MEMBERS[0], "for")
    payload = button(card, "for")
    presses = (
        room.client.press(
            room.person(one), room.meeting, card.id, verb="against" if n % 3 == 0 else "for", data=payload
        )
        for n, one in enumerate(MEMBERS)
    )
    return await asyncio.gather(*presses)


async def votes(room: Hall) -> int:
    lines = await room.core.writer.history(room.sitting)
    return sum(isinstance(room.core.codec.decode(line.line).event, VoteCast) for line in lines)


def within_budget(calls: Sequence[CallMade], room: Hall, seconds: float) -> None:
    assert {call.status for call in calls} <= {200, 201}, "neither 401, nor 412, nor 429"
    writes = [call for call in calls if call.kind is Kind.WRITE]
    assert len(writes) <= 6 + 1 + seconds / LIVE, "however many votes"
    assert {call.conversation_id for call in writes} == {room.meeting.id}, "nothing to anybody's own chat"


def in_order(room: Hall) -> None:
    shown = room.running.town.chats.transcript(room.meeting, None)
    vote = next(n for n, one in enumerate(shown) if "Scrutin n° 1" in text_of(one))
    result = next(n for n, one in enumerate(shown) if "200 pour, 100 contre" in text_of(one) and n > vote)
    assert vote < result
    assert any(f"{VOTERS} " in text_of(one) for one in shown[vote:result]), "the newest figures arrived"
    assert not any("for" in verbs(one.card or {}) for one in shown), "nobody can press any more"
