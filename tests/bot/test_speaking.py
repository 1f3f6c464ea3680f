"""A debate through the front door: every kind of floor, the clock, what members ask for, all by word or button."""

from tests.kit import sittings as kit
from tests.kit.hall import Hall, hall, text_of
from voting.domain import commands as c
from voting.domain.queue import queue
from voting.domain.ruleset import StandingOrders
from voting.domain.sitting import Phase
from voting.domain.speakers import FloorKind
from voting.domain.standing_orders import Asker, FloorOrder, Requests

CLERK, CHAIR = kit.CLERK, kit.CHAIR
FIRST, SECOND, THIRD, FOURTH, FIFTH = (kit.m(n) for n in (6, 7, 8, 9, 11))
HERE = kit.first(20)
ORDERS = StandingOrders(floor_order=FloorOrder.BALANCED, requests=Requests(closure=Asker.NOBODY))
SITTING = kit.standing_committee(*kit.reports(3))
STRICT = kit.standing_committee(*kit.reports(3), orders=ORDERS)


async def debating(room: Hall) -> None:
    await room.submit(*kit.called(SITTING, HERE)[1:], c.AppointSecretary(by=CLERK, person=kit.m(5)))
    await room.posted("Rapport 1")


async def test_R58_a_whole_debate_in_its_order() -> None:
    async with hall(SITTING) as room:
        await debating(room)
        assert "fin du point" in text_of(await room.say(FIRST, "fait personnel"))
        assert "avant l’ouverture du vote" in text_of(await room.say(SECOND, "explication"))
        await room.press(THIRD, "reply")
        await room.press(FOURTH, "floor")
        await room.say(FIFTH, "rappel")
        kinds = [(r.person, r.kind) for r in queue(await room.state())]
        assert kinds == [
            (FIFTH, FloorKind.POINT_OF_ORDER),
            (FOURTH, FloorKind.INTERVENTION),
            (THIRD, FloorKind.REPLY),
            (SECOND, FloorKind.EXPLANATION),
            (FIRST, FloorKind.PERSONAL_STATEMENT),
        ]
        for _ in range(4):
            await room.say(CLERK, "donner")
        refused = text_of(await room.say(CLERK, "donner"))
        assert "faits personnels" in refused
        assert "règlement intérieur" in refused
        await room.say(CLERK, "vote")
        await room.say(CLERK, "clore")
        await room.say(CHAIR, "proclamer")
        console = await room.say(CLERK, "séance")
        await room.press(CLERK, "give", console)
        turn = (await room.state()).speakers.turn
        assert turn is not None
        assert (turn.person, turn.kind) == (FIRST, FloorKind.PERSONAL_STATEMENT)


async def test_R58_the_clock_is_held_from_the_console() -> None:
    async with hall(SITTING) as room:
        await debating(room)
        await room.say(FIRST, "parole")
        await room.say(CLERK, "donner")
        assert "jusqu’à" in text_of(await room.say(FIRST, "bonjour"))
        console = await room.say(CLERK, "séance")
        await room.press(CLERK, "pause", console)
        assert "chronomètre est arrêté" in text_of(await room.say(FIRST, "bonjour"))
        await room.say(CLERK, "continuer")
        turn = (await room.state()).speakers.turn
        assert turn is not None
        assert turn.paused_at is None
        await room.say(CLERK, "fin")
        await room.press(CLERK, "undo_floor", await room.say(CLERK, "séance"))
        assert (await room.state()).speakers.turn is not None
        await room.say(CLERK, "annuler la parole")
        assert "rien à annuler" in text_of(await room.say(CLERK, "annuler la parole"))


async def test_R58_a_floor_given_by_mistake_is_taken_back_on_the_console_while_it_lasts() -> None:
    async with hall(SITTING) as room:
        await debating(room)
        await room.say(FIRST, "parole")
        await room.say(SECOND, "parole")
        for leader in (CLERK, CHAIR):
            await room.press(leader, "give", await room.say(leader, "séance"))
            turn = (await room.state()).speakers.turn
            assert turn is not None
            assert turn.person == FIRST
            await room.press(leader, "undo_floor", await room.say(leader, "séance"))
            state = await room.state()
            assert (state.speakers.turn, [one.person for one in queue(state)]) == (None, [FIRST, SECOND])


async def test_R58_a_suspension_is_asked_for_and_granted_or_declined() -> None:
    async with hall(SITTING) as room:
        await debating(room)
        assert "transmise à la présidence" in text_of(
            await room.say(FIRST, "suspension dix minutes, réunion du groupe")
        )
        assert "demande une suspension de séance" in text_of(await room.say(CLERK, "séance"))
        assert "Seule la présidence" in text_of(await room.say(CLERK, "refuser la suspension"))
        await room.press(CHAIR, "decline_recess", await room.say(CHAIR, "séance"))
        assert (await room.state()).course.suspension_asked_by is None
        await room.say(FIRST, "recess")
        await room.say(CLERK, "suspendre dix minutes")
        state = await room.state()
        assert (state.course.phase, state.course.suspension_asked_by) == (Phase.SUSPENDED, None)


async def test_R58_the_chair_closes_the_debate_that_a_member_wants_closed() -> None:
    async with hall(SITTING) as room:
        await debating(room)
        await room.say(FIRST, "parole")
        await room.say(SECOND, "clôture")
        await room.say(CHAIR, "refuser la clôture")
        await room.say(SECOND, "closure")
        await room.press(CHAIR, "close_debate", await room.say(CHAIR, "séance"))
        state = await room.state()
        assert state.speakers.is_debate_closed
        assert state.speakers.waiting == ()
        await room.posted("Le débat est clos")


async def test_R58_a_refusal_cites_the_standing_orders_and_says_that_nobody_read_them() -> None:
    async with hall(STRICT) as room:
        await debating(room)
        said = text_of(await room.say(FIRST, "clôture"))
        assert said.startswith("Le règlement intérieur ne prévoit pas cette demande. Adressez-vous de vive voix")
        assert "à confirmer" in said


async def test_R59_during_a_vote_only_a_point_of_order_is_heard() -> None:
    async with hall(SITTING) as room:
        await debating(room)
        await room.say(CLERK, "vote")
        said = text_of(await room.say(FIRST, "parole"))
        assert "Un rappel au règlement sur le vote reste possible." in said
        assert "à confirmer" in said
        await room.say(FIRST, "rappel")
        cues = await room.say(CHAIR, "conducteur")
        assert "sur ce vote seulement" in text_of(cues)
        await room.press(CHAIR, "give", cues)
        turn = (await room.state()).speakers.turn
        assert turn is not None
        assert turn.person == FIRST


async def test_R58_the_speaking_times_are_there_for_everybody() -> None:
    async with hall(SITTING) as room:
        await debating(room)
        assert "Personne n’a encore parlé." in text_of(await room.say(FIRST, "temps de parole"))
        await room.say(FIRST, "parole")
        await room.say(CLERK, "donner")
        await room.say(CLERK, "fin")
        shown = text_of(await room.say(SECOND, "speaking times"))
        name = (await room.state()).roll[FIRST].full_name
        assert name in shown
        assert "1 prise de parole" in shown
