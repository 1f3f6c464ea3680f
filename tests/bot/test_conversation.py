"""What people can do by button and by word, through the front door, and what they see of it."""

import asyncio
import time

import pytest

from tests.kit import sittings as kit
from tests.kit.hall import Hall, hall, text_of, verbs, walk, words
from voting.domain.agenda import ItemState
from voting.domain.attendance import Presence, Source
from voting.domain.polls import PollState
from voting.domain.queue import queue
from voting.domain.sitting import Phase
from voting.domain.speakers import FloorKind
from voting.domain.tally import Choice, Outcome

CLERK, CHAIR, FIRST, SECOND, THIRD = kit.CLERK, kit.CHAIR, kit.m(2), kit.m(3), kit.m(4)
SITTING = kit.standing_committee(*kit.reports(3))
HERE = kit.first(20)


async def test_a_whole_item_by_buttons() -> None:
    async with hall(SITTING) as room:
        console = await room.say(CLERK, "appel")
        await room.posted("Je suis présent(e)")
        for person in HERE:
            await room.press(person, "present")
        console = await room.say(CLERK, "séance")
        assert "open" in verbs(console.card or {})
        await room.press(CLERK, "open", console)
        console = await room.say(CLERK, f"secrétaire {kit.m(5)}")
        await room.press(CLERK, "next", console)
        await room.posted("Rapport 1")
        await room.press(FIRST, "floor")
        assert [r.person for r in queue(await room.state())] == [FIRST]
        await room.press(FIRST, "withdraw")
        await room.say(CLERK, "vote")
        await room.posted("Ne prend pas part au vote")
        answers = await asyncio.gather(*(room.press(p, "for") for p in HERE[:15]))
        assert all("Pour" in words(a) for a in answers)
        await room.press(HERE[15], "against")
        await room.press(HERE[16], "abstention")
        await room.press(HERE[17], "not_taking_part")
        await room.say(CLERK, "clore")
        cues = await room.say(CHAIR, "conducteur")
        await room.press(CHAIR, "proclaim", cues)
        result = await room.posted("15 pour, 1 contre")
        assert "hemicycle/" in text_of(result), "the signed head is posted with the result"
        poll = next(iter((await room.state()).polls.all.values()))
        assert poll.decision is not None
        assert poll.decision.outcome is Outcome.ADOPTED


async def opened(room: Hall, *more: object) -> None:
    await room.submit(*kit.called(SITTING, HERE)[1:])


async def polled(room: Hall) -> None:
    await room.submit(*kit.polled(SITTING, HERE)[1:])
    await room.posted("Ne prend pas part au vote")


async def test_a_vote_is_answered_with_its_receipt_and_can_be_changed() -> None:
    async with hall(SITTING) as room:
        await polled(room)
        card = room.newest(FIRST, "for")
        answer = words(await room.press(FIRST, "for", card))
        assert "Pour" in answer
        assert "Modifier mon vote" in answer
        history = await room.core.writer.history(room.sitting)
        assert history[-1].leaf.hex() in answer, "the receipt names the line of the journal"
        again = words(await room.press(FIRST, "against", card))
        assert "Pour" in again, "a second press on the old card changes nothing"
        await room.press(FIRST, "change", room.newest(FIRST, "change"))
        await room.press(FIRST, "against", room.newest(FIRST, "against"))
        ballot = (await room.state()).polls.open_poll().ballots[FIRST]  # type: ignore[union-attr]
        assert (ballot.choice, ballot.revision, ballot.source) == (Choice.AGAINST, 1, Source.CARD)


async def test_the_same_press_ten_times_is_one_vote() -> None:
    async with hall(SITTING) as room:
        await polled(room)
        card = room.newest(FIRST, "for")
        before = len(await room.core.writer.history(room.sitting))
        answers = await asyncio.gather(*(room.press(FIRST, "for", card) for _ in range(10)))
        assert all("Pour" in words(a) for a in answers)
        assert len(await room.core.writer.history(room.sitting)) == before + 1


