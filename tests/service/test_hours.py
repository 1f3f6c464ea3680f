"""What an hour brings is written when it comes, though nobody says anything (R28)."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import cast

import pytest

from bot.core import Core, open_core
from tests.kit import sittings as kit
from tests.kit.waiting import until
from voting.domain import commands as c
from voting.domain.attendance import Source
from voting.domain.events import ProxyEnded, ProxyStarted
from voting.domain.ids import SittingId
from voting.domain.proxies import ProxyEnd
from voting.domain.sitting import Phase
from voting.journal.keys import SigningKey
from voting.journal.memory import MemoryStore
from voting.service.families import Recorder
from voting.service.handle import Done
from voting.service.hours import Hours

SITTING = kit.SITTING


class Wall:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.time = kit.START

    def now(self) -> datetime:
        return self.time


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
async def core(wall: Wall) -> AsyncIterator[Core]:
    opened = await open_core(MemoryStore(), SigningKey.generate("test"), wall)
    yield opened
    await opened.close()


def lent(minutes: int, since: int | None = None) -> tuple[c.GiveProxy, c.AcceptProxy]:
    """A proxy from m5 to m2 that ends so many minutes after the start."""
    begins = kit.START + timedelta(minutes=since) if since is not None else None
    given = c.GiveProxy(
        by=kit.m(5),
        grantor=kit.m(5),
        holder=kit.m(2),
        source=Source.CARD,
        since=begins,
        until=kit.START + timedelta(minutes=minutes),
    )
    return given, c.AcceptProxy(by=kit.m(2), grantor=kit.m(5))


async def told(core: Core, *commands: c.SittingCommand) -> None:
    for command in commands:
        await core.writer.submit(SITTING, command)


def at_work(core: Core, wall: Wall) -> Hours:
    hours = Hours(core.writer, wall, every=0.01)
    hours.start([SITTING])
    return hours


async def last(core: Core) -> object:
    return core.codec.decode((await core.writer.history(SITTING))[-1].line).event


CONVENED: tuple[c.SittingCommand, ...] = (
    kit.standing_committee(*kit.reports(1), voters=5),
    *kit.arrivals(kit.first(3)),
)


async def test_R28_a_proxy_begins_and_ends_at_its_hours_though_nobody_says_anything(core: Core, wall: Wall) -> None:
    hours = at_work(core, wall)
    await told(core, *CONVENED, *lent(25, since=10))
    wall.time = kit.START + timedelta(minutes=11)
    await until(lambda: kit.m(5) in core.writer.committed(SITTING).sitting.proxies)  # type: ignore[union-attr]
    started = await last(core)
    assert isinstance(started, ProxyStarted)
    assert started.at == kit.START + timedelta(minutes=10)
    wall.time = kit.START + timedelta(minutes=25)
    await until(lambda: kit.m(5) not in core.writer.committed(SITTING).sitting.proxies)  # type: ignore[union-attr]
    ended = await last(core)
    assert isinstance(ended, ProxyEnded)
    assert (ended.at, ended.reason) == (kit.START + timedelta(minutes=25), ProxyEnd.EXPIRED)
    await hours.close()


async def test_R28_an_hour_that_came_while_nobody_served_is_written_at_the_start(core: Core, wall: Wall) -> None:
    await told(core, *CONVENED, *lent(25))
    wall.time = kit.START + timedelta(hours=1)
    hours = at_work(core, wall)
    await until(lambda: not core.writer.committed(SITTING).sitting.proxies)  # type: ignore[union-attr]
    await hours.close()


async def test_R28_no_hour_comes_once_the_sitting_is_over(core: Core, wall: Wall) -> None:
    hours = at_work(core, wall)
    await told(core, *CONVENED, *lent(25), c.OpenSitting(by=kit.CHAIR), c.CloseSitting(by=kit.CLERK))
    size = len(await core.writer.history(SITTING))
    wall.time = kit.START + timedelta(hours=1)
    await told(core, c.PassHour(by=kit.CLERK))
    snapshot = await core.writer.snapshot(SITTING)
    assert (snapshot.sitting.course.phase, snapshot.size) == (Phase.CLOSED, size)
    await hours.close()


async def test_an_hour_that_cannot_be_written_is_tried_again(
    core: Core, wall: Wall, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await told(core, *CONVENED, *lent(25))
    store, calls = core.store, 0
    append = store.append

    async def fails_once(*args: object, **more: object) -> object:
        nonlocal calls
        calls += 1
        if calls == 1:
            raise RuntimeError("the disk is full")
        return await append(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "append", fails_once)
    wall.time = kit.START + timedelta(minutes=30)
    hours = at_work(core, wall)
    await until(lambda: calls >= 1 and any("not written yet" in one for one in caplog.messages))
    wall.time = kit.START + timedelta(minutes=31)
    await until(lambda: not core.writer.committed(SITTING).sitting.proxies)  # type: ignore[union-attr]
    await hours.close()


async def test_a_rehearsal_that_was_purged_has_no_hour_any_more(
    core: Core, wall: Wall, caplog: pytest.LogCaptureFixture
) -> None:
    rehearsal = SittingId("blanc-0001")
    convened = replace(kit.standing_committee(*kit.reports(1), voters=5), sitting=rehearsal)
    steps: tuple[c.SittingCommand, ...] = (convened, *kit.arrivals(kit.first(3)), *lent(25))
    for command in steps:
        await core.writer.submit(rehearsal, command)
    asked: list[SittingId] = []

    class Watched:
        """The writer, and whom it is asked for."""

        listen, committed = core.writer.listen, core.writer.committed

        async def submit(self, sitting: SittingId, command: c.SittingCommand, key: str | None = None) -> Done:
            asked.append(sitting)
            return await core.writer.submit(sitting, command, key)

    hours = Hours(cast(Recorder, Watched()), wall, every=0.01)
    hours.start([rehearsal])
    await core.rehearsals.purge(rehearsal)
    wall.time = kit.START + timedelta(minutes=30)
    await until(lambda: bool(asked))
    wall.time = kit.START + timedelta(hours=2)
    await core.writer.submit(SITTING, kit.standing_committee())
    await hours.close()
    assert asked == [rehearsal]
    assert caplog.messages == []
