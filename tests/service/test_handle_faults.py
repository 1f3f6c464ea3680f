"""The writer when the store fails it: nobody is told what is not so, and pressing again is always right."""

import asyncio
from collections.abc import Callable, Mapping, Sequence

import pytest

from tests.kit import sittings as kit
from tests.service.kit import (
    Office,
    Outcome,
    Trouble,
    Unsteady,
    done,
    full,
    lost_after,
    lost_before,
    moved,
    surprise_after,
)
from voting.domain.ids import SittingId
from voting.domain.refusals import NotYours
from voting.journal.faults import EntryCorrupted, OutcomeUnknown, StoreBusy, StoreFull, StoreUnavailable
from voting.journal.store import EMPTY, Entry, Head, KeyTaken, Store
from voting.service.handle import ATTEMPTS, Done
from voting.service.live import Recorded, Snapshot


@pytest.mark.parametrize("trouble", [lost_after, surprise_after])
async def test_a_commit_whose_answer_was_lost_is_looked_up(office: Office, trouble: Trouble) -> None:
    await office.poll()
    office.store.troubles.append(trouble)
    answers = done(await office.vote_together([1, 2, 3]))
    lines = await office.lines()
    assert [lines[answer.recorded[0].seq].by for answer in answers] == [kit.m(1), kit.m(2), kit.m(3)]
    assert len(await office.cast()) == 3
    assert (await office.writer.snapshot(kit.SITTING)).size == len(lines)
    assert (await office.vote(2)).recorded == answers[1].recorded


async def test_a_commit_that_did_not_happen_is_acknowledged_to_nobody(office: Office) -> None:
    await office.poll()
    size = len(await office.lines())
    office.store.troubles.append(lost_before)
    answers = await office.vote_together([1, 2, 3])
    assert all(isinstance(answer, OutcomeUnknown) for answer in answers), answers
    assert len(await office.lines()) == size
    again = done(await office.vote_together([1, 2, 3]))
    assert not any(answer.repeated for answer in again)
    assert await office.cast() == [kit.m(1), kit.m(2), kit.m(3)]


async def test_without_a_key_a_lost_answer_stays_unknown(office: Office) -> None:
    await office.poll()
    office.store.troubles.append(lost_after)
    answers = await asyncio.gather(office.submit(kit.vote(kit.m(1))), office.vote(2), return_exceptions=True)
    assert isinstance(answers[0], OutcomeUnknown)
    assert isinstance(answers[1], Done)
    assert await office.cast() == [kit.m(1), kit.m(2)]


async def test_a_refusal_of_a_lost_batch_is_not_believed(office: Office) -> None:
    """It was decided on voices that may not be there."""
    await office.poll()
    office.store.troubles.append(lost_before)
    closing = office.submit(kit.close_poll())
    late = office.vote(1)
    answers = await asyncio.gather(closing, late, return_exceptions=True)
    assert [type(answer) for answer in answers] == [OutcomeUnknown, OutcomeUnknown]
    assert isinstance(await office.vote(1), Done)


async def test_a_repeat_of_a_lost_batch_is_not_acknowledged(office: Office) -> None:
    """The second press of one card came in the batch of the first, which was lost."""
    await office.poll()
    office.store.troubles.append(lost_before)
    answers = await office.vote_together([1, 1])
    assert [type(answer) for answer in answers] == [OutcomeUnknown, OutcomeUnknown]
    assert await office.cast() == []


@pytest.mark.parametrize("fault", [StoreUnavailable(), EntryCorrupted(sitting=kit.SITTING, seq=3, problem="leaf")])
async def test_when_even_the_look_up_fails_nothing_is_said(office: Office, fault: Exception) -> None:
    await office.poll()
    office.store.troubles.append(lost_after)
    office.store.unreadable[kit.SITTING] = fault
    answers = await office.vote_together([1, 2])
    assert all(isinstance(answer, OutcomeUnknown) for answer in answers), answers
    del office.store.unreadable[kit.SITTING]
    again = done(await office.vote_together([1, 2]))
    assert all(answer.repeated for answer in again)
    assert await office.cast() == [kit.m(1), kit.m(2)]


async def test_the_look_up_failing_with_a_bug_is_no_different(office: Office) -> None:
    await office.poll()
    office.store.troubles.append(lost_after)
    office.store.unreadable[kit.SITTING] = RuntimeError("a bug in the reader")
    answers = await office.vote_together([1, 2])
    assert all(isinstance(answer, OutcomeUnknown) for answer in answers), answers


