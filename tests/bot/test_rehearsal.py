"""A rehearsal from its opening to its purge: the same product, said on every card, and the chat given back."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

from bot.local.chats import Shown
from bot.rehearsing import Rehearsals
from bot.texts import catalogue
from tests.bot.test_conversation import CLERK, FIRST, HERE, SITTING
from tests.kit.hall import Hall, hall, text_of, words
from voting.domain import commands as c
from voting.domain.assembly import Role
from voting.domain.attendance import Presence, Source
from voting.domain.ids import SittingId, is_rehearsal
from voting.domain.polls import PollState
from voting.domain.sitting import Phase, Sitting

MARK = "SÉANCE À BLANC"


def rehearsals(room: Hall) -> Rehearsals:
    return room.running.app.rehearsals


async def begun(room: Hall) -> SittingId:
    """A rehearsal opened in the meeting's chat by the clerk."""
    answer = await room.say(CLERK, "répétition", in_meeting=True)
    assert "La séance à blanc est prête" in text_of(answer)
    held = room.running.app.books.conversations.sitting_of(room.meeting.id)
    assert held is not None
    assert is_rehearsal(held)
    return held


async def state(room: Hall, sitting: SittingId) -> Sitting:
    return (await room.core.writer.snapshot(sitting)).sitting


async def led_to_a_result(room: Hall, sitting: SittingId) -> None:
    """Present, opened, an item called, voted by one, counted and proclaimed."""
    for person in HERE:
        await room.core.writer.submit(
            sitting, c.RecordAttendance(by=person, person=person, presence=Presence.REMOTE, source=Source.CARD)
        )
    await room.say(CLERK, "ouvrir")
    await room.say(CLERK, "suivant")
    await room.say(CLERK, "vote")
    await room.posted("Exercice : un vote")
    await room.until(lambda: _has(room, "for"))
    assert MARK in words(await room.press(FIRST, "for"))
    await room.say(CLERK, "clore")
    assert MARK in text_of(await room.say(HERE[0], "proclamer"))


def _has(room: Hall, verb: str) -> bool:
    try:
        room.newest(FIRST, verb)
    except AssertionError:
        return False
    return True


async def test_it_has_the_roll_of_the_sitting_and_subjects_on_which_nobody_has_an_opinion() -> None:
    async with hall(SITTING) as room:
        held = await begun(room)
        facts, real = (await state(room, held)).facts, (await room.state()).facts
        assert facts.members == real.members
        assert facts.title.startswith("Séance à blanc n° 1 – ")
        assert all(item.title.startswith("Exercice : ") for item in facts.items)
        assert await room.core.store.sittings() == [room.sitting]
        assert await room.core.rehearsals.store.sittings() == [held]


async def test_every_card_says_that_it_is_a_rehearsal() -> None:
    async with hall(SITTING) as room:
        chats = room.running.town.chats
        before = chats.revision
        held = await begun(room)
        await led_to_a_result(room, held)
        await room.say(FIRST, "mes votes")
        await room.say(FIRST, "aide")
        await room.say(FIRST, "blablabla")
        await room.say(CLERK, "lever")
        await room.until(lambda: any("La séance est levée" in text_of(s) for s in _cards(room, before)))
        shown = _cards(room, before)
        assert len(shown) >= 12
        unmarked = [text_of(s)[:120] for s in shown if MARK not in text_of(s) and SITTING.title not in text_of(s)]
        assert unmarked == []


def _cards(room: Hall, after: int) -> list[Shown]:
    chats = room.running.town.chats
    return [
        s
        for chat in (room.meeting, room.own(CLERK), room.own(FIRST), room.own(HERE[0]))
        for s in chats.transcript(chat, None)
        if s.author_id is None and s.card is not None and s.revision > after
    ]


