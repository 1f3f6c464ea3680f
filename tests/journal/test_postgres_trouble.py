"""A PostgreSQL that is cut off, falls silent, stops, starts again, is copied: what the store says, and what is kept."""

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from tests.journal.sample import CODEC, entries, voted
from tests.kit.postgres import OWNER, ROLE, Server, postgres
from tests.kit.proxy import Line, line
from tests.kit.waiting import PATIENCE, until
from voting.journal.bulletin import MISSED
from voting.journal.faults import (
    DriverMissing,
    OutcomeUnknown,
    StoreBusy,
    StoreClosed,
    StoreCorrupted,
    StoreFault,
    StoreFull,
    StoreRefused,
    StoreUnavailable,
)
from voting.journal.sql import database as databases
from voting.journal.sql import postgres_appender
from voting.journal.sql import postgres_rules as rules
from voting.journal.sql.database import open_database
from voting.journal.sql.postgres_bulletin import LONGEST, PostgresBulletin, payloads
from voting.journal.sql.store import SqlStore
from voting.journal.store import EMPTY, Appended, Entry, Head, KeyTaken

pytestmark = pytest.mark.postgres


@pytest.fixture
async def cable(server: Server) -> AsyncIterator[Line]:
    async with line(server.socket, seed=20201122) as laid:
        yield laid


def through(cable: Line, name: str) -> SqlStore:
    return SqlStore(open_database(f"postgresql+asyncpg://{ROLE}@127.0.0.1:{cable.port}/{name}?sslmode=disable"))


async def until_appended(store: SqlStore, entry: Entry) -> tuple[Head, bool]:
    """Write it whatever happens, looking the key up after every doubt, as the writer does; was there a doubt?"""
    doubt = False
    while True:
        try:
            if found := await store.find("s1", [str(entry.key)]):
                assert found[str(entry.key)] == entry
                return Head(entry.seq, entry.leaf), doubt
            head = await store.head("s1")
            if head.seq >= entry.seq:
                continue  # what was in doubt was written between the two questions
            outcome = await store.append({"s1": head}, [entry])
            if isinstance(outcome, Appended):
                return outcome.heads["s1"], doubt
            assert not isinstance(outcome, KeyTaken) or doubt
        except OutcomeUnknown:
            doubt = True
        except StoreUnavailable:
            pass


async def test_connections_that_are_cut_after_the_question_leave_no_doubt_unanswered(
    server: Server, cable: Line
) -> None:
    store = through(cable, server.database())
    await store.start()
    cable.cut = 0.15
    number = doubts = 0
    async with asyncio.timeout(PATIENCE):  # where the line is cut is chance: on until enough commits were in doubt
        while number < 60 or doubts < 3 or cable.cuts <= 10:
            head, doubt = await until_appended(store, CODEC.entry("s1", number, voted(number), f"vote/{number}"))
            assert head.seq == number
            number, doubts = number + 1, doubts + doubt
    cable.cut = 0.0
    assert await store.read("s1") == entries("s1", 0, number)
    await store.close()


async def test_a_line_that_falls_silent_is_in_doubt_and_then_well_again(
    server: Server, cable: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_appender, "ANSWER_SECONDS", 0.2)
    store = through(cable, server.database())
    await store.start()
    assert isinstance(await store.append({"s1": EMPTY}, entries("s1", 0, 1)), Appended)
    cable.is_silent = True
    head = Head(0, entries("s1", 0, 1)[0].leaf)
    with pytest.raises(OutcomeUnknown):
        await store.append({"s1": head}, entries("s1", 1, 1))
    cable.is_silent = False
    await until_appended(store, entries("s1", 1, 1)[0])
    assert await store.read("s1") == entries("s1", 0, 2)
    await store.close()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT, signal.SIGKILL])
