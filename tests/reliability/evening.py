"""An evening of votes under faults drawn from a seed, two processes on one disk, and what must be true of it after all.

Plays and judges; which evenings are played, and which defects they must find, is said in the tests beside it.
"""

import asyncio
import hashlib
import itertools
import logging
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar

from bot.rim import KeySigner
from tests.kit import sittings as kit
from tests.kit.journals import KEY
from tests.reliability.simulated import Disk, Line, SimulatedLoop, simulate, within
from tests.service.kit import CODEC
from voting.domain.commands import SittingCommand
from voting.domain.events import VoteCast
from voting.domain.ids import PersonId
from voting.domain.tally import Choice
from voting.journal.faults import StoreFault
from voting.journal.merkle import leaf_hash
from voting.journal.store import Entry
from voting.service.checkpoints import Notary
from voting.service.handle import BATCH, Done, Writer
from voting.service.lane import Lane
from voting.service.wishes import vote_key

VOTERS = 12
CHANGES = 3
PATIENCE = 1.5
"""Virtual seconds for which somebody waits before he presses again."""
CALM_AT = 20.0
END = 300.0

Press = tuple[str, PersonId, int]
"""Poll, member, which of his votes."""


class Wrong(Exception):
    """Something that must never be."""


@dataclass(slots=True)
class Said:
    """What a member was told of one press: where it stands, and since when."""

    seq: int
    leaf: bytes
    at: float