async def test_a_proxy_votes_from_his_holders_card() -> None:
    absent = kit.m(25)
    async with hall(SITTING) as room:
        await room.submit(*kit.accepted_proxy(absent, FIRST))
        await polled(room)
        answer = words(await room.press(FIRST, "for"))
        assert "(pouvoir de" in answer
        await room.press(FIRST, "against", member=absent, revision=0, card=room.newest(FIRST, "against"))
        poll = (await room.state()).polls.open_poll()
        assert poll is not None
        assert {m: b.choice for m, b in poll.ballots.items()} == {FIRST: Choice.FOR, absent: Choice.AGAINST}
        assert poll.ballots[absent].by == FIRST


async def test_voting_by_word_and_for_a_proxy() -> None:
    absent = kit.m(25)
    name = (await _name(absent)).split()[-1]
    async with hall(SITTING) as room:
        await room.submit(*kit.accepted_proxy(absent, FIRST))
        await polled(room)
        assert "Pour" in text_of(await room.say(FIRST, "pour", in_meeting=True))
        assert "Abstention" in text_of(await room.say(FIRST, f"abstention pour {name}"))
        assert "Contre" in text_of(await room.say(FIRST, "contre"))
        poll = (await room.state()).polls.open_poll()
        assert poll is not None
        assert {m: b.choice for m, b in poll.ballots.items()} == {FIRST: Choice.AGAINST, absent: Choice.ABSTENTION}
        assert {b.source for b in poll.ballots.values()} == {Source.TEXT}


async def _name(person: str) -> str:
    return next(m.full_name for m in SITTING.members if m.id == person)


async def test_a_spoken_vote_is_recorded_by_the_clerk() -> None:
    async with hall(SITTING) as room:
        await polled(room)
        await room.say(CLERK, f"voix {await _name(SECOND)} contre")
        poll = (await room.state()).polls.open_poll()
        assert poll is not None
        ballot = poll.ballots[SECOND]
        assert (ballot.choice, ballot.by, ballot.source) == (Choice.AGAINST, CLERK, Source.VOICE)


async def test_only_those_who_may_do_it() -> None:
    async with hall(SITTING) as room:
        await polled(room)
        assert "réservée" in text_of(await room.say(FIRST, "clore"))
        await room.say(CLERK, "clore")
        assert "Seule la présidence" in text_of(await room.say(CLERK, "proclamer"))
        assert "ne dispose pas d’une voix" in text_of(await room.say(kit.ADVISOR, "pour")) or "pas ouvert" in text_of(
            await room.say(kit.ADVISOR, "pour")
        )


async def test_a_refusal_names_its_article_and_what_to_do() -> None:
    async with hall(SITTING) as room:
        await room.submit(*(kit.arrive(p) for p in kit.first(5)))
        said = text_of(await room.say(CLERK, "ouvrir"))
        assert "Le quorum n’est pas atteint : 5 sur 13" in said
        assert "CGCT, art. L. 4132-13-1" in said
        assert "seconde fois" in said


async def test_unknown_words_get_the_nearest_commands() -> None:
    async with hall(SITTING) as room:
        card = await room.say(FIRST, "abstansion")
        assert "abstention" in verbs(card.card or {})


