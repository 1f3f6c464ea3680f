"""Two processes on one database: each decides on what is in the journal, and hears of what the other wrote."""

import asyncio
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from tests.kit import sittings as kit
from tests.kit.waiting import until
from tests.service.kit import CODEC, POLL, Office, Outcome, Unsteady, done
from voting.domain import commands as c
from voting.domain.commands import SittingCommand
from voting.domain.ids import SittingId
from voting.domain.refusals import PollNotOpen, Refusal
from voting.domain.sitting import Phase
from voting.journal.faults import OutcomeUnknown, StoreUnavailable
from voting.journal.memory import MemoryStore
from voting.journal.store import EMPTY, Appended, Entry, Head, Store
from voting.service.handle import Done
from voting.service.held import Held, Listeners
from voting.service.live import Live, Recorded, Snapshot

Pair = tuple[Office, Office]


class Ear:
    """Whoever listens to a writer."""

    def __init__(self) -> None:
        self.heard: list[int] = []
        self.newest: Snapshot | None = None

    def __call__(self, snapshot: Snapshot, recorded: tuple[Recorded, ...]) -> None:
        self.heard.extend(one.seq for one in recorded)
        self.newest = snapshot


async def test_two_processes_take_the_votes_of_one_sitting(pair: Pair) -> None:
    """Everybody presses on both, at once and for a while: each voice is there once, and both told the same place."""
    here = pair[0]
    await here.poll()
    for turn in range(5):
        group = range(turn * 5 + 1, turn * 5 + 6)
        said = await asyncio.gather(*(office.vote_together(group) for office in pair for _ in range(3)))
        for answers in zip(*said, strict=True):
            assert len({answer.recorded for answer in done(answers)}) == 1
            assert sum(not answer.repeated for answer in done(answers)) == 1
    assert sorted(await here.cast()) == sorted(kit.m(number) for number in range(1, 26))
    assert [entry.seq for entry in await here.lines()] == list(range(len(await here.lines())))


async def test_a_conflict_is_settled_by_reading_on(pair: Pair) -> None:
    here, there = pair
    await here.poll()
    for number in range(1, 13):
        assert isinstance(await pair[number % 2].vote(number), Done)
    assert await there.cast() == [kit.m(number) for number in range(1, 13)]


async def test_the_other_process_hears_of_every_line(pair: Pair) -> None:
    here, there = pair
    every, own = Ear(), Ear()
    there.writer.listen(every)
    there.writer.listen_own(own)
    await here.poll()
    lines = len(await here.lines())
    there.writer.refresh(kit.SITTING)
    await until(lambda: every.heard == list(range(lines)))
    await here.vote_together([1, 2])
    there.writer.refresh(kit.SITTING)
    await until(lambda: every.heard == list(range(lines + 2)))
    assert own.heard == []
    await there.vote(3)
    assert every.heard == [*range(lines + 3)]
    assert own.heard == [lines + 2]
    assert every.newest == await there.writer.snapshot(kit.SITTING)


async def test_a_sitting_that_was_only_looked_at_is_news_from_there(pair: Pair) -> None:
    here, there = pair
    await here.poll()
    ear = Ear()
    there.writer.listen(ear)
    seen = await there.writer.snapshot(kit.SITTING)
    await here.vote(1)
    there.writer.refresh(kit.SITTING)
    await until(lambda: ear.heard == [seen.size])


async def test_without_a_word_the_store_is_asked(pair: Pair) -> None:
    here, there = pair
    await here.poll()
    ear = Ear()
    there.writer.listen(ear)
    seen = await there.writer.snapshot(kit.SITTING)
    there.writer.compare()
    await here.vote(1)
    there.writer.compare()
    await until(lambda: ear.heard == [seen.size])
    there.store.unreadable[kit.SITTING] = StoreUnavailable()
    await here.vote(2)
    there.writer.compare()
    await asyncio.sleep(0.02)
    assert ear.heard == [seen.size]
    del there.store.unreadable[kit.SITTING]
    there.writer.compare()
    await until(lambda: ear.heard == [seen.size, seen.size + 1])


async def test_a_note_written_elsewhere_after_the_close_is_seen_without_a_word(pair: Pair) -> None:
    here, there = pair
    await here.play(spoken())
    seen = await there.writer.snapshot(kit.SITTING)
    assert seen.sitting.course.phase is Phase.CLOSED
    await here.submit(c.WriteNote(by=kit.CLERK, turn=None, text="Soutient le rapport."))
    there.writer.compare()
    await until(lambda: _noted(there) == ["Soutient le rapport."])
    await there.submit(c.WriteNote(by=kit.CLERK, turn=None, text="Le soutient, avec une réserve.", replaces=True))
    here.writer.compare()
    await until(lambda: _noted(here) == ["Le soutient, avec une réserve."])


async def test_closed_sittings_are_asked_about_a_few_at_a_time_and_all_in_turn() -> None:
    """However many there are, one question costs the same."""
    store = Unsteady(MemoryStore())
    await store.start()
    office = Office(store).open()
    sittings = [SittingId(f"s{n}") for n in range(4)]
    await office.play([kit.standing_committee()])
    for sitting in sittings:
        await office.play([_in(command, sitting) for command in spoken()], sitting)
    held = Held(store, CODEC, Listeners())
    for sitting in (kit.SITTING, *sittings):
        await held.snapshot(sitting)
    asked = [set(held.expected(2)) - {kit.SITTING} for _ in range(3)]
    assert [len(some) for some in asked] == [2, 2, 2]
    assert asked[0] | asked[1] == set(sittings)
    assert asked[2] == asked[0]
    assert kit.SITTING in held.expected(2), "one that goes on is asked about each time"
    assert set(held.expected(10)) == {kit.SITTING, *sittings}
    await office.writer.close()


