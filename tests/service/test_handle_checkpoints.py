"""Signed heads: one after each result and at the close, made up for when a crash or a fault prevented it."""

import contextlib
from collections import deque
from datetime import datetime, timedelta

import pytest

from tests.kit import sittings as kit
from tests.kit.journals import KEY
from tests.service.kit import Jumpy, Office, Unsteady
from voting.domain import commands as c
from voting.domain.refusals import Refusal
from voting.journal.canonical import parse_instant
from voting.journal.checkpoint import open_checkpoint, origin_of
from voting.journal.faults import StoreFull
from voting.journal.merkle import root
from voting.journal.store import KeptCheckpoint
from voting.service.handle import Done


async def kept(office: Office) -> list[KeptCheckpoint]:
    """What is signed. Nobody waits for a signature, but the writer takes nothing more before it is done."""
    with contextlib.suppress(Refusal, RuntimeError):
        await office.submit(kit.proclaim(by=kit.ADVISOR))
    return await office.store.store.checkpoints(kit.SITTING)


async def check(office: Office, checkpoint: KeptCheckpoint) -> None:
    """The signature holds, over the very lines of the journal."""
    lines = await office.lines()
    status = open_checkpoint(checkpoint.note, [KEY.vkey], origin_of(kit.SITTING))
    assert status.holds
    assert status.claimed is not None
    assert status.claimed.size == checkpoint.size
    assert status.claimed.root == root([entry.leaf for entry in lines[: checkpoint.size]])


async def test_each_result_and_the_close_are_signed(office: Office) -> None:
    await office.poll()
    assert await kept(office) == []
    await office.vote_together(range(1, 26))
    assert await kept(office) == []
    await office.play(kit.settled())
    first = len(await office.lines())
    await office.play([kit.call(), kit.open_poll(), *kit.settled()])
    assert [checkpoint.size for checkpoint in await kept(office)] == [first, len(await office.lines())]
    for checkpoint in await kept(office):
        await check(office, checkpoint)


async def test_a_start_signs_what_a_crash_left_unsigned(store: Unsteady) -> None:
    office = Office(store).open()
    await office.poll()
    store.checkpoint_fault = StoreFull()  # as if the process had died between the commit and the signature
    await office.play(kit.settled())
    await office.writer.close()
    assert await kept(office) == []
    store.checkpoint_fault = None
    restarted = Office(store).open()
    snapshot = await restarted.writer.recover(kit.SITTING)
    await restarted.writer.close()
    (checkpoint,) = await kept(restarted)
    assert checkpoint.size >= snapshot.final_size
    await check(restarted, checkpoint)


async def test_a_start_signs_nothing_twice(store: Unsteady) -> None:
    office = Office(store).open()
    await office.poll()
    await office.play(kit.settled())
    await office.play([kit.call()])
    before = await kept(office)
    await office.writer.close()
    restarted = Office(store).open()
    await restarted.writer.recover(kit.SITTING)
    await restarted.play([kit.open_poll()])
    await restarted.writer.close()
    assert await kept(restarted) == before


async def test_a_sitting_without_result_is_not_signed(office: Office) -> None:
    await office.poll()
    await office.writer.recover(kit.SITTING)
    assert await kept(office) == []


@pytest.mark.parametrize("fault", [StoreFull(), RuntimeError("a bug in the signer")])
async def test_a_signature_that_fails_breaks_nothing(office: Office, fault: Exception) -> None:
    """The result is recorded and said; the next commit tries again."""
    await office.poll()
    office.store.checkpoint_fault = fault
    answers = await office.play(kit.settled())
    assert len(answers) == 2
    office.store.checkpoint_fault = None
    assert isinstance((await office.play([kit.call()]))[0], Done)
    await office.play([kit.open_poll()])
    (checkpoint,) = await kept(office)
    await check(office, checkpoint)


async def test_whoever_waits_for_a_checkpoint_cannot_break_the_writer(office: Office) -> None:
    heard: list[int] = []

    def broken(sitting: str, checkpoint: KeptCheckpoint) -> None:
        raise RuntimeError("a chat that is gone")

    office.notary.listen(broken)
    office.notary.listen(lambda sitting, checkpoint: heard.append(checkpoint.size))
    await office.poll()
    await office.play(kit.settled())
    await office.play([kit.call()])
    await office.play([kit.open_poll()])
    assert [checkpoint.size for checkpoint in await kept(office)] == heard


async def test_the_hours_of_a_sitting_never_go_back(store: Unsteady) -> None:
    """A clock set back, by NTP or by hand: order is that of the journal, and so are the hours."""
    hours = (0, 10, 5, -3600, 11, 10)
    clock = Jumpy(deque(kit.START + timedelta(seconds=s) for s in hours))
    office = Office(store, clock=clock).open()
    await office.play(kit.polled(kit.standing_committee(voters=3)))
    await office.vote_together([1, 2, 3])
    await office.writer.close()
    times = [parse_instant(entry.at) for entry in await office.lines()]
    assert times == sorted(times)
    assert times[:5] == [kit.START + timedelta(seconds=s) for s in (0, 10, 10, 10, 11)]


async def test_the_hours_do_not_go_back_after_a_restart(store: Unsteady) -> None:
    office = Office(store).open()
    await office.poll()
    await office.writer.close()
    last = parse_instant((await office.lines())[-1].at)
    restarted = Office(store, clock=Jumpy(deque([datetime.fromisoformat("2020-04-10T09:00:00Z")]))).open()
    voted = await restarted.vote(1)
    await restarted.writer.close()
    assert voted.recorded[0].event.at == last


async def test_what_is_written_after_the_close_is_signed_too(office: Office) -> None:
    await office.play([*kit.called(kit.standing_committee()), kit.ask(kit.m(7)), c.GiveFloor(by=kit.CHAIR)])
    await office.play([c.CloseSitting(by=kit.CLERK)])
    closed = len(await office.lines())
    await office.play([c.WriteNote(by=kit.CLERK, turn=None, text="Soutient le rapport.")])
    assert [checkpoint.size for checkpoint in await kept(office)] == [closed, closed + 1]
    for checkpoint in await kept(office):
        await check(office, checkpoint)
