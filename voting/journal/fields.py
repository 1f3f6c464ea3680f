"""How the value of one annotated field is written as JSON and read back, worked out once from its type. No value is
ever coerced: what could not be read back is refused while it is written.
"""

from collections.abc import Callable, Iterable
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from operator import attrgetter
from types import NoneType, UnionType
from typing import NamedTuple, NewType, TypeVar, Union, get_args, get_origin, get_type_hints

from voting.journal.canonical import Json, format_instant, parse_instant
from voting.journal.faults import NotCanonical

ResultT = TypeVar("ResultT")


class Converter(NamedTuple):
    """Both ways for one type."""

    expected: str
    encode: Callable[[object], Json]
    decode: Callable[[object], object]


class Member(NamedTuple):
    """One field of a class, with both ways for its type."""

    name: str
    get: Callable[[object], object]
    converter: Converter
    is_required: bool


class Mismatch(Exception):
    """A value is not of the type of its field; `path` is filled, inside out, on the way up."""

    def __init__(self, problem: str, expected: str = "", *path: str) -> None:
        self.problem = problem
        self.expected = expected
        self.path = list(path)

    @property
    def field(self) -> str:
        """The dotted path."""
        return ".".join(reversed(self.path))


class NoForm(Exception):
    """A type that the journal has no form for."""


def members_of(cls: type) -> tuple[Member, ...]:
    """The fields of a dataclass, sorted by name as canonical JSON wants them."""
    return _members(cls, (cls,))


def writer_of(members: tuple[Member, ...]) -> Callable[[object], dict[str, Json]]:
    """Writes these fields of a value as a JSON object. Made once for each class: every vote is written by one."""
    if len(members) < 2:  # attrgetter of one name does not give a tuple
        return partial(_write_members, members)
    names = tuple(member.name for member in members)
    values_of = attrgetter(*names)
    encoders = tuple(member.converter.encode for member in members)

    def write(value: object) -> dict[str, Json]:
        try:
            return {name: encode(item) for name, encode, item in zip(names, encoders, values_of(value), strict=True)}
        except Mismatch:
            return _write_members(members, value)  # raises again, and says where

    return write


def stamp_writer_of(members: tuple[Member, ...]) -> Callable[[object], tuple[str, str]]:
    """Writes the two fields that every event has, an instant and a text."""
    values_of = attrgetter(*(member.name for member in members))

    def write(value: object) -> tuple[str, str]:
        at, by = values_of(value)
        try:
            return _write_instant(at), _text(by)
        except Mismatch:
            _write_members(members, value)  # raises again, and says where
            raise

    return write


def _write_members(members: tuple[Member, ...], value: object) -> dict[str, Json]:
    written: dict[str, Json] = {}
    for name, get, converter, _ in members:
        try:
            written[name] = converter.encode(get(value))
        except Mismatch as mismatch:
            mismatch.path.append(name)
            raise
    return written


def read_members(members: tuple[Member, ...], data: object) -> dict[str, object]:
    """The arguments for the class of these fields; a field may be absent only if it has a default."""
    if not isinstance(data, dict):
        raise Mismatch("type", "object")
    read: dict[str, object] = {}
    for name, _, converter, is_required in members:
        if name not in data:
            if is_required:
                raise Mismatch("missing", "", name)
            continue
        try:
            read[name] = converter.decode(data[name])
        except Mismatch as mismatch:
            mismatch.path.append(name)
            raise
    if len(read) != len(data):
        raise Mismatch("extra", "", min(data.keys() - read.keys()))
    return read


def _converter(annotation: object, inside: tuple[type, ...]) -> Converter:
    if isinstance(annotation, NewType):
        return _converter(annotation.__supertype__, inside)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        return _optional(arguments, inside)
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        return _sequence(_converter(arguments[0], inside))
    if not isinstance(annotation, type):
        raise NoForm(str(annotation))
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    if issubclass(annotation, StrEnum):
        return _enumeration(annotation)
    if is_dataclass(annotation) and annotation not in inside:
        return _object(annotation, inside)
    raise NoForm(annotation.__qualname__)


def _members(cls: type, inside: tuple[type, ...]) -> tuple[Member, ...]:
    if not is_dataclass(cls):
        raise NoForm(cls.__qualname__)
    try:
        hints = get_type_hints(cls)
    except NameError as error:
        raise NoForm(f"{cls.__qualname__}: {error}") from error
    ordered = sorted(fields(cls), key=lambda field: field.name)
    return tuple(_member(cls, field, hints[field.name], inside) for field in ordered)


