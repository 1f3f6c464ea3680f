"""A member alone with the exercises, from the first card to the last, and what support sees of it."""

from collections.abc import Mapping

from bot.coach import board
from bot.local.chats import Shown
from tests.bot.test_conversation import CLERK, FIRST, HERE, SECOND, SITTING
from tests.bot.test_rehearsal import MARK, begun
from tests.kit.hall import Hall, hall, text_of, verbs, walk, words
from voting.domain.ids import PersonId, is_rehearsal
from voting.service.exercises import Readiness, Verdict
from voting.service.ports import Exercise


async def readiness(room: Hall) -> Readiness:
    """The board of the newest common rehearsal."""
    known = [r for r in await room.core.aside.rehearsals.all() if r.number]
    return await board(room.core, known[-1])


def newest(room: Hall, who: PersonId) -> Shown:
    """The newest card of that person's own chat, as he sees it."""
    shown = room.running.town.chats.transcript(room.own(who), room.person(who))
    return next(s for s in reversed(shown) if s.card is not None and s.author_id is None)


async def pressed(room: Hall, who: PersonId, verb: str, **data: str | int) -> Mapping[str, object]:
    return await room.press(who, verb, newest(room, who), **data)


async def walked(room: Hall, who: PersonId, until: Exercise | None = None) -> None:
    """Do what the cards say, one after the other; stop before that exercise."""
    await room.say(who, "exercices")
    steps = {
        Exercise.PRESENT: (("present", {}),),
        Exercise.FLOOR: (("floor", {}), ("withdraw", {})),
        Exercise.VOTE: (("for", {}),),
        Exercise.CHANGE: (("change", {}), ("against", {})),
        Exercise.PROXY: (("for", {"member": "exercise-away"}),),
    }
    for exercise in Exercise:
        if exercise is until:
            return
        if exercise is Exercise.TYPED:
            await room.say(who, "pour")
        elif exercise is Exercise.NETWORK:
            await pressed(room, who, "exercises")
        else:
            for verb, data in steps[exercise]:
                shown = newest(room, who)
                await room.press(who, verb, shown, **_payload(shown, verb, data))


def _payload(shown: Shown, verb: str, data: Mapping[str, str]) -> dict[str, str | int]:
    """The payload of the button that names that member, when one is wanted."""
    for element in walk(shown.card or {}):
        carried = element.get("data")
        if element.get("type") != "Action.Execute" or element.get("verb") != verb or not isinstance(carried, Mapping):
            continue
        if carried.get("member") == data.get("member"):
            return dict(carried)
    raise AssertionError(f"no button {verb} {data} on {text_of(shown)[:800]}")


async def test_a_member_is_led_through_everything_on_the_real_cards() -> None:
    async with hall(SITTING) as room:
        await begun(room)
        first = await room.say(FIRST, "exercices")
        assert MARK in text_of(first)
        assert "Exercice 1 sur 7" in text_of(first)
        assert "present" in verbs(first.card or {})
        assert "Exercice 2 sur 7" in words(await room.press(SECOND, "present", await room.say(SECOND, "exercices")))
        await walked(room, FIRST)
        assert "Vous êtes prêt(e)" in text_of(newest(room, FIRST))
        whole = await readiness(room)
        (row,) = [r for r in whole.rows if r.trainee.person == FIRST]
        assert (row.verdict, row.missing, row.clients) == (Verdict.READY, (), ("Web",))
        assert row.seconds is not None
        assert {r.verdict for r in whole.rows if r.trainee.person not in (FIRST, SECOND)} == {Verdict.NEVER_CAME}
        assert all(is_rehearsal(s) for s in await room.core.rehearsals.store.sittings())
        assert await room.core.store.sittings() == [room.sitting]


async def test_one_goes_on_where_one_stopped() -> None:
    async with hall(SITTING) as room:
        await begun(room)
        await walked(room, FIRST, until=Exercise.CHANGE)
        again = await room.say(FIRST, "exercices")
        assert "Exercice 4 sur 7" in text_of(again)
        assert len([r for r in await room.core.aside.rehearsals.all() if r.owner == FIRST]) == 1


async def test_a_wrong_word_is_a_failure_until_the_right_one() -> None:
    async with hall(SITTING) as room:
        await begun(room)
        await walked(room, FIRST, until=Exercise.TYPED)
        await room.say(FIRST, "oui bien sûr")
        (row,) = (r for r in (await readiness(room)).rows if r.trainee.person == FIRST)
        assert (row.verdict, row.at, row.problem) == (Verdict.FAILED, Exercise.TYPED, "misunderstood.vote")
        assert "Exercice 7 sur 7" in text_of(await room.say(FIRST, "pour"))
        (row,) = (r for r in (await readiness(room)).rows if r.trainee.person == FIRST)
        assert (row.verdict, row.at) == (Verdict.UNFINISHED, Exercise.NETWORK)


async def test_support_sees_who_is_ready_and_reminds_the_others() -> None:
    async with hall(SITTING) as room:
        await begun(room)
        await walked(room, FIRST)
        await walked(room, SECOND, until=Exercise.VOTE)
        card = await room.say(CLERK, "qui est prêt")
        total = len([m for m in SITTING.members if m.votes])
        assert f"1 prêt, {total - 1} à appeler" in text_of(card)
        assert "s’est arrêté(e) avant : voter" in text_of(card)
        answer = await room.press(CLERK, "readiness", card, kind="remind")
        assert f"{total - 1} personnes relancées" in words(answer)
        assert "Cinq minutes pour être prêt(e)" in text_of(newest(room, HERE[5]))
        assert "Cinq minutes" not in text_of(newest(room, FIRST))
        shown = await pressed(room, HERE[5], "exercises")
        assert "Exercice 1 sur 7" in words(shown)


async def test_the_board_is_a_page_and_a_table_behind_a_signed_link() -> None:
    async with hall(SITTING) as room:
        held = await begun(room)
        await walked(room, FIRST)
        links = room.running.app.readiness_links
        async with room.session.get(links.page(held)) as response:
            page = await response.text()
        assert response.status == 200
        assert MARK in page
        assert "1 prêt, 24 à appeler" in page.replace("\u00a0", " ")
        async with room.session.get(links.table(held)) as response:
            table = (await response.read()).decode("utf-8-sig")
        assert table.count("\r\n") == 26
        assert ";prêt;" in table
        for broken in (links.page(held)[:-1] + "0", links.page(held).partition("?")[0]):
            async with room.session.get(broken) as response:
                assert response.status in (200, 404)
                assert response.status == 404 or broken == links.page(held)


async def test_the_figures_stay_when_the_votes_are_purged() -> None:
    async with hall(SITTING) as room:
        await begun(room)
        await walked(room, FIRST)
        await room.say(CLERK, "purger")
        assert await room.core.rehearsals.store.sittings() == []
        assert "1 prêt, 24 à appeler" in text_of(await room.say(CLERK, "prêts"))


async def test_a_clerk_has_no_exercises_and_a_member_no_board() -> None:
    async with hall(SITTING) as room:
        assert "Aucune séance à blanc" in text_of(await room.say(FIRST, "exercices"))
        await begun(room)
        assert "pour ceux qui votent" in text_of(await room.say(CLERK, "exercices"))
        assert "réservée à l’assistance" in text_of(await room.say(FIRST, "prêts"))
