"""A rehearsal with simulated members outlives the process that plays them: after a restart, or in another process."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import aiohttp

from bot.installation import open_installation
from bot.local.server import bind
from bot.rim import journal_key
from bot.serving import local
from bot.simulation.benches import Benches
from bot.simulation.pace import Pace
from bot.simulation.stage_door import StageDoor
from bot.storage.memory import MemorySeats, SoleLeases
from tests.bot.test_conversation import CLERK, SITTING
from tests.bot.test_rehearsal import begun
from tests.kit import sittings as kit
from tests.kit.hall import Hall, hall, text_of
from tests.kit.waiting import PATIENCE
from voting.domain import commands as c
from voting.domain.attendance import Presence, Source
from voting.domain.ids import PersonId, SittingId
from voting.domain.polls import Purpose
from voting.domain.ruleset import VotingMethod
from voting.domain.sitting import Phase, Sitting

VOTING = [m.id for m in SITTING.members if m.votes]
SEATED = frozenset(VOTING) - {kit.CHAIR}


@contextlib.asynccontextmanager
async def process(folder: Path) -> AsyncIterator[Hall]:
    """One process on that database, from its start to its end."""
    key = await asyncio.to_thread(journal_key, folder, "test")
    installation = await open_installation(f"sqlite+aiosqlite:///{folder / 'h.sqlite3'}", key)
    try:
        if not await installation.core.store.sittings():
            await installation.core.writer.submit(SITTING.sitting, SITTING)
        started = local(installation.core, bind("127.0.0.1", 0), live_seconds=0.05, seats=installation.storage.seats)
        async with started as served, aiohttp.ClientSession() as session:
            served.app.stand_ins.benches._pace.change(1000)
            yield Hall(served, SITTING.sitting, served.town.client(session, locale="fr-FR"), session)
    finally:
        await installation.storage.close()


async def state_of(room: Hall, held: SittingId) -> Sitting:
    return (await room.core.writer.snapshot(held)).sitting


async def becomes(room: Hall, held: SittingId, true: Callable[[Sitting], bool]) -> Sitting:
    """Wait until that is so."""
    async with asyncio.timeout(PATIENCE):
        while not true(now := await state_of(room, held)):
            await asyncio.sleep(0.01)
        return now


def benches(room: Hall) -> Benches:
    return room.running.app.stand_ins.benches


def answered(sitting: Sitting) -> bool:
    """Everybody simulated is here, or has given a proxy that was accepted."""
    given = {p.grantor for p in sitting.proxies.values() if p.accepted_at is not None}
    return all(sitting.is_here(p) or p in given for p in SEATED)


def voted(sitting: Sitting) -> bool:
    """Nearly everybody: now and then somebody loses the network."""
    poll = sitting.polls.current()
    return poll is not None and len(poll.ballots) >= len(poll.electorate) - 4


def given(sitting: Sitting, *members: PersonId) -> bool:
    """The voice of one of them was heard."""
    poll = sitting.polls.current()
    return poll is not None and any(member in poll.ballots for member in members)


async def test_after_a_restart_they_go_on_where_they_were(tmp_path: Path) -> None:
    async with process(tmp_path) as room:
        held = await begun(room)
        assert "prennent place" in text_of(await room.say(CLERK, "figurants"))
        await room.core.writer.submit(held, c.OpenRollCall(by=CLERK))
        before = await becomes(room, held, answered)
        proxies = {p.grantor: p.holder for p in before.proxies.values()}
        back = next(p for p in VOTING[1:] if p not in {*proxies, *proxies.values()})
        benches(room).give_back(held, back)
    assert len(proxies) == 2
    async with process(tmp_path) as room:
        assert benches(room).filled(held) == SEATED - {back}
        chair = c.RecordAttendance(by=CLERK, person=kit.CHAIR, presence=Presence.REMOTE, source=Source.CLERK)
        secretary = c.AppointSecretary(by=CLERK, person=next(p for p in SEATED if p not in proxies))
        for wish in (chair, c.OpenSitting(by=CLERK), secretary, c.CallItem(by=CLERK, item=None)):
            await room.core.writer.submit(held, wish)
        await room.core.writer.submit(held, c.OpenPoll(by=CLERK, purpose=Purpose.ITEM, method=VotingMethod.ELECTRONIC))
        now = await becomes(room, held, lambda s: voted(s) and given(s, *proxies))
        assert not given(now, back), "his seat was given back before"
        for ending in (c.ClosePoll(by=CLERK), c.ProclaimResult(by=kit.CHAIR), c.CloseSitting(by=CLERK)):
            await room.core.writer.submit(held, ending)
        await until_empty(room)
    async with process(tmp_path) as room:
        assert (await state_of(room, held)).course.phase is Phase.CLOSED
        await until_empty(room)


async def until_empty(room: Hall) -> None:
    await room.until(lambda: benches(room).sittings() == ())


async def test_a_rehearsal_that_is_gone_empties_its_benches_at_the_next_start(tmp_path: Path) -> None:
    async with process(tmp_path) as room:
        held = await begun(room)
        await room.say(CLERK, "figurants")
    gone = SittingId(f"{held}-gone")
    async with process(tmp_path) as room:
        book = benches(room)._book
        await book.fill(gone, VOTING)
    async with process(tmp_path) as room:
        async with asyncio.timeout(PATIENCE):
            while gone in await benches(room)._book.load():
                await asyncio.sleep(0.01)
        assert benches(room).sittings() == (held,)


# --- several processes ------------------------------------------------------------------------------------------------


class Office:
    """Where two processes ask for the same leases: the first that comes has them, until it dies."""

    def __init__(self) -> None:
        self.desks: list[Desk] = []

    def desk(self) -> "Desk":
        self.desks.append(Desk(self))
        return self.desks[-1]

    def turn(self, name: str) -> None:
        """Somebody has it, if anybody wants it."""
        living = [desk for desk in self.desks if name in desk.wanted and not desk.is_dead]
        if living and not any(name in desk.held for desk in living):
            living[0].held.add(name)
            living[0].wanted[name]()


class Desk(SoleLeases):
    """The leases of one process of several; satisfies ``bot.ports.Leases``."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self.wanted: dict[str, Callable[[], None]] = {}
        self.held: set[str] = set()
        self.is_dead = False

    def want(self, name: str, got: Callable[[], None]) -> None:
        self.wanted[name] = got
        self.office.turn(name)

    def wants(self, name: str) -> bool:
        return name in self.wanted

    def holds(self, name: str) -> bool:
        return name in self.held and not self.is_dead

    def leave(self, name: str, *, is_sure: bool = True) -> None:
        self.wanted.pop(name, None)
        self.held.discard(name)
        self.office.turn(name)

    def die(self) -> None:
        """What it held is free for the others, who are told."""
        self.is_dead = True
        for name in self.held:
            self.office.turn(name)