async def test_a_server_that_stops_and_starts_is_used_again(how: signal.Signals) -> None:
    """Tidily, as in a crash, and by kill -9: what was acknowledged is there, and nobody has to start anything else."""
    with postgres() as own:
        store = SqlStore(open_database(own.url(own.database())))
        await store.start()
        heard: list[str] = []
        store.follow(heard.append, lambda: heard.append(MISSED))
        assert isinstance(await store.append({"s1": EMPTY}, entries("s1", 0, 5)), Appended)
        await asyncio.to_thread(own.stop, how)
        head = Head(4, entries("s1", 4, 1)[0].leaf)
        for attempt in (store.append({"s1": head}, entries("s1", 5, 1)), store.append({"s1": head}, [])):
            with pytest.raises(StoreFault) as caught:
                await attempt
            assert isinstance(caught.value, StoreUnavailable | OutcomeUnknown)
        for question in (store.read("s1"), store.health(), store.find("s1", ["vote/0"])):
            with pytest.raises(StoreUnavailable):
                await question
        with pytest.raises(StoreFault):
            await store.save_checkpoint("s1", 5, "note\n")
        await asyncio.to_thread(own.start)
        await until_appended(store, entries("s1", 5, 1)[0])
        assert await store.read("s1") == entries("s1", 0, 6)
        assert (await store.health()).can_write
        await store.save_checkpoint("s1", 5, "note\n")
        await until(lambda: MISSED in heard)
        await store.close()


