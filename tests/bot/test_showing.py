"""Every card that a word or a button can show, and the forms that come back filled."""

import pytest

from tests.bot.test_conversation import CHAIR, CLERK, FIRST, HERE, SECOND, SITTING, opened, polled
from tests.kit import sittings as kit
from tests.kit.hall import button, hall, text_of, verbs, words
from voting.domain.agenda import ItemState
from voting.domain.attendance import Presence, Source
from voting.domain.ids import PersonId
from voting.domain.polls import PollState
from voting.domain.tally import Choice

ABSENT = kit.m(24)


@pytest.mark.parametrize(
    ("who", "typed", "shown"),
    [
        (FIRST, "bonjour", "Rapport"),
        (FIRST, "aide", "Besoin d'aide"),
        (FIRST, "quorum", "20 membres présents ou représentés"),
        (FIRST, "ordre du jour", "Rapport 2"),
        (FIRST, "séance", "Rapport 1"),
        (FIRST, "membres", "Aubert"),
        (FIRST, "mes votes", "Mes votes"),
        (FIRST, "voter", "n"),
        (CLERK, "membres", "Aubert"),
        (CLERK, "état", "20"),
        (CLERK, "ordre du jour", "Rapport 3"),
        (CLERK, "point", "Rapport 2"),
        (CLERK, "secrétaire", "Aubert"),
        (CLERK, "présidence", "Aubert"),
        (CLERK, "absent", "Aubert"),
        (CLERK, "reporter", "motif"),
        (FIRST, "pouvoir", "Aubert"),
        (CHAIR, "conducteur", "À dire"),
        (FIRST, "conducteur", "Rapport 1"),
        (CLERK, "exports", "Notes de présidence (PDF)"),
        (CLERK, "nouvelle séance", "Convoquer une séance"),
        (CLERK, "pv", "levée"),
        (FIRST, "pv", "réservée"),
    ],
)
async def test_a_word_shows_its_card(who: PersonId, typed: str, shown: str) -> None:
    async with hall(SITTING) as room:
        await opened(room)
        assert shown.casefold() in text_of(await room.say(who, typed)).casefold()


@pytest.mark.parametrize(
    ("who", "typed", "said"),
    [
        (CLERK, "point 99", "n’est pas à l’ordre du jour"),
        (CLERK, "donner Personne", "Personne ne s’appelle « Personne »"),
        (CLERK, "secrétaire Camille", "Plusieurs personnes portent le nom"),
        (CLERK, "voix", "Écrivez « voix »"),
        (CLERK, "voix Camille peut-être", "Plusieurs personnes"),
        (CLERK, f"voix {kit.m(3)} peut-être", "Écrivez « voix »"),
        (CLERK, "annuler le vote", "Aucun scrutin n’est en cours"),
        (FIRST, "pour ce rapport", "Je n’ai pas compris"),
        (FIRST, "accepter", "Il n’y a pas de pouvoir"),
        (FIRST, "retirer", "plus dans la liste"),
        (CLERK, "fin", "Personne n’a la parole"),
        (CLERK, "donner", "Personne n’attend la parole"),
    ],
)
async def test_what_makes_no_sense_gets_one_sentence(who: PersonId, typed: str, said: str) -> None:
    async with hall(SITTING) as room:
        await opened(room)
        assert said in text_of(await room.say(who, typed))


async def test_forms_come_back_filled() -> None:
    async with hall(SITTING) as room:
        await opened(room)
        form = await room.say(CLERK, "secrétaire")
        await room.press(CLERK, "secretary", form, person=SECOND)
        assert (await room.state()).officers.secretary == SECOND
        form = await room.say(CLERK, "reporter")
        await room.press(CLERK, "postpone", form, text="dossier incomplet")
        assert (await room.state()).agenda.states[SITTING.items[0].id] is ItemState.POSTPONED
        agenda = await room.say(CLERK, "ordre du jour")
        await room.press(CLERK, "item", agenda, item=SITTING.items[2].id)
        assert (await room.state()).agenda.current == SITTING.items[2].id
        members = await room.say(CLERK, "membres")
        await room.press(CLERK, "present", members, person=ABSENT)
        assert (await room.state()).presence(ABSENT) is Presence.REMOTE
        await room.press(CLERK, "absent", members, person=ABSENT)
        assert (await room.state()).presence(ABSENT) is Presence.ABSENT
        await room.press(CLERK, "present", members, page=1)
        await room.press(CLERK, "give", members, page=1) if "give" in verbs(members.card or {}) else None
        await room.say(CLERK, "vote")
        await room.posted("Ne prend pas part au vote")
        console = await room.say(CLERK, "séance")
        answer = await room.press(CLERK, "voice", console)
        assert "voice" in verbs(answer)
        await room.press(CLERK, "voice", console, person=SECOND, text="against")
        poll = (await room.state()).polls.open_poll()
        assert poll is not None
        assert (poll.ballots[SECOND].choice, poll.ballots[SECOND].source) == (Choice.AGAINST, Source.VOICE)
        form = await room.say(CLERK, "annuler le vote")
        await room.press(CLERK, "annul", form, text="carte erronée")
        assert next(iter((await room.state()).polls.all.values())).state is PollState.ANNULLED


