"""The writer when the store does as it is told: batches, answers, keys, listeners, the end."""

import asyncio
from collections.abc import Mapping, Sequence

import pytest

from tests.kit import sittings as kit
from tests.service.kit import Office, Outcome, Unsteady, done, key_of
from voting.domain.commands import CastVote
from voting.domain.evolve import fold
from voting.domain.ids import PollId, SittingId
from voting.domain.refusals import AlreadyVoted, NotYours, Refusal, SittingUnknown
from voting.domain.tally import Choice
from voting.journal.store import Entry, Head, Store
from voting.service.handle import BATCH, Done
from voting.service.live import Recorded, Snapshot


async def test_many_commands_are_one_batch(office: Office) -> None:
    await office.poll()
    before = len(office.store.batches)
    answers = done(await office.vote_together(range(1, 26)))
    # the first one wakes the writer, which takes whatever waits by then
    assert len(office.store.batches) - before <= 2
    assert max(len(batch) for batch in office.store.batches[before:]) >= 24
    lines = await office.lines()
    assert [answer.recorded[0].seq for answer in answers] == list(range(len(lines) - 25, len(lines)))
    assert [lines[a.recorded[0].seq].leaf for a in answers] == [a.recorded[0].leaf for a in answers]


async def test_a_batch_has_an_end(office: Office) -> None:
    await office.poll()
    before = len(office.store.batches)
    ask = kit.vote(kit.m(1))
    answers = await asyncio.gather(*(office.submit(ask) for _ in range(BATCH + 10)), return_exceptions=True)
    assert sum(isinstance(answer, Done) for answer in answers) == 1
    assert sum(isinstance(answer, AlreadyVoted) for answer in answers) == BATCH + 9
    assert len(office.store.batches) - before >= 2


async def test_answers_show_the_sitting_as_committed(office: Office) -> None:
    """One state for the whole batch: the newest one, and no other is kept alive."""
    await office.poll()
    answers = done(await office.vote_together(range(1, 11)))
    for answer in answers:
        assert answer.snapshot.size > answer.recorded[0].seq
        assert kit.m(1) in answer.snapshot.sitting.polls.all[open_poll(answer)].ballots
    assert len({id(answer.snapshot) for answer in answers}) <= 2
    assert answers[-1].snapshot == await office.writer.snapshot(kit.SITTING)


async def test_several_sittings_share_a_batch(office: Office) -> None:
    other = SittingId("s-0002")
    await office.poll()
    convocation = kit.standing_committee()
    for command in kit.polled(convocation):
        await office.submit(command, None, other)
    before = len(office.store.batches)
    await asyncio.gather(*(office.vote(n, sitting) for sitting in (kit.SITTING, other) for n in range(1, 11)))
    assert len(office.store.batches) - before <= 2
    assert len(await office.cast()) == 10
    assert {entry.sitting for entry in office.store.batches[-1]} == {kit.SITTING, other}


async def test_a_refusal_goes_to_its_own_waiter(office: Office) -> None:
    await office.poll()
    theft = kit.vote(kit.m(3), by=kit.m(2))
    answers = await asyncio.gather(office.vote(1), office.submit(theft), office.vote(2), return_exceptions=True)
    assert isinstance(answers[0], Done)
    assert isinstance(answers[1], NotYours)
    assert isinstance(answers[2], Done)
    assert await office.cast() == [kit.m(1), kit.m(2)]


async def test_a_bug_in_one_command_goes_to_its_own_waiter(office: Office) -> None:
    await office.poll()
    bug = kit.vote(kit.m(3), Choice.FOR)
    object.__setattr__(bug, "choice", "a word that is no choice")
    answers = await asyncio.gather(office.vote(1), office.submit(bug), office.vote(2), return_exceptions=True)
    assert isinstance(answers[0], Done)
    assert isinstance(answers[1], Exception)
    assert not isinstance(answers[1], Refusal)
    assert isinstance(answers[2], Done)
    assert await office.cast() == [kit.m(1), kit.m(2)]
    history = [event.event for answer in (answers[0], answers[2]) for event in answer.recorded]
    assert len(history) == 2


async def test_the_same_key_gives_the_first_answer(office: Office) -> None:
    await office.poll()
    first = await office.vote(1)
    again = await office.vote(1)
    assert again.repeated
    assert not first.repeated
    assert again.recorded == first.recorded
    assert await office.cast() == [kit.m(1)]