@dataclass(slots=True)
class Evening:
    """One sitting, two processes, everybody who votes."""

    voters: ClassVar[int] = VOTERS
    seed: int
    break_it: Callable[[Writer], None] | None = None
    chance: random.Random = field(init=False)
    disk: Disk = field(init=False)
    writers: list[Writer] = field(default_factory=list)
    names: dict[Writer, str] = field(default_factory=dict)
    """Of the process of each writer."""
    told: dict[Press, list[Said]] = field(default_factory=dict)
    begun: dict[Press, float] = field(default_factory=dict)
    heard: list[list[int]] = field(default_factory=list)
    late: list[asyncio.Task[None]] = field(default_factory=list)
    lines: list[Entry] = field(default_factory=list)
    """The journal, when all is over."""
    lasted: float = 0.0

    def __post_init__(self) -> None:
        self.chance = random.Random(f"evening {self.seed}")
        self.disk = Disk(self.chance)

    # --- two processes ------------------------------------------------------------------------------------------------

    def birth(self) -> Writer:
        """A process with a clock of its own, wrong by up to an hour, that may jump."""
        name = f"p{len(self.names) + 1}"
        line = Line(self.disk)
        writer = within(name, lambda: self.writer(line, Notary(line, KeySigner(KEY))))
        self.names[writer] = name
        return writer

    def writer(self, line: Line, notary: Notary) -> Writer:
        """That of a process, at work."""
        lanes, first = self.chance.choice([1, 3]), self.chance.choice([1, 2, BATCH])
        writer = Writer(line, CODEC, Clock(self), notary, lanes=lanes, first=first)
        for lane in writer._lanes:
            self.count_withdrawn(lane)
        heard: list[int] = []
        writer.listen(lambda snapshot, recorded: heard.extend(one.seq for one in recorded))
        self.heard.append(heard)
        if self.break_it is not None:
            self.break_it(writer)
        writer.start()
        return writer

    def count_withdrawn(self, lane: Lane) -> None:
        """How often what was decided behind a batch was taken back, since that batch was not written."""
        withdraw = lane._withdraw

        def counted() -> None:
            self.disk.faults["decided in vain"] += lane._ahead is not None
            withdraw()

        lane._withdraw = counted  # type: ignore[method-assign]  # looked at, not changed

    async def crashes(self) -> None:
        """kill -9 at any step: whatever it was doing never ends, and nobody hears of it."""
        while not self.disk.is_calm:
            await asyncio.sleep(self.chance.uniform(0.05, 2.0))
            which = self.chance.randrange(len(self.writers))
            self.disk.faults["crash"] += 1
            self.kill(which)
            await asyncio.sleep(self.chance.uniform(0.0, 0.5))
            self.writers[which] = self.birth()

    async def freezes(self) -> None:
        """A process stops in the middle of whatever it does, wakes up later, and goes on as if nothing had been."""
        loop = asyncio.get_running_loop()
        assert isinstance(loop, SimulatedLoop)
        while not self.disk.is_calm:
            await asyncio.sleep(self.chance.uniform(0.2, 4.0))
            name = self.names[self.chance.choice(self.writers)]
            self.disk.faults["frozen"] += 1
            loop.freeze(name)
            await asyncio.sleep(self.chance.uniform(0.01, 5.0))
            loop.thaw(name)

    def kill(self, which: int) -> None:
        """Nothing of it ever goes on."""
        loop = asyncio.get_running_loop()
        assert isinstance(loop, SimulatedLoop)
        loop.thaw(self.names[self.writers[which]])
        for lane in self.writers[which]._lanes:
            assert lane._task is not None
            lane._task.cancel()

    async def words(self) -> None:
        """Word between the processes, some of it lost, some of it twice."""
        while True:
            await asyncio.sleep(self.chance.uniform(0.01, 0.3) * (10.0 if self.disk.is_calm else 1.0))
            writer = self.chance.choice(self.writers)
            if self.chance.random() < 0.5:
                writer.compare()
            else:
                writer.refresh(kit.SITTING)

    # --- the members --------------------------------------------------------------------------------------------------

    async def member(self, number: int, poll: str = "p1") -> None:
        """Votes, and changes his mind: each press until it is acknowledged, some of them twice, or again much later."""
        for revision in range(CHANGES):
            await asyncio.sleep(self.chance.uniform(0.0, 4.0))
            press = poll, kit.m(number), revision
            choice = self.chance.choice(list(Choice))
            times = 1
            if self.chance.random() < 0.3:
                self.disk.faults["resent"] += 1
                times = 2
            if self.chance.random() < 0.1:
                self.late.append(asyncio.create_task(self.much_later(press, choice)))
            await asyncio.gather(*(self.until_told(press, choice) for _ in range(times)))

    async def much_later(self, press: Press, choice: Choice) -> None:
        """A copy of it that was on its way all the time, and arrives after later votes."""
        await asyncio.sleep(self.chance.uniform(3.0, 12.0))
        self.disk.faults["late copy"] += press in self.told
        await self.until_told(press, choice)

    async def until_told(self, press: Press, choice: Choice) -> None:
        poll, member, revision = press
        wish = kit.vote(member, choice, poll=poll, revision=revision)
        self.begun.setdefault(press, asyncio.get_running_loop().time())
        done = await self.insist(wish, vote_key(poll, member, revision))
        first = done.recorded[0]
        said = Said(first.seq, first.leaf, asyncio.get_running_loop().time())
        self.told.setdefault(press, []).append(said)

    async def insist(self, wish: SittingCommand, key: str) -> Done:
        """Until it is acknowledged, by whichever process."""
        while True:
            writer = self.chance.choice(self.writers)
            try:
                async with asyncio.timeout(PATIENCE):
                    return await writer.submit(kit.SITTING, wish, key)
            except (TimeoutError, StoreFault):
                self.disk.faults["press again"] += 1
                await asyncio.sleep(self.chance.uniform(0.01, 0.2))

    # --- the evening --------------------------------------------------------------------------------------------------

    async def play(self) -> None:
        """Everything, and then the journal."""
        await self.open()
        self.writers = [self.birth(), self.birth()]
        around = [asyncio.create_task(work()) for work in (self.crashes, self.words, self.freezes)]
        asyncio.get_running_loop().call_later(CALM_AT, self.calm)
        async with asyncio.timeout(END):
            await asyncio.gather(*(self.member(number) for number in range(1, VOTERS + 1)))
            await asyncio.gather(*self.late)
        self.calm()
        around[1].cancel()
        await asyncio.gather(around[0], around[2])  # whoever was killed last is born again
        for writer in self.writers:
            await writer.close()
        self.lines = await self.disk.read(kit.SITTING)
        self.lasted = asyncio.get_running_loop().time()

    async def open(self) -> None:
        self.disk.is_calm = True
        line = Line(self.disk)
        writer = self.writer(line, Notary(line, KeySigner(KEY)))
        for command in kit.polled(kit.standing_committee(voters=self.voters)):
            assert isinstance(await writer.submit(kit.SITTING, command), Done)
        await writer.close()
        self.disk.is_calm = False

    def calm(self) -> None:
        self.disk.is_calm = True


