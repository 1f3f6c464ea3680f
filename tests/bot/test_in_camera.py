"""The public leaves and comes back, by words typed to the bot (R33)."""

from tests.kit import sittings as kit
from tests.kit.hall import hall, text_of
from voting.domain import commands as c
from voting.domain.assembly import Body, Mode
from voting.domain.attendance import Presence
from voting.domain.polls import Purpose

CLERK, CHAIR = kit.CLERK, kit.CHAIR
COUNCIL = kit.convene(kit.roll(5), kit.reports(2), body=Body.COUNCIL, mode=Mode.ROOM)


async def test_R33_the_chair_asks_the_assembly_agrees_and_the_chair_ends_it() -> None:
    async with hall(COUNCIL) as room:
        here = (kit.arrive(kit.m(n), Presence.IN_ROOM) for n in range(1, 6))
        await room.submit(*here, c.OpenSitting(by=CHAIR), kit.call())
        assert "huis clos" in text_of(await room.say(CHAIR, "huis clos"))
        await room.say(CLERK, "vote")
        (poll,) = (await room.state()).polls.all.values()
        assert poll.purpose is Purpose.IN_CAMERA
        for number in range(1, 6):
            await room.say(kit.m(number), "pour")
        await room.say(CLERK, "clore")
        await room.say(CHAIR, "proclamer")
        assert (await room.state()).is_in_camera
        assert "de nouveau publique" in text_of(await room.say(CHAIR, "séance publique"))
        assert not (await room.state()).is_in_camera
        await room.say(CLERK, "vote")
        assert tuple((await room.state()).polls.all.values())[-1].purpose is Purpose.ITEM


async def test_a_committee_has_no_public_to_send_out() -> None:
    async with hall(kit.standing_committee(*kit.reports(2), voters=5)) as room:
        await room.submit(*(kit.arrive(kit.m(n)) for n in range(1, 6)), c.OpenSitting(by=CHAIR), kit.call())
        assert "Aucun texte ne permet" in text_of(await room.say(CHAIR, "huis clos"))