def _member(cls: type, field: "Field[object]", annotation: object, inside: tuple[type, ...]) -> Member:
    if not field.init or not field.name.isascii():
        raise NoForm(f"{cls.__qualname__}.{field.name}")
    try:
        converter = _converter(annotation, inside)
    except NoForm as error:
        raise NoForm(f"{cls.__qualname__}.{field.name}: {error}") from error
    is_required = field.default is MISSING and field.default_factory is MISSING
    return Member(field.name, attrgetter(field.name), converter, is_required)


def _text(value: object) -> str:
    if type(value) is not str:
        raise Mismatch("type", "text")
    return value


def _integer(value: object) -> int:
    if type(value) is not int:
        raise Mismatch("type", "integer")
    return value


def _boolean(value: object) -> bool:
    if type(value) is not bool:
        raise Mismatch("type", "boolean")
    return value


def _write_instant(value: object) -> str:
    if not isinstance(value, datetime):
        raise Mismatch("type", "instant")
    try:
        return format_instant(value)
    except NotCanonical as error:
        raise Mismatch("type", "instant") from error


def _read_instant(value: object) -> datetime:
    if not isinstance(value, str):
        raise Mismatch("type", "instant")
    try:
        return parse_instant(value)
    except NotCanonical as error:
        raise Mismatch("type", "instant") from error


def _write_day(value: object) -> str:
    if type(value) is not date:
        raise Mismatch("type", "day")
    return value.isoformat()


def _read_day(value: object) -> date:
    if not isinstance(value, str):
        raise Mismatch("type", "day")
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise Mismatch("type", "day") from error
    if day.isoformat() != value:  # 20261122 and 2026-W47-7 are dates too, for Python
        raise Mismatch("type", "day")
    return day


_PLAIN: dict[type, Converter] = {
    str: Converter("text", _text, _text),
    int: Converter("integer", _integer, _integer),
    bool: Converter("boolean", _boolean, _boolean),
    datetime: Converter("instant", _write_instant, _read_instant),
    date: Converter("day", _write_day, _read_day),
}


def _enumeration(cls: type[StrEnum]) -> Converter:
    members: dict[object, StrEnum] = {member.value: member for member in cls}

    def encode(value: object) -> Json:
        if not isinstance(value, cls):
            raise Mismatch("type", cls.__name__)
        written: str = value._value_  # `value` is a descriptor, four times slower
        return written

    def decode(value: object) -> object:
        member = members.get(value) if type(value) is str else None
        if member is None:
            raise Mismatch("type", cls.__name__)
        return member

    return Converter(cls.__name__, encode, decode)


def _optional(arguments: tuple[object, ...], inside: tuple[type, ...]) -> Converter:
    inner = [argument for argument in arguments if argument is not NoneType]
    if len(inner) != 1:
        raise NoForm("union")
    expected, write, read = _converter(inner[0], inside)

    def encode(value: object) -> Json:
        return None if value is None else write(value)

    def decode(value: object) -> object:
        return None if value is None else read(value)

    return Converter(f"{expected} or null", encode, decode)


def _sequence(item: Converter) -> Converter:
    expected, write, read = item

    def encode(value: object) -> Json:
        if not isinstance(value, tuple):
            raise Mismatch("type", "list")
        return _each(write, value)

    def decode(value: object) -> object:
        if not isinstance(value, list):
            raise Mismatch("type", "list")
        return tuple(_each(read, value))

    return Converter(f"list of {expected}", encode, decode)


def _each(convert: Callable[[object], ResultT], values: Iterable[object]) -> list[ResultT]:
    converted: list[ResultT] = []
    for value in values:
        try:
            converted.append(convert(value))
        except Mismatch as mismatch:
            mismatch.path.append(str(len(converted)))
            raise
    return converted


def _object(cls: type, inside: tuple[type, ...]) -> Converter:
    members = _members(cls, (*inside, cls))
    write = writer_of(members)

    def encode(value: object) -> Json:
        if type(value) is not cls:
            raise Mismatch("type", cls.__name__)
        return write(value)

    def decode(value: object) -> object:
        made: object = cls(**read_members(members, value))
        return made

    return Converter(cls.__name__, encode, decode)
