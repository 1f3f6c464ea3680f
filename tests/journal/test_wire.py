"""The events of the domain, all of them, through the journal."""

from dataclasses import fields
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, NewType, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voting.domain.events import Event, SittingEvent
from voting.journal.canonical import MAX_INT
from voting.journal.codec import Codec
from voting.journal.wire import WIRE

CODEC: Codec[Event] = Codec(WIRE)
PLAIN: dict[object, st.SearchStrategy[object]] = {
    str: st.text(max_size=8),
    int: st.integers(-MAX_INT, MAX_INT),
    bool: st.booleans(),
    date: st.dates(),
    datetime: st.datetimes(timezones=st.just(UTC)).map(
        lambda at: at.replace(microsecond=at.microsecond // 1000 * 1000)
    ),
    type(None): st.none(),
}


def values(annotation: Any) -> st.SearchStrategy[object]:
    """Any value of an annotated field, within what the journal can hold."""
    if annotation in PLAIN:
        return PLAIN[annotation]
    if isinstance(annotation, NewType):
        return values(annotation.__supertype__)
    arguments = get_args(annotation)
    if get_origin(annotation) is tuple:
        return st.lists(values(arguments[0]), max_size=2).map(tuple)
    if arguments:
        return st.one_of([values(argument) for argument in arguments])
    if issubclass(annotation, StrEnum):
        return st.sampled_from(list(annotation))
    hints = get_type_hints(annotation)
    return st.builds(annotation, **{field.name: values(hints[field.name]) for field in fields(annotation)})


def test_every_event_of_the_domain_has_a_wire_name() -> None:
    assert set(WIRE.values()) == set(get_args(SittingEvent))


@pytest.mark.parametrize("name", sorted(WIRE))
def test_every_event_of_the_domain_survives_its_line(name: str) -> None:
    @settings(max_examples=20)
    @given(values(WIRE[name]))
    def check(event: object) -> None:
        assert isinstance(event, WIRE[name])
        line = CODEC.encode("s1", 0, event)
        assert line.name == name
        assert CODEC.decode(line.line).event == event

    check()
