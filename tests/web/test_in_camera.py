"""The board while the public is out (R33): closed, and it says so; who looked on is sent away."""

import asyncio

from aiohttp import web

from tests.kit import sittings as kit
from tests.kit.hall import hall, text_of
from tests.kit.journals import Story
from tests.verify.test_in_camera import closed_doors
from tests.web.serving import frames, serving
from tests.web.stories import Table
from tests.web.test_documents import browser
from voting.domain import commands as c
from voting.domain.assembly import Body
from voting.domain.events import InCameraBegun
from voting.domain.evolve import evolve
from voting.domain.ids import SittingId
from voting.domain.polls import Purpose


def until_closed() -> Story:
    """The sitting as it stands when the public has just left."""
    whole = closed_doors()
    story = Story(rules=whole.rules)
    for event in whole.events:
        story.sitting = evolve(story.sitting, event)
        story.events.append(event)
        if isinstance(event, InCameraBegun):
            break
    return story


async def nobody(_: web.Request, __: SittingId) -> bool:
    return False


async def test_R33_the_page_says_plainly_that_the_public_is_out() -> None:
    story = until_closed()
    async with serving(Table(story), nobody) as client:
        page = await client.get(f"/seances/{story.state.facts.sitting}")
        assert page.status == 403
        said = await page.text()
        assert "Séance à huis clos" in said
        assert "fermé au public" in said
        json = await client.get(f"/seances/{story.state.facts.sitting}.json")
        assert (json.status, await json.json()) == (403, {"error": "in_camera"})


async def test_R33_who_is_on_the_roll_still_sees_it() -> None:
    story = until_closed()
    async with serving(Table(story)) as client:
        assert (await client.get(f"/seances/{story.state.facts.sitting}")).status == 200


async def test_R33_the_chair_lets_the_public_in_again_from_the_console() -> None:
    council = kit.convene(kit.roll(7), kit.reports(1), body=Body.COUNCIL)
    members = [m.id for m in council.members if m.votes]
    async with hall(council) as room, browser(room, kit.CHAIR, kit.SITTING) as chair:
        panels = f"/seances/{kit.SITTING}/conduite/panneaux"
        await room.submit(*kit.opened(council)[1:], kit.call(), *(c.RequestInCamera(by=m) for m in members[1:6]))
        await room.submit(kit.open_poll(Purpose.IN_CAMERA), *(kit.vote(m) for m in members))
        async with chair.get(panels) as answer:
            assert 'data-act="public_again"' not in await answer.text()
        await room.submit(kit.close_poll(), kit.proclaim())
        async with chair.get(panels) as answer:
            assert 'data-act="public_again"' in await answer.text()
        assert "publique" in text_of(await room.say(kit.CHAIR, "séance publique"))
        async with chair.get(panels) as answer:
            assert 'data-act="public_again"' not in await answer.text()


async def test_R33_a_stream_that_is_denied_says_so_and_ends() -> None:
    story = until_closed()
    async with serving(Table(story), nobody) as client:
        answer = await client.get(f"/seances/{story.state.facts.sitting}/events")
        async with asyncio.timeout(5):
            assert [frame async for frame in frames(answer)] == [("closed", "{}")]


async def test_R33_a_stream_that_was_open_ends_when_the_public_leaves() -> None:
    story = until_closed()
    let_in = [True, True]

    async def until_then(_: web.Request, __: SittingId) -> bool:
        return let_in.pop() if let_in else False

    async with serving(Table(story), until_then) as client:
        answer = await client.get(f"/seances/{story.state.facts.sitting}/events")
        async with asyncio.timeout(5):
            assert [name async for name, _ in frames(answer)] == ["closed"]
