"""The substance of the debate, written from the chat: on the running turn, on a past one, and after the close."""

from tests.kit import sittings as kit
from tests.kit.hall import Hall, hall, text_of, words
from voting.domain import commands as c
from voting.domain.ids import request_id

CLERK, CHAIR = kit.CLERK, kit.CHAIR
FIRST, SECOND = kit.m(6), kit.m(7)
SITTING = kit.standing_committee(*kit.reports(2))


async def said(room: Hall) -> dict[str, str]:
    return {turn: note.text for turn, note in (await room.state()).minuting.notes.items()}


async def test_L4132_12_the_clerk_notes_what_is_said() -> None:
    async with hall(SITTING) as room:
        await room.submit(*kit.called(SITTING, kit.first(20))[1:], c.AppointSecretary(by=CLERK, person=kit.m(5)))
        assert "Personne n’a encore pris la parole" in text_of(await room.say(CLERK, "note rien"))
        await room.submit(kit.ask(FIRST), kit.ask(SECOND), c.GiveFloor(by=CHAIR))
        answer = text_of(await room.say(CLERK, "note soutient *le* rapport"))
        assert "Note enregistrée sur l’intervention n° 1" in answer
        await room.submit(c.GiveFloor(by=CHAIR))
        form = await room.say(CLERK, "note")
        assert "Note sur l’intervention n° 2" in text_of(form)
        pressed = await room.press(CLERK, "note", form, said="Un bilan\n\ndans un an.")
        assert "intervention n° 2" in words(pressed)
        assert await said(room) == {request_id(1): "soutient *le* rapport", request_id(2): "Un bilan\ndans un an."}
        await room.submit(c.CloseSitting(by=CLERK))
        assert "soutient" in text_of(await room.say(CLERK, "note 1"))
        await room.say(CLERK, "note 1 : ne soutient plus le rapport")
        listed = await room.say(CLERK, "notes")
        assert "2 interventions, 2 avec une note" in text_of(listed)
        again = await room.press(CLERK, "note", listed, request=request_id(1))
        assert "ne soutient plus" in words(again)
        await room.press(CLERK, "note", await room.say(CLERK, "note 2"))
        assert await said(room) == {request_id(1): "ne soutient plus le rapport"}
        assert "Il n’y a pas d’intervention n° 9" in text_of(await room.say(CLERK, "note 9 : x"))
        assert "n’est plus à jour" in words(await room.press(CLERK, "note", listed, request="f99", said="x"))


async def test_members_neither_write_the_notes_nor_see_them() -> None:
    async with hall(SITTING) as room:
        await room.submit(*kit.called(SITTING, kit.first(20))[1:], c.AppointSecretary(by=CLERK, person=kit.m(5)))
        await room.submit(kit.ask(FIRST), c.GiveFloor(by=CHAIR))
        await room.submit(c.WriteNote(by=CLERK, turn=None, text="secret de brouillon"))
        for typed in ("note", "note 1", "notes"):
            assert "brouillon" not in text_of(await room.say(FIRST, typed))
        assert "réservée à la présidence" in text_of(await room.say(FIRST, "note tout va bien"))