async def test_listeners_hear_of_what_was_found_again(store: Unsteady) -> None:
    """Otherwise the board and the chat would stand still after a commit whose answer was lost."""
    heard: list[int] = []

    def listen(snapshot: Snapshot, recorded: tuple[Recorded, ...]) -> None:
        heard.extend(one.seq for one in recorded)

    office = Office(store).open(listen)
    await office.poll()
    store.troubles.append(lost_after)
    await office.vote_together([1, 2])
    await office.vote(1)
    await office.writer.close()
    assert heard == list(range(len(await office.lines())))


async def test_a_full_disk_is_said_and_nothing_is_written(office: Office) -> None:
    await office.poll()
    size = len(await office.lines())
    office.store.troubles.append(full)
    answers = await office.vote_together([1, 2, 3])
    assert all(isinstance(answer, StoreFull) for answer in answers), answers
    assert len(await office.lines()) == size
    shown = await office.writer.snapshot(kit.SITTING)
    assert shown.size == size
    assert not done(await office.vote_together([1, 2, 3]))[0].repeated
    assert len(await office.cast()) == 3


async def test_a_head_that_moves_is_read_and_decided_again(office: Office) -> None:
    await office.poll()
    office.store.troubles += [moved, moved]
    answers = done(await office.vote_together([1, 2]))
    assert [answer.repeated for answer in answers] == [False, False]
    assert await office.cast() == [kit.m(1), kit.m(2)]


async def test_contention_without_end_is_said_and_nothing_is_written(office: Office) -> None:
    await office.poll()
    office.store.troubles += [moved] * ATTEMPTS
    answers = await office.vote_together([1, 2])
    assert all(isinstance(answer, StoreBusy) for answer in answers), answers
    assert await office.cast() == []
    assert isinstance(await office.vote(1), Done)


async def test_a_key_taken_by_another_process_gives_its_answer(office: Office) -> None:
    await office.poll()
    other = Office(office.store).open()

    async def elsewhere(store: Store, expected: Mapping[str, Head], entries: Sequence[Entry]) -> Outcome:
        await other.vote(1)
        return KeyTaken(frozenset({(entry.sitting, entry.key) for entry in entries if entry.key}))

    office.store.troubles.append(elsewhere)
    answers = done(await office.vote_together([1, 2]))
    await other.writer.close()
    assert [answer.repeated for answer in answers] == [True, False]
    assert await office.cast() == [kit.m(1), kit.m(2)]


async def test_one_damaged_sitting_does_not_stop_the_others(office: Office) -> None:
    """The batch is shared by every sitting of the process: a Region must not wait for another one's disk."""
    damaged = SittingId("s-0666")
    await office.poll()
    office.store.unreadable[damaged] = EntryCorrupted(sitting=damaged, seq=3, problem="leaf")
    answers = await asyncio.gather(office.vote(1), office.vote(1, damaged), office.vote(2), return_exceptions=True)
    assert [type(answer) for answer in answers] == [Done, EntryCorrupted, Done]
    assert await office.cast() == [kit.m(1), kit.m(2)]


async def test_after_any_fault_the_writer_goes_on(office: Office) -> None:
    await office.poll()
    for number, trouble in enumerate((lost_before, full, surprise_after, lost_after, moved), start=1):
        office.store.troubles.append(trouble)
        await office.vote_together([number])
        assert isinstance(await office.vote(number), Done)
    assert sorted(await office.cast()) == [kit.m(n) for n in range(1, 6)]


Steps = Callable[[int], Trouble]


@pytest.mark.parametrize("trouble", [lost_before, lost_after, surprise_after, full])
@pytest.mark.parametrize("at", range(1, 6))
async def test_a_fault_at_any_commit_of_a_poll(office: Office, trouble: Trouble, at: int) -> None:
    """Everybody presses until acknowledged; whichever commit fails, every voice is there once, where it was said."""
    await office.poll()
    acknowledged: dict[int, int] = {}
    groups = [range(first, first + 5) for first in range(1, 26, 5)]
    for turn, group in enumerate(groups, start=1):
        if turn == at:
            office.store.troubles.append(trouble)
        for _ in range(2):
            for number, answer in zip(group, await office.vote_together(group), strict=True):
                if isinstance(answer, Done):
                    assert acknowledged.setdefault(number, answer.recorded[0].seq) == answer.recorded[0].seq
    lines = await office.lines()
    assert {kit.m(number): seq for number, seq in acknowledged.items()} == {
        entry.by: entry.seq for entry in lines if entry.name == "vote.cast/1"
    }
    assert len(await office.cast()) == 25


async def test_an_empty_batch_needs_no_disk(office: Office) -> None:
    """A refusal is answered while nothing can be written: the head is confirmed by a read."""
    await office.poll()
    before = await office.store.head(kit.SITTING)
    with pytest.raises(NotYours):
        await office.submit(kit.vote(kit.m(2), by=kit.m(1)))
    assert office.store.batches[-1] == []
    assert await office.store.head(kit.SITTING) == before != EMPTY
