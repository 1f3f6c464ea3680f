"""A store that forgets everything with the process: for tests, and for trying things out. Durability: `sql`."""

from collections.abc import Collection, Mapping, Sequence

from voting.journal.faults import CheckpointRefused, OfficialRecord, StoreClosed
from voting.journal.store import (
    EMPTY,
    Appended,
    Entry,
    Family,
    Head,
    HeadMoved,
    KeptCheckpoint,
    KeyTaken,
    StoreHealth,
    check_batch,
    check_read,
    doubled_keys,
)


class MemoryStore:
    """The store contract over dictionaries. What was appended stays through `close` and `start`."""

    def __init__(self, family: Family = Family.OFFICIAL) -> None:
        self._family = family
        self._is_open = False
        self._events: dict[str, list[Entry]] = {}
        self._keys: dict[tuple[str, str], Entry] = {}
        self._checkpoints: dict[str, dict[int, str]] = {}

    @property
    def family(self) -> Family:
        """Official sittings or rehearsals."""
        return self._family

    async def start(self) -> None:
        """Make ready."""
        self._is_open = True

    async def close(self) -> None:
        """Refuse everything until the next `start`."""
        self._is_open = False

    async def read(self, sitting: str, after: int = -1, limit: int | None = None) -> list[Entry]:
        """The events after that seq, in order."""
        self._check_open()
        end = None if limit is None else after + 1 + limit
        found = self._events.get(sitting, [])[after + 1 : end]
        check_read(found, after)
        return found

    async def head(self, sitting: str) -> Head:
        """The last event of the sitting, `EMPTY` if there is none."""
        self._check_open()
        return self._head(sitting)

    async def append(self, expected: Mapping[str, Head], entries: Sequence[Entry]) -> Appended | HeadMoved | KeyTaken:
        """Append all entries if every expected head is still the last event of its sitting; else nothing."""
        self._check_open()
        heads = check_batch(expected, entries)
        moved = frozenset(sitting for sitting, head in expected.items() if self._head(sitting) != head)
        if moved:
            return HeadMoved(moved)
        made = {(entry.sitting, entry.key): entry for entry in entries if entry.key is not None}
        taken = doubled_keys(entries) | (made.keys() & self._keys.keys())
        if taken:
            return KeyTaken(taken)
        for entry in entries:
            self._events.setdefault(entry.sitting, []).append(entry)
        self._keys.update(made)
        return Appended(heads)

    async def find(self, sitting: str, keys: Collection[str]) -> dict[str, Entry]:
        """The events that these keys made."""
        self._check_open()
        return {key: self._keys[sitting, key] for key in keys if (sitting, key) in self._keys}

    async def sittings(self) -> list[str]:
        """Every sitting that has an event, in the order of their first events."""
        self._check_open()
        return sorted(self._events, key=lambda sitting: (self._events[sitting][0].at, sitting))

    async def save_checkpoint(self, sitting: str, size: int, note: str) -> None:
        """Keep a signed head."""
        self._check_open()
        if not 1 <= size <= self._head(sitting).seq + 1:
            raise CheckpointRefused(sitting=sitting, size=size, problem="beyond")
        if self._checkpoints.setdefault(sitting, {}).setdefault(size, note) != note:
            raise CheckpointRefused(sitting=sitting, size=size, problem="differs")

    async def checkpoints(self, sitting: str) -> list[KeptCheckpoint]:
        """The signed heads of a sitting, by size."""
        self._check_open()
        return [KeptCheckpoint(size, note) for size, note in sorted(self._checkpoints.get(sitting, {}).items())]

    async def purge(self, sitting: str) -> int:
        """Forget a rehearsal; how many events are gone."""
        self._check_open()
        if self._family is Family.OFFICIAL:
            raise OfficialRecord(sitting=sitting)
        self._checkpoints.pop(sitting, None)
        gone = self._events.pop(sitting, [])
        for entry in gone:
            if entry.key is not None:
                del self._keys[sitting, entry.key]
        return len(gone)

    async def health(self) -> StoreHealth:
        """Always well, as long as it is open."""
        self._check_open()
        return StoreHealth(backend="memory", engine_version="", schema="", can_write=True)

    def has_room(self) -> bool:
        """Always."""
        return True

    def _head(self, sitting: str) -> Head:
        events = self._events.get(sitting)
        return Head(events[-1].seq, events[-1].leaf) if events else EMPTY

    def _check_open(self) -> None:
        if not self._is_open:
            raise StoreClosed