async def test_once_lifted_the_chat_is_the_real_sittings_again() -> None:
    async with hall(SITTING) as room:
        held = await begun(room)
        await led_to_a_result(room, held)
        await room.say(CLERK, "lever")
        conversations = room.running.app.books.conversations
        await room.until(lambda: conversations.sitting_of(room.meeting.id) == room.sitting)
        assert (await state(room, held)).course.phase is Phase.CLOSED
        assert MARK not in text_of(await room.say(FIRST, "bonjour"))


async def test_its_minutes_are_a_marked_draft() -> None:
    async with hall(SITTING) as room:
        held = await begun(room)
        await led_to_a_result(room, held)
        await room.say(CLERK, "lever")
        closing = await room.posted("La séance est levée")
        assert MARK in text_of(closing)
        draft = await room.running.app.errands.minutes_link(held)
        async with room.session.get(draft.url) as response:
            pdf = await response.read()
        assert response.status == 200
        assert pdf.startswith(b"%PDF")
        assert draft.name.startswith("projet-blanc-1-")


async def test_purged_on_command_the_votes_are_gone_and_the_chat_is_given_back() -> None:
    async with hall(SITTING) as room:
        held = await begun(room)
        await led_to_a_result(room, held)
        await room.until(lambda: any("Résultat" in text_of(s) for s in _cards(room, 0)))
        gone = await room.say(CLERK, "purger")
        assert "1 séance à blanc effacée" in text_of(gone)
        assert await room.core.rehearsals.store.sittings() == []
        assert room.running.app.books.conversations.sitting_of(room.meeting.id) == room.sitting
        await room.until(lambda: any("Séance à blanc effacée" in text_of(s) for s in _cards(room, 0)))
        await room.until(lambda: not any("Résultat" in text and MARK in text for text in _read_in_meeting(room)))
        assert "aucune séance à blanc" in text_of(await room.say(CLERK, "purger"))
        assert [r.purged_at is not None for r in await room.core.aside.rehearsals.all()] == [True]
        async with room.session.get(f"{room.running.town.origin}/seances/{held}") as response:
            assert response.status == 404


async def test_purged_with_it_are_the_requests_for_help_the_telephones_and_the_accounts() -> None:
    async with hall(SITTING) as room:
        book, accounts = room.core.aside.help, room.running.app.books.accounts
        await book.keep_phones(room.sitting, {FIRST: "06 12 34 56 78"})
        held = await begun(room)
        await room.say(FIRST, "exercices")
        await room.say(FIRST, "besoin d'aide")
        identity = room.person(FIRST)
        assert await book.of(held)
        assert await book.phones(held) == {FIRST: "06 12 34 56 78"}
        own = [r.sitting for r in await room.core.aside.rehearsals.all() if r.part_of == held]
        await room.say(CLERK, "purger")
        assert (await book.of(held), await book.phones(held)) == ((), {})
        for sitting in (held, *own):
            assert all((link.account, link.email, link.user_id) == (None, "", None) for link in accounts.links(sitting))
            assert accounts.person(sitting, identity.tenant_id, str(identity.account)) is None
        assert accounts.person(room.sitting, identity.tenant_id, str(identity.account)) == FIRST
        assert await book.phones(room.sitting) == {FIRST: "06 12 34 56 78"}, "the real one's stay until it is over"
        assert "06 12 34 56 78" in text_of(await room.say(CLERK, "prêts")), "and support still knows whom to call"


async def test_an_old_card_of_a_purged_rehearsal_says_that_there_is_no_such_sitting() -> None:
    async with hall(SITTING) as room:
        card = await room.say(CLERK, "répétition exemple", in_meeting=True)
        await room.say(CLERK, "purger")
        said = catalogue("fr")("refusal.sitting_unknown").replace("\u00a0", " ")
        assert said in words(await room.press(CLERK, "roll_call", card))


def _read_in_meeting(room: Hall) -> list[str]:
    return [text_of(s) for s in room.running.town.chats.transcript(room.meeting, None)]


