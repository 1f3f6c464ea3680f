"""The books of training and help in the database of the journal, in tables of their own. Asked anew each time.

A row is replaced by taking it out and putting it in again, in one transaction: every engine understands that.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Table, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from voting.domain.ids import PersonId, SittingId
from voting.journal.sql.aside_tables import ATTEMPT, HELP, PHONE, REHEARSAL, TRAINEE
from voting.journal.sql.database import Database
from voting.service.ports import Aside, Attempt, Exercise, HelpRequest, HelpState, Rehearsal, Trainee, Trial

Values = Mapping[str, str | int | None]


class SqlRehearsals:
    """Satisfies ``RehearsalBook``."""

    def __init__(self, database: Database) -> None:
        """The database is started by the stores that share it."""
        self._database = database

    async def keep(self, rehearsal: Rehearsal) -> None:
        """Add or replace, one per sitting."""
        row: Values = {
            "sitting": rehearsal.sitting,
            "number": rehearsal.number,
            "title": rehearsal.title,
            "opened_at": _written(rehearsal.opened_at),
            "official": rehearsal.official,
            "instead_of": rehearsal.instead_of,
            "part_of": rehearsal.part_of,
            "owner": rehearsal.owner,
            "closed_at": _maybe_written(rehearsal.closed_at),
            "purged_at": _maybe_written(rehearsal.purged_at),
        }
        await self._database.write(partial(_replace, REHEARSAL, REHEARSAL.c.sitting == rehearsal.sitting, [row]))

    async def all(self) -> tuple[Rehearsal, ...]:
        """In the order in which they were opened."""
        found = await self._database.read(
            partial(_rows, select(REHEARSAL).order_by(REHEARSAL.c.opened_at, REHEARSAL.c.sitting))
        )
        return tuple(
            Rehearsal(
                sitting=SittingId(row.sitting),
                number=row.number,
                title=row.title,
                opened_at=_read(row.opened_at),
                official=SittingId(row.official) if row.official is not None else None,
                instead_of=SittingId(row.instead_of) if row.instead_of is not None else None,
                part_of=SittingId(row.part_of) if row.part_of is not None else None,
                owner=PersonId(row.owner) if row.owner is not None else None,
                closed_at=_maybe_read(row.closed_at),
                purged_at=_maybe_read(row.purged_at),
            )
            for row in found
        )


class SqlReadiness:
    """Satisfies ``ReadinessBook``."""

    def __init__(self, database: Database) -> None:
        """The database is started by the stores that share it."""
        self._database = database

    async def enrol(self, rehearsal: SittingId, trainees: Iterable[Trainee]) -> None:
        """Those who are expected, in the order of the roll."""
        rows: list[Values] = [
            {"rehearsal": rehearsal, "person": t.person, "place": place, "name": t.name, "circle": t.group}
            for place, t in enumerate(trainees)
        ]
        await self._database.write(partial(_replace, TRAINEE, TRAINEE.c.rehearsal == rehearsal, rows))

    async def trainees(self, rehearsal: SittingId) -> tuple[Trainee, ...]:
        """In the order of the roll."""
        query = select(TRAINEE).where(TRAINEE.c.rehearsal == rehearsal).order_by(TRAINEE.c.place)
        found = await self._database.read(partial(_rows, query))
        return tuple(Trainee(person=PersonId(row.person), name=row.name, group=row.circle) for row in found)

    async def note(self, rehearsal: SittingId, attempt: Attempt) -> None:
        """Add or replace, one per (rehearsal, person, exercise)."""
        row: Values = {
            "rehearsal": rehearsal,
            "person": attempt.person,
            "exercise": attempt.exercise.value,
            "trial": attempt.trial.value,
            "since": _written(attempt.since),
            "at": _written(attempt.at),
            "client": attempt.client,
            "failures": attempt.failures,
            "problem": attempt.problem,
        }
        same = (
            (ATTEMPT.c.rehearsal == rehearsal)
            & (ATTEMPT.c.person == attempt.person)
            & (ATTEMPT.c.exercise == attempt.exercise.value)
        )
        await self._database.write(partial(_replace, ATTEMPT, same, [row]))

    async def attempts(self, rehearsal: SittingId) -> tuple[Attempt, ...]:
        """All of them."""
        query = select(ATTEMPT).where(ATTEMPT.c.rehearsal == rehearsal).order_by(ATTEMPT.c.at, ATTEMPT.c.person)
        return tuple(
            Attempt(
                person=PersonId(row.person),
                exercise=Exercise(row.exercise),
                trial=Trial(row.trial),
                since=_read(row.since),
                at=_read(row.at),
                client=row.client,
                failures=row.failures,
                problem=row.problem,
            )
            for row in await self._database.read(partial(_rows, query))
        )


class SqlHelp:
    """Satisfies ``HelpBook``."""

    def __init__(self, database: Database) -> None:
        """The database is started by the stores that share it."""
        self._database = database

    async def put(self, request: HelpRequest) -> None:
        """Add or replace, one per id."""
        row: Values = {
            "id": request.id,
            "sitting": request.sitting,
            "person": request.person,
            "asked_at": _written(request.asked_at),
            "from_meeting": int(request.from_meeting),
            "doing": request.doing,
            "problem": request.problem,
            "client": request.client,
            "state": request.state.value,
            "taken_by": request.taken_by,
            "taken_at": _maybe_written(request.taken_at),
            "closed_at": _maybe_written(request.closed_at),
            "note": request.note,
        }
        await self._database.write(partial(_replace, HELP, HELP.c.id == request.id, [row]))

    async def take(self, request: str, by: PersonId, at: datetime) -> HelpRequest | None:
        """The request once that person looks after it, or whoever was first."""
        free = update(HELP).where(HELP.c.id == request, HELP.c.state == HelpState.WAITING.value)
        taken = free.values(state=HelpState.TAKEN.value, taken_by=by, taken_at=_written(at))

        async def work(connection: AsyncConnection) -> list[Row[Any]]:
            await connection.execute(taken)
            return list(await connection.execute(select(HELP).where(HELP.c.id == request)))

        return next((_request(row) for row in await self._database.write(work)), None)

    async def of(self, sitting: SittingId) -> tuple[HelpRequest, ...]:
        """In the order in which they were asked."""
        query = select(HELP).where(HELP.c.sitting == sitting).order_by(HELP.c.asked_at, HELP.c.id)
        return tuple(_request(row) for row in await self._database.read(partial(_rows, query)))

    async def keep_phones(self, sitting: SittingId, phones: Mapping[PersonId, str]) -> None:
        """The numbers of that roll, in place of those before."""
        rows: list[Values] = [
            {"sitting": sitting, "person": person, "phone": phone} for person, phone in phones.items()
        ]
        await self._database.write(partial(_replace, PHONE, PHONE.c.sitting == sitting, rows))

    async def phones(self, sitting: SittingId) -> Mapping[PersonId, str]:
        """By person, for those who have one."""
        query = select(PHONE).where(PHONE.c.sitting == sitting)
        return {PersonId(row.person): row.phone for row in await self._database.read(partial(_rows, query))}

    async def erase(self, sitting: SittingId) -> int:
        """Forget the requests of that sitting and the numbers of its roll; how many requests there were."""

        async def work(connection: AsyncConnection) -> int:
            gone = await connection.execute(delete(HELP).where(HELP.c.sitting == sitting))
            await connection.execute(delete(PHONE).where(PHONE.c.sitting == sitting))
            return gone.rowcount

        return await self._database.write(work)


def sql_aside(database: Database) -> Aside:
    """The three books of that database."""
    return Aside(rehearsals=SqlRehearsals(database), readiness=SqlReadiness(database), help=SqlHelp(database))


async def _rows(query: Select[Any], connection: AsyncConnection) -> list[Row[Any]]:
    return list(await connection.execute(query))


async def _replace(table: Table, old: ColumnElement[bool], rows: list[Values], connection: AsyncConnection) -> None:
    await connection.execute(delete(table).where(old))
    if rows:
        await connection.execute(insert(table), [dict(row) for row in rows])


def _request(row: Row[Any]) -> HelpRequest:
    return HelpRequest(
        id=row.id,
        sitting=SittingId(row.sitting),
        person=PersonId(row.person),
        asked_at=_read(row.asked_at),
        from_meeting=bool(row.from_meeting),
        doing=row.doing,
        problem=row.problem,
        client=row.client,
        state=HelpState(row.state),
        taken_by=PersonId(row.taken_by) if row.taken_by is not None else None,
        taken_at=_maybe_read(row.taken_at),
        closed_at=_maybe_read(row.closed_at),
        note=row.note,
    )


def _written(at: datetime) -> str:
    """Text that sorts as time does."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def _maybe_written(at: datetime | None) -> str | None:
    return None if at is None else _written(at)


def _read(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _maybe_read(text: str | None) -> datetime | None:
    return None if text is None else _read(text)
