"""The law around a sitting, as the clerk meets it in the chat: broadcast, no quorum, a second convocation, remarks."""

from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.moments import typed_moment
from bot.rim import SystemClock
from tests.bot.test_convening import fill
from tests.bot.test_conversation import CHAIR, CLERK, FIRST, SECOND
from tests.kit import sittings as kit
from tests.kit.hall import hall, text_of, verbs, words
from voting.domain.assembly import Body
from voting.domain.attendance import Presence
from voting.domain.ids import SittingId
from voting.domain.sitting import Phase

CPR = kit.standing_committee(voters=9)
COUNCIL = kit.convene(kit.roll(9), body=Body.COUNCIL)


async def test_a_council_opens_once_the_clerk_has_put_the_broadcast_on() -> None:
    async with hall(COUNCIL) as room:
        await room.submit(*kit.arrivals(kit.first(9)))
        refused = await room.say(CLERK, "ouvrir")
        assert "diffusée en direct" in refused.text
        assert "L. 4132-9-1" in refused.text
        console = await room.say(CLERK, "séance")
        await room.press(CLERK, "statement", console)
        assert (await room.state()).course.stated.is_broadcast
        assert "open" in verbs((await room.say(CLERK, "séance")).card or {})
        await room.say(CLERK, "ouvrir")
        assert (await room.state()).course.phase is Phase.OPEN
        await room.say(CLERK, "constater diffusion arrêtée")
        assert not (await room.state()).course.stated.is_broadcast
        unclear = await room.say(CLERK, "constater la météo")
        assert "son seul refusé" in unclear.text


async def test_the_chair_judges_of_those_who_are_only_heard() -> None:
    async with hall(CPR) as room:
        await room.submit(*kit.arrivals(kit.first(5)))
        await room.say(FIRST, "présent par téléphone")
        assert "1 membre est entendu" in words_of(await room.say(CLERK, "séance"))
        await room.say(CLERK, "constater son seul refusé")
        assert (await room.state()).presence(FIRST) is Presence.AUDIO_ONLY, "the clerk does not judge"
        await room.say(CHAIR, "constater son seul refusé")
        assert (await room.state()).presence(FIRST) is Presence.ABSENT
        assert "ne compte pas comme être présent" in (await room.say(FIRST, "présent par téléphone")).text


async def test_without_a_quorum_the_sitting_is_not_held_and_convened_again_in_the_same_chat() -> None:
    async with hall(CPR) as room:
        await room.submit(*kit.arrivals(kit.first(3)))
        await room.say(CLERK, f"excusé {kit.m(4)}")
        assert "Seule une séance" in (await room.say(CLERK, "seconde convocation")).text
        console = await room.say(CLERK, "séance")
        assert "lift" in verbs(console.card or {})
        await room.say(CLERK, "faute de quorum")
        over = await room.state()
        assert (over.course.phase, over.course.is_held) == (Phase.CLOSED, False)
        await room.posted("n’a pas pu se tenir")
        assert "reconvene" in verbs((await room.say(CLERK, "séance")).card or {})
        assert "n’est pas un jour" in (await room.say(CLERK, "seconde convocation demain")).text
        assert (
            "avant le 23\u00a0novembre\u00a02026" in (await room.say(CLERK, "seconde convocation 22/11/2026 9h")).text
        )
        assert "réservée" in (await room.say(SECOND, "seconde convocation")).text
        await room.say(CLERK, "seconde convocation")
        (again,) = [s for s in await room.core.store.sittings() if s != room.sitting]
        snapshot = await room.core.writer.snapshot(SittingId(again))
        facts, first = snapshot.sitting.facts, snapshot.sitting.facts.first_convocation
        assert facts.scheduled_for == datetime(2026, 11, 23, 10, tzinfo=UTC)
        assert facts.second_convocation_of == room.sitting
        assert first is not None
        assert first.lines == len(await room.core.writer.history(room.sitting))
        checkpoint = await room.core.notary.latest(room.sitting)
        assert checkpoint is not None
        assert checkpoint.size == first.lines
        assert b64encode(bytes.fromhex(first.root)).decode() in checkpoint.note
        assert snapshot.rules.quorum(9, second_convocation=True).required == 0


