"""Incidents of the sitting, told from the chat: now or at an hour gone by, put right, taken back, listed."""

from datetime import timedelta

from bot.cards.about import clock
from tests.kit import sittings as kit
from tests.kit.hall import Hall, hall, text_of, walk, words
from voting.domain import commands as c
from voting.domain.ids import incident_id, item_id
from voting.domain.incidents import Incident

CLERK = kit.CLERK
SECOND = kit.m(7)
SITTING = kit.standing_committee(*kit.reports(3))
BEGUN = (*kit.called(SITTING, kit.first(20))[1:], c.AppointSecretary(by=CLERK, person=kit.m(5)))


async def told(room: Hall) -> list[Incident]:
    return list((await room.state()).minuting.incidents.values())


def name_of(person: str) -> str:
    return next(member.full_name for member in SITTING.members if member.id == person)


async def test_R61_the_clerk_tells_what_happens_and_puts_it_right() -> None:
    async with hall(SITTING) as room:
        await room.submit(*BEGUN)
        assert "Incident n° 1 noté" in text_of(await room.say(CLERK, "incident la *transmission* s’interrompt"))
        form = await room.say(CLERK, "incident 1")
        assert "Incident n° 1" in text_of(form)
        pressed = await room.press(
            CLERK, "incident", form, said="La diffusion s’interrompt.", hour="", item="2", person=name_of(SECOND)
        )
        assert "Incident n° 1 noté" in words(pressed)
        (one,) = await told(room)
        assert (one.text, one.item, one.person) == ("La diffusion s’interrompt.", item_id(2), SECOND)
        await room.say(CLERK, "incident 1 : La diffusion s’interrompt deux minutes.")
        (again,) = await told(room)
        assert (again.item, again.person, again.happened_at) == (item_id(2), SECOND, one.happened_at)
        assert again.text.endswith("deux minutes.")


async def test_the_form_keeps_the_hour_and_the_person_that_it_shows() -> None:
    async with hall(SITTING) as room:
        await room.submit(*BEGUN)
        await room.submit(c.WriteIncident(by=CLERK, incident=None, text="Un.", person=SECOND))
        form = await room.say(CLERK, "incident 1")
        (before,) = await told(room)
        shown = {str(x["id"]): str(x.get("value", "")) for x in walk(form.card) if "id" in x}
        assert shown["person"] == name_of(SECOND)
        await room.press(CLERK, "incident", form, said="Deux.", hour=shown["hour"], person=shown["person"])
        (after,) = await told(room)
        assert (after.text, after.happened_at, after.person) == ("Deux.", before.happened_at, SECOND)


async def test_an_hour_gone_by_and_none_to_come() -> None:
    async with hall(SITTING) as room:
        await room.submit(*BEGUN)
        facts = (await room.state()).facts
        hour = clock(facts, facts.at)
        await room.say(CLERK, f"incident à {hour} : un écho pendant l’appel")
        (one,) = await told(room)
        assert (clock(facts, one.happened_at), one.happened_at.second, one.text) == (hour, 0, "un écho pendant l’appel")
        early = clock(facts, facts.at - timedelta(minutes=2))
        assert "n’est pas dans la séance" in text_of(await room.say(CLERK, f"incident {early} : trop tôt"))
        form = await room.say(CLERK, "incident")
        assert "n’est pas une heure" in words(await room.press(CLERK, "incident", form, said="x", hour="99:99"))


async def test_they_are_listed_taken_back_and_never_renumbered() -> None:
    async with hall(SITTING) as room:
        await room.submit(*BEGUN)
        assert "0 incident noté" in text_of(await room.say(CLERK, "incidents"))
        await room.say(CLERK, "incident un")
        await room.say(CLERK, "incident deux")
        listed = await room.say(CLERK, "incidents")
        assert "2 incidents notés" in text_of(listed)
        form = await room.press(CLERK, "incident", listed, request=incident_id(1))
        assert "Incident n° 1" in words(form)
        gone = await room.press(CLERK, "incident", await room.say(CLERK, "incident 1"))
        assert "retiré. Il reste au journal" in words(gone)
        assert "1 incident noté" in text_of(await room.say(CLERK, "incidents"))
        assert "Incident n° 3 noté" in text_of(await room.say(CLERK, "report an incident trois"))
        assert "Il n’y a pas d’incident n° 1" in text_of(await room.say(CLERK, "incident 1"))
        stale = await room.press(CLERK, "incident", listed, request="n99", kind="incident", said="x")
        assert "n’est plus à jour" in words(stale)


async def test_members_neither_tell_them_nor_see_them() -> None:
    async with hall(SITTING) as room:
        await room.submit(*BEGUN)
        await room.submit(c.WriteIncident(by=CLERK, incident=None, text="secret de brouillon"))
        for typed in ("incident", "incident 1", "incidents"):
            assert "brouillon" not in text_of(await room.say(SECOND, typed))
        assert "réservée à la présidence" in text_of(await room.say(SECOND, "incident tout va bien"))
