"""The order of the items changed from the chat, and followed by what comes next."""

from bot.cards.order import LAST
from tests.kit import sittings as kit
from tests.kit.hall import hall, text_of, words
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


async def test_a_form_moves_an_item_for_who_types_nothing() -> None:
    async with hall(SITTING) as room:
        agenda = await room.say(CLERK, "ordre du jour")
        form = words(await room.press(CLERK, "move_item", agenda))
        assert "avant : Rapport n° 4" in form
        assert "à la fin" in form
        await room.press(CLERK, "move_item", agenda, item=item_id(3), before=item_id(1))
        said = words(await room.press(CLERK, "move_item", agenda, item=item_id(1), before=LAST))
        assert "Ordre du jour" in said, "the agenda as it is now"
        assert [i.id for i in (await room.state()).sequence()] == [item_id(n) for n in (3, 2, 4, 1)]
        assert "plus à jour" in words(await room.press(CLERK, "move_item", agenda, item="i099", before=LAST))


async def test_only_what_may_be_moved_is_in_the_form() -> None:
    async with hall(SITTING) as room:
        await room.submit(*kit.opened(SITTING)[1:], kit.call())
        form = text_of(await room.say(CLERK, "déplacer"))
        assert "Rapport n° 2" in form
        assert "avant : Rapport n° 1" not in form, "it was called already"
        assert "Déplacer" not in text_of(await room.say(kit.m(5), "déplacer"))