async def test_the_clerk_is_told_what_the_law_remarks() -> None:
    async with hall(CPR) as room:
        said = await fill(room, CLERK, kind="council", summoned="2026-11-01")
        assert "aucune séance de ce semestre" in said
        assert "L. 4132-9-1, al. 4" in said
        said = await fill(room, CLERK, kind="council", mode="room", summoned="2026-11-01")
        assert "semestre" not in said
        said = await fill(room, CLERK, kind="council", summoned="2026-11-01")
        assert "semestre" not in said, "the one in the room was convened meanwhile"
        late = await fill(room, CLERK, kind="council", summoned="2026-11-20")
        assert "4 jour(s)" in late
        urgent = await fill(room, CLERK, kind="council", summoned="2026-11-20", urgent="true")
        assert "se prononce sur l’urgence" in urgent
        closed = await fill(room, CLERK, kind="epci", mode="room")
        assert "Aucune règle n’est écrite" in closed
        orders = await fill(room, CLERK, orders='body = "cpr"\n[quorum]\nbase = "present"\n')
        assert "convoquée" in orders.lower()
        wrong = await fill(room, CLERK, orders='body = "cpr"\n[quorom]\n')
        assert "quorom" in wrong


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("27/11/2026 9h30", datetime(2026, 11, 27, 8, 30, tzinfo=UTC)),
        ("27/11/2026 à 14 h", datetime(2026, 11, 27, 13, tzinfo=UTC)),
        ("27.11.2026", datetime(2026, 11, 27, 10, tzinfo=UTC)),
        ("2026-11-27T09:30", datetime(2026, 11, 27, 8, 30, tzinfo=UTC)),
        ("2026-07-01", datetime(2026, 7, 1, 9, tzinfo=UTC)),
        ("31/02/2026 9h", None),
        ("demain", None),
    ],
)
def test_a_day_and_an_hour_as_people_type_them(typed: str, found: datetime | None) -> None:
    assert typed_moment(typed, datetime(2026, 11, 20, 10, tzinfo=UTC)) == found


def words_of(shown: object) -> str:
    """Everything that a message says."""
    return words(getattr(shown, "card", None) or {})


async def test_proxies_follow_each_other_by_the_clock() -> None:
    tomorrow = SystemClock().now() + timedelta(days=1)
    async with hall(replace(CPR, scheduled_for=tomorrow)) as room:
        await room.submit(*kit.arrivals(kit.first(8)))
        name = (await room.state()).roll[FIRST].full_name
        other = (await room.state()).roll[SECOND].full_name
        giver = kit.m(9)
        await room.say(giver, f"pouvoir à {name} jusqu'à 23 h 10")
        await room.say(giver, f"pouvoir à {other} de 23h10 à 23:20")
        assert "déjà donné pouvoir" in (await room.say(giver, f"proxy to {other} from 23:15")).text
        assert "n’est pas une heure" in (await room.say(giver, f"pouvoir à {other} dès 25h")).text
        state = await room.state()
        living, (planned,) = state.proxies[giver], state.planned
        assert (living.holder, living.until) == (FIRST, planned.since)
        assert planned.until is not None
        assert planned.since is not None
        assert (planned.until - planned.since).total_seconds() == 600
        offered = room.own(SECOND)
        await room.until(lambda: bool(room.running.town.chats.transcript(offered, None)))  # else it is the next answer
        await room.say(SECOND, "accepter")
        assert (await room.state()).planned[0].accepted_at is not None
        assert "de 23:10 à 23:20" in words_of(await room.say(SECOND, "bonjour"))
        assert "de 23:10 à 23:20" in words_of(await room.say(giver, "bonjour"))
        assert "Quel pouvoir reprenez-vous" in words_of(await room.say(giver, "retirer pouvoir"))
        assert len((await room.state()).planned) == 1
        await room.say(giver, "retirer pouvoir tous")
        assert (await room.state()).planned == ()


async def test_the_clerk_registers_a_proxy_that_came_on_paper() -> None:
    async with hall(CPR) as room:
        await room.submit(*kit.arrivals(kit.first(8)))
        roll = (await room.state()).roll
        said = await room.say(CLERK, f"pouvoir de {roll[kit.m(9)].full_name} à {roll[FIRST].full_name}")
        assert "doit l’accepter" in said.text
        await room.say(CLERK, f"accepter {roll[kit.m(9)].full_name}")
        proxy = (await room.state()).proxies[kit.m(9)]
        assert proxy.holder == FIRST
        assert proxy.accepted_at is not None
        assert "à la place de quelqu’un" in (await room.say(SECOND, f"pouvoir de {kit.m(7)} à {kit.m(6)}")).text


async def test_the_roll_is_called_name_by_name_then_those_who_did_not_answer_again() -> None:
    async with hall(CPR) as room:
        await room.say(CLERK, "appel")
        await room.say(SECOND, "présent")
        card = await room.say(CLERK, "appel")
        state = await room.state()
        order = [m.id for m in state.voting_members() if m.id != SECOND]
        answers = ["present", "excused", "absent"]
        for place, person in enumerate(order):
            said = text_of(card)
            assert state.roll[person].full_name in said
            answer = await room.press(CLERK, answers[place % 3], card)
            card = await room.say(CLERK, "appel")
            assert "Appel nominal" in words(answer)
        now = await room.state()
        assert [now.presence(p) for p in order[:3]] == [Presence.REMOTE, Presence.EXCUSED, Presence.ABSENT]
        assert "Second appel" in text_of(card)
        missing = [p for p in order if now.presence(p) is Presence.ABSENT]
        assert f"{len(missing)} membres" in text_of(card)
        await room.say(missing[0], "présent")
        again = text_of(await room.say(CLERK, "appel"))
        assert state.roll[missing[0]].full_name not in again
        assert "close_roll_call" in verbs((await room.say(CLERK, "appel")).card or {})