async def test_a_second_press_gives_the_floor_once_and_skips_no_item() -> None:
    async with hall(SITTING) as room:
        await room.submit(*(kit.arrive(p) for p in HERE))
        await room.say(CLERK, "ouvrir")
        console = await room.say(CLERK, f"secrétaire {kit.m(5)}")
        for _ in range(3):
            await room.press(CLERK, "next", console)
        assert (await room.state()).agenda.current == SITTING.items[0].id
        await room.say(FIRST, "parole")
        await room.say(SECOND, "parole")
        console = await room.say(CLERK, "séance")
        assert "request" in button(console, "give")
        for _ in range(3):
            await room.press(CLERK, "give", console)
        turn = (await room.state()).speakers.turn
        assert turn is not None
        assert turn.person == FIRST
        assert [r.person for r in (await room.state()).speakers.waiting] == [SECOND]


async def test_my_votes_show_the_receipt_of_the_voice_that_counts() -> None:
    async with hall(SITTING) as room:
        await polled(room)
        await room.say(FIRST, "pour")
        await room.say(FIRST, "contre")
        history = await room.core.writer.history(room.sitting)
        shown = text_of(await room.say(FIRST, "mes votes"))
        assert history[-1].leaf.hex() in shown
        assert history[-2].leaf.hex() not in shown
        assert history[-1].leaf.hex() not in text_of(await room.say(SECOND, "mes votes")), "nobody else's"


async def test_an_offered_proxy_is_told_to_its_holder() -> None:
    async with hall(SITTING) as room:
        giver, holder = kit.m(25), kit.m(6)
        name = next(m.full_name for m in SITTING.members if m.id == holder)
        await room.say(giver, f"pouvoir à {name}")
        chats = room.running.town.chats
        await room.until(lambda: any("accept" in verbs(s.card or {}) for s in chats.transcript(room.own(holder), None)))
        offer = chats.transcript(room.own(holder), None)[-1]
        answer = await room.press(holder, "accept", offer)
        assert (await room.state()).proxies[giver].accepted_at is not None
        assert "Vous votez aussi pour" in words(answer)
        assert not {"accept", "decline"} & verbs(answer), "what is accepted asks for nothing more"


async def test_a_refused_proxy_leaves_no_button_behind() -> None:
    async with hall(SITTING) as room:
        giver, holder = kit.m(25), kit.m(6)
        await room.say(giver, f"pouvoir à {next(m.full_name for m in SITTING.members if m.id == holder)}")
        chats = room.running.town.chats
        await room.until(lambda: any("accept" in verbs(s.card or {}) for s in chats.transcript(room.own(holder), None)))
        answer = await room.press(holder, "decline", chats.transcript(room.own(holder), None)[-1])
        assert (await room.state()).proxies == {}
        assert not {"accept", "decline"} & verbs(answer)


async def test_both_receipts_stay_on_the_card_of_a_proxy_holder() -> None:
    absent = kit.m(25)
    async with hall(SITTING) as room:
        await room.submit(*kit.accepted_proxy(absent, FIRST))
        await polled(room)
        await room.press(FIRST, "for")
        answer = await room.press(FIRST, "against", member=absent, revision=0)
        history = await room.core.writer.history(room.sitting)
        shown = words(answer)
        assert history[-1].leaf.hex() in shown
        assert history[-2].leaf.hex() in shown


async def test_a_pause_and_its_end_are_both_announced() -> None:
    async with hall(SITTING) as room:
        await opened(room)
        await room.say(CLERK, "suspendre réunion de groupe")
        await room.posted("réunion de groupe")
        await room.say(CLERK, "reprendre")
        await room.posted("La séance reprend")


async def test_opening_ends_the_roll_call() -> None:
    async with hall(SITTING) as room:
        await room.say(CLERK, "appel")
        await room.submit(*(kit.arrive(p) for p in HERE))
        await room.say(CLERK, "ouvrir")
        state = await room.state()
        assert not state.course.roll_call_open


async def test_help_is_there_before_any_sitting() -> None:
    from bot.local.chats import Person, new_user_id
    from bot.local.town import TENANT

    async with hall(SITTING) as room:
        chats = room.running.town.chats
        account = "77777777-2222-4333-8444-555555555555"
        visitor = Person(user_id=new_user_id("w"), account=account, name="W", tenant_id=TENANT)
        chats.add(visitor)
        own = chats.personal(visitor)
        await room.client.say(visitor, own, "aide")
        await room.until(lambda: any(s.card for s in chats.transcript(own, visitor)))
