"""A rehearsal stays one over HTTP too: every address is tried with its id, and every press on its cards."""

import re

from aiohttp import web

from bot.commands import COMMANDS
from tests.bot.test_rehearsal import MARK, begun, led_to_a_result
from tests.kit import sittings as kit
from tests.kit.hall import Hall, hall
from tests.web.test_documents import browser
from voting.domain.ids import SittingId, is_rehearsal
from voting.service.exports import FORMATS

SITTING = kit.standing_committee(*kit.reports(3))
OTHERS = ("/events", "/fiches.pdf")
VARIABLE = re.compile(r"\{(\w+)(?::[^{}]*(?:\{[^{}]*\}[^{}]*)*)?\}")


async def _over(room: Hall) -> SittingId:
    """A rehearsal led to a result and lifted."""
    held = await begun(room)
    await led_to_a_result(room, held)
    await room.say(kit.CLERK, "lever")
    return held


async def _nothing_became_real(room: Hall) -> None:
    assert await room.core.store.sittings() == [room.sitting]
    assert len(await room.core.official.writer.history(room.sitting)) == 1
    assert await room.core.official.notary.latest(room.sitting) is None


def addresses(room: Hall, sitting: SittingId) -> list[tuple[str, str]]:
    """Every route of the bot, filled in with that sitting and with every export that there is."""
    found = []
    for route in room.running.app.routes():
        assert isinstance(route, web.RouteDef)
        for format_ in ("pv", "signed", *FORMATS):
            path = route.path
            for name in VARIABLE.findall(route.path):
                value = {"sitting": str(sitting), "format": format_}.get(name, "x")
                path = VARIABLE.sub(value, path, count=1)
            found.append((route.method, path))
    return sorted(set(found))


async def test_no_address_makes_it_real_or_gives_an_official_paper_of_it() -> None:
    """As its clerk, signed in; whatever is added to the server later is tried too."""
    async with hall(SITTING) as room:
        held = await _over(room)
        # Streams do not end; a member's sheet is no paper of a sitting, and says what it is for.
        tried = [one for one in addresses(room, held) if str(held) in one[1] and not one[1].endswith(OTHERS)]
        assert len(tried) >= 10
        async with browser(room, kit.CLERK, held) as session:
            for method, path in tried:
                form = {"sitting": str(room.sitting), "text": "signer", "seance": str(room.sitting)}
                data = form if method == "POST" else None
                async with session.request(method, path, allow_redirects=False, data=data) as response:
                    body = await response.read()
                    assert response.status < 500, path
                    assert not body.startswith((b"%PDF", b"PK")), path
        await _nothing_became_real(room)


async def test_no_paper_of_it_is_on_the_page_of_documents() -> None:
    async with hall(SITTING) as room:
        held = await _over(room)
        async with browser(room, kit.CLERK, held) as session:
            async with session.get(f"/seances/{held}/documents") as page:
                assert "download" not in await page.text()
            for format_ in ("pv", *FORMATS):
                async with session.get(f"/seances/{held}/documents/{format_}") as response:
                    assert response.status == 404, format_


async def test_a_signed_link_to_papers_of_the_real_one_opens_none_of_it() -> None:
    """The name of a link's sitting is under its signature."""
    async with hall(SITTING) as room:
        held = await _over(room)
        draft = await room.running.app.errands.minutes_link(held)
        async with room.session.get(draft.url) as response:
            assert response.status == 200
            assert draft.name.startswith("projet-blanc-")
        for changed in (draft.url.replace(str(held), str(room.sitting)), draft.url.replace("pv", "xx")):
            if changed != draft.url:
                async with room.session.get(changed) as response:
                    assert response.status in (403, 404)


async def test_no_press_that_names_both_sittings_moves_anything_to_the_real_one() -> None:
    """Every verb that there is, from a card of the rehearsal, with the id of the real sitting, and the reverse."""
    async with hall(SITTING) as room:
        held = await begun(room)
        card = room.newest(kit.CLERK, "present") if _has(room, "present") else (await room.say(kit.CLERK, "séance"))
        for verb in sorted(COMMANDS.keys() - {"purge", "rehearsal"}):
            for named in (room.sitting, held):
                data = {"sitting": str(named), "kind": "sign", "request": str(held), "item": str(held)}
                await room.client.press(room.person(kit.CLERK), room.meeting, card.id, verb=verb, data=data)
        for sitting in await room.core.store.sittings():
            assert not is_rehearsal(SittingId(sitting))
            lines = await room.core.official.writer.history(SittingId(sitting))
            assert all(str(held).encode() not in entry.line for entry in lines)
        assert all(is_rehearsal(SittingId(s)) for s in await room.core.rehearsals.store.sittings())


def _has(room: Hall, verb: str) -> bool:
    try:
        room.newest(kit.CLERK, verb)
    except AssertionError:
        return False
    return True


async def test_its_board_says_what_it_is() -> None:
    async with hall(SITTING) as room:
        held = await begun(room)
        async with room.session.get(f"{room.running.town.origin}/seances/{held}") as page:
            assert MARK in (await page.text()).upper()