async def test_whatever_the_driver_comes_with_one_goes_on_listening(
    server: Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A server that stops out of turn has the driver fail in ways of its own: no listener may be lost for good."""
    url = server.url(server.database()).replace("+asyncpg", "")
    connect, faults = asyncpg.connect, [asyncpg.InternalClientError("out of turn"), RuntimeError("a bug")]

    async def failing(*arguments: Any, **named: Any) -> Any:
        if faults:
            raise faults.pop(0)
        return await connect(*arguments, **named)

    monkeypatch.setattr(asyncpg, "connect", failing)
    bulletin = PostgresBulletin(url)
    heard: list[str] = []
    bulletin.listen(heard.append)
    bulletin.start()
    await until(lambda: MISSED in heard)
    await bulletin.close()
    assert [record.levelname for record in caplog.records if "no word" in record.message] == ["WARNING", "ERROR"]


async def test_a_backup_restored_elsewhere_is_the_same_record(server: Server, tmp_path: Path) -> None:
    """By the commands of the administrator's guide: the same lines, checkpoints, refusals and privileges."""
    name, other = server.database(), server.database("template0")
    store = SqlStore(open_database(server.url(name)))
    await store.start()
    assert isinstance(await store.append({"s1": EMPTY}, entries("s1", 0, 50)), Appended)
    for size in (10, 50):
        await store.save_checkpoint("s1", size, f"note of {size}\n")
    kept = tmp_path / "hemicycle.dump"
    kept.write_bytes(await asyncio.to_thread(server.program, "pg_dump", "-Fc", name))
    await asyncio.to_thread(server.program, "pg_restore", "--exit-on-error", "-d", other, str(kept))
    restored = SqlStore(open_database(server.url(other)))
    await restored.start()
    assert await restored.read("s1") == await store.read("s1")
    assert await restored.checkpoints("s1") == await store.checkpoints("s1")
    assert (await restored.health()).warnings == ()
    head = await restored.head("s1")
    assert isinstance(await restored.append({"s1": head}, entries("s1", 50, 1)), Appended)
    for role in (ROLE, OWNER):
        with pytest.raises(Exception, match=r"append-only|permission denied"):
            await server.run("DELETE FROM journal_event", other, role)
    await restored.close()
    await store.close()


async def test_word_reaches_another_process_and_only_others(server: Server) -> None:
    name = server.database()
    here, there = (SqlStore(open_database(server.url(name))) for _ in range(2))
    heard: dict[str, list[str]] = {"here": [], "there": []}
    here.follow(heard["here"].append, lambda: heard["here"].append(MISSED))
    there.follow(heard["there"].append, lambda: heard["there"].append(MISSED))
    await here.start()
    await there.start()
    await until(lambda: heard["here"] == heard["there"] == [MISSED])
    sittings = [f"sitting-{number:04}" for number in range(900)]
    batch = [entry for sitting in sittings for entry in entries(sitting, 0, 1)]
    assert isinstance(await here.append(dict.fromkeys(sittings, EMPTY), batch), Appended)
    await here.save_checkpoint(sittings[0], 1, "note\n")
    await until(lambda: len(heard["there"]) == 902)
    assert sorted(heard["there"][1:]) == sorted([*sittings, sittings[0]])
    assert heard["here"] == [MISSED]
    await here.close()
    await there.close()


async def test_the_last_word_of_a_process_that_ends_is_told(server: Server) -> None:
    name = server.database()
    here, there = (SqlStore(open_database(server.url(name))) for _ in range(2))
    heard: list[str] = []
    there.follow(heard.append, lambda: heard.append(MISSED))
    await there.start()
    await here.start()
    await until(lambda: heard == [MISSED])
    await here.append({"s1": EMPTY}, entries("s1", 0, 1))
    await here.close()
    await until(lambda: heard == [MISSED, "s1"])
    await there.close()


def test_word_fits_into_notifications() -> None:
    topics = dict.fromkeys(f"journal_event/é{number:05}" for number in range(3_000))
    said = list(payloads(topics))
    assert len(said) > 1
    assert max(len(one.encode()) for one in said) <= LONGEST
    assert [*payloads({})] == []


async def test_a_damaged_line_is_not_taken_for_one(server: Server) -> None:
    """As a bit that flipped on the disk would have it: past triggers and checks."""
    name = server.database()
    store = SqlStore(open_database(server.url(name)))
    await store.start()
    await store.append({"s1": EMPTY}, entries("s1", 0, 3))
    await server.run(
        "ALTER TABLE journal_event DISABLE TRIGGER ALL; UPDATE journal_event SET line = line || ' ' WHERE seq = 1",
        name,
    )
    with pytest.raises(StoreFault, match="leaf"):
        await store.read("s1")
    await store.close()


async def test_a_store_that_only_reads_writes_nothing(server: Server) -> None:
    name = server.database()
    store = SqlStore(open_database(server.url(name), read_only=True))
    with pytest.raises(StoreClosed):
        await store.append({"s1": EMPTY}, entries("s1", 0, 1))
    await store.start()
    with pytest.raises(StoreUnavailable):
        await store.append({"s1": EMPTY}, entries("s1", 0, 1))
    with pytest.raises(StoreUnavailable):
        await store.save_checkpoint("s1", 1, "note")
    assert not (await store.health()).can_write
    await store.close()


async def test_a_writer_that_waits_for_another_says_so_in_time(server: Server) -> None:
    name = server.database()
    database = open_database(server.url(name))
    await database.start()
    held, go = asyncio.Event(), asyncio.Event()

    async def hold(connection: AsyncConnection) -> None:
        await connection.execute(text("UPDATE bot_version SET version = version + 1"))
        held.set()
        await go.wait()

    async def wait(connection: AsyncConnection) -> None:
        await connection.execute(text("SET LOCAL lock_timeout = 50"))
        await connection.execute(text("UPDATE bot_version SET version = version + 1"))

    holding = asyncio.create_task(database.write(hold))
    await held.wait()
    with pytest.raises(StoreBusy):
        await database.write(wait)
    go.set()
    await holding
    await database.close()


class Told(Exception):
    """What the driver raises: its five letters."""

    def __init__(self, sqlstate: str | None) -> None:
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("sqlstate", "fault"),
    [
        ("53100", StoreFull),
        ("40P01", StoreBusy),
        ("57014", StoreBusy),
        ("22021", StoreRefused),
        ("25006", StoreRefused),
        ("XX001", StoreCorrupted),
        ("57P01", StoreUnavailable),
        ("08006", StoreUnavailable),
        (None, StoreUnavailable),
    ],
)
def test_what_the_server_says_means_one_thing(sqlstate: str | None, fault: type[StoreFault]) -> None:
    told = Told(sqlstate)
    assert type(rules.fault_of(told)) is fault
    assert type(rules.fault_of(DBAPIError("", {}, told))) is fault
    assert rules.has_ended(told) == (sqlstate not in (None, "57P01", "08006", "XX001"))


def test_a_driver_that_is_not_installed_is_named() -> None:
    with pytest.raises(DriverMissing, match="asyncpg"), databases._driver():
        raise ModuleNotFoundError("No module named 'asyncpg'", name="asyncpg")
