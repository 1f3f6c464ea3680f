"""What is not kept: requests for help and telephone numbers once a real sitting is over; and the hourly round."""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.housekeeping import Forgetting, watch
from tests.bot.test_conversation import CLERK, FIRST, HERE, SITTING
from tests.kit.hall import Hall, hall, text_of
from voting.domain import commands as c
from voting.domain.attendance import Presence, Source
from voting.journal.faults import StoreUnavailable


@dataclass(frozen=True)
class At:
    moment: datetime

    def now(self) -> datetime:
        return self.moment


def forgetting(room: Hall) -> Forgetting:
    return room.running.app._training.forgetting


async def asked(room: Hall) -> None:
    await room.core.aside.help.keep_phones(room.sitting, {FIRST: "06 12 34 56 78"})
    await room.say(FIRST, "besoin d'aide")
    assert len(await room.core.aside.help.of(room.sitting)) == 1


async def over(room: Hall) -> None:
    arrivals = [c.RecordAttendance(by=p, person=p, presence=Presence.REMOTE, source=Source.CARD) for p in HERE]
    await room.submit(*arrivals, c.OpenSitting(by=HERE[0]), c.CloseSitting(by=HERE[0]))


async def left(room: Hall) -> tuple[int, int]:
    return len(await room.core.aside.help.of(room.sitting)), len(await room.core.aside.help.phones(room.sitting))


async def test_thirty_days_after_the_end_and_not_before() -> None:
    async with hall(SITTING) as room:
        await asked(room)
        now = forgetting(room).clock.now()
        late = replace(forgetting(room), clock=At(now + timedelta(days=400)))
        assert await late.sweep() == 0, "a sitting that is not over is left alone"
        await over(room)
        for days, kept in ((29, (1, 1)), (31, (0, 0))):
            await replace(forgetting(room), clock=At(now + timedelta(days=days))).sweep()
            assert await left(room) == kept
        assert len(await room.core.writer.history(room.sitting)) > 3, "the record stays"


async def test_on_command_once_the_sitting_is_over() -> None:
    async with hall(SITTING) as room:
        await asked(room)
        assert "n’est pas levée" in text_of(await room.say(CLERK, "purger aide"))
        assert await left(room) == (1, 1)
        await over(room)
        assert "1 demande d’aide effacée" in text_of(await room.say(CLERK, "purger aide"))
        assert await left(room) == (0, 0)


async def test_a_member_erases_nothing() -> None:
    async with hall(SITTING) as room:
        await asked(room)
        await over(room)
        await room.say(FIRST, "purger aide")
        assert await left(room) == (1, 1)


async def test_a_round_that_fails_stops_no_other() -> None:
    made = asyncio.Event()

    async def failing() -> None:
        raise StoreUnavailable

    async def working() -> None:
        made.set()

    task = asyncio.create_task(watch((failing, working)))
    async with asyncio.timeout(5):
        await made.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
