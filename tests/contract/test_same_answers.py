"""Whatever a writer does, the store in memory and the one on disk give the same answers."""

import asyncio
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.journal.sample import CODEC, voted
from tests.kit.postgres import Server
from voting.journal.faults import StoreFault
from voting.journal.memory import MemoryStore
from voting.journal.sql.database import open_database
from voting.journal.sql.sqlite import SqliteDatabase
from voting.journal.sql.store import SqlStore
from voting.journal.store import EMPTY, Entry, Family, Head, Store

SITTINGS = st.sampled_from(["s1", "s2", "é"])
KEYS = st.none() | st.sampled_from(["a", "b", "c", "d"])
# Which head the writer believes in: the real one, an older one, none.
BELIEFS = st.sampled_from(["current", "current", "current", "stale", "empty"])
APPENDS = st.dictionaries(SITTINGS, st.tuples(BELIEFS, st.lists(KEYS, max_size=3)), min_size=1)
STEPS = st.one_of(
    APPENDS.map(lambda batch: ("append", batch)),
    SITTINGS.map(lambda sitting: ("purge", sitting)),
    st.tuples(SITTINGS, st.integers(0, 5), st.sampled_from(["note", "other"])).map(lambda kept: ("checkpoint", kept)),
)


async def believed(store: Store, sitting: str, belief: str) -> Head:
    events = await store.read(sitting)
    if belief == "stale" and len(events) > 1:
        return Head(events[-2].seq, events[-2].leaf)
    return await store.head(sitting) if belief == "current" else EMPTY


async def perform(store: Store, number: int, kind: str, what: object) -> object:
    match kind, what:
        case "append", dict(batch):
            expected = {sitting: await believed(store, sitting, belief) for sitting, (belief, _) in batch.items()}
            made: list[Entry] = [
                CODEC.entry(sitting, expected[sitting].seq + 1 + place, voted(number), key)
                for sitting, (_, keys) in batch.items()
                for place, key in enumerate(keys)
            ]
            return await store.append(expected, made)
        case "purge", str(sitting):
            return await store.purge(sitting)
        case "checkpoint", (str(sitting), int(size), str(note)):
            await store.save_checkpoint(sitting, size, note)
    return None


async def answers(store: Store, steps: list[tuple[str, object]]) -> list[object]:
    await store.start()
    given_: list[object] = []
    for number, (kind, what) in enumerate(steps):
        try:
            given_.append(await perform(store, number, kind, what))
        except StoreFault as fault:
            given_.append((type(fault), fault.fields))
    for sitting in await store.sittings():
        given_ += [sitting, await store.read(sitting), await store.head(sitting), await store.checkpoints(sitting)]
        given_.append(await store.find(sitting, ["a", "b", "c", "d"]))
    await store.close()
    return given_


@pytest.mark.postgres
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(list(Family)), st.lists(STEPS, max_size=12))
def test_memory_and_postgresql_answer_alike(server: Server, family: Family, steps: list[tuple[str, object]]) -> None:
    on_server = SqlStore(open_database(server.url(server.database())), family)
    assert asyncio.run(answers(on_server, steps)) == asyncio.run(answers(MemoryStore(family), steps))


@settings(max_examples=40)
@given(st.sampled_from(list(Family)), st.lists(STEPS, max_size=12))
def test_memory_and_sqlite_answer_alike(family: Family, steps: list[tuple[str, object]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        on_disk = SqlStore(SqliteDatabase(Path(folder) / "journal.sqlite"), family)
        assert asyncio.run(answers(on_disk, steps)) == asyncio.run(answers(MemoryStore(family), steps))
