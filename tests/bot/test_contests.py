"""A choice among several through the front door: by buttons, by words, by proxy, on paper; and what one is told."""

import pytest

from tests.kit import sittings as kit
from tests.kit.hall import hall, text_of, verbs, words
from voting.domain import commands as c
from voting.domain.assembly import Body, ItemKind, Mode
from voting.domain.contests import ContestGround
from voting.domain.ids import item_id, option_id
from voting.domain.ruleset import StandingOrders
from voting.domain.standing_orders import ContestOrders
from voting.domain.tally import Choice

CLERK, CHAIR = kit.CLERK, kit.CHAIR
M2, M3, M4 = kit.m(2), kit.m(3), kit.m(4)
AWARD = kit.item(1, ItemKind.AWARD)
CAO = kit.tender_committee(AWARD, kit.item(2))
ELECTION = kit.standing_committee(
    kit.item(1, ItemKind.ELECTION), orders=StandingOrders(contests=ContestOrders(absolute_rounds=1))
)
HERE = kit.first(20)


async def test_an_award_by_buttons_from_the_form_to_the_result() -> None:
    async with hall(CAO) as room:
        await room.submit(*kit.called(CAO)[1:], c.AppointSecretary(by=CLERK, person=M2))
        console = await room.say(CLERK, "séance")
        assert "contest" in verbs(console.card or {})
        form = await room.press(CLERK, "contest", console)
        assert "Candidats ou options" in words(form)
        shown = await room.say(CLERK, "choix")
        await room.press(CLERK, "contest", shown, text="Offre A\nOffre B\nOffre C")
        voting = await room.posted("Offre C")
        answer = await room.press(M2, "choose", voting, option="o1")
        assert "Offre A" in words(answer)
        again = await room.press(M2, "choose", voting, option="o2")
        assert "Offre A" in words(again), "an old card changes nothing"
        for person in kit.first(6)[2:]:
            await room.press(person, "choose", option="o1")
        await room.press(CHAIR, "choose", option="abstention")
        await room.say(CLERK, "clore")
        await room.say(CHAIR, "proclamer")
        result = await room.posted("majorité absolue 3, choix arrêté")
        assert "Offre A : 5 voix" in text_of(result)
        assert "élu" not in text_of(result)


async def test_words_do_what_buttons_do() -> None:
    async with hall(ELECTION) as room:
        absent = kit.m(21)
        await room.submit(*kit.opened(ELECTION, HERE)[1:], *kit.accepted_proxy(absent, M2), kit.call())
        await room.say(CLERK, f"choix {M2} ; {M3} ; Une voix du dehors")
        names = {n: p.full_name for n, p in (await room.state()).roll.items()}
        await room.say(M2, f"choisir {names[M3]}")
        await room.say(M2, f"choisir 3 pour {absent}")
        await room.say(M4, "abstention")
        await room.say(CLERK, f"voix {kit.m(5)} 1")
        await room.say(CLERK, f"voix {kit.m(6)} nppv")
        poll = (await room.state()).polls.open_poll()
        assert poll is not None
        found = {member: (b.choice, b.option) for member, b in poll.ballots.items()}
        assert found == {
            M2: (Choice.FOR, option_id(2)),
            absent: (Choice.FOR, option_id(3)),
            M4: (Choice.ABSTENTION, None),
            kit.m(5): (Choice.FOR, option_id(1)),
            kit.m(6): (Choice.NOT_TAKING_PART, None),
        }
        assert "choix" in text_of(await room.say(M3, "pour"))
        assert "en lice" in text_of(await room.say(M3, "choisir Personne"))
        assert "Choisissez une réponse" in text_of(await room.say(M3, "choisir"))


async def test_rounds_age_and_a_withdrawal() -> None:
    async with hall(ELECTION) as room:
        await room.submit(*kit.called(ELECTION, HERE)[1:], c.AppointSecretary(by=CLERK, person=M2))
        await room.say(CLERK, "élection Dupond ; Durand ; Martin")
        assert "n’est pas terminé" in text_of(await room.say(CLERK, "tour suivant"))
        await room.submit(*kit.chosen({1: (1, 2), 2: (3, 4), 3: (5,)}))
        await room.say(CLERK, "clore")
        await room.say(CHAIR, "proclamer")
        await room.posted("aucune majorité absolue")
        console = await room.say(CLERK, "séance")
        assert "next_round" in verbs(console.card or {})
        await room.say(CLERK, "tour suivant -3 ; +Petit")
        await room.submit(*kit.chosen({1: (1, 2), 2: (3, 4), 4: (5,)}))
        await room.say(CLERK, "clore")
        assert "le plus âgé" in text_of(await room.say(CHAIR, "proclamer"))
        form = await room.press(CLERK, "elder", await room.say(CLERK, "séance"))
        assert "Durand" in words(form)
        assert "Petit" not in words(form)
        await room.say(CLERK, "doyen Durand")
        await room.say(CHAIR, "proclamer")
        await room.posted("au bénéfice de l’âge")
        poll = list((await room.state()).polls.all.values())[-1]
        assert poll.result is not None
        assert (poll.result.winner, poll.result.ground) == (option_id(2), ContestGround.ELDER)


COUNCIL = kit.convene(
    kit.roll(9), (kit.item(1, ItemKind.ELECTION), kit.item(2, ItemKind.ELECTION)), body=Body.COUNCIL, mode=Mode.ROOM
)


async def test_a_council_votes_for_people_on_paper_or_gives_the_secret_up() -> None:
    async with hall(COUNCIL) as room:
        await room.submit(*kit.called(COUNCIL)[1:], c.AppointSecretary(by=CLERK, person=M2))
        refused = text_of(await room.say(CLERK, "élection Dupond ; Durand"))
        assert "L. 4132-14, al. 2" in refused
        await room.say(CLERK, "élection secrète Dupond ; Durand")
        assert "enveloppes=24" in text_of(await room.say(CLERK, "urne 1=5"))
        assert "enveloppes=24" in text_of(await room.say(CLERK, "urne 1 cinq ; enveloppes=9"))
        await room.say(CLERK, "urne 1=5 ; Durand=2 ; blancs=1 ; nuls=1 ; enveloppes=9")
        await room.say(CLERK, "clore")
        await room.say(CHAIR, "proclamer")
        await room.posted("élection acquise à Dupond")
        await room.submit(kit.call())
        assert "Seule la présidence" in text_of(await room.say(CLERK, "candidature unique Martin"))
        await room.say(CHAIR, "lever le secret")
        await room.say(CHAIR, "candidature unique Martin")
        state = await room.state()
        assert state.agenda.unopposed == {item_id(2): "Martin"}


@pytest.mark.parametrize("typed", ["candidature unique", "candidature unique A ; B"])
async def test_one_name_is_read_out(typed: str) -> None:
    async with hall(COUNCIL) as room:
        await room.submit(*kit.called(COUNCIL)[1:])
        assert "nom" in text_of(await room.say(CHAIR, typed))


async def test_forms_without_their_moment_say_what_is_missing() -> None:
    async with hall(COUNCIL) as room:
        await room.submit(*kit.opened(COUNCIL)[1:])
        assert "Aucun point n’est en discussion" in text_of(await room.say(CLERK, "choix"))
        assert "L’âge ne départage rien" in text_of(await room.say(CLERK, "doyen"))
        await room.submit(kit.call())
        assert "Plusieurs personnes" in text_of(await room.say(CLERK, "choix Besson ; B"))