def spoken() -> list[SittingCommand]:
    """A sitting in which somebody had the floor, closed."""
    called = kit.called(kit.standing_committee())
    return [*called, kit.ask(kit.m(7)), c.GiveFloor(by=kit.CHAIR), c.CloseSitting(by=kit.CLERK)]


def _in(command: SittingCommand, sitting: SittingId) -> SittingCommand:
    return replace(command, sitting=sitting) if isinstance(command, c.ConveneSitting) else command


def _noted(office: Office) -> list[str]:
    snapshot = office.writer.committed(kit.SITTING)
    assert snapshot is not None
    return [note.text for note in snapshot.sitting.minuting.notes.values()]


async def test_a_closed_poll_is_closed_for_both(pair: Pair) -> None:
    here, there = pair
    await here.poll()
    await there.vote(1)
    await here.submit(kit.close_poll())
    with pytest.raises(PollNotOpen):
        await there.vote(2)


async def test_what_is_heard_of_twice_is_told_once(pair: Pair) -> None:
    here, there = pair
    await here.poll()
    ear = Ear()
    there.writer.listen(ear)
    for number in range(1, 6):
        await here.vote(number)
        there.writer.refresh(kit.SITTING)
        there.writer.refresh(kit.SITTING)
        there.writer.compare()
        await there.vote(number + 5)
    assert ear.heard == sorted(set(ear.heard))
    assert ear.heard[-1] == len(await here.lines()) - 1


async def test_a_process_that_was_asleep_decides_on_what_happened_meanwhile(pair: Pair) -> None:
    here, there = pair
    await here.poll()
    await there.vote(1)
    for number in range(2, 8):
        await here.vote(number)
    answer = await there.vote(8)
    assert answer.recorded[0].seq == len(await here.lines()) - 1
    assert len(answer.snapshot.sitting.polls.all[POLL].ballots) == 8


async def test_after_a_fail_over_that_lost_lines_the_journal_that_is_there_counts() -> None:
    """The standby did not have the last votes: they were acknowledged and are gone, but nothing is built on them."""
    store = Unsteady(MemoryStore())
    await store.start()
    office = Office(store).open()
    await office.poll()
    before = await office.lines()
    await office.vote_together([1, 2, 3])
    standby = MemoryStore()
    await standby.start()
    other = CODEC.entry(kit.SITTING, len(before), CODEC.decode((await office.lines())[-1].line).event, "another")
    assert isinstance(await standby.append({kit.SITTING: EMPTY}, [*before, other]), Appended)
    store.store = standby
    ear = Ear()
    office.writer.listen(ear)
    answer = await office.vote(4)
    assert answer.recorded[0].seq == len(before) + 1
    assert len(await office.lines()) == len(before) + 2
    assert ear.heard == [len(before) + 1]
    assert ear.newest is not None
    assert ear.newest.size == len(before) + 2
    await office.writer.close()


async def test_lanes_do_not_wait_for_each_other(pair: Pair) -> None:
    there = pair[1]
    sittings = [SittingId(f"s-{number}") for number in range(9)]
    for sitting in sittings:
        await there.poll(sitting)
    hold = asyncio.Event()

    async def slow(store: Store, expected: Mapping[str, Head], entries: Sequence[Entry]) -> Outcome:
        await hold.wait()
        return await store.append(expected, entries)

    there.store.troubles.append(slow)
    answers = [asyncio.create_task(there.vote(1, sitting)) for sitting in sittings]
    await until(lambda: sum(answer.done() for answer in answers) >= 3)
    waiting = sum(not answer.done() for answer in answers)
    assert 0 < waiting < len(sittings)
    hold.set()
    assert len(await asyncio.gather(*answers)) == len(sittings)
    assert there.writer.depth == 0


async def test_a_commit_in_doubt_beside_another_process(pair: Pair) -> None:
    here, there = pair
    await here.poll()

    async def lost(store: Store, expected: Mapping[str, Head], entries: Sequence[Entry]) -> Outcome:
        await there.vote(9)
        raise OutcomeUnknown(reason="store_unavailable")

    here.store.troubles.append(lost)
    answers = await here.vote_together([9, 1])
    assert isinstance(answers[0], Done)
    assert isinstance(answers[1], OutcomeUnknown)
    assert await here.cast() == [kit.m(9)]


@pytest.mark.parametrize("seed", range(20))
def test_a_sitting_that_steps_back_is_as_if_nothing_had_been_decided(seed: int) -> None:
    """The journal replayed, and a state that decided all sorts of things in between and took them back, are equal."""
    chance = random.Random(seed)
    stepping, straight = Live(kit.SITTING, CODEC), Live(kit.SITTING, CODEC)
    wishes: list[SittingCommand] = [*kit.polled(kit.standing_committee(voters=8))]
    wishes += [kit.vote(kit.m(chance.randint(1, 8)), revision=None) for _ in range(12)]
    for number, wish in enumerate(wishes):
        mark = stepping.mark()
        for offset in range(chance.randint(0, 4)):
            decide(stepping, wishes[(number + offset) % len(wishes)], f"tried/{offset}")
        stepping.rewind(mark)
        assert decide(stepping, wish, f"key/{number}") == decide(straight, wish, f"key/{number}")
        assert (stepping.head, stepping.keys, stepping.final_size) == (
            straight.head,
            straight.keys,
            straight.final_size,
        )
        assert stepping.tree.root() == straight.tree.root()
        assert stepping.snapshot() == straight.snapshot()


def decide(live: Live, wish: SittingCommand, key: str) -> list[bytes]:
    try:
        return [entry.line for entry in live.decide(wish, key, kit.Clock().now()).entries]
    except Refusal:
        return []
