"""Convening a sitting from the chat: the form, the two files pasted, every fault at once, and who may."""

from dataclasses import replace

from bot import samples
from bot.commands.base import Ask
from bot.teams.activity import turn_of
from bot.turn import CardReply, TextReply
from tests.bot.test_conversation import CLERK, FIRST, SITTING
from tests.kit.hall import Hall, hall, verbs, words
from voting.domain.assembly import Mode
from voting.domain.ids import PersonId, SittingId

MEMBERS = samples.MEMBERS.read_text(encoding="utf-8-sig")
AGENDA = "number;title;kind\n1;Budget supplémentaire;report\n2;Subventions;report\n"


async def fill(room: Hall, who: PersonId, **changes: str) -> str:
    form = await room.say(who, "nouvelle séance")
    assert "new_sitting" in verbs(form.card or {})
    filled = {"kind": "cpr", "day": "2026-11-24", "hour": "09:30", "remote": "true"}
    answer = await room.press(who, "new_sitting", form, **(filled | {"members": MEMBERS, "agenda": AGENDA} | changes))
    return words(answer)


async def test_a_sitting_is_convened_from_what_was_pasted() -> None:
    async with hall(SITTING) as room:
        said = await fill(room, CLERK)
        assert "Commission permanente du 24 novembre 2026" in said
        assert "25 voix, 2 points" in said
        new = [s for s in await room.core.store.sittings() if s != room.sitting]
        assert len(new) == 1
        facts = (await room.core.writer.snapshot(SittingId(new[0]))).sitting.facts
        assert facts.scheduled_for.isoformat() == "2026-11-24T08:30:00+00:00"
        assert facts.summons_mentions_remote


async def test_R50_a_tender_committee_that_writes_to_one_another_is_convened_by_the_same_form() -> None:
    async with hall(SITTING) as room:
        assert "convoquée" in await fill(room, CLERK, kind="cao", mode="written")
        (new,) = [s for s in await room.core.store.sittings() if s != room.sitting]
        facts = (await room.core.writer.snapshot(SittingId(new))).sitting.facts
        assert (facts.rule_set, facts.mode) == ("cao-written/1", Mode.REMOTE)
        assert "Aucune règle n’est écrite" in await fill(room, CLERK, kind="cpr", mode="written")


async def test_every_problem_is_said_at_once_and_nothing_is_convened() -> None:
    async with hall(SITTING) as room:
        said = await fill(
            room, CLERK, members="id;first_name;last_name;role;votes\nm1;A;B;roi;1\nm2;C;D;member;peut-être\n"
        )
        assert "Ligne 2, colonne « role »" in said
        assert "Ligne 3, colonne « votes »" in said
        assert "Ligne 1" in await fill(room, CLERK, agenda="n'importe quoi")
        assert await room.core.store.sittings() == [room.sitting]


async def test_a_form_half_filled_comes_back() -> None:
    async with hall(SITTING) as room:
        for changes in ({"day": "demain"}, {"hour": "25:99"}, {"kind": "commune"}, {"members": ""}):
            assert "new_sitting" in await fill(room, CLERK, **changes)
        assert await room.core.store.sittings() == [room.sitting]


async def test_only_the_staff_of_a_sitting_or_those_whom_the_administrator_names() -> None:
    async with hall(SITTING) as room:
        errands = room.running.app.convening

        async def asks(who: PersonId, *allowed: str) -> object:
            wire = room.client.writer.message(room.person(who), room.own(who), "nouvelle séance", "1")
            strict = replace(errands, convener=replace(errands.convener, allowed=frozenset(allowed)))
            return await strict.new_sitting(turn_of(wire), None, Ask())

        assert isinstance(await asks(FIRST), TextReply)
        assert isinstance(await asks(CLERK), CardReply)
        assert isinstance(await asks(FIRST, str(room.person(FIRST).account)), CardReply)
