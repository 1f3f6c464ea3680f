"""A tender committee that writes to one another, by words typed to the bot (R50)."""

from datetime import timedelta

from bot.rim import SystemClock
from tests.kit import sittings as kit
from tests.kit.hall import Hall, hall, text_of
from voting.domain import commands as c
from voting.domain.assembly import Body, Regime
from voting.domain.ids import item_id
from voting.domain.polls import Purpose

CLERK, CHAIR, ADVISOR = kit.CLERK, kit.CHAIR, kit.ADVISOR
IN_WRITING = kit.convene(kit.roll(4), kit.reports(2), body=Body.TENDER_COMMITTEE, regime=Regime.WRITTEN_EXCHANGE)


async def begun(room: Hall) -> None:
    here = (kit.arrive(who) for who in (*kit.first(4), ADVISOR))
    await room.submit(*here, c.OpenSitting(by=CHAIR), c.AppointSecretary(by=CHAIR, person=kit.m(2)), kit.call())


async def test_R50_what_one_writes_the_others_read_and_only_the_chair_leads_the_exchange() -> None:
    async with hall(IN_WRITING) as room:
        await begun(room)
        assert "l’échange" in text_of(await room.say(CLERK, "séance"))
        assert "Aucun échange d’écrits" in text_of(await room.say(kit.m(2), "écrire Bonjour à tous"))
        assert "Seule la présidence" in text_of(await room.say(CLERK, "échange écrit 31/12/2099 à 9 h"))
        assert "31 décembre 2099" in text_of(await room.say(CHAIR, "échange écrit 31/12/2099 à 9 h"))
        assert "Votre message" in text_of(await room.say(kit.m(2), "écrire"))
        await room.say(kit.m(2), "écrire L'offre B est la mieux-disante.")
        await room.say(ADVISOR, "écrire Le délai est de trois semaines.")
        mine = text_of(await room.say(kit.m(3), "bonjour"))
        assert "ne sera pas clos avant" in mine
        assert "2 messages écrits" in mine
        read = text_of(await room.say(kit.m(3), "échange écrit"))
        assert "la mieux-disante" in read
        assert "trois semaines" in read
        assert "jusqu’à 09:00:00 le 31 décembre 2099" in text_of(await room.say(CHAIR, "clore l'échange"))
        assert "peuvent encore écrire" in text_of(await room.say(CLERK, "vote"))
        assert "1 janvier 2100" in text_of(await room.say(CHAIR, "échange écrit jusqu'au 1/1/2100 à 9 h 30"))
        await room.posted("la mieux-disante")


async def test_R50_once_its_hour_is_past_it_is_closed_and_put_to_the_vote() -> None:
    async with hall(IN_WRITING) as room:
        await begun(room)
        assert "n’ont pas encore pu écrire" in text_of(await room.say(CLERK, "vote"))
        await room.submit(c.OpenExchange(by=CHAIR, until=SystemClock().now() + timedelta(milliseconds=300)))
        while (await room.state()).exchanges[item_id(1)].is_open:
            await room.say(CHAIR, "clore l'échange")
        await room.say(CLERK, "vote")
        assert (await room.state()).polls.open_poll() is not None
        await room.say(kit.m(2), "pour")
        assert "effectivement pris part" in text_of(await room.say(CLERK, "clore"))
        await room.say(kit.m(3), "pour")
        await room.say(CLERK, "clore")
        await room.say(CHAIR, "proclamer")
        (poll,) = (await room.state()).polls.all.values()
        assert (poll.purpose, poll.decision is not None) == (Purpose.ITEM, True)


async def test_a_committee_that_meets_is_told_to_ask_for_the_floor() -> None:
    async with hall(kit.standing_committee(*kit.reports(1), voters=3)) as room:
        await room.submit(*(kit.arrive(kit.m(n)) for n in (1, 2, 3)), c.OpenSitting(by=CHAIR), kit.call())
        for said in ("échange écrit", "écrire", "écrire bonjour", "échange écrit 14 h"):
            assert "ne délibère pas par écrit" in text_of(await room.say(CHAIR, said))
        assert "n’est pas une heure" in text_of(await room.say(CHAIR, "échange écrit demain"))
        assert "n’est pas une heure" in text_of(await room.say(CHAIR, "échange écrit 45/11 à 9 h"))
