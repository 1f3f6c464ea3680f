"""Events to journal lines and back. A line never depends on where a class is filed: only on its wire name and fields.

The table of names is `wire`; how one field is written, `fields`; where lines are kept, `store`.
"""

import re
from collections.abc import Callable, Mapping
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from voting.journal.canonical import Json, dump, load
from voting.journal.faults import (
    CodecFault,
    ExtraField,
    MissingField,
    NotCanonical,
    UnknownEvent,
    Unsupported,
    WrongType,
)
from voting.journal.fields import Member, Mismatch, NoForm, members_of, read_members, stamp_writer_of, writer_of
from voting.journal.merkle import leaf_hash
from voting.journal.store import Sealed, is_key

EventT = TypeVar("EventT")

Upcaster: TypeAlias = Callable[[dict[str, Json]], tuple[str, dict[str, Json]]]
"""From the data of an old wire name to a newer name and its data."""

_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+/[1-9][0-9]*")
_OWN = frozenset({"at", "by"})
_ENVELOPE = ("at", "by", "data", "event", "seq", "sitting")


class Line(NamedTuple):
    """One event as it is written for ever, without a line feed."""

    line: bytes
    name: str
    at: str
    by: str


class Decoded(NamedTuple, Generic[EventT]):
    """What a line says."""

    sitting: str
    seq: int
    event: EventT


class _Shape(NamedTuple, Generic[EventT]):
    name: str
    cls: type[EventT]
    stamp: tuple[Member, ...]
    """`at` and `by`, which are members of the envelope."""
    data: tuple[Member, ...]
    write_stamp: Callable[[object], tuple[str, str]]
    write_data: Callable[[object], dict[str, Json]]


class Codec(Generic[EventT]):
    """Both ways between event classes and lines, for one table of wire names."""

    def __init__(self, wire: Mapping[str, type[EventT]], upcasters: Mapping[str, Upcaster] | None = None) -> None:
        self._by_name = {name: _shape(name, cls) for name, cls in wire.items()}
        self._by_class = {shape.cls: shape for shape in self._by_name.values()}
        self._upcasters = dict(upcasters or {})
        if len(self._by_class) != len(self._by_name):
            raise Unsupported(event="", detail="one class under two names")
        for name in self._upcasters:
            if name in self._by_name:
                raise Unsupported(event=name, detail="both current and old")

    def encode(self, sitting: str, seq: int, event: EventT) -> Line:
        """The line of this event at that place; what could not be read back is refused."""
        made = self.entry(sitting, seq, event)
        return Line(made.line, made.name, made.at, made.by)

    def entry(self, sitting: str, seq: int, event: EventT, key: str | None = None) -> Sealed:
        """The event ready for a store, under that idempotency key; what could not be read back is refused."""
        shape = self._by_class.get(type(event))
        if shape is None:
            raise UnknownEvent(event=type(event).__name__)
        if type(sitting) is not str or type(seq) is not int or seq < 0 or not sitting or not is_key(key):
            raise WrongType(event=shape.name, field="seq", expected="place")
        try:
            at, by = shape.write_stamp(event)
            data = shape.write_data(event)
        except Mismatch as mismatch:
            raise _fault(mismatch, shape.name) from mismatch
        name = shape.name
        line = dump({"at": at, "by": by, "data": data, "event": name, "seq": seq, "sitting": sitting})
        return Sealed(sitting, seq, at, by, name, key, line, leaf_hash(line))

    def decode(self, line: bytes) -> Decoded[EventT]:
        """What a line says; the least departure from the one form of that event is refused."""
        envelope = load(line)
        if not isinstance(envelope, dict):
            raise NotCanonical(problem="type")
        name = envelope.get("event")
        sitting, seq, data = _check_envelope(envelope, name if isinstance(name, str) else "")
        if dump(envelope) != line:
            raise NotCanonical(problem="form")
        wire_name, data = self._upcast(str(name), data)
        shape = self._by_name[wire_name]
        try:
            stamp = read_members(shape.stamp, {"at": envelope["at"], "by": envelope["by"]})
            own = read_members(shape.data, data)
        except Mismatch as mismatch:
            raise _fault(mismatch, str(name)) from mismatch
        return Decoded(sitting, seq, shape.cls(**stamp, **own))

    def _upcast(self, name: str, data: dict[str, Json]) -> tuple[str, dict[str, Json]]:
        current = name
        for _ in range(len(self._upcasters) + 1):
            if current in self._by_name:
                return current, data
            if current not in self._upcasters:
                break
            current, data = self._upcasters[current](data)
        raise UnknownEvent(event=name)


def _shape(name: str, cls: type[EventT]) -> _Shape[EventT]:
    if _NAME.fullmatch(name) is None:
        raise Unsupported(event=name, detail="not a wire name")
    try:
        members = members_of(cls)
    except NoForm as error:
        raise Unsupported(event=name, detail=str(error)) from error
    stamp = tuple(member for member in members if member.name in _OWN)
    if [member.converter.expected for member in stamp] != ["instant", "text"]:
        raise Unsupported(event=name, detail="at and by")
    data = tuple(member for member in members if member.name not in _OWN)
    return _Shape(name, cls, stamp, data, stamp_writer_of(stamp), writer_of(data))


def _check_envelope(envelope: dict[str, Json], name: str) -> tuple[str, int, dict[str, Json]]:
    for member in _ENVELOPE:
        if member not in envelope:
            raise MissingField(event=name, field=member)
    if len(envelope) != len(_ENVELOPE):
        raise ExtraField(event=name, field=min(envelope.keys() - set(_ENVELOPE)))
    sitting, seq, data = envelope["sitting"], envelope["seq"], envelope["data"]
    if not isinstance(sitting, str) or not sitting:
        raise WrongType(event=name, field="sitting", expected="text")
    if not isinstance(seq, int) or isinstance(seq, bool) or seq < 0:
        raise WrongType(event=name, field="seq", expected="integer")
    if not isinstance(data, dict):
        raise WrongType(event=name, field="data", expected="object")
    if not name:
        raise WrongType(event=name, field="event", expected="text")
    return sitting, seq, data


def _fault(mismatch: Mismatch, name: str) -> CodecFault:
    match mismatch.problem:
        case "missing":
            return MissingField(event=name, field=mismatch.field)
        case "extra":
            return ExtraField(event=name, field=mismatch.field)
        case _:
            return WrongType(event=name, field=mismatch.field, expected=mismatch.expected)
