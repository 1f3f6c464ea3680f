"""Amendments through the front door: the order of the chair, what lost its object, the text as amended."""

from tests.kit import sittings as kit
from tests.kit.hall import hall, text_of
from voting.domain.agenda import ItemState
from voting.domain.assembly import ItemKind
from voting.domain.ids import item_id

CLERK, CHAIR = kit.CLERK, kit.CHAIR
TEXT = item_id(1)
SITTING = kit.standing_committee(
    kit.item(1), *(kit.item(n, ItemKind.AMENDMENT, parent=TEXT) for n in (2, 3, 4)), kit.item(5)
)


async def test_the_farthest_first_one_moot_and_the_text_as_amended() -> None:
    async with hall(SITTING) as room:
        await room.submit(*kit.opened(SITTING)[1:])
        assert "le plus éloigné" in text_of(await room.say(CHAIR, "ordre des amendements"))
        assert "Seule la présidence" in text_of(await room.say(CLERK, "ordre des amendements 4 ; 2"))
        await room.say(CHAIR, "ordre des amendements 4 ; 2")
        await room.say(CLERK, "suivant")
        assert (await room.state()).agenda.current == item_id(4)
        await room.submit(kit.open_poll(), kit.vote(CHAIR), kit.close_poll(), kit.proclaim())
        assert "numéro de l’amendement" in text_of(await room.say(CLERK, "sans objet"))
        assert "n’est pas un amendement" in text_of(await room.say(CLERK, "sans objet 5"))
        await room.say(CLERK, "sans objet 2 : le 4 est adopté")
        await room.say(CLERK, "sans objet 3")
        states = (await room.state()).agenda.states
        assert [states[item_id(n)] for n in (2, 3)] == [ItemState.MOOT] * 2
        await room.say(CLERK, "suivant")
        await room.say(CLERK, "vote")
        await room.posted("avec les amendements déjà adoptés")
        await room.submit(kit.vote(CHAIR), kit.close_poll(), kit.proclaim())
        await room.posted("dans sa version amendée")
