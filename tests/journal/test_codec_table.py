"""The table of wire names: how old names are read, and which classes have no form in a journal."""

from dataclasses import dataclass, field
from datetime import datetime

import pytest

from tests.journal.sample import WIRE, Closed, Event, voted
from voting.journal.canonical import Json
from voting.journal.codec import Codec
from voting.journal.faults import UnknownEvent, Unsupported

# --- Old names ------------------------------------------------------------------------------------------------------

OLDEST = (
    b'{"at":"2026-11-22T10:00:00.017Z","by":"m017","data":{"ballot":"p0","voice":"m017"},'
    b'"event":"ballot.given/1","seq":17,"sitting":"s1"}'
)


def to_cast_1(data: dict[str, Json]) -> tuple[str, dict[str, Json]]:
    return "vote.cast/1", {"poll": data["ballot"], "member": data["voice"]}


def to_cast_2(data: dict[str, Json]) -> tuple[str, dict[str, Json]]:
    return "vote.cast/2", {**data, "choice": "for"}


def test_an_old_name_is_read_as_the_event_of_today() -> None:
    codec = Codec(WIRE, {"ballot.given/1": to_cast_1, "vote.cast/1": to_cast_2})
    assert codec.decode(OLDEST) == ("s1", 17, voted(17))


def test_a_chain_of_old_names_must_end() -> None:
    for upcasters in ({"ballot.given/1": to_cast_1}, {"ballot.given/1": lambda data: ("ballot.given/1", data)}):
        with pytest.raises(UnknownEvent) as caught:
            Codec(WIRE, upcasters).decode(OLDEST)
        assert caught.value.event == "ballot.given/1"


# --- What cannot be a codec -----------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Ratio(Event):
    value: float


@dataclass(frozen=True, kw_only=True)
class Either(Event):
    value: int | str


@dataclass(frozen=True, kw_only=True)
class Pair(Event):
    value: tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Names(Event):
    value: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Derived(Event):
    value: int = field(init=False, default=1)


@dataclass(frozen=True, kw_only=True)
class Endless(Event):
    value: "Endless | None" = None


@dataclass(frozen=True, kw_only=True)
class Lost(Event):
    value: "Nowhere"  # type: ignore[name-defined]  # noqa: F821 — the point of the case


class Plain(Event):
    pass


@dataclass(frozen=True)
class Unsigned:
    at: datetime


@pytest.mark.parametrize("cls", [Ratio, Either, Pair, Names, Derived, Endless, Lost, Unsigned, int])
def test_refuses_a_class_without_a_form_when_it_is_built(cls: type) -> None:
    with pytest.raises(Unsupported) as caught:
        Codec({"some.thing/1": cls})
    assert caught.value.event == "some.thing/1"
    assert caught.value.detail


@pytest.mark.parametrize(
    "name", ["", "vote", "vote.cast", "vote.cast/0", "vote.cast/01", "Vote.cast/1", "vote.cast/1\n"]
)
def test_refuses_a_bad_wire_name(name: str) -> None:
    with pytest.raises(Unsupported):
        Codec({name: Closed})


def test_refuses_one_class_under_two_names_and_one_name_in_two_times() -> None:
    with pytest.raises(Unsupported):
        Codec({"a.b/1": Closed, "a.b/2": Closed})
    with pytest.raises(Unsupported):
        Codec(WIRE, {"vote.cast/2": to_cast_2})
