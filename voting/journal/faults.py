"""What can go wrong with the record, as typed facts: a stable code and fields, never a sentence for users.

Nobody catches these below the edge, except the writer, to hand them to the commands that wait.
"""

from dataclasses import dataclass, fields
from typing import ClassVar


@dataclass(kw_only=True, eq=False)
class JournalFault(Exception):
    """A bug, or something that the record stands on has failed."""

    code: ClassVar[str] = "journal_fault"

    @property
    def fields(self) -> dict[str, str | int]:
        """The facts of this fault, ready for the sentence of its code."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def __str__(self) -> str:
        """For developers: the code and its facts."""
        return " ".join([self.code, *(f"{name}={value!r}" for name, value in self.fields.items())])


# --- Bytes ----------------------------------------------------------------------------------------------------------


@dataclass(kw_only=True, eq=False)
class NotCanonical(JournalFault):
    """A value outside the alphabet of the journal, or bytes that are not its one canonical form."""

    code: ClassVar[str] = "journal_not_canonical"

    problem: str
    """`syntax`, `form`, `type`, `float`, `integer`, `key`, `text`, `depth`, `instant`, `note`, `checkpoint`, `proof`"""
    at: str = ""
    """Where, if it is known."""


@dataclass(kw_only=True, eq=False)
class CodecFault(JournalFault):
    """An event and its line do not match."""

    code: ClassVar[str] = "journal_codec"

    event: str
    """The wire name, or the class where there is none."""


@dataclass(kw_only=True, eq=False)
class UnknownEvent(CodecFault):
    """No class for this wire name: the journal was written by a newer program."""

    code: ClassVar[str] = "journal_unknown_event"


@dataclass(kw_only=True, eq=False)
class FieldFault(CodecFault):
    """One field is not what the class says."""

    code: ClassVar[str] = "journal_field"

    field: str
    """Dotted path inside `data`, or a member of the envelope."""


@dataclass(kw_only=True, eq=False)
class MissingField(FieldFault):
    """A field without a default is absent."""

    code: ClassVar[str] = "journal_missing_field"


@dataclass(kw_only=True, eq=False)
class ExtraField(FieldFault):
    """A field that the class does not have."""

    code: ClassVar[str] = "journal_extra_field"


@dataclass(kw_only=True, eq=False)
class WrongType(FieldFault):
    """A value of another type than the field's."""

    code: ClassVar[str] = "journal_wrong_type"

    expected: str


@dataclass(kw_only=True, eq=False)
class Unsupported(CodecFault):
    """A class that cannot be written to the journal; found when the codec is built."""

    code: ClassVar[str] = "journal_unsupported"

    detail: str


# --- Keys -----------------------------------------------------------------------------------------------------------


@dataclass(kw_only=True, eq=False)
class KeyFault(JournalFault):
    """A key of the journal cannot be used."""

    code: ClassVar[str] = "journal_key"

    problem: str
    """`format`, `name`, `type`, `key_id`, `exists`, `permissions` or `unreadable`."""
    path: str = ""


# --- Store ----------------------------------------------------------------------------------------------------------


@dataclass(kw_only=True, eq=False)
class StoreFault(JournalFault):
    """The place where the record is kept fails."""

    code: ClassVar[str] = "store_fault"


@dataclass(kw_only=True, eq=False)
class BadBatch(StoreFault):
    """The writer's own mistake: entries that contradict their lines or their heads. Nothing was written."""

    code: ClassVar[str] = "store_bad_batch"

    problem: str
    sitting: str
    seq: int = -1


@dataclass(kw_only=True, eq=False)
class OutcomeUnknown(StoreFault):
    """The database failed after it may have committed: look the keys up before saying anything."""

    code: ClassVar[str] = "store_outcome_unknown"

    reason: str
    """The code of the fault underneath, which is the cause of this one."""


@dataclass(kw_only=True, eq=False)
class StoreClosed(StoreFault):
    """Used before `start` or after `close`."""

    code: ClassVar[str] = "store_closed"


@dataclass(kw_only=True, eq=False)
class StoreFull(StoreFault):
    """No room left on the disk. Nothing was written."""

    code: ClassVar[str] = "store_full"