async def test_strangers_are_told_so() -> None:
    from bot.local.chats import Person, new_user_id
    from bot.local.town import TENANT

    async with hall(SITTING) as room:
        chats = room.running.town.chats
        stranger = Person(
            user_id=new_user_id("x"), account="11111111-2222-4333-8444-555555555555", name="X", tenant_id=TENANT
        )
        guest = Person(user_id=new_user_id("y"), account=None, name="Présidente", tenant_id=TENANT, role="anonymous")
        chats.add(stranger, guest)
        room.meeting.members.update({p.user_id: p for p in (stranger, guest)})
        await room.submit(*kit.polled(SITTING, HERE)[1:])
        await room.posted("Ne prend pas part au vote")
        card = room.newest(FIRST, "for")
        data = {"sitting": room.sitting, "poll": "p1", "revision": 0}
        for person, expected in ((stranger, "pas sur la liste"), (guest, "compte n’est pas reconnu")):
            answer = await room.client.press(person, room.meeting, card.id, verb="for", data=data)
            assert expected in words(answer)
        poll = (await room.state()).polls.open_poll()
        assert poll is not None
        assert poll.ballots == {}


@pytest.mark.parametrize(
    "data",
    [
        {"sitting": "another", "poll": "p1", "revision": 0},
        {"poll": "p9", "revision": 0},
        {"poll": "p1", "revision": -1},
        {"poll": ["p1"]},
        {"poll": "p1", "member": "m004", "revision": 0},
        {"poll": "p1", "member": "nobody", "revision": 0},
        {"poll": "p1", "revision": 7},
        {},
        {"poll": "p1" * 500},
    ],
)
async def test_a_forged_or_stale_payload_changes_nothing_but_the_pressers_own_vote(data: dict[str, object]) -> None:
    async with hall(SITTING) as room:
        await polled(room)
        card = room.newest(FIRST, "for")
        answer = await room.client.press(room.person(FIRST), room.meeting, card.id, verb="for", data=data)
        assert answer.get("statusCode") in (200, 400)
        poll = (await room.state()).polls.open_poll()
        assert poll is not None
        assert set(poll.ballots) <= {FIRST}


async def test_an_unknown_verb_says_that_the_card_is_old() -> None:
    async with hall(SITTING) as room:
        await polled(room)
        card = room.newest(FIRST, "for")
        answer = await room.client.press(room.person(FIRST), room.meeting, card.id, verb="drop_table", data={})
        assert "plus à jour" in words(answer)


async def test_a_client_that_refreshes_never_votes() -> None:
    async with hall(SITTING) as room:
        await polled(room)
        card = room.newest(FIRST, "for")
        body = room.client.writer.press(
            room.person(FIRST), room.meeting, card.id, verb="for", data={"poll": "p1"}, trigger="automatic"
        )
        await room.client.post(body)
        poll = (await room.state()).polls.open_poll()
        assert poll is not None
        assert poll.ballots == {}


async def test_floor_recusal_and_secret_ballot_by_word() -> None:
    async with hall(SITTING) as room:
        await opened(room)
        await room.say(FIRST, "parole")
        await room.say(SECOND, "rappel")
        assert [(r.person, r.kind) for r in queue(await room.state())] == [
            (SECOND, FloorKind.POINT_OF_ORDER),
            (FIRST, FloorKind.INTERVENTION),
        ]
        await room.say(CLERK, "donner")
        assert (await room.state()).speakers.turn is not None
        await room.say(CLERK, "fin")
        await room.say(CLERK, "clore la liste")
        assert "close" in text_of(await room.say(THIRD, "parole"))
        await room.say(THIRD, "déport")
        assert (await room.state()).agenda.is_recused(THIRD)
        await room.say(SECOND, "vote secret")
        await room.say(CLERK, "vote")
        poll = (await room.state()).polls.open_poll()
        assert poll is not None
        assert poll.purpose.value == "secret_ballot_request"


