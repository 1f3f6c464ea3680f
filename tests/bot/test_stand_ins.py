"""Simulated members beside real people: they fill a rehearsal, make room for whoever comes, and reach nothing real."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from bot.local.chats import Person
from bot.local.client import BotRefused
from bot.local.connector import CallMade
from bot.simulation.benches import Benches, NotARehearsal
from bot.simulation.duties import Kind, choices, duties
from bot.simulation.stage_door import TENANT, Seats
from bot.simulation.tempers import Temper
from bot.turn import TextReply
from tests.bot.test_conversation import CLERK, FIRST, SITTING
from tests.bot.test_rehearsal import begun, state
from tests.kit import sittings as kit
from tests.kit.given import given
from tests.kit.hall import Hall, hall, text_of
from voting.domain import commands as c
from voting.domain.attendance import Presence, Source
from voting.domain.ids import PersonId, SittingId
from voting.domain.polls import PollState
from voting.domain.sitting import Phase, Sitting
from voting.domain.tally import Choice
from voting.service.handle import WrongStream

VOTING = [m.id for m in SITTING.members if m.votes]
OWN = FIRST


def benches(room: Hall) -> Benches:
    return room.running.app.stand_ins.benches


async def filled(room: Hall) -> SittingId:
    """A rehearsal whose empty seats are simulated, as fast as it goes."""
    held = await begun(room)
    benches(room)._pace.change(1000)
    assert "prennent place" in text_of(await room.say(CLERK, "figurants"))
    return held


async def until_here(room: Hall, held: SittingId, count: int) -> None:
    """Until so many are here or represented: one in a dozen gives a proxy."""
    async with asyncio.timeout(20):
        while len([p for p in VOTING if _answered(await state(room, held), p)]) < count:
            await asyncio.sleep(0.01)


def _answered(sitting: Sitting, person: PersonId) -> bool:
    proxy = sitting.proxies.get(person)
    return sitting.is_here(person) or (proxy is not None and proxy.accepted_at is not None)


async def voted(room: Hall, held: SittingId, *, without: int = 4) -> None:
    """Until nearly all of the electorate has answered: now and then somebody loses the network."""
    async with asyncio.timeout(20):
        while True:
            poll = (await state(room, held)).polls.current()
            assert poll is not None
            if len(poll.ballots) >= len(poll.electorate) - without:
                return
            await asyncio.sleep(0.01)


async def test_they_fill_the_seats_and_vote_while_people_run_the_sitting() -> None:
    async with hall(SITTING) as room:
        held = await filled(room)
        assert benches(room).filled(held) == frozenset(VOTING) - {kit.CHAIR}
        await room.say(CLERK, "appel")
        await until_here(room, held, len(VOTING) - 1)
        await room.press(kit.CHAIR, "present")
        for text in ("ouvrir", f"secrétaire {kit.m(5)}", "suivant", "vote"):
            await room.say(CLERK, text)
        await voted(room, held)
        sources = {v.source for p in (await state(room, held)).polls.all.values() for v in p.ballots.values()}
        assert sources == {Source.CARD, Source.TEXT}, "some press, some type"
        await room.say(CLERK, "clore quand même")
        await room.say(kit.CHAIR, "proclamer")
        await room.say(CLERK, "lever")
        ended = await state(room, held)
        assert [p.state for p in ended.polls.all.values()] == [PollState.PROCLAIMED]
        assert ended.course.phase is Phase.CLOSED
        assert await room.core.store.sittings() == [room.sitting]
        assert len(await room.core.official.writer.history(room.sitting)) == 1, "nothing of it is in the record"


async def test_what_they_are_answered_goes_nowhere() -> None:
    async with hall(SITTING) as room:
        held = await begun(room)
        benches(room)._pace.change(1000)
        await room.say(CLERK, "figurants")
        await room.say(CLERK, "appel")
        before = _to_own_chats(room)
        await until_here(room, held, len(VOTING) - 1)
        assert _to_own_chats(room) == before


async def test_nobody_real_is_told_of_what_is_done_in_his_seat() -> None:
    """A proxy offered to a simulated member, and the turn that he is waiting for."""
    async with hall(SITTING) as room:
        held = await begun(room)
        benches(room)._pace.change(1000)
        await room.say(CLERK, "figurants")
        before = _to_own_chats(room)
        await room.say(kit.CHAIR, f"pouvoir à {kit.m(5)}")
        async with asyncio.timeout(20):
            while not any(p.accepted_at for p in (await state(room, held)).proxies.values()):
                await asyncio.sleep(0.01)
        await room.running.app.notices.close()
        told = {call.conversation_id for call in _to_own_chats(room)[len(before) :]}
        assert room.own(kit.m(5)).id not in told


def _to_own_chats(room: Hall) -> list[CallMade]:
    return [call for call in room.running.town.connector.calls if call.conversation_id != room.meeting.id]


async def test_what_they_do_makes_nobody_ready() -> None:
    async with hall(SITTING) as room:
        held = await filled(room)
        await room.say(CLERK, "appel")
        await until_here(room, held, len(VOTING) - 1)
        assert await room.core.aside.readiness.attempts(held) == ()


async def test_whoever_acts_in_person_has_his_seat_back() -> None:
    async with hall(SITTING) as room:
        held = await filled(room)
        await room.say(FIRST, "bonjour")
        assert FIRST not in benches(room).filled(held)
        await room.say(CLERK, "appel")
        await until_here(room, held, len(VOTING) - 2)
        assert not (await state(room, held)).is_here(FIRST)


async def test_they_leave_on_command_at_the_end_and_with_the_purge() -> None:
    async with hall(SITTING) as room:
        held = await filled(room)
        assert "se lèvent" in text_of(await room.say(CLERK, "figurants stop"))
        assert benches(room).filled(held) == frozenset()
        await room.say(CLERK, "figurants")
        await room.say(CLERK, "purger")
        await room.until(lambda: not benches(room).sittings())
        again = await filled(room)
        await room.say(CLERK, "appel")
        await until_here(room, again, len(VOTING) - 1)
        await room.say(kit.CHAIR, "présent")
        for text in ("ouvrir", "lever"):
            await room.say(CLERK, text)
        await room.until(lambda: not benches(room).sittings())


async def test_only_who_runs_the_sitting_asks_for_them() -> None:
    async with hall(SITTING) as room:
        held = await begun(room)
        await room.say(FIRST, "figurants")
        assert benches(room).filled(held) == frozenset()


# --- never in a real sitting ------------------------------------------------------------------------------------------


async def test_by_command_a_real_sitting_is_refused() -> None:
    async with hall(SITTING) as room:
        assert "ne jouent que dans une séance à blanc" in text_of(await room.say(CLERK, "figurants"))
        assert benches(room).sittings() == ()
        with pytest.raises(NotARehearsal):
            Seats().fill(room.sitting, VOTING)
        door = benches(room)._door
        for tried in (door.say(room.sitting, FIRST, "présent"), door.press(room.sitting, FIRST, "present", {})):
            with pytest.raises(NotARehearsal):
                await tried
        assert len(await room.core.writer.history(room.sitting)) == 1


async def test_a_card_that_names_a_real_sitting_does_nothing_there() -> None:
    """From a seat of a rehearsal; and even if somebody had wrongly been seated in the real one."""
    async with hall(SITTING) as room:
        held = await filled(room)
        door = benches(room)._door
        data = {"sitting": str(room.sitting)}
        await door.press(held, FIRST, "present", data)
        door.seats._seats[room.sitting] = set(VOTING)
        answer = await door.press(held, FIRST, "present", data)
        assert isinstance(answer, TextReply)
        wish = c.RecordAttendance(by=FIRST, person=FIRST, presence=Presence.REMOTE, source=Source.CARD)
        with pytest.raises(WrongStream):
            await room.core.rehearsals.writer.submit(room.sitting, wish)
        assert len(await room.core.writer.history(room.sitting)) == 1


async def test_over_http_nobody_comes_in_as_a_simulated_member() -> None:
    async with hall(SITTING) as room:
        await filled(room)
        await room.core.writer.submit(room.sitting, c.OpenRollCall(by=CLERK))
        before = len(await room.core.writer.history(room.sitting))
        for tenant in (TENANT, room.running.town.chats.tenant_id):
            stranger = Person(user_id="29:x", account=str(FIRST), name="x", tenant_id=tenant)
            room.meeting.members[stranger.user_id] = stranger
            try:
                await room.client.say(stranger, room.meeting, "présent", mention=True)
            except BotRefused as refused:
                assert refused.status in (401, 403)
        for path in ("/api/simulated", "/api/messages?tenant=simulated"):
            async with room.session.post(f"{room.running.town.origin}{path}", json={"type": "message"}) as response:
                assert response.status in (401, 403, 404, 405, 400)
        assert len(await room.core.writer.history(room.sitting)) == before


async def test_no_account_is_written_for_them() -> None:
    async with hall(SITTING) as room:
        held = await filled(room)
        accounts = room.running.app.books.accounts
        links = [link for sitting in (held, room.sitting) for link in accounts.links(sitting)]
        assert TENANT not in {link.tenant_id for link in links}
        assert accounts.person(room.sitting, TENANT, str(FIRST)) is None
        assert accounts.person(held, TENANT, str(FIRST)) is None


async def test_the_database_refuses_their_lines_among_the_real_ones(tmp_path: Path) -> None:
    """As it does those of any rehearsal: see ``test_rehearsal_stays_one``."""
    from tests.scenarios.test_rehearsal_stays_one import BLANK, CONVOCATION, core_on

    async with core_on(tmp_path) as core:
        await core.writer.submit(BLANK, CONVOCATION)
        wish = c.RecordAttendance(by=FIRST, person=FIRST, presence=Presence.REMOTE, source=Source.TEXT)
        await core.rehearsals.writer.submit(BLANK, c.OpenRollCall(by=CLERK))
        await core.rehearsals.writer.submit(BLANK, wish)
    with sqlite3.connect(tmp_path / "h.sqlite3") as database:
        with pytest.raises(sqlite3.IntegrityError, match="holds no rehearsal"):
            database.execute("INSERT INTO journal_event SELECT * FROM rehearsal_event")
    database.close()


# --- what is due ------------------------------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_duties_and_votes() -> None:
    held = given(*kit.polled(kit.standing_committee()))
    sitting, rules = held.sitting, held.rules
    calm = dict.fromkeys(VOTING, Temper.PROMPT)
    assert list(duties(sitting, rules, VOTING, calm, 1)) == list(duties(sitting, rules, VOTING, calm, 1))
    assert list(duties(sitting, rules, VOTING, calm, 1)) != list(duties(sitting, rules, VOTING, calm, 2))
    poll = sitting.polls.open_poll()
    assert poll is not None
    assert poll.state is PollState.OPEN
    assert set(choices(sitting, poll, 1)) == set(poll.electorate)


def test_now_and_then_somebody_is_silent_or_asks_for_help() -> None:
    held = given(*kit.polled(kit.standing_committee()))
    sitting, rules = held.sitting, held.rules
    here = [p for p in VOTING if sitting.is_here(p)]
    found = [duty for seed in range(40) for duty in duties(sitting, rules, here, {}, seed)]
    votes = sum(duty.kind is Kind.VOTE for duty in found)
    helped = sum(duty.kind is Kind.ASK_HELP for duty in found)
    assert 0.9 * 40 * len(here) < votes < 40 * len(here)
    assert helped


def test_in_a_debate_some_ask_for_the_floor_and_some_of_them_think_better_of_it() -> None:
    held = given(*kit.called(kit.standing_committee()))
    sitting, rules = held.sitting, held.rules
    kinds = [duty.kind for seed in range(40) for duty in duties(sitting, rules, VOTING, {}, seed)]
    assert kinds.count(Kind.ASK_FLOOR) > kinds.count(Kind.WITHDRAW) > 0


def test_one_in_a_dozen_gives_a_proxy_to_somebody_who_has_none_yet() -> None:
    called = given(kit.standing_committee(), c.OpenRollCall(by=CLERK))
    for seed in range(20):
        found = list(duties(called.sitting, called.rules, VOTING, {}, seed))
        away = {d.person: d.about for d in found if d.kind is Kind.GIVE_PROXY}
        assert len(away) == len(set(away.values())) == 2
        assert not set(away) & {PersonId(holder) for holder in away.values()}
        assert {d.person for d in found if d.kind is Kind.ARRIVE} == set(VOTING) - set(away)
        grantor = next(iter(away))
        without = [p for p in VOTING if p != grantor]
        others = {
            d.person for d in duties(called.sitting, called.rules, without, {}, seed) if d.kind is Kind.GIVE_PROXY
        }
        assert others == set(away) - {grantor}, "whoever else is simulated, the same stay away"


def test_nobody_gives_a_proxy_where_the_law_knows_none() -> None:
    tender = given(kit.tender_committee(), c.OpenRollCall(by=CLERK))
    seats = [m.id for m in tender.sitting.facts.members if m.votes]
    kinds = {d.kind for seed in range(20) for d in duties(tender.sitting, tender.rules, seats, {}, seed)}
    assert kinds == {Kind.ARRIVE}


def test_between_two_votes_some_who_gave_a_proxy_come_after_all() -> None:
    past = (*kit.polled(kit.standing_committee(), kit.first(20)), *kit.votes(Choice.FOR, range(1, 20)), *kit.settled())
    voted = given(*past)
    away = VOTING[20:]
    coming = 0
    for seed in range(20):
        early = given(kit.standing_committee(), c.OpenRollCall(by=CLERK))
        stays = {d.person for d in duties(early.sitting, early.rules, VOTING, {}, seed) if d.kind is Kind.GIVE_PROXY}
        late = {d.person for d in duties(voted.sitting, voted.rules, VOTING, {}, seed) if d.kind is Kind.ARRIVE}
        assert set(away) - stays <= late
        coming += len(late & stays)
    assert 0 < coming < 20


def test_a_proxy_that_is_offered_is_accepted() -> None:
    sitting = given(*kit.opened(kit.standing_committee(), kit.first(20))).after(
        kit.accepted_proxy(kit.m(25), kit.m(2))[0]
    )
    wanted = [duty for duty in duties(sitting.sitting, sitting.rules, VOTING, {}, 1) if duty.kind is Kind.ACCEPT_PROXY]
    assert [(duty.person, duty.about) for duty in wanted] == [(kit.m(2), str(kit.m(25)))]