class Clock:
    """A process's own idea of the time."""

    def __init__(self, evening: Evening) -> None:
        self._evening = evening
        self._wrong = timedelta(seconds=evening.chance.uniform(-3600, 3600))

    def now(self) -> datetime:
        if self._evening.disk.strikes("clock", 0.01):
            self._wrong = timedelta(seconds=self._evening.chance.uniform(-86400, 86400))
        seconds = timedelta(milliseconds=int(asyncio.get_running_loop().time() * 1000))
        return kit.Clock().now() + seconds + timedelta(milliseconds=int(self._wrong.total_seconds() * 1000))


def check(evening: Evening) -> None:
    """What must be true whatever happened. Raises ``Wrong``."""
    lines = evening.lines
    the_journal_holds_together(lines)
    places = votes_once(lines)
    acknowledged_votes_stand_where_it_was_said(evening, lines, places)
    votes_keep_their_order(evening, places)
    listeners_hear_every_line_once(evening)


def the_journal_holds_together(lines: Sequence[Entry]) -> None:
    if [line.seq for line in lines] != list(range(len(lines))):
        raise Wrong("a gap or a fork")
    if any(leaf_hash(line.line) != line.leaf for line in lines):
        raise Wrong("a line under another hash")
    times = [CODEC.decode(line.line).event.at for line in lines]
    if sorted(times) != times:
        raise Wrong("the hours go back")


def votes_once(lines: Sequence[Entry]) -> dict[Press, int]:
    """Whether it was acknowledged or not."""
    places: dict[Press, int] = {}
    for line in lines:
        event = CODEC.decode(line.line).event
        if isinstance(event, VoteCast):
            press = event.poll, event.member, event.revision
            if press in places:
                raise Wrong(f"{press} twice: {places[press]} and {line.seq}")
            places[press] = line.seq
    return places


def acknowledged_votes_stand_where_it_was_said(
    evening: Evening, lines: Sequence[Entry], places: Mapping[Press, int]
) -> None:
    for press, said in evening.told.items():
        if any((one.seq, one.leaf) != (places.get(press), lines[one.seq].leaf) for one in said):
            raise Wrong(f"{press} was acknowledged at {said}, and stands at {places.get(press)}")
    if places.keys() - evening.begun.keys():
        raise Wrong("a vote that nobody cast")


def votes_keep_their_order(evening: Evening, places: Mapping[Press, int]) -> None:
    """Those of one member, and those of any two of whom one began when the other was acknowledged."""
    for (poll, member, revision), seq in places.items():
        if revision and places[poll, member, revision - 1] > seq:
            raise Wrong(f"the votes of {member} are out of order")
    since = {press: min(one.at for one in said) for press, said in evening.told.items()}
    for press, other in itertools.product(since, places):
        if evening.begun[other] > since[press] and places[other] < places[press]:
            raise Wrong(f"{other} began after {press} was acknowledged, and stands before it")


def listeners_hear_every_line_once(evening: Evening) -> None:
    if any(later <= sooner for heard in evening.heard for sooner, later in itertools.pairwise(heard)):
        raise Wrong("a listener heard of a line twice, or of lines out of order")


def evening_of(seed: int, break_it: Callable[[Writer], None] | None = None) -> Evening:
    """That evening, played and checked."""
    evening = Evening(seed, break_it)
    simulate(evening.play(), seed)
    check(evening)
    return evening


def trace(lines: Sequence[Entry]) -> str:
    """The same for the same evening."""
    return hashlib.sha256(b"\n".join(line.line for line in lines)).hexdigest()


def replay(play: Callable[[int], Evening], arguments: Sequence[str]) -> None:
    """``SEED [HOW_MANY]``: play that evening again, or that many from there on, and say what each fault did."""
    first, count = int(arguments[0]), int(arguments[1]) if len(arguments) > 1 else 1
    logging.disable(logging.CRITICAL)
    began, seconds, faults = time.perf_counter(), 0.0, Counter[str]()
    for seed in range(first, first + count):
        try:
            evening = play(seed)
        except Exception as error:
            sys.exit(f"seed {seed}: {error!r}")
        faults += evening.disk.faults
        seconds += evening.lasted
        if count == 1:
            sys.stdout.write(f"{len(evening.lines)} lines, {trace(evening.lines)}\n")
    took = time.perf_counter() - began
    sys.stdout.write(f"{count} evenings, {seconds:.0f} simulated seconds in {took:.1f} s\n")
    sys.stdout.writelines(f"  {number:6} {fault}\n" for fault, number in sorted(faults.items()))
