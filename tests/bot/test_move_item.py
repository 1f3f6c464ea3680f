"""The order of the items changed from the chat, and followed by what comes next."""

from tests.kit import sittings as kit
from tests.kit.hall import hall, text_of
from voting.domain.ids import item_id

CLERK = kit.CLERK
SITTING = kit.standing_committee(*kit.reports(4))


async def test_an_item_is_moved_before_another_and_to_the_end() -> None:
    async with hall(SITTING) as room:
        assert "le numéro d’un point" in text_of(await room.say(CLERK, "déplacer 3"))
        assert "réservée" in text_of(await room.say(kit.m(5), "déplacer 3 avant 1"))
        await room.say(CLERK, "déplacer 3 avant le 1")
        await room.say(CLERK, "move 1 to the end")
        assert [i.id for i in (await room.state()).sequence()] == [item_id(n) for n in (3, 2, 4, 1)]
        await room.submit(*kit.opened(SITTING)[1:])
        await room.say(CLERK, "suivant")
        assert (await room.state()).agenda.current == item_id(3)
        assert "ne peut pas changer de place" in text_of(await room.say(CLERK, "déplacer 3 à la fin"))
