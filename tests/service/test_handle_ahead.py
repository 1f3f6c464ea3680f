"""What is decided while something else is being written: never sent, said or shown before its own turn."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Mapping, Sequence

import pytest

from tests.kit import sittings as kit
from tests.kit.journals import KEY
from tests.service.kit import (
    Office,
    Outcome,
    Trouble,
    Unsteady,
    done,
    full,
    key_of,
    lost_after,
    lost_before,
    moved,
    surprise_after,
)
from voting.domain.refusals import PollNotOpen
from voting.domain.tally import Choice
from voting.journal.checkpoint import open_checkpoint, origin_of
from voting.journal.faults import OutcomeUnknown
from voting.journal.merkle import root
from voting.journal.store import Entry, Head, Store
from voting.service.handle import Done

Slow = tuple[Trouble, asyncio.Event, asyncio.Event]


def slow(then: Trouble | None = None) -> Slow:
    """A commit that has begun, and ends when it is allowed to, well or not."""
    begun, allowed = asyncio.Event(), asyncio.Event()

    async def commit(store: Store, expected: Mapping[str, Head], entries: Sequence[Entry]) -> Outcome:
        begun.set()
        await allowed.wait()
        return await (then(store, expected, entries) if then is not None else store.append(expected, entries))

    return commit, begun, allowed


@pytest.fixture
async def office(store: Unsteady) -> AsyncIterator[Office]:
    """One whose commits begin with two commands, so that whatever else waits is decided behind them."""
    office = Office(store, first=2).open()
    await office.poll()
    yield office
    await office.writer.close()


async def voting(*votes: Awaitable[Done]) -> list["asyncio.Future[Done]"]:
    """Those who press now."""
    pressed: list[asyncio.Future[Done]] = [asyncio.ensure_future(vote) for vote in votes]
    await asyncio.sleep(0)
    return pressed


async def decided_behind(office: Office, count: int) -> None:
    """Until so many commands were decided behind what is being written."""
    (lane,) = office.writer._lanes
    while lane._ahead is None or len(lane._ahead.waiters) < count:
        await asyncio.sleep(0)


async def test_what_waits_is_decided_and_neither_sent_nor_shown(office: Office) -> None:
    commit, begun, allowed = slow()
    office.store.troubles.append(commit)
    before = len(office.store.batches)
    size = (await office.writer.snapshot(kit.SITTING)).size
    pressed = await voting(*(office.vote(n) for n in range(1, 11)))
    await begun.wait()
    await decided_behind(office, 8)
    assert [len(batch) for batch in office.store.batches[before:]] == [2]
    assert (await office.writer.snapshot(kit.SITTING)).size == size
    assert office.writer.depth == 8
    assert not any(vote.done() for vote in pressed)
    allowed.set()
    answers = await asyncio.gather(*pressed)
    assert [len(batch) for batch in office.store.batches[before:]] == [2, 8]
    assert [answer.snapshot.size - size for answer in answers] == [2] * 2 + [10] * 8
    assert len(await office.cast()) == 10


@pytest.mark.parametrize("trouble", [lost_before, lost_after, surprise_after, full, moved])
async def test_behind_whatever_fails_everything_is_decided_again(office: Office, trouble: Trouble) -> None:
    commit, begun, allowed = slow(trouble)
    office.store.troubles.append(commit)
    pressed = await voting(*(office.vote(n) for n in range(1, 11)))
    await begun.wait()
    await decided_behind(office, 8)
    allowed.set()
    first = await asyncio.gather(*pressed, return_exceptions=True)
    assert all(isinstance(answer, Done) for answer in first[2:]), "only the batch that failed may go unanswered"
    again = done(await office.vote_together(range(1, 11)))
    lines = await office.lines()
    for answer, later in zip(first, again, strict=True):
        assert lines[later.recorded[0].seq].leaf == later.recorded[0].leaf
        assert not isinstance(answer, Done) or answer.recorded == later.recorded
    assert sorted(await office.cast()) == [kit.m(n) for n in range(1, 11)]


async def test_a_refusal_that_rests_on_what_was_lost_is_not_told(office: Office) -> None:
    """The poll was about to be closed, and was not: who pressed behind that has voted."""
    commit, begun, allowed = slow(lost_before)
    office.store.troubles.append(commit)
    closing, one, behind = await voting(office.submit(kit.close_poll()), office.vote(1), office.vote(2))
    await begun.wait()
    await decided_behind(office, 1)
    allowed.set()
    answers = await asyncio.gather(closing, one, behind, return_exceptions=True)
    assert [type(answer) for answer in answers] == [OutcomeUnknown, OutcomeUnknown, Done]
    assert await office.cast() == [kit.m(2)]


async def test_a_refusal_that_rests_on_what_was_written_stands(office: Office) -> None:
    commit, begun, allowed = slow()
    office.store.troubles.append(commit)
    voted, closing, behind = await voting(office.vote(1), office.submit(kit.close_poll()), office.vote(2))
    await begun.wait()
    await decided_behind(office, 1)
    allowed.set()
    answers = await asyncio.gather(voted, closing, behind, return_exceptions=True)
    assert [type(answer) for answer in answers] == [Done, Done, PollNotOpen]


async def test_a_second_press_behind_a_first_one_that_is_lost_is_the_first(office: Office) -> None:
    """It was about to be answered as known."""
    commit, begun, allowed = slow(lost_before)
    office.store.troubles.append(commit)
    one, two, again = await voting(office.vote(1), office.vote(2), office.vote(1))
    await begun.wait()
    await decided_behind(office, 1)
    allowed.set()
    answers = await asyncio.gather(one, two, again, return_exceptions=True)
    assert [type(answer) for answer in answers] == [OutcomeUnknown, OutcomeUnknown, Done]
    assert isinstance(answers[2], Done)
    assert not answers[2].repeated
    assert await office.cast() == [kit.m(1)]


async def test_those_who_are_withdrawn_keep_their_turn(office: Office) -> None:
    """Before those who came later: two votes of one member are never swapped."""
    commit, begun, allowed = slow(lost_before)
    office.store.troubles.append(commit)
    change = kit.vote(kit.m(3), Choice.AGAINST, revision=1)
    pressed = await voting(office.vote(1), office.vote(2), office.vote(3))
    await begun.wait()
    await decided_behind(office, 1)
    pressed += await voting(office.submit(change, key_of(kit.m(3), 1)))
    allowed.set()
    answers = await asyncio.gather(*pressed, return_exceptions=True)
    assert [type(answer) for answer in answers[2:]] == [Done, Done]
    assert await office.cast() == [kit.m(3), kit.m(3)]


async def test_the_head_that_is_signed_is_the_committed_one(office: Office) -> None:
    """Not one that counts what is only decided behind it."""
    await office.vote(1)
    commit, begun, allowed = slow()
    office.store.troubles.append(commit)
    kept: list[int] = []
    office.notary.listen(lambda sitting, checkpoint: kept.append(checkpoint.size))
    pressed = await voting(*(office.submit(command) for command in (*kit.settled(), kit.leave(kit.m(5)))))
    await begun.wait()
    await decided_behind(office, 1)
    allowed.set()
    await asyncio.gather(*pressed)
    await office.writer.close()
    entries = await office.lines()
    (checkpoint,) = await office.store.checkpoints(kit.SITTING)
    status = open_checkpoint(checkpoint.note, [KEY.vkey], origin_of(kit.SITTING))
    assert status.claimed is not None
    assert entries[checkpoint.size - 1].name == "poll.result_proclaimed/1"
    assert kept == [checkpoint.size]
    assert checkpoint.size < len(entries)
    assert status.claimed.root == root([entry.leaf for entry in entries[: checkpoint.size]])


async def test_what_others_write_is_not_kept_waiting(office: Office) -> None:
    """Something is to be read on: nothing is decided behind before that."""
    commit, begun, allowed = slow()
    office.store.troubles.append(commit)
    pressed = await voting(office.vote(1), office.vote(2))
    await begun.wait()
    office.writer.refresh(kit.SITTING)
    pressed += await voting(*(office.vote(n) for n in range(3, 6)))
    allowed.set()
    assert all(isinstance(answer, Done) for answer in await asyncio.gather(*pressed))
    assert len(await office.cast()) == 5