async def test_the_same_key_in_one_batch_is_one_event(office: Office) -> None:
    await office.poll()
    answers = done(await office.vote_together([1, 1, 1, 2, 1]))
    assert [answer.repeated for answer in answers] == [False, True, True, False, True]
    assert len({answer.recorded[0].seq for answer in answers}) == 2
    assert await office.cast() == [kit.m(1), kit.m(2)]


async def test_the_key_decides_not_the_content(office: Office) -> None:
    """Two buttons of one card, pressed in a row: the card was the same, so the first press counts."""
    await office.poll()
    first = await office.vote(1)
    other = kit.vote(kit.m(1), Choice.AGAINST, revision=0)
    again = await office.submit(other, key_of(kit.m(1)))
    assert again.repeated
    assert again.recorded == first.recorded


async def test_keys_are_known_after_a_restart(store: Unsteady) -> None:
    office = Office(store).open()
    await office.poll()
    first = await office.vote(1)
    await office.writer.close()
    restarted = Office(store).open()
    again = await restarted.vote(1)
    await restarted.writer.close()
    assert again.repeated
    assert again.recorded == first.recorded
    assert again.snapshot.sitting == first.snapshot.sitting


async def test_a_change_of_vote_has_its_own_key(office: Office) -> None:
    await office.poll()
    await office.vote(1)
    change = kit.vote(kit.m(1), Choice.AGAINST, revision=1)
    changed = await office.submit(change, key_of(kit.m(1), 1))
    assert not changed.repeated
    assert await office.cast() == [kit.m(1), kit.m(1)]


async def test_nobody_is_answered_before_the_commit(office: Office) -> None:
    await office.poll()
    begun, allowed = asyncio.Event(), asyncio.Event()

    async def slow(store: Store, expected: Mapping[str, Head], entries: Sequence[Entry]) -> Outcome:
        begun.set()
        await allowed.wait()
        return await store.append(expected, entries)

    office.store.troubles.append(slow)
    waiting = [asyncio.ensure_future(office.vote(n)) for n in (1, 2, 3)]
    await begun.wait()
    late = asyncio.ensure_future(office.vote(4))
    await asyncio.sleep(0.02)
    assert not any(task.done() for task in (*waiting, late))
    assert await office.cast() == []
    shown = await office.writer.snapshot(kit.SITTING)
    assert not shown.sitting.polls.all[open_poll(shown)].ballots, "an uncommitted voice was shown"
    allowed.set()
    assert all(isinstance(answer, Done) for answer in await asyncio.gather(*waiting, late))
    assert len(await office.cast()) == 4


async def test_a_client_that_hangs_up_has_voted_all_the_same(office: Office) -> None:
    await office.poll()
    allowed = asyncio.Event()

    async def slow(store: Store, expected: Mapping[str, Head], entries: Sequence[Entry]) -> Outcome:
        await allowed.wait()
        return await store.append(expected, entries)

    office.store.troubles.append(slow)
    gone, stays = asyncio.ensure_future(office.vote(1)), asyncio.ensure_future(office.vote(2))
    await asyncio.sleep(0.01)
    gone.cancel()
    allowed.set()
    await stays
    assert await office.cast() == [kit.m(1), kit.m(2)]
    assert (await office.vote(1)).repeated


async def test_a_batch_that_adds_nothing_is_confirmed(office: Office) -> None:
    """A refusal decided on a state that is no longer the last one must not be believed."""
    await office.poll()
    await office.vote(1)
    other = Office(office.store).open()
    change = kit.vote(kit.m(1), Choice.AGAINST, revision=1)
    await other.submit(change, key_of(kit.m(1), 1))
    await other.writer.close()
    late = kit.vote(kit.m(1), Choice.FOR, revision=2)
    done_ = await office.submit(late)
    assert done_.recorded[0].seq == len(await office.lines()) - 1
    assert len(await office.cast()) == 3


