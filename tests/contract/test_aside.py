"""The books of training and help: the same answers from memory and from a database."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.kit.postgres import Server
from voting.domain.ids import PersonId, SittingId
from voting.journal.sql.aside import sql_aside
from voting.journal.sql.database import open_database
from voting.service.memory import memory_aside
from voting.service.ports import (
    Aside,
    Attempt,
    Exercise,
    HelpRequest,
    HelpState,
    Rehearsal,
    Trainee,
    Trial,
)

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
BLANK, OTHER, REAL = SittingId("blanc-1-a"), SittingId("blanc-ex-b"), SittingId("s-1")
ONE, TWO = PersonId("m001"), PersonId("m002")


@pytest.fixture(params=["memory", pytest.param("postgresql", marks=pytest.mark.postgres), "sqlite"])
async def books(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Callable[[], Aside]]:
    if request.param == "memory":
        kept = memory_aside()
        yield lambda: kept
        return
    address = f"sqlite+aiosqlite:///{tmp_path / 'aside.sqlite'}"
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("server")
        address = server.url(server.database())
    database = open_database(address)
    await database.start()
    yield lambda: sql_aside(database)
    await database.close()


async def test_rehearsals_are_kept_and_replaced_in_the_order_of_their_opening(books: Callable[[], Aside]) -> None:
    first = Rehearsal(sitting=BLANK, number=1, title="À blanc", opened_at=AT, official=REAL, instead_of=REAL)
    own = Rehearsal(sitting=OTHER, number=0, title="", opened_at=AT - timedelta(hours=1), part_of=BLANK, owner=ONE)
    for rehearsal in (first, own):
        await books().rehearsals.keep(rehearsal)
    assert await books().rehearsals.all() == (own, first)
    over = replace(first, closed_at=AT + timedelta(hours=2), purged_at=AT + timedelta(days=7))
    await books().rehearsals.keep(over)
    assert await books().rehearsals.all() == (own, over)


async def test_who_is_ready_by_rehearsal_in_the_order_of_the_roll(books: Callable[[], Aside]) -> None:
    people = (Trainee(person=TWO, name="Zoé Azur", group="Rives"), Trainee(person=ONE, name="Ali Zaoui"))
    await books().readiness.enrol(BLANK, people)
    assert await books().readiness.trainees(BLANK) == people
    assert await books().readiness.trainees(OTHER) == ()
    tried = Attempt(
        person=ONE, exercise=Exercise.VOTE, trial=Trial.FAILED, since=AT, at=AT, client="iOS", failures=1, problem="x"
    )
    await books().readiness.note(BLANK, tried)
    done = replace(tried, trial=Trial.DONE, at=AT + timedelta(seconds=40))
    await books().readiness.note(BLANK, done)
    await books().readiness.note(BLANK, replace(done, exercise=Exercise.FLOOR, at=AT + timedelta(seconds=50)))
    assert [a.exercise for a in await books().readiness.attempts(BLANK)] == [Exercise.VOTE, Exercise.FLOOR]
    assert (await books().readiness.attempts(BLANK))[0] == done
    assert await books().readiness.attempts(OTHER) == ()


async def test_of_two_who_take_a_request_one_has_it(books: Callable[[], Aside]) -> None:
    asked = HelpRequest(id="h1", sitting=REAL, person=ONE, asked_at=AT, from_meeting=True, doing="for", problem="fault")
    later = replace(asked, id="h2", person=TWO, asked_at=AT + timedelta(seconds=5))
    for request in (later, asked):
        await books().help.put(request)
    assert await books().help.of(REAL) == (asked, later)
    assert await books().help.of(BLANK) == ()
    mine = await books().help.take("h1", TWO, AT + timedelta(seconds=9))
    assert mine == replace(asked, state=HelpState.TAKEN, taken_by=TWO, taken_at=AT + timedelta(seconds=9))
    assert await books().help.take("h1", ONE, AT + timedelta(seconds=10)) == mine
    assert await books().help.take("nothing", ONE, AT) is None
    closed = replace(mine, state=HelpState.CLOSED, closed_at=AT + timedelta(minutes=2), note="micro coupé")
    await books().help.put(closed)
    assert (await books().help.of(REAL))[0] == closed
    assert await books().help.take("h1", ONE, AT) == closed


async def test_telephone_numbers_of_a_roll(books: Callable[[], Aside]) -> None:
    await books().help.keep_phones(REAL, {ONE: "+33 1 23 45 67 89", TWO: "0612345678"})
    await books().help.keep_phones(REAL, {ONE: "0102030405"})
    assert await books().help.phones(REAL) == {ONE: "0102030405"}
    assert await books().help.phones(BLANK) == {}


async def test_what_helped_to_help_is_erased_sitting_by_sitting(books: Callable[[], Aside]) -> None:
    asked = HelpRequest(id="h1", sitting=REAL, person=ONE, asked_at=AT, from_meeting=True, note="micro coupé")
    other = replace(asked, id="h2", sitting=BLANK)
    for request in (asked, other):
        await books().help.put(request)
        await books().help.keep_phones(request.sitting, {ONE: "0102030405"})
    assert await books().help.erase(REAL) == 1
    assert await books().help.erase(REAL) == 0
    assert (await books().help.of(REAL), await books().help.phones(REAL)) == ((), {})
    assert (await books().help.of(BLANK), await books().help.phones(BLANK)) == ((other,), {ONE: "0102030405"})