async def test_purged_by_itself_seven_days_after_its_end_and_not_before() -> None:
    async with hall(SITTING) as room:
        held = await begun(room)
        await led_to_a_result(room, held)
        await room.say(CLERK, "lever")
        await _closed(room)
        now = room.running.app.rehearsals.clock.now()
        for days, left in ((6, [held]), (7, [])):
            late = replace(rehearsals(room), clock=_At(now + timedelta(days=days)))
            await late.sweep()
            assert await room.core.rehearsals.store.sittings() == left
        assert await room.core.aside.readiness.trainees(held)


async def test_one_that_nobody_lifted_is_purged_as_well() -> None:
    async with hall(SITTING) as room:
        await begun(room)
        now = rehearsals(room).clock.now()
        await replace(rehearsals(room), clock=_At(now + timedelta(days=7, minutes=1))).sweep()
        assert await room.core.rehearsals.store.sittings() == []


class _At:
    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now


async def _closed(room: Hall) -> None:
    async with asyncio.timeout(10):
        while not all(r.closed_at for r in await room.core.aside.rehearsals.all()):
            await asyncio.sleep(0.01)


async def test_a_real_sitting_under_way_keeps_its_chat() -> None:
    async with hall(SITTING) as room:
        await room.say(CLERK, "appel")
        assert "prendrait sa place" in text_of(await room.say(CLERK, "répétition", in_meeting=True))
        assert await room.core.rehearsals.store.sittings() == []


async def test_no_second_sitting_follows_one() -> None:
    async with hall(SITTING) as room:
        await begun(room)
        assert "ne se convoque pas de nouveau" in text_of(await room.say(CLERK, "seconde convocation"))
        assert await room.core.store.sittings() == [room.sitting]


async def test_a_member_opens_none_and_purges_none() -> None:
    async with hall(SITTING) as room:
        assert "Seuls le service" in text_of(await room.say(FIRST, "répétition", in_meeting=True))
        await begun(room)
        assert "service des assemblées" in text_of(await room.say(FIRST, "purger"))
        assert len(await room.core.rehearsals.store.sittings()) == 1


async def test_with_the_sample_one_takes_the_seat_of_its_clerk() -> None:
    async with hall(SITTING) as room:
        await room.say(CLERK, "répétition exemple", in_meeting=True)
        held = room.running.app.books.conversations.sitting_of(room.meeting.id)
        assert held is not None
        facts = (await state(room, held)).facts
        identity = room.person(CLERK)
        seat = room.running.app.books.accounts.person(held, identity.tenant_id, str(str(identity.account)))
        assert [m.role for m in facts.members if m.id == seat] == [Role.CLERK]
        await room.say(CLERK, "purger")
        assert room.running.app.books.conversations.sitting_of(room.meeting.id) == room.sitting


async def test_numbers_are_counted_apart_and_go_on() -> None:
    async with hall(SITTING) as room:
        for number in (1, 2):
            held = await begun(room)
            assert (await state(room, held)).facts.title.startswith(f"Séance à blanc n° {number} – ")
        assert "2 séances à blanc effacées" in text_of(await room.say(CLERK, "purger"))


async def test_what_one_types_alone_goes_to_the_real_sitting_as_soon_as_it_runs() -> None:
    async with hall(SITTING) as room:
        await begun(room)
        assert MARK in text_of(await room.say(FIRST, "bonjour"))
        chair = HERE[0]
        arrivals = [c.RecordAttendance(by=p, person=p, presence=Presence.REMOTE, source=Source.CARD) for p in HERE]
        await room.submit(*arrivals, c.OpenSitting(by=chair), c.CallItem(by=chair, item=None))
        assert MARK not in text_of(await room.say(FIRST, "bonjour"))
        assert (await room.state()).polls.current() is None
        assert PollState.OPEN not in [p.state for p in (await room.state()).polls.all.values()]
