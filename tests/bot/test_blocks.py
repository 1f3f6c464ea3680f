"""Items voted together through the front door: a range of numbers, one taken out by a member, one result for each."""

from tests.kit import sittings as kit
from tests.kit.hall import hall, text_of
from voting.domain.agenda import ItemState
from voting.domain.assembly import ItemKind
from voting.domain.ids import item_id

CLERK, CHAIR = kit.CLERK, kit.CHAIR
SITTING = kit.standing_committee(*(kit.item(n) for n in range(1, 6)), kit.item(6, ItemKind.INFORMATION))


async def test_a_member_takes_one_out_and_one_vote_decides_the_others() -> None:
    async with hall(SITTING) as room:
        await room.submit(*kit.opened(SITTING)[1:])
        for words in ("bloc", "bloc 1-9"):
            assert "puis les numéros" in text_of(await room.say(CLERK, words))
        assert "ni un rapport ni une motion" in text_of(await room.say(CLERK, "bloc 4-6"))
        await room.say(CLERK, "bloc 1-3 ; 5")
        assert (await room.state()).agenda.blocks == (tuple(map(item_id, (1, 2, 3, 5))),)
        assert "puis le numéro" in text_of(await room.say(kit.m(3), "retirer du bloc"))
        assert "déjà voté séparément" in text_of(await room.say(kit.m(3), "retirer du bloc 4"))
        assert "sera voté séparément" in text_of(await room.say(kit.m(3), "retirer du bloc 2"))
        await room.say(CLERK, "suivant")
        await room.say(CLERK, "vote")
        await room.posted("Approuvez-vous ces textes")
        await room.submit(kit.vote(CHAIR), kit.vote(kit.m(3)), kit.close_poll(), kit.proclaim())
        await room.posted("Rapports n° ")
        states = (await room.state()).agenda.states
        assert [states[item_id(n)] for n in (1, 3, 5)] == [ItemState.ADOPTED] * 3
        assert [states[item_id(n)] for n in (2, 4)] == [ItemState.PENDING] * 2
        await room.say(CLERK, "suivant")
        assert (await room.state()).agenda.current == item_id(2)