async def test_two_writers_never_lose_or_double_a_voice(office: Office) -> None:
    await office.poll()
    other = Office(office.store).open()
    both = await asyncio.gather(
        office.vote_together(range(1, 26)), other.vote_together(range(1, 26)), return_exceptions=False
    )
    await other.writer.close()
    answers = [done(answers) for answers in both]
    assert sorted(await office.cast()) == [kit.m(n) for n in range(1, 26)]
    for mine, theirs in zip(*answers, strict=True):
        assert mine.recorded == theirs.recorded
        assert mine.repeated != theirs.repeated


async def test_listeners_hear_of_every_event_once(store: Unsteady) -> None:
    heard: list[Recorded] = []
    sizes: list[int] = []

    def listen(snapshot: Snapshot, recorded: tuple[Recorded, ...]) -> None:
        heard.extend(recorded)
        sizes.append(snapshot.size)

    office = Office(store).open(listen)
    await office.poll()
    await office.vote_together([1, 2, 3, 1])
    await office.vote(2)
    await office.writer.close()
    lines = await office.lines()
    assert [one.seq for one in heard] == list(range(len(lines)))
    assert sizes == sorted(set(sizes))
    assert sizes[-1] == len(lines)


async def test_a_listener_that_fails_breaks_nothing(store: Unsteady, caplog: pytest.LogCaptureFixture) -> None:
    heard: list[int] = []

    def broken(snapshot: Snapshot, recorded: tuple[Recorded, ...]) -> None:
        raise RuntimeError("a board that falls off the wall")

    def listen(snapshot: Snapshot, recorded: tuple[Recorded, ...]) -> None:
        heard.append(snapshot.size)

    office = Office(store).open(broken, listen)
    await office.poll()
    answers = done(await office.vote_together(range(1, 6)))
    await office.writer.close()
    assert len(answers) == 5
    assert heard[-1] == len(await office.lines())
    assert "a listener failed" in caplog.text


async def test_closing_commits_what_waits(office: Office) -> None:
    await office.poll()
    waiting = [asyncio.ensure_future(office.vote(n)) for n in range(1, 26)]
    await asyncio.sleep(0)
    await office.writer.close()
    assert all(isinstance(answer, Done) for answer in await asyncio.gather(*waiting))
    assert len(await office.cast()) == 25
    with pytest.raises(RuntimeError):
        await office.vote(1)


async def test_commands_of_an_unknown_sitting_are_refused_alone(office: Office) -> None:
    await office.poll()
    nowhere = SittingId("s-9999")
    answers = await asyncio.gather(office.vote(1), office.vote(1, nowhere), return_exceptions=True)
    assert isinstance(answers[0], Done)
    assert isinstance(answers[1], SittingUnknown)
    with pytest.raises(SittingUnknown):
        await office.writer.snapshot(nowhere)
    assert await office.lines(nowhere) == []


async def test_the_state_shown_is_the_fold_of_the_journal(office: Office) -> None:
    answers = await office.poll()
    answers += done(await office.vote_together([2, 1, 3, 2]))
    answers += await office.play(kit.settled())
    events = [one.event for answer in answers if not answer.repeated for one in answer.recorded]
    assert (await office.writer.snapshot(kit.SITTING)).sitting == fold(events)
    assert [entry.seq for entry in await office.writer.history(kit.SITTING)] == list(range(len(events)))


async def test_how_many_wait_is_known(office: Office) -> None:
    await office.poll()
    begun, allowed = asyncio.Event(), asyncio.Event()

    async def slow(store: Store, expected: Mapping[str, Head], entries: Sequence[Entry]) -> Outcome:
        begun.set()
        await allowed.wait()
        return await store.append(expected, entries)

    office.store.troubles.append(slow)
    first = asyncio.ensure_future(office.vote(1))
    await begun.wait()
    more = [asyncio.ensure_future(office.vote(n)) for n in (2, 3, 4)]
    await asyncio.sleep(0)
    assert office.writer.depth == 3
    allowed.set()
    await asyncio.gather(first, *more)
    assert office.writer.depth == 0


def open_poll(answer: Done | Snapshot) -> PollId:
    """The poll that runs in what was answered."""
    snapshot = answer.snapshot if isinstance(answer, Done) else answer
    poll = snapshot.sitting.polls.open_poll()
    assert poll is not None
    return poll.id


def test_a_vote_has_no_key_of_its_own() -> None:
    """The key belongs to the wish as the client made it, not to the command."""
    assert "key" not in CastVote.__dataclass_fields__
