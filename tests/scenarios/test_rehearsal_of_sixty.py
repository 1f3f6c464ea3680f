"""The eve of a sitting of sixty: everybody practises, five go wrong in five ways, and the board names these five."""

import asyncio
from collections.abc import Mapping

from bot.coach import board
from bot.preparation import why
from bot.simulation.hall import Hall
from bot.simulation.pace import Pace
from bot.simulation.trainee import Behaviour, Trainee
from bot.texts import catalogue
from tests.bot.test_rehearsal import begun
from tests.kit import sittings as kit
from tests.kit.hall import hall, text_of, words
from voting.domain.ids import PersonId
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
        assert len(await room.core.writer.history(room.sitting)) == 1, "nothing of it is in the record"