async def test_the_course_of_a_sitting_by_word() -> None:
    async with hall(SITTING) as room:
        await room.submit(*(kit.arrive(p) for p in HERE))
        for words_ in ("ouvrir", f"secrétaire {kit.m(5)}", "suivant", "suspendre incident technique"):
            await room.say(CLERK, words_)
        assert (await room.state()).course.phase is Phase.SUSPENDED
        await room.posted("incident technique")
        for words_ in ("reprendre", "reporter dossier incomplet", "point 3", "suivant"):
            await room.say(CLERK, words_)
        state = await room.state()
        assert [s for s in state.agenda.states.values()] == [
            ItemState.POSTPONED,
            ItemState.UNDER_DISCUSSION,
            ItemState.CLOSED,
        ]
        await room.say(CLERK, "vote")
        await room.say(CLERK, "annuler le vote carte erronée")
        assert next(iter((await room.state()).polls.all.values())).state is PollState.ANNULLED
        await room.say(CLERK, f"présidence {kit.m(2)}")
        assert (await room.state()).officers.chair == kit.m(2)
        await room.say(CLERK, f"absent {kit.m(7)}")
        assert (await room.state()).presence(kit.m(7)) is Presence.ABSENT
        await room.say(kit.m(8), "quitter")
        assert (await room.state()).presence(kit.m(8)) is Presence.ABSENT
        await room.say(CLERK, "lever")
        assert (await room.state()).course.phase is Phase.CLOSED
        card = await room.say(CLERK, "pv")
        link = next(str(e["url"]) for e in walk(card.card or {}) if e.get("type") == "Action.OpenUrl")
        async with room.session.get(link) as response:
            assert (response.status, await response.content.read(5)) == (200, b"%PDF-")
        async with room.session.get(link[:-1]) as response:
            assert response.status == 404


async def test_a_proxy_from_offer_to_return() -> None:
    async with hall(SITTING) as room:
        giver, holder = kit.m(25), kit.m(6)
        await room.say(giver, f"pouvoir à {await _name(holder)}")
        assert (await room.state()).proxies[giver].accepted_at is None
        await room.say(holder, "accepter")
        assert (await room.state()).proxies[giver].accepted_at is not None
        assert "maximum" in text_of(await room.say(kit.m(24), f"pouvoir à {await _name(holder)}"))
        await room.say(giver, "retirer pouvoir")
        assert (await room.state()).proxies == {}
        await room.say(giver, f"pouvoir à {await _name(holder)}")
        await room.say(holder, "refuser")
        assert (await room.state()).proxies == {}


async def test_english_people_are_answered_in_english() -> None:
    async with hall(SITTING, locale="en-GB") as room:
        await polled(room)
        assert "For" in text_of(await room.say(FIRST, "for"))
        assert "Your votes" in text_of(await room.say(FIRST, "my votes")) or "votes" in text_of(
            await room.say(FIRST, "my votes")
        )


async def test_one_poll_costs_six_calls_however_many_vote() -> None:
    async with hall(SITTING, live_seconds=1) as room:
        await opened(room)
        await room.posted("Rapport 1")
        await room.running.app.outbox.settled(room.sitting)
        calls = room.running.town.connector.calls
        before, began = len(calls), time.monotonic()
        await room.submit(kit.open_poll())
        await room.posted("Ne prend pas part au vote")
        await asyncio.gather(*(room.press(p, "for") for p in HERE))
        await room.submit(kit.close_poll(), kit.proclaim())
        await room.posted("20 pour")
        await room.until(lambda: len(calls) >= before + 4)
        moving = time.monotonic() - began  # the figures of the vote that runs, once a second
        assert len(calls) - before <= 6 + moving
        assert room.running.town.connector.count(429) == 0


async def test_one_says_where_one_is() -> None:
    async with hall(SITTING) as room:
        for words_, presence in (
            ("présent en salle", Presence.IN_ROOM),
            ("présent par téléphone", Presence.AUDIO_ONLY),
            ("présent à distance", Presence.REMOTE),
            ("here in the room", Presence.IN_ROOM),
        ):
            await room.say(FIRST, words_)
            assert (await room.state()).presence(FIRST) is presence
        name = (await room.state()).roll[SECOND].full_name
        await room.say(CLERK, f"présent {name} sur place")
        assert (await room.state()).presence(SECOND) is Presence.IN_ROOM
