"""Whether a fact or a state holds what its types promise: an hour where an hour is due, a person where one is.

Python checks no annotation when it runs; a fact without its author would be written down, and found at the next
reading. Every ``when`` of the core's tests looks here, so that no test need ask for it by name.
"""

import types
from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from typing import Any, Literal, NewType, TypeVar, Union, get_args, get_origin, get_type_hints

UNSEEN = object()


def check(value: object, before: object = UNSEEN, path: str = "") -> None:
    """Fails, with the place, unless every field holds what it says; what stood ``before`` was looked at already."""
    if value is before or isinstance(value, type) or not is_dataclass(value):
        return
    of: type[Any] = type(value)
    for name, kind in hints(of).items():
        now, then = getattr(value, name), getattr(before, name, UNSEEN)
        if now is not then:
            where = f"{path or of.__name__}.{name}"
            assert fits(now, kind, then), f"{where} is {now!r}, {kind} is due"


def hints(kind: type[Any]) -> dict[str, Any]:
    """The fields of that dataclass with what they may hold."""
    if kind not in _HINTS:
        known = get_type_hints(kind)
        _HINTS[kind] = {field.name: known[field.name] for field in fields(kind)}
    return _HINTS[kind]


_HINTS: dict[type[Any], dict[str, Any]] = {}


def fits(value: object, kind: Any, before: object = UNSEEN) -> bool:
    """Whether that value is of that kind, all the way down."""
    while isinstance(kind, NewType):
        kind = kind.__supertype__
    origin, inside = get_origin(kind), get_args(kind)
    if kind is Any or isinstance(kind, TypeVar):
        return True
    if origin in (Union, types.UnionType):
        return any(fits(value, one, before) for one in inside)
    if origin is Literal:
        return value in inside
    if origin is None:
        return _is(value, kind, before)
    if not isinstance(value, origin):
        return False
    if issubclass(origin, Mapping):
        key, item = inside
        old = before if isinstance(before, Mapping) else {}
        return all(
            v is old.get(k, UNSEEN) or (fits(k, key) and fits(v, item, old.get(k, UNSEEN))) for k, v in value.items()
        )
    return _all(value, inside)


def _all(value: Any, inside: tuple[Any, ...]) -> bool:
    if isinstance(value, tuple) and inside[-1] is not Ellipsis:
        return len(value) == len(inside) and all(map(fits, value, inside))
    assert isinstance(value, tuple | Set), f"nobody taught this check to look into {type(value)}"
    return all(fits(one, inside[0]) for one in value)


def _is(value: object, kind: Any, before: object) -> bool:
    if not isinstance(value, types.NoneType if kind is None else kind) or (isinstance(value, bool) and kind is int):
        return False
    check(value, before)
    return True
