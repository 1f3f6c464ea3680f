"""The board as JSON: the view's own fields in snake case, enums by value, and the sums that a reader would make."""

from dataclasses import fields, is_dataclass
from datetime import UTC, datetime

import orjson

from voting.domain.quorum import QuorumCheck
from voting.domain.tally import Tally
from voting.service.views.board import BoardView


def encode(view: BoardView) -> bytes:
    """The whole view."""
    return orjson.dumps(view, default=_other, option=orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME)


def _other(value: object) -> object:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        case QuorumCheck():
            sums = {"counted": value.counted, "is_reached": value.is_reached, "missing": value.missing}
            return _fields(value) | sums
        case Tally():
            return _fields(value) | {"votes_cast": value.votes_cast, "majority": value.majority}
        case _:
            return _fields(value)


def _fields(value: object) -> dict[str, object]:
    if not is_dataclass(value):
        raise TypeError(f"no JSON for {type(value).__name__}")
    return {field.name: getattr(value, field.name) for field in fields(value)}
