"""What goes wrong around a sitting, what people are told of it, and what the figures say."""

import pytest

from bot.local.connector import Fault
from tests.bot.test_conversation import FIRST, HERE, SITTING, polled
from tests.bot.test_errands import Faulty
from tests.kit import sittings as kit
from tests.kit.hall import Hall, hall, text_of, words
from voting.journal.faults import StoreBusy, StoreFault, StoreUnavailable

FIGURES = (
    'hemicycle_turns_total{kind="press"}',
    "hemicycle_turn_seconds_count",
    "hemicycle_events_total",
    "hemicycle_writer_queue",
    "hemicycle_outbox_queue",
    "hemicycle_outbox_lag_seconds",
    "hemicycle_sittings_open",
    'hemicycle_teams_answers_total{status="429"}',
    'hemicycle_teams_answers_total{status="none"}',
)


async def figures(room: Hall) -> dict[str, float]:
    """What a supervisor reads."""
    async with room.session.get(f"{room.running.town.origin}/metrics") as response:
        lines = (await response.text()).splitlines()
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines if line[0] != "#")}


class Unwell(Faulty):
    """A database that does not answer, or is held by somebody else."""

    fault: StoreFault | None = None

    async def append(self, *asked):  # type: ignore[no-untyped-def]  # as the store's
        if self.fault is not None:
            raise self.fault
        return await super().append(*asked)


@pytest.mark.parametrize("fault", [StoreUnavailable(), StoreBusy()])
async def test_a_database_that_is_away_is_said_and_the_vote_can_be_given_again(fault: StoreFault) -> None:
    store = Unwell()
    async with hall(SITTING, store=store) as room:
        await polled(room)
        card = room.newest(FIRST, "for")
        store.fault = fault
        answer = words(await room.press(FIRST, "for", card))
        assert "Rien n’a été enregistré" in answer
        assert "incident" in answer
        store.fault = None
        assert "ligne" in words(await room.press(FIRST, "for", card))


async def test_every_figure_of_the_list_is_there() -> None:
    async with hall(SITTING) as room:
        assert (await figures(room))["hemicycle_sittings_open"] == 0
        await polled(room)
        room.running.town.connector.fail_next(Fault(status=429, retry_after="0"), Fault(status=0, method="POST"))
        await room.press(HERE[1], "for")
        await room.submit(kit.close_poll(), kit.proclaim())
        await room.posted("hemicycle/")
        await room.running.app.outbox.settled(room.sitting)
        found = await figures(room)
        assert set(FIGURES) <= found.keys()
        assert found['hemicycle_turns_total{kind="press"}'] == 1
        assert found['hemicycle_teams_answers_total{status="429"}'] >= 1
        assert found['hemicycle_teams_answers_total{status="none"}'] >= 1
        assert found["hemicycle_sittings_open"] == 1
        assert found["hemicycle_outbox_queue"] == found["hemicycle_outbox_lag_seconds"] == 0


async def test_while_teams_says_nothing_votes_are_acknowledged_and_counted_and_the_lag_is_seen() -> None:
    async with hall(SITTING) as room:
        await polled(room)
        card = room.newest(FIRST, "for")
        await room.running.app.outbox.settled(room.sitting)
        room.running.town.connector.fail_next(*[Fault(status=0)] * 6)
        assert "ligne" in words(await room.press(FIRST, "for", card)), "the receipt needs no call of ours"
        await room.submit(kit.close_poll(), kit.proclaim())
        await room.until(lambda: room.running.app.outbox.lags() != [])
        assert (await figures(room))["hemicycle_outbox_lag_seconds"] > 0
        await room.posted("hemicycle/")
        await room.running.app.outbox.settled(room.sitting)
        chat = room.running.town.chats.transcript(room.meeting, None)
        assert sum("hemicycle/" in text_of(one) for one in chat) == 1, "shown once, when Teams answers again"
