"""A writer on a store that fails when told to, and the sitting that it writes."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from bot.rim import KeySigner
from tests.kit import sittings as kit
from tests.kit.journals import KEY, Story
from tests.kit.waiting import PATIENCE
from voting.domain.commands import SittingCommand
from voting.domain.events import SittingEvent
from voting.domain.ids import PersonId, PollId, SittingId
from voting.journal.codec import Codec
from voting.journal.faults import OutcomeUnknown, StoreFull
from voting.journal.store import Appended, Entry, Family, Head, HeadMoved, KeptCheckpoint, KeyTaken, Store, StoreHealth
from voting.journal.wire import WIRE
from voting.service.checkpoints import Notary
from voting.service.handle import BATCH, Done, Listener, Writer
from voting.service.ports import CheckpointSigner, Clock

Outcome: TypeAlias = Appended | HeadMoved | KeyTaken
Trouble: TypeAlias = Callable[[Store, Mapping[str, Head], Sequence[Entry]], Awaitable[Outcome]]

CODEC: Codec[SittingEvent] = Codec(WIRE)
VOTERS = 25
POLL = PollId("p1")


async def well(store: Store, expected: Mapping[str, Head], entries: Sequence[Entry]) -> Outcome:
    """No trouble at all."""
    return await store.append(expected, entries)


async def lost_before(store: Store, expected: Mapping[str, Head], entries: Sequence[Entry]) -> Outcome:
    """The database went away before it committed."""
    raise OutcomeUnknown(reason="store_unavailable")


async def lost_after(store: Store, expected: Mapping[str, Head], entries: Sequence[Entry]) -> Outcome:
    """The database committed, and went away before it said so."""
    assert isinstance(await store.append(expected, entries), Appended)
    raise OutcomeUnknown(reason="store_unavailable")


async def surprise_after(store: Store, expected: Mapping[str, Head], entries: Sequence[Entry]) -> Outcome:
    """The database committed, and then the driver failed in a way that nobody foresaw."""
    assert isinstance(await store.append(expected, entries), Appended)
    raise ValueError("no active connection")


async def full(store: Store, expected: Mapping[str, Head], entries: Sequence[Entry]) -> Outcome:
    """No room on the disk."""
    raise StoreFull


async def moved(store: Store, expected: Mapping[str, Head], entries: Sequence[Entry]) -> Outcome:
    """Somebody else is always quicker."""
    return HeadMoved(frozenset(expected))


class Unsteady:
    """Another store, and the troubles that its next appends and reads meet."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.batches: list[Sequence[Entry]] = []
        self.troubles: deque[Trouble] = deque()
        self.unreadable: dict[str, Exception] = {}
        self.checkpoint_fault: Exception | None = None

    @property
    def family(self) -> Family:
        return self.store.family

    async def start(self) -> None:
        await self.store.start()

    async def close(self) -> None:
        await self.store.close()

    async def read(self, sitting: str, after: int = -1, limit: int | None = None) -> list[Entry]:
        if sitting in self.unreadable:
            raise self.unreadable[sitting]
        return await self.store.read(sitting, after, limit)

    async def head(self, sitting: str) -> Head:
        return await self.store.head(sitting)

    async def append(self, expected: Mapping[str, Head], entries: Sequence[Entry]) -> Outcome:
        self.batches.append(entries)
        trouble = self.troubles.popleft() if self.troubles else well
        return await trouble(self.store, expected, entries)

    async def find(self, sitting: str, keys: Collection[str]) -> dict[str, Entry]:
        return await self.store.find(sitting, keys)

    async def sittings(self) -> list[str]:
        return await self.store.sittings()

    async def save_checkpoint(self, sitting: str, size: int, note: str) -> None:
        if self.checkpoint_fault is not None:
            raise self.checkpoint_fault
        await self.store.save_checkpoint(sitting, size, note)

    async def checkpoints(self, sitting: str) -> list[KeptCheckpoint]:
        return await self.store.checkpoints(sitting)

    async def purge(self, sitting: str) -> int:
        return await self.store.purge(sitting)

    async def health(self) -> StoreHealth:
        return await self.store.health()

    def has_room(self) -> bool:
        return self.store.has_room()


@dataclass(slots=True)
class Jumpy:
    """A clock that tells these times, then the last one for ever."""

    times: deque[datetime]

    def now(self) -> datetime:
        return self.times.popleft() if len(self.times) > 1 else self.times[0]


@dataclass(slots=True)
class Office:
    """Store, writer and clock of one process."""

    store: Unsteady
    clock: Clock = field(default_factory=kit.Clock)
    signer: CheckpointSigner = field(default_factory=lambda: KeySigner(KEY))
    lanes: int = 1
    first: int = BATCH
    notary: Notary = field(init=False)
    writer: Writer = field(init=False)

    def __post_init__(self) -> None:
        self.notary = Notary(self.store, self.signer)
        self.writer = Writer(self.store, CODEC, self.clock, self.notary, lanes=self.lanes, first=self.first)

    def open(self, *listeners: Listener) -> "Office":
        for listener in listeners:
            self.writer.listen(listener)
        self.writer.start()
        return self

    async def submit(self, command: SittingCommand, key: str | None = None, sitting: SittingId = kit.SITTING) -> Done:
        """The answer to that command; a writer that died is a failure, not an endless test."""
        async with asyncio.timeout(PATIENCE):
            return await self.writer.submit(sitting, command, key)

    async def play(self, commands: Iterable[SittingCommand], sitting: SittingId = kit.SITTING) -> list[Done]:
        """These commands one after the other."""
        return [await self.submit(command, None, sitting) for command in commands]

    async def poll(self, sitting: SittingId = kit.SITTING) -> list[Done]:
        """From the convocation to an open poll in which everybody may vote."""
        convened, *arrivals, opening, call, poll = kit.polled(kit.standing_committee(voters=VOTERS))
        answers = await self.play([convened], sitting)
        answers += await asyncio.gather(*(self.submit(arrival, None, sitting) for arrival in arrivals))
        return answers + await self.play([opening, call, poll], sitting)

    async def vote(self, number: int, sitting: SittingId = kit.SITTING) -> Done:
        """The voice of that member, under the key that a press of his button has."""
        return await self.submit(kit.vote(kit.m(number), revision=0), key_of(kit.m(number)), sitting)

    async def vote_together(self, numbers: Iterable[int]) -> list[Done | BaseException]:
        """These voices at the same instant."""
        return await asyncio.gather(*(self.vote(number) for number in numbers), return_exceptions=True)

    async def lines(self, sitting: SittingId = kit.SITTING) -> list[Entry]:
        """The journal, from the store."""
        return await self.store.store.read(sitting)

    async def cast(self) -> list[PersonId]:
        """Whose voices are in the journal."""
        return [PersonId(entry.by) for entry in await self.lines() if entry.name == "vote.cast/1"]


def key_of(member: PersonId, revision: int = 0) -> str:
    """What makes a repeated press the same press."""
    return f"vote/{POLL}/{member}/{revision}"


def done(answers: Iterable[Done | BaseException]) -> list[Done]:
    """The answers, all of them good."""
    good = []
    for answer in answers:
        assert isinstance(answer, Done), answer
        good.append(answer)
    return good


def entries_of(story: Story) -> list[Entry]:
    """The events of that story as its journal holds them."""
    sitting = story.state.facts.sitting
    return [CODEC.entry(sitting, seq, event, None) for seq, event in enumerate(story.events)]
