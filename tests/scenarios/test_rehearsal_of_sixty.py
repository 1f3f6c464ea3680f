"""A whole rehearsal of sixty: everybody practises, five go wrong in five ways, the board names these five; then the
sitting itself is rehearsed to its end with simulated members, and the board says the same.
"""

import asyncio
from collections.abc import Callable, Mapping

from bot.coach import board
from bot.preparation import why
from bot.simulation.hall import Hall
from bot.simulation.pace import Pace
from bot.simulation.trainee import Behaviour, Trainee
from bot.texts import catalogue
from tests.bot.test_rehearsal import begun
from tests.kit import sittings as kit
from tests.kit.hall import Hall as Room
from tests.kit.hall import hall, text_of, words
from tests.kit.waiting import PATIENCE
from voting.domain.ids import PersonId, SittingId
from voting.domain.sitting import Phase, Sitting
from voting.service.exercises import Verdict
from voting.service.ports import Exercise

SIXTY = kit.standing_committee(*kit.reports(3), voters=60)
WRONG: Mapping[PersonId, Behaviour] = {
    kit.m(7): Behaviour.NEVER_COMES,
    kit.m(19): Behaviour.LOSES_NETWORK,
    kit.m(28): Behaviour.OLD_CARD,
    kit.m(41): Behaviour.MISTYPES,
    kit.m(60): Behaviour.CALLS_FOR_HELP,
}
TOLD = {
    kit.m(7): (Verdict.NEVER_CAME, None, "n’est jamais venu(e)"),
    kit.m(19): (Verdict.UNFINISHED, Exercise.CHANGE, "s’est arrêté(e) avant : modifier mon vote"),
    kit.m(28): (
        Verdict.FAILED,
        Exercise.TYPED,
        "a échoué à : voter en écrivant (une carte ancienne : ce vote n’était pas ouvert)",
    ),
    kit.m(41): (Verdict.FAILED, Exercise.TYPED, "a échoué à : voter en écrivant (un mot que le bot ne connaît pas)"),
    kit.m(60): (Verdict.UNFINISHED, Exercise.VOTE, "s’est arrêté(e) avant : voter"),
}


async def test_the_board_names_exactly_the_five_and_why() -> None:
    async with hall(SIXTY, live_seconds=1.0) as room:
        held = await begun(room)
        stage = Hall(room.running.town, held, room.client, Pace(100))
        people = [m.id for m in SIXTY.members if m.votes]
        assert len(people) == 60
        trainees = [Trainee(stage, p, WRONG.get(p, Behaviour.THOROUGH)) for p in people]
        for start in range(0, 60, 10):
            await asyncio.gather(*(one.practise() for one in trainees[start : start + 10]))

        rehearsal = next(r for r in await room.core.aside.rehearsals.all() if r.sitting == held)
        whole = await board(room.core, rehearsal)
        texts = catalogue("fr")
        found = {r.trainee.person: (r.verdict, r.at, why(r, texts).replace("\u00a0", " ")) for r in whole.to_call}
        assert found == TOLD
        assert whole.ready == 55

        card = await room.say(kit.CLERK, "prêts")
        assert "55 prêts, 5 à appeler" in text_of(card)
        names = {m.id: m.full_name for m in SIXTY.members}
        assert all(names[p] in text_of(card) for p in WRONG)
        assert [r.person for r in await room.core.aside.help.of(held)] == [kit.m(60)]
        assert "5 personnes relancées" in words(await room.press(kit.CLERK, "readiness", card, kind="remind"))
        await _held(room, held)
        again = await board(room.core, rehearsal)
        assert {r.trainee.person: (r.verdict, r.at) for r in again.to_call} == {p: told[:2] for p, told in TOLD.items()}
        assert len(await room.core.writer.history(room.sitting)) == 1, "nothing of it is in the record"


async def _held(room: Room, held: SittingId) -> None:
    """The rehearsal itself from the roll call to its end: everybody simulated, the clerk and the chair in words."""
    room.running.app.stand_ins.benches._pace.change(1000)
    assert "prennent place" in text_of(await room.say(kit.CLERK, "figurants"))
    await room.say(kit.CLERK, "appel")
    await _until(room, held, lambda now: len(_answered(now)) == 59)
    await room.say(kit.CHAIR, "présent")
    for said in ("ouvrir", f"secrétaire {_answered(await _now(room, held))[1]}", "suivant", "vote"):
        await room.say(kit.CLERK, said)
    await _until(room, held, lambda now: _heard(now) >= 55)
    # Somebody who asks for help may not have voted: the clerk is sure.
    await room.press(kit.CLERK, "close", await room.say(kit.CLERK, "séance"), kind="sure")
    assert "SÉANCE À BLANC" in text_of(await room.say(kit.CHAIR, "proclamer"))
    await room.say(kit.CLERK, "lever")
    over = await _now(room, held)
    assert over.course.phase is Phase.CLOSED
    assert len(over.polls.all) == 1
    await room.until(lambda: room.running.app.stand_ins.benches.sittings() == ())


def _answered(sitting: Sitting) -> list[PersonId]:
    """Who is here, or represented: one in a dozen gives a proxy."""
    given = {p.grantor for p in sitting.proxies.values() if p.accepted_at is not None}
    return [m.id for m in sitting.facts.members if m.votes and (sitting.is_here(m.id) or m.id in given)]


def _heard(sitting: Sitting) -> int:
    poll = sitting.polls.current()
    return len(poll.ballots) if poll is not None else 0


async def _now(room: Room, held: SittingId) -> Sitting:
    return (await room.core.writer.snapshot(held)).sitting


async def _until(room: Room, held: SittingId, true: Callable[[Sitting], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not true(await _now(room, held)):
            await asyncio.sleep(0.02)
