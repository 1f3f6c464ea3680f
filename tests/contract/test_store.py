"""What every store promises, whatever it is made of."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from tests.contract.conftest import Opener
from tests.journal.sample import CODEC, Choice, entries, voted
from voting.journal.faults import BadBatch, CheckpointRefused, OfficialRecord, StoreClosed
from voting.journal.store import EMPTY, Appended, Entry, Family, Head, HeadMoved, KeptCheckpoint, KeyTaken, Store


def head_of(batch: Sequence[Entry]) -> Head:
    return Head(batch[-1].seq, batch[-1].leaf)


async def appended(store: Store, sitting: str, start: int, count: int, head: Head = EMPTY) -> list[Entry]:
    batch = entries(sitting, start, count)
    outcome = await store.append({sitting: head}, batch)
    assert outcome == Appended({sitting: head_of(batch)})
    return batch


async def test_an_empty_store(store: Store) -> None:
    assert await store.head("s1") == EMPTY
    assert await store.read("s1") == []
    assert await store.find("s1", ["vote/0"]) == {}
    assert await store.find("s1", []) == {}
    assert await store.sittings() == []
    assert await store.checkpoints("s1") == []


async def test_what_is_appended_is_read_back_to_the_byte(store: Store) -> None:
    batch = await appended(store, "s1", 0, 3)
    assert await store.read("s1") == batch
    assert await store.head("s1") == head_of(batch)
    more = await appended(store, "s1", 3, 2, head_of(batch))
    assert await store.read("s1") == batch + more
    assert await store.read("s1", after=2) == more
    assert await store.read("s1", after=0, limit=2) == batch[1:]
    assert await store.read("s1", limit=0) == []
    assert await store.read("s1", after=4) == []
    assert [entry.seq for entry in await store.read("s1")] == list(range(5))


async def test_any_text_survives(store: Store) -> None:
    sitting, key = "Séance « à blanc » 🗳 'x\"", "clé/œ/\x00/😀"
    event = voted(0)
    object.__setattr__(event, "poll", "\x00\x1f\u2028 é 😀 \\ \" '")
    object.__setattr__(event, "by", "m'\"é\n")
    entry = CODEC.entry(sitting, 0, event, key)
    assert isinstance(await store.append({sitting: EMPTY}, [entry]), Appended)
    assert await store.read(sitting) == [entry]
    assert await store.find(sitting, [key]) == {key: entry}
    assert isinstance(await store.append({sitting: head_of([entry])}, []), Appended)
    again = [CODEC.entry(sitting, 1, voted(1), key)]
    assert await store.append({sitting: head_of([entry])}, again) == KeyTaken(frozenset({(sitting, key)}))
    assert await store.append({sitting: EMPTY}, [entry]) == HeadMoved(frozenset({sitting}))


async def test_a_head_that_moved_writes_nothing(store: Store) -> None:
    first = await appended(store, "s1", 0, 2)
    late = [CODEC.entry("s1", 0, voted(0, Choice.AGAINST), "vote/late")]
    assert await store.append({"s1": EMPTY}, late) == HeadMoved(frozenset({"s1"}))
    assert await store.read("s1") == first


async def test_a_head_is_its_hash_too(store: Store) -> None:
    """After a fail-over that lost events, the same seq may be another event."""
    first = await appended(store, "s1", 0, 2)
    other = CODEC.entry("s1", 1, voted(1, Choice.AGAINST))
    after = entries("s1", 2, 1)
    assert await store.append({"s1": Head(1, other.leaf)}, after) == HeadMoved(frozenset({"s1"}))
    assert await store.read("s1") == first


async def test_a_head_beyond_the_last_event_has_moved(store: Store) -> None:
    lost = entries("s1", 0, 3)
    assert await store.append({"s1": head_of(lost)}, entries("s1", 3, 1)) == HeadMoved(frozenset({"s1"}))
    assert await store.read("s1") == []


async def test_several_sittings_are_one_batch(store: Store) -> None:
    mixed = [CODEC.entry(sitting, seq, voted(seq), f"vote/{seq}") for seq in range(3) for sitting in ("s1", "s2")]
    outcome = await store.append({"s1": EMPTY, "s2": EMPTY}, mixed)
    assert isinstance(outcome, Appended)
    assert outcome.heads == {"s1": head_of(mixed[:-1]), "s2": head_of(mixed)}
    assert await store.read("s1") == mixed[::2]
    assert await store.read("s2") == mixed[1::2]


@pytest.mark.parametrize("count", [250, 251, 500])
async def test_a_batch_of_any_size_is_whole(store: Store, count: int) -> None:
    """Where a store divides it, the last line still stops the first one."""
    batch = await appended(store, "s1", 0, count)
    *more, last = entries("s1", count, count)
    spoilt = [*more, CODEC.entry("s1", last.seq, voted(last.seq), "vote/0")]
    assert await store.append({"s1": head_of(batch)}, spoilt) == KeyTaken(frozenset({("s1", "vote/0")}))
    assert await store.append({"s1": head_of(batch[:-1])}, entries("s1", count - 1, count)) == HeadMoved(
        frozenset({"s1"})
    )
    assert await store.head("s1") == head_of(batch)
    assert isinstance(await store.append({"s1": head_of(batch)}, [*more, last]), Appended)
    assert await store.read("s1", after=2 * count - 2) == [last]


async def test_one_sitting_that_moved_stops_the_whole_batch(store: Store) -> None:
    first = await appended(store, "s1", 0, 1)
    expected = {"s1": EMPTY, "s2": EMPTY}
    batch = [*entries("s2", 0, 5), *entries("s1", 0, 1)]
    assert await store.append(expected, batch) == HeadMoved(frozenset({"s1"}))
    assert await store.read("s2") == []
    assert await store.read("s1") == first
    both = {"s1": head_of(first), "s2": EMPTY}
    assert isinstance(await store.append(both, [*entries("s1", 1, 1), *entries("s2", 0, 1)]), Appended)


async def test_a_batch_without_events_confirms_the_heads(store: Store) -> None:
    first = await appended(store, "s1", 0, 2)
    current = {"s1": head_of(first), "s2": EMPTY}
    assert await store.append(current, []) == Appended(current)
    assert await store.append({"s1": EMPTY, "s2": EMPTY}, []) == HeadMoved(frozenset({"s1"}))
    assert await store.append({}, []) == Appended({})
    confirmed = await store.append({**current}, entries("s2", 0, 1))
    assert isinstance(confirmed, Appended)
    assert confirmed.heads["s1"] == head_of(first)


async def test_a_confirmed_head_stops_a_batch_of_others(store: Store) -> None:
    await appended(store, "s1", 0, 1)
    outcome = await store.append({"s1": EMPTY, "s2": EMPTY}, entries("s2", 0, 1))
    assert outcome == HeadMoved(frozenset({"s1"}))
    assert await store.read("s2") == []


async def test_a_key_makes_one_event(store: Store) -> None:
    first = await appended(store, "s1", 0, 2)
    again = [
        CODEC.entry("s1", 2, voted(2), "vote/2"),
        CODEC.entry("s1", 3, voted(3), "vote/1"),
    ]
    assert await store.append({"s1": head_of(first)}, again) == KeyTaken(frozenset({("s1", "vote/1")}))
    assert await store.read("s1") == first
    assert await store.find("s1", ["vote/0", "vote/1", "vote/2"]) == {"vote/0": first[0], "vote/1": first[1]}


async def test_a_key_comes_once_in_a_batch(store: Store) -> None:
    batch = [CODEC.entry("s1", 0, voted(0), "same"), CODEC.entry("s1", 1, voted(1), "same")]
    assert await store.append({"s1": EMPTY}, batch) == KeyTaken(frozenset({("s1", "same")}))
    assert await store.read("s1") == []
    assert isinstance(await store.append({"s1": EMPTY}, batch[:1]), Appended)


async def test_keys_are_of_a_sitting_and_may_be_absent(store: Store) -> None:
    batch = [CODEC.entry(sitting, 0, voted(0), "same") for sitting in ("s1", "s2")]
    assert isinstance(await store.append({"s1": EMPTY, "s2": EMPTY}, batch), Appended)
    unkeyed = entries("s3", 0, 3, keys=False)
    assert isinstance(await store.append({"s3": EMPTY}, unkeyed), Appended)
    assert await store.read("s3") == unkeyed
    assert await store.find("s2", ["same"]) == {"same": batch[1]}
    assert await store.find("s3", ["same"]) == {}


async def test_finds_many_keys(store: Store) -> None:
    batch = await appended(store, "s1", 0, 1200)
    found = await store.find("s1", [f"vote/{number}" for number in range(2000)])
    assert found == {entry.key: entry for entry in batch}


def spoil(entry: Entry, **fields: Any) -> Entry:
    return entry._replace(**fields)


@pytest.mark.parametrize(
    ("problem", "batch"),
    [
        ("unexpected", entries("s2", 0, 1)),
        ("gap", entries("s1", 1, 1)),
        ("gap", [*entries("s1", 0, 1), *entries("s1", 2, 1)]),
        ("gap", [*entries("s1", 0, 1), *entries("s1", 0, 1)]),
        ("leaf", [spoil(entries("s1", 0, 1)[0], leaf=bytes(32))]),
        ("leaf", [spoil(entries("s1", 0, 1)[0], line=b"{}")]),
        ("start", [spoil(entries("s1", 0, 1)[0], at="2026-11-22T10:00:00.001Z")]),
        ("start", [spoil(entries("s1", 0, 1)[0], by="m001")]),
        ("end", [spoil(entries("s1", 0, 1)[0], name="vote.cast/3")]),
        ("end", [spoil(entries("s1", 1, 1)[0], seq=0)]),
        ("end", [spoil(entries("s2", 0, 1)[0], sitting="s1")]),
        ("value", [spoil(entries("s1", 0, 1)[0], key="")]),
        ("value", [spoil(entries("s1", 0, 1)[0], key="\ud800")]),
    ],
)
async def test_refuses_a_batch_that_no_journal_may_hold(store: Store, problem: str, batch: list[Entry]) -> None:
    with pytest.raises(BadBatch) as caught:
        await store.append({"s1": EMPTY}, batch)
    assert caught.value.problem == problem
    assert await store.read("s1") == []
    assert await store.read("s2") == []


async def test_of_concurrent_writers_exactly_one_wins(store: Store) -> None:
    first = await appended(store, "s1", 0, 1)
    rivals = [[CODEC.entry("s1", 1, voted(number), f"rival/{number}")] for number in range(20)]
    outcomes = await asyncio.gather(*(store.append({"s1": head_of(first)}, batch) for batch in rivals))
    winners = [batch for batch, outcome in zip(rivals, outcomes, strict=True) if isinstance(outcome, Appended)]
    assert len(winners) == 1
    assert outcomes.count(HeadMoved(frozenset({"s1"}))) == 19
    assert await store.read("s1") == first + winners[0]


async def test_concurrent_writers_that_try_again_all_get_in(store: Store) -> None:
    async def write(number: int) -> None:
        while True:
            head = await store.head("s1")
            entry = CODEC.entry("s1", head.seq + 1, voted(number), f"vote/{number}")
            if isinstance(await store.append({"s1": head}, [entry]), Appended):
                return

    await asyncio.gather(*map(write, range(12)))
    kept = await store.read("s1")
    assert [entry.seq for entry in kept] == list(range(12))
    assert {entry.key for entry in kept} == {f"vote/{number}" for number in range(12)}


async def test_concurrent_writers_of_different_sittings_do_not_disturb_each_other(store: Store) -> None:
    outcomes = await asyncio.gather(
        *(store.append({f"s{number}": EMPTY}, entries(f"s{number}", 0, 3)) for number in range(20))
    )
    assert all(isinstance(outcome, Appended) for outcome in outcomes)
    assert len(await store.sittings()) == 20


async def test_a_caller_that_leaves_does_not_break_the_batch(store: Store) -> None:
    """Its entries are all there or all absent, and the next writer works as if nothing had happened."""
    for leaves_after in range(6):
        sitting = f"s{leaves_after}"
        task = asyncio.create_task(store.append({sitting: EMPTY}, entries(sitting, 0, 50)))
        for _ in range(leaves_after):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    await appended(store, "last", 0, 1)
    for sitting in await store.sittings():
        assert len(await store.read(sitting)) in (1, 50)


async def test_sittings_come_in_the_order_of_their_first_events(store: Store) -> None:
    for number, sitting in ((3, "a"), (1, "b"), (2, "c"), (2, "d")):
        await store.append({sitting: EMPTY}, [CODEC.entry(sitting, 0, voted(number))])
    assert await store.sittings() == ["b", "c", "d", "a"]


async def test_checkpoints_are_kept_by_size(store: Store) -> None:
    batch = await appended(store, "s1", 0, 5)
    await store.save_checkpoint("s1", 5, "note of 5\n")
    await store.save_checkpoint("s1", 2, "note of 2\n")
    await store.save_checkpoint("s1", 5, "note of 5\n")
    assert await store.checkpoints("s1") == [KeptCheckpoint(2, "note of 2\n"), KeptCheckpoint(5, "note of 5\n")]
    assert await store.checkpoints("s2") == []
    assert await store.read("s1") == batch


@pytest.mark.parametrize(("size", "problem"), [(0, "beyond"), (6, "beyond"), (-1, "beyond"), (3, "differs")])
async def test_refuses_a_checkpoint_of_nothing_or_of_something_else(store: Store, size: int, problem: str) -> None:
    await appended(store, "s1", 0, 5)
    await store.save_checkpoint("s1", 3, "note of 3\n")
    with pytest.raises(CheckpointRefused) as caught:
        await store.save_checkpoint("s1", size, "another note\n")
    assert (caught.value.sitting, caught.value.size, caught.value.problem) == ("s1", size, problem)
    assert await store.checkpoints("s1") == [KeptCheckpoint(3, "note of 3\n")]


async def test_a_rehearsal_can_be_purged_and_begun_again(rehearsals: Store) -> None:
    await appended(rehearsals, "s1", 0, 5)
    kept = await appended(rehearsals, "s2", 0, 5)
    await rehearsals.save_checkpoint("s1", 5, "note\n")
    await rehearsals.save_checkpoint("s2", 5, "note\n")
    assert await rehearsals.purge("s1") == 5
    assert await rehearsals.purge("s1") == 0
    assert await rehearsals.read("s1") == []
    assert await rehearsals.find("s1", ["vote/0"]) == {}
    assert await rehearsals.checkpoints("s1") == []
    assert await rehearsals.sittings() == ["s2"]
    assert await rehearsals.read("s2") == kept
    assert len(await rehearsals.checkpoints("s2")) == 1
    await appended(rehearsals, "s1", 0, 2)
    batch = entries("s3", 0, 1, keys=False)
    await rehearsals.append({"s3": EMPTY}, batch)
    assert await rehearsals.purge("s3") == 1


async def test_an_official_sitting_is_never_purged(official: Store) -> None:
    batch = await appended(official, "s1", 0, 5)
    with pytest.raises(OfficialRecord) as caught:
        await official.purge("s1")
    assert caught.value.sitting == "s1"
    assert await official.read("s1") == batch


async def test_the_two_families_do_not_see_each_other(official: Store, rehearsals: Store) -> None:
    assert (official.family, rehearsals.family) == (Family.OFFICIAL, Family.REHEARSAL)
    batch = await appended(official, "s1", 0, 2)
    assert await rehearsals.read("s1") == []
    assert await rehearsals.sittings() == []
    rehearsed = await appended(rehearsals, "s1", 0, 3)
    await rehearsals.purge("s1")
    assert await official.read("s1") == batch
    assert len(rehearsed) == 3


async def test_everything_is_there_after_reopening(opener: Opener, family: Family) -> None:
    store = opener(family)
    await store.start()
    batch = await appended(store, "s1", 0, 10)
    await store.save_checkpoint("s1", 10, "note\n")
    await store.close()
    again = opener(family)
    await again.start()
    try:
        assert await again.read("s1") == batch
        assert await again.head("s1") == head_of(batch)
        assert await again.checkpoints("s1") == [KeptCheckpoint(10, "note\n")]
        assert await again.append({"s1": EMPTY}, []) == HeadMoved(frozenset({"s1"}))
        await appended(again, "s1", 10, 1, head_of(batch))
    finally:
        await again.close()


async def test_ten_thousand_events_are_reopened(opener: Opener, family: Family) -> None:
    store, head = opener(family), EMPTY
    await store.start()
    for start in range(0, 10_000, 2_000):
        head = head_of(await appended(store, "s1", start, 2_000, head))
    await store.close()
    again = opener(family)
    await again.start()
    try:
        decoded = [CODEC.decode(entry.line) for entry in await again.read("s1")]
    finally:
        await again.close()
    assert [line.seq for line in decoded] == list(range(10_000))
    assert decoded[-1].event == voted(9_999)


async def test_a_closed_store_says_so(opener: Opener, family: Family) -> None:
    store = opener(family)
    with pytest.raises(StoreClosed):
        await store.read("s1")
    with pytest.raises(StoreClosed):
        await store.append({"s1": EMPTY}, entries("s1", 0, 1))
    await store.start()
    await store.close()
    for use in (store.head("s1"), store.save_checkpoint("s1", 1, "note"), store.health(), store.append({}, [])):
        with pytest.raises(StoreClosed):
            await use


async def test_two_stores_share_a_database_until_the_last_one_closes(opener: Opener) -> None:
    one, other = opener(Family.OFFICIAL), opener(Family.REHEARSAL)
    await one.start()
    await other.start()
    await one.close()
    await appended(other, "s1", 0, 1)
    await other.close()


async def test_says_how_it_is(store: Store) -> None:
    health = await store.health()
    assert health.can_write
    assert health.backend in ("memory", "sqlite", "postgresql")
    assert health.warnings == ()
