"""One sitting as the writer holds it: state, head of its journal, tree, keys seen. Rebuilt from the journal alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from voting import rules as released
from voting.domain.commands import ConveneSitting, SittingCommand
from voting.domain.decide import decide
from voting.domain.events import (
    ContestProclaimed,
    ResultProclaimed,
    SittingClosed,
    SittingEvent,
    SittingNotHeld,
    UnopposedDeclared,
)
from voting.domain.fold import Fold
from voting.domain.ids import SittingId
from voting.domain.refusals import SittingUnknown
from voting.domain.ruleset import RuleSet
from voting.domain.sitting import Phase, Sitting
from voting.journal.codec import Codec
from voting.journal.faults import EntryCorrupted
from voting.journal.merkle import Tree
from voting.journal.store import EMPTY, Entry, Head
from voting.service.law import law_of


class Recorded(NamedTuple):
    """An event with its place in the journal."""

    seq: int
    event: SittingEvent
    leaf: bytes


_ATTESTED: frozenset[type] = frozenset(
    {ResultProclaimed, ContestProclaimed, UnopposedDeclared, SittingClosed, SittingNotHeld}
)
"""What is final: the head of the journal is signed after each of these, and after every line that follows the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A sitting at one committed instant, with its law. Immutable: views and cards are made from it."""

    id: SittingId
    sitting: Sitting
    rules: RuleSet
    size: int
    """How many lines its journal has."""
    final_size: int
    """How many it had after the last thing that became final: a checkpoint of that size covers every result."""


class Step(NamedTuple):
    """What one command adds: the events, and the lines that hold them."""

    recorded: tuple[Recorded, ...]
    entries: Sequence[Entry]
    """To be stored."""
    repeated: bool = False
    """It was recorded before: nothing is to be stored."""


class Mark(NamedTuple):
    """Where a sitting stood: what it takes to come back there."""

    sitting: Sitting | None
    rules: RuleSet | None
    head: Head
    latest: datetime | None
    final_size: int
    keys: int


class Live:
    """The speculative state of one sitting inside the writer. Thrown away and rebuilt whenever a commit is in doubt."""

    def __init__(self, sitting: SittingId, codec: Codec[SittingEvent]) -> None:
        """An empty journal of that sitting."""
        self.id = sitting
        self._fold = Fold()
        self.rules: RuleSet | None = None
        self._seq, self._leaf = EMPTY
        self.tree = Tree()
        self.final_size = 0
        self.keys: dict[str, tuple[Recorded, ...]] = {}
        self._codec = codec
        self._latest: datetime | None = None

    @property
    def head(self) -> Head:
        """Its last line, as far as it was read or decided."""
        return Head(self._seq, self._leaf)

    def replay(self, entries: Iterable[Entry]) -> list[Recorded]:
        """Take in stored lines that follow the head. Raises ``EntryCorrupted`` when they do not hold together."""
        taken: list[Recorded] = []
        for entry in entries:
            if entry.seq != self._seq + 1:
                raise EntryCorrupted(sitting=self.id, seq=entry.seq, problem="gap")
            event = self._codec.decode(entry.line).event
            self._fold.add((event,))
            one = Recorded(entry.seq, event, entry.leaf)
            self._take((one,), entry.key)
            taken.append(one)
        return taken

    def decide(self, command: SittingCommand, key: str | None, now: datetime) -> Step:
        """The lines that this command adds; the state moves with them. A clock set back stands still until it is past.

        Raises a ``Refusal``, or whatever bug it meets; the state is then untouched.
        """
        latest = self._latest
        hour = now if latest is None or latest < now else latest
        rules = self._rules_for(command) if self.rules is None else self.rules
        events = decide(self._fold.now, command, rules, hour)
        entries: list[Entry] = []
        recorded: list[Recorded] = []
        seq = self._seq
        for event in events:
            seq += 1
            # one key, one row: it stands on the first line of its command
            entry = self._codec.entry(self.id, seq, event, None if entries else key)
            entries.append(entry)
            recorded.append(Recorded(seq, event, entry.leaf))
        self._fold.add(events)
        added = tuple(recorded)
        self._take(added, key)
        return Step(added, entries)

    def mark(self) -> Mark:
        """Where it stands now."""
        return Mark(self._fold.sitting(), self.rules, self.head, self._latest, self.final_size, len(self.keys))

    def rewind(self, mark: Mark) -> None:
        """Come back to where it stood: what was decided since is not in the journal."""
        self._fold = Fold(mark.sitting)
        self.rules, (self._seq, self._leaf), self._latest, self.final_size = mark[1:5]
        self.tree.truncate(mark.head.seq + 1)
        while len(self.keys) > mark.keys:
            self.keys.popitem()

    @property
    def is_convened(self) -> bool:
        """There is something to show."""
        return self._fold.now is not None

    def snapshot(self) -> Snapshot:
        """The state as it stands. Raises ``SittingUnknown`` before the convocation."""
        sitting = self._fold.sitting()
        if sitting is None or self.rules is None:
            raise SittingUnknown()
        return Snapshot(id=self.id, sitting=sitting, rules=self.rules, size=self._seq + 1, final_size=self.final_size)

    def _rules_for(self, command: SittingCommand) -> RuleSet:
        if isinstance(command, ConveneSitting):
            return law_of(command.body, command.mode, command.standing_orders, command.scheduled_for, command.regime)
        raise SittingUnknown()

    def _take(self, recorded: tuple[Recorded, ...], key: str | None) -> None:
        now = self._fold.now
        is_over = now is not None and now.course.phase is Phase.CLOSED
        for seq, event, leaf in recorded:
            self._seq, self._leaf, self._latest = seq, leaf, event.at
            self.tree.append(leaf)
            if is_over or type(event) in _ATTESTED:
                self.final_size = seq + 1
        if self.rules is None and now is not None:
            self.rules = released.find(now.facts.rule_set, now.facts.standing_orders)
        if key is not None:
            self.keys[key] = recorded