@dataclass(kw_only=True, eq=False)
class StoreLow(StoreFault):
    """Too little room left on the disk for a vote to begin: it would be a pity to stop in the middle of one."""

    code: ClassVar[str] = "store_low"


@dataclass(kw_only=True, eq=False)
class StoreBusy(StoreFault):
    """Another program holds the database. Nothing was written."""

    code: ClassVar[str] = "store_busy"


@dataclass(kw_only=True, eq=False)
class StoreRefused(StoreFault):
    """The database itself refuses: a trigger, a constraint or a missing privilege. Nothing was written."""

    code: ClassVar[str] = "store_refused"


@dataclass(kw_only=True, eq=False)
class StoreUnavailable(StoreFault):
    """The database cannot be reached or read."""

    code: ClassVar[str] = "store_unavailable"


@dataclass(kw_only=True, eq=False)
class StoreDenied(StoreFault):
    """The server does not let us in: no such role or database, or a wrong password."""

    code: ClassVar[str] = "store_denied"

    problem: str
    """The five letters of the server, or `role`: no such role to give anything to."""


@dataclass(kw_only=True, eq=False)
class DriverMissing(StoreFault):
    """The driver of that engine is not installed."""

    code: ClassVar[str] = "store_driver_missing"

    driver: str


@dataclass(kw_only=True, eq=False)
class StoreCorrupted(StoreFault):
    """What is stored is damaged. Nothing was overwritten."""

    code: ClassVar[str] = "store_corrupted"

    path: str
    problem: str


@dataclass(kw_only=True, eq=False)
class EntryCorrupted(StoreFault):
    """A stored event no longer is what was written."""

    code: ClassVar[str] = "store_entry_corrupted"

    sitting: str
    seq: int
    problem: str


@dataclass(kw_only=True, eq=False)
class StoreLocked(StoreFault):
    """Another process of ours already serves this database."""

    code: ClassVar[str] = "store_locked"

    path: str
    holder: str
    """What the other process wrote about itself, for people; may be empty."""


@dataclass(kw_only=True, eq=False)
class NetworkDrive(StoreFault):
    """The file is on a drive where locks and shared memory cannot be trusted."""

    code: ClassVar[str] = "store_network_drive"

    path: str
    kind: str


@dataclass(kw_only=True, eq=False)
class UnsafeDatabase(StoreFault):
    """The database did not accept a setting that durability rests on."""

    code: ClassVar[str] = "store_unsafe"

    setting: str
    found: str


@dataclass(kw_only=True, eq=False)
class BadDatabaseUrl(StoreFault):
    """A database address that we do not know how to use."""

    code: ClassVar[str] = "store_bad_url"

    problem: str
    """`syntax`, `backend`, `driver`, `memory`, `folder`, or `foreign`: a file that is not ours."""


@dataclass(kw_only=True, eq=False)
class SchemaNewer(StoreFault):
    """The database was migrated by a newer program."""

    code: ClassVar[str] = "store_schema_newer"

    found: str
    known: str


@dataclass(kw_only=True, eq=False)
class SchemaOutdated(StoreFault):
    """The database must be migrated first."""

    code: ClassVar[str] = "store_schema_outdated"

    found: str
    """Empty: there is no schema at all."""
    known: str


@dataclass(kw_only=True, eq=False)
class OfficialRecord(StoreFault):
    """The record of an official sitting is never purged."""

    code: ClassVar[str] = "store_official_record"

    sitting: str


@dataclass(kw_only=True, eq=False)
class CheckpointRefused(StoreFault):
    """A checkpoint beyond the journal, or another one than the one kept at that size."""

    code: ClassVar[str] = "store_checkpoint_refused"

    sitting: str
    size: int
    problem: str
    """`beyond` or `differs`."""


def codes() -> frozenset[str]:
    """Every code of the tree; each has a sentence in the catalogues and a line in the guides."""
    found: set[str] = set()
    waiting: list[type[JournalFault]] = [JournalFault]
    while waiting:
        fault = waiting.pop()
        found.add(fault.code)
        waiting.extend(fault.__subclasses__())
    return frozenset(found)
