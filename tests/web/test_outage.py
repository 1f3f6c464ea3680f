"""Teams is silent in the middle of a poll: every page says so, people vote there, and the pages say that it is back."""

import asyncio

import aiohttp
import pytest

from bot.local.connector import Fault
from tests.kit.journals import CLERK
from tests.kit.waiting import PATIENCE, until
from tests.web.serving import frames
from tests.web.stories import SITTING
from tests.web.test_member import BASE, VOTERS, act, browser_of, polled
from tests.web.town import held
from voting.domain.tally import Choice

SILENT, BACK = "Teams ne répond pas depuis", "Teams répond de nouveau depuis"


async def said(session: aiohttp.ClientSession, path: str) -> str:
    async with session.get(f"{BASE}{path}") as answer:
        assert answer.status == 200
        return (await answer.text()).replace("\u202f", " ").replace("\xa0", " ")


@pytest.mark.parametrize("status", [0, 503])
async def test_every_page_says_so_and_takes_votes(status: int) -> None:
    async with held() as world, browser_of(world, VOTERS[2]) as member, browser_of(world, CLERK) as clerk:
        await polled(world)
        app, connector = world.running.app, world.running.town.connector
        await app.outbox.settled(SITTING)
        app.silence._after = 0.0
        assert '"outage":""' in await said(member, "/moi/carte")
        async with member.get(f"{BASE}/events") as board, asyncio.timeout(PATIENCE):
            connector.fail_next(*[Fault(status=status)] * 100)
            await act(member, text="pour")
            async for _, data in frames(board):
                if SILENT in data.replace("\u202f", " ").replace("\xa0", " "):
                    break
        for page in ("", "/moi", "/moi/carte"):
            assert SILENT in await said(member, page), page
        for page in ("/conduite", "/conduite/carte"):
            assert f"{SILENT} " in await said(clerk, page), page
        assert "chaque membre vote sur sa page" in await said(clerk, "/conduite/carte")
        await act(member, text="contre")
        voices = (await world.core.writer.snapshot(SITTING)).sitting.polls.all
        assert [poll.ballots[VOTERS[2]].choice for poll in voices.values()] == [Choice.AGAINST]
        async with member.get("/metrics") as figures:
            assert "hemicycle_teams_silent_seconds" in await figures.text()
        connector._faults.clear()
        await until(lambda: app.silence.outage is not None and app.silence.outage.until is not None)
        assert BACK in await said(member, "/moi/carte")
        assert BACK in await said(clerk, "/conduite")
        assert BACK in await said(member, "")