def bench(room: Hall, book: MemorySeats, desk: Desk) -> Benches:
    """Those of one more process on the same record."""
    core = room.core
    own = room.running.app.stand_ins.benches._door
    door = StageDoor(
        core.rehearsals,
        core.codec,
        clock=room.running.app.rehearsals.clock,
        traces=own._activity._traces,
        errands={},
        language="fr",
    )
    return Benches(core.rehearsals, core.feed, door, book=book, leases=desk, pace=Pace(1000))


async def test_one_process_plays_and_another_takes_over_when_it_dies() -> None:
    office, book = Office(), MemorySeats()
    async with hall(SITTING) as room:
        held = await begun(room)
        here, there = (bench(room, book, office.desk()) for _ in range(2))
        await here.start()
        await here.fill(held, CLERK)
        await there.start()
        assert here.filled(held) == there.filled(held) == SEATED
        assert set(here._companies) == {held}
        assert set(there._companies) == set()
        office.desks[0].die()
        assert set(there._companies) == {held}
        await room.core.writer.submit(held, c.OpenRollCall(by=CLERK))
        await becomes(room, held, answered)
        there.give_back(held, kit.m(4))
        await there.close()
        await here.close()
        assert (await book.load())[held] == SEATED - {kit.m(4)}


async def test_what_another_process_writes_down_is_taken_in() -> None:
    office, book = Office(), MemorySeats()
    async with hall(SITTING) as room:
        held = await begun(room)
        here = bench(room, book, office.desk())
        await here.start()
        here._taken_in({held: frozenset({kit.m(4), kit.m(5)})})
        playing = here._companies[held]
        here._taken_in({held: frozenset({kit.m(5)})})
        assert here.filled(held) == {kit.m(5)}
        assert here._companies[held] is playing, "somebody left: the others go on"
        here.give_back(held, kit.m(5))
        here._taken_in({held: frozenset({kit.m(5)})})
        assert here.filled(held) == frozenset(), "the book does not know yet that the seat is his again"
        here._taken_in({})
        assert here.sittings() == ()
        assert here._companies == {}
        await here.close()
