"""Where a journal is kept, as a protocol: append if nobody else did, read, find a key, keep checkpoints.

Implementations: `memory`, `sql`. Deciding what to append and retrying is the writer's affair (`voting.service`).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from voting.journal.canonical import dump
from voting.journal.faults import BadBatch, EntryCorrupted
from voting.journal.merkle import leaf_hash


class Family(StrEnum):
    """Official sittings and rehearsals are kept apart, in the same form."""

    OFFICIAL = "official"
    REHEARSAL = "rehearsal"


class Entry(NamedTuple):
    """One stored event. All but `key` and `leaf` is read off the line, for the sake of queries."""

    sitting: str
    seq: int
    at: str
    by: str
    name: str
    key: str | None
    """What makes a repeated command the same command; kept beside the journal, never in it."""
    line: bytes
    leaf: bytes


class Sealed(Entry):
    """An entry as the codec made it of an event: line, leaf and columns agree because they were made together.

    Nothing else makes one, and one that is changed is an ``Entry`` again: what proves it is its type.
    """

    __slots__ = ()

    @classmethod
    def _make(cls, iterable: Iterable[Any]) -> Entry:  # type: ignore[override]  # what _replace calls
        return Entry._make(iterable)


class Head(NamedTuple):
    """The last event of a sitting that one has seen."""

    seq: int
    leaf: bytes


EMPTY = Head(-1, b"")
"""The head of a sitting that has no event."""


@dataclass(frozen=True, slots=True)
class Appended:
    """All entries are on disk, and every head compared was still the last one."""

    heads: Mapping[str, Head]


@dataclass(frozen=True, slots=True)
class HeadMoved:
    """Nothing was written: somebody else appended to these sittings."""

    sittings: frozenset[str]


@dataclass(frozen=True, slots=True)
class KeyTaken:
    """Nothing was written: these (sitting, key) already have their event, or come twice in the batch."""

    keys: frozenset[tuple[str, str]]


class KeptCheckpoint(NamedTuple):
    """A signed head, kept."""

    size: int
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreHealth:
    """How the store is doing, for the health page and `doctor`."""

    backend: str
    engine_version: str
    schema: str
    """The revision of the schema; empty where there is none."""
    can_write: bool
    free_bytes: int | None = None
    """Room left on the disk of the database; None where it is not ours to know."""
    warnings: tuple[str, ...] = ()
    """Codes of what an administrator should look at."""


class Store(Protocol):
    """The record of many sittings of one family. Any method may raise a `StoreFault`."""

    @property
    def family(self) -> Family:
        """Official sittings or rehearsals."""
        ...

    async def start(self) -> None:
        """Make ready, or say in a typed fault why not."""
        ...

    async def close(self) -> None:
        """Let what is under way end, and free everything."""
        ...

    async def read(self, sitting: str, after: int = -1, limit: int | None = None) -> list[Entry]:
        """The events after that seq, in order, each checked against its leaf hash."""
        ...

    async def head(self, sitting: str) -> Head:
        """The last event of the sitting, `EMPTY` if there is none."""
        ...

    async def append(self, expected: Mapping[str, Head], entries: Sequence[Entry]) -> Appended | HeadMoved | KeyTaken:
        """Append all entries, durably, if every expected head is still the last event of its sitting; else nothing.

        A sitting may be expected and get no entry: then its head is only confirmed. Every sitting that gets entries
        must be expected, and its entries follow its head without a gap. `OutcomeUnknown` is raised when the database
        failed so late that it may have committed: `find` the keys before telling anybody anything.
        """
        ...

    async def find(self, sitting: str, keys: Collection[str]) -> dict[str, Entry]:
        """The events that these keys made, where they have made one."""
        ...

    async def sittings(self) -> list[str]:
        """Every sitting that has an event, in the order of their first events."""
        ...

    async def save_checkpoint(self, sitting: str, size: int, note: str) -> None:
        """Keep a signed head; the events under it must be there, and another note of that size must not."""
        ...

    async def checkpoints(self, sitting: str) -> list[KeptCheckpoint]:
        """The signed heads of a sitting, by size."""
        ...

    async def purge(self, sitting: str) -> int:
        """Forget a rehearsal; how many events are gone. An official sitting refuses."""
        ...

    async def health(self) -> StoreHealth:
        """How the store is doing, asked now."""
        ...

    def has_room(self) -> bool:
        """False: so little room is left that no vote should begin. True where the room is not ours to know."""
        ...


def contradiction(entry: Entry) -> str:
    """What of the entry does not match its line; empty if all does.

    The keys of a canonical line are sorted, so that it begins with `at` and `by` and ends with `event`, `seq` and
    `sitting`: comparing both ends costs 1 µs, where parsing would cost ten.
    """
    sitting, seq, at, by, name, key, line, leaf = entry
    if leaf_hash(line) != leaf:
        return "leaf"
    if seq < 0 or not sitting or not is_key(key):
        return "value"
    if not line.startswith(b'{"at":"%s","by":%s,"data":{' % (at.encode(), _quoted(by))):
        return "start"
    if not line.endswith(b'},"event":"%s","seq":%d,"sitting":%s}' % (name.encode(), seq, _quoted(sitting))):
        return "end"
    return ""


def is_key(key: str | None) -> bool:
    """Whether a store can keep it, or there is none: text with half a character in it has no bytes."""
    if key is None or (key.isascii() and key):
        return True
    try:
        return bool(key.encode())
    except UnicodeEncodeError:
        return False


_quoted = lru_cache(4096)(dump)
"""People and sittings, which come again and again."""


def check_batch(expected: Mapping[str, Head], entries: Sequence[Entry]) -> dict[str, Head]:
    """The heads after this batch; refuses one that no journal may hold. Stays on in production.

    Places are compared for all, lines and leaves for those that the codec did not seal.
    """
    last = {sitting: head.seq for sitting, head in expected.items()}
    ends: dict[str, Entry] = {}
    for entry in entries:
        sitting, seq = entry.sitting, entry.seq
        if sitting not in last:
            raise BadBatch(problem="unexpected", sitting=sitting, seq=seq)
        if seq != last[sitting] + 1:
            raise BadBatch(problem="gap", sitting=sitting, seq=seq)
        if type(entry) is not Sealed and (problem := contradiction(entry)):
            raise BadBatch(problem=problem, sitting=sitting, seq=seq)
        last[sitting], ends[sitting] = seq, entry
    return {**expected, **{sitting: Head(entry.seq, entry.leaf) for sitting, entry in ends.items()}}


def doubled_keys(entries: Sequence[Entry]) -> frozenset[tuple[str, str]]:
    """The keys that come twice in a batch."""
    seen: set[tuple[str, str]] = set()
    doubled: set[tuple[str, str]] = set()
    for entry in entries:
        if entry.key is not None:
            pair = (entry.sitting, entry.key)
            (doubled if pair in seen else seen).add(pair)
    return frozenset(doubled)


def check_read(entries: Sequence[Entry], after: int) -> None:
    """Refuse stored events that are no longer what was written, or that have a gap."""
    for seq, entry in enumerate(entries, after + 1):
        problem = "gap" if entry.seq != seq else contradiction(entry)
        if problem:
            raise EntryCorrupted(sitting=entry.sitting, seq=seq, problem=problem)
