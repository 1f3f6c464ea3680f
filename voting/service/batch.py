"""Commands that are committed together: who asked, what was decided for each, and the way back if it is not written."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from voting.domain.commands import SittingCommand
from voting.domain.ids import SittingId
from voting.domain.refusals import SittingUnknown
from voting.journal.store import Entry, Head
from voting.service.live import Live, Mark, Recorded, Snapshot, Step


class Done(NamedTuple):
    """A command that is durably in the journal."""

    recorded: tuple[Recorded, ...]
    snapshot: Snapshot
    """The sitting once this command and those committed with it are in the journal."""
    repeated: bool = False
    """Its key was known: this is what was recorded the first time."""


@dataclass(slots=True)
class Waiter:
    """Somebody who submitted a command."""

    sitting: SittingId
    command: SittingCommand
    key: str | None
    answer: asyncio.Future[Done]
    decided: Step | Exception | None = None

    def resolve(self, snapshot: Snapshot | None) -> None:
        """Tell what became of it."""
        if self.answer.done():  # the client went away
            return
        decided = self.decided
        if isinstance(decided, Exception):
            self.answer.set_exception(decided)
        elif decided is not None and snapshot is not None:
            self.answer.set_result(Done(decided.recorded, snapshot, decided.repeated))
        else:  # a rehearsal that was purged meanwhile
            self.answer.set_exception(SittingUnknown())


class Reached(NamedTuple):
    """A sitting as it is once a batch is written."""

    snapshot: Snapshot
    head: Head


class _Part(NamedTuple):
    """What a batch does to one sitting."""

    live: Live
    mark: Mark
    """Where it stood before."""
    recorded: list[Recorded]


class Batch:
    """Decided on the speculative states of its sittings. Nothing of it leaves before it is written."""

    def __init__(self, now: datetime) -> None:
        """Nothing yet; every command of a batch is decided at the same instant."""
        self.waiters: list[Waiter] = []
        self.entries: list[Entry] = []
        self.reached: dict[SittingId, Reached] = {}
        """What is there to be shown once it is written: known when it is sealed."""
        self._now = now
        self._parts: dict[SittingId, _Part] = {}

    @property
    def expected(self) -> dict[str, Head]:
        """The heads on which it was decided."""
        return {sitting: part.mark.head for sitting, part in self._parts.items()}

    @property
    def recorded(self) -> dict[SittingId, list[Recorded]]:
        """What it adds to the journals that it adds to."""
        return {sitting: part.recorded for sitting, part in self._parts.items() if part.recorded}

    def decide(self, waiter: Waiter, live: Live) -> None:
        """Add that command; its answer waits in ``decided`` until the commit."""
        self.waiters.append(waiter)
        part = self._parts.get(waiter.sitting)
        if part is None:
            part = self._parts[waiter.sitting] = _Part(live, live.mark(), [])
        key = waiter.key
        if key is not None and key in live.keys:
            waiter.decided = Step(live.keys[key], (), True)
            return
        try:
            step = live.decide(waiter.command, key, self._now)
        except Exception as no:  # a refusal or a bug of one command goes to its own waiter; the state is untouched
            waiter.decided = no
            return
        waiter.decided = step
        self.entries.extend(step.entries)
        part.recorded.extend(step.recorded)

    def seal(self) -> None:
        """Nothing more comes: keep what it leads to, before the same states go on to the next batch."""
        for sitting, part in self._parts.items():
            if part.live.is_convened:
                self.reached[sitting] = Reached(part.live.snapshot(), part.live.head)

    def undo(self) -> None:
        """It was not written: its sittings are as they were before. What was decided after it goes as well."""
        for part in self._parts.values():
            part.live.rewind(part.mark)
