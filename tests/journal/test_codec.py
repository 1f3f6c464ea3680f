"""Events and lines are the same thing in two forms, and nothing else passes for either."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.journal.sample import CODEC, START, Choice, Closed, Event, Opened, PersonId, Rank, Seat, Voted, voted
from voting.journal.canonical import MAX_INT, Json, canonical, parse
from voting.journal.faults import (
    CodecFault,
    ExtraField,
    JournalFault,
    MissingField,
    NotCanonical,
    UnknownEvent,
    WrongType,
)
from voting.journal.merkle import leaf_hash
from voting.journal.store import Entry, Sealed, contradiction

INSTANTS = st.datetimes(timezones=st.just(UTC)).map(lambda at: at.replace(microsecond=at.microsecond // 1000 * 1000))
PEOPLE = st.text(min_size=1).map(PersonId)
SEATS = st.builds(Seat, person=PEOPLE, rank=st.integers(-MAX_INT, MAX_INT).map(Rank))
EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(Voted, at=INSTANTS, by=PEOPLE, member=PEOPLE, revision=st.integers(0, MAX_INT)),
    st.builds(
        Opened,
        at=INSTANTS,
        by=PEOPLE,
        first=SEATS,
        seats=st.lists(SEATS, max_size=3).map(tuple),
        scheduled_for=INSTANTS,
        deputy=st.none() | SEATS,
        words=st.lists(st.text(), max_size=3).map(tuple),
    ),
    st.builds(Closed, at=INSTANTS, by=PEOPLE),
)
SITTINGS = st.text(min_size=1)

LINE = (
    b'{"at":"2026-11-22T10:00:00.017Z","by":"m017",'
    b'"data":{"choice":"for","member":"m017","poll":"p0","revision":0},'
    b'"event":"vote.cast/2","seq":17,"sitting":"s1"}'
)


def test_the_line_of_a_vote() -> None:
    line = CODEC.encode("s1", 17, voted(17))
    assert line == (LINE, "vote.cast/2", "2026-11-22T10:00:00.017Z", "m017")
    assert CODEC.decode(LINE) == ("s1", 17, voted(17))


def test_the_line_of_an_event_with_every_kind_of_field() -> None:
    seat = Seat(person=PersonId("m001"), rank=Rank(1), since=date(2026, 1, 2))
    event = Opened(
        at=START,
        by=PersonId("clerk"),
        title="Séance « à blanc »",
        first=seat,
        seats=(seat,),
        scheduled_for=START,
        summoned_on=None,
        is_public=True,
        words=("a", "b"),
    )
    line = CODEC.encode("s1", 0, event).line
    assert parse(line) == {
        "at": "2026-11-22T10:00:00.000Z",
        "by": "clerk",
        "data": {
            "deputy": None,
            "first": {"person": "m001", "rank": 1, "since": "2026-01-02"},
            "is_public": True,
            "scheduled_for": "2026-11-22T10:00:00.000Z",
            "seats": [{"person": "m001", "rank": 1, "since": "2026-01-02"}],
            "summoned_on": None,
            "title": "Séance « à blanc »",
            "words": ["a", "b"],
        },
        "event": "sitting.opened/1",
        "seq": 0,
        "sitting": "s1",
    }
    assert CODEC.decode(line).event == event


@given(SITTINGS, st.integers(0, MAX_INT), EVENTS)
def test_every_event_survives_its_line(sitting: str, seq: int, event: Event) -> None:
    line = CODEC.encode(sitting, seq, event).line
    assert CODEC.decode(line) == (sitting, seq, event)
    assert canonical(parse(line)) == line
    assert b"\n" not in line


@given(SITTINGS, st.integers(0, MAX_INT), EVENTS, st.none() | st.text(min_size=1))
def test_what_the_codec_seals_contradicts_itself_in_nothing(
    sitting: str, seq: int, event: Event, key: str | None
) -> None:
    """The stores take it at its word."""
    made = CODEC.entry(sitting, seq, event, key)
    assert type(made) is Sealed
    assert contradiction(made) == ""
    assert type(made._replace(key="other")) is Entry


@pytest.mark.parametrize("key", ["", "\ud800", "vote/é\udfff"], ids=ascii)
def test_a_key_that_no_store_could_keep_is_refused(key: str) -> None:
    """Here, where it concerns one command: in the store it would stop all those that are written with it."""
    with pytest.raises(WrongType):
        CODEC.entry("s1", 0, voted(0), key)


@given(EVENTS, st.data())
def test_no_other_byte_passes_for_the_same_event(event: Event, data: st.DataObject) -> None:
    line = CODEC.encode("s1", 3, event).line
    position = data.draw(st.integers(0, len(line) - 1))
    spoilt = line[:position] + bytes([data.draw(st.integers(0, 255))]) + line[position + 1 :]
    try:
        assert (CODEC.decode(spoilt) == ("s1", 3, event)) == (spoilt == line)
    except JournalFault:
        assert spoilt != line


@given(st.binary())
def test_any_bytes_get_a_typed_fault(data: bytes) -> None:
    with pytest.raises(JournalFault):
        CODEC.decode(data)


def changed(**members: Json) -> bytes:
    envelope = parse(LINE)
    assert isinstance(envelope, dict)
    return canonical({**envelope, **members})


def with_data(**members: Json) -> bytes:
    envelope = parse(LINE)
    assert isinstance(envelope, dict) and isinstance(envelope["data"], dict)
    return canonical({**envelope, "data": {**envelope["data"], **members}})


def without(*path: str) -> bytes:
    envelope = parse(LINE)
    assert isinstance(envelope, dict)
    inner = envelope
    for step in path[:-1]:
        inner = inner[step]  # type: ignore[assignment]  # the members of a JSON value
    del inner[path[-1]]
    return canonical(envelope)


@pytest.mark.parametrize(
    ("line", "fault", "where"),
    [
        (changed(event="vote.cast/9"), UnknownEvent, None),
        (changed(event=1), WrongType, "event"),
        (changed(event=""), WrongType, "event"),
        (changed(seq=-1), WrongType, "seq"),
        (changed(seq=True), WrongType, "seq"),
        (changed(seq="1"), WrongType, "seq"),
        (changed(sitting=""), WrongType, "sitting"),
        (changed(sitting=None), WrongType, "sitting"),
        (changed(data=[]), WrongType, "data"),
        (changed(at="2026-11-22T10:00:00Z"), WrongType, "at"),
        (changed(at=None), WrongType, "at"),
        (changed(by=1), WrongType, "by"),
        (changed(more=1), ExtraField, "more"),
        (without("sitting"), MissingField, "sitting"),
        (without("data", "choice"), MissingField, "choice"),
        (with_data(more=1), ExtraField, "more"),
        (with_data(choice="maybe"), WrongType, "choice"),
        (with_data(choice=None), WrongType, "choice"),
        (with_data(choice=["for"]), WrongType, "choice"),
        (with_data(revision="0"), WrongType, "revision"),
        (with_data(revision=False), WrongType, "revision"),
        (with_data(member=None), WrongType, "member"),
    ],
)
def test_refuses_a_line_that_is_not_the_event(line: bytes, fault: type[CodecFault], where: str | None) -> None:
    with pytest.raises(fault) as caught:
        CODEC.decode(line)
    assert caught.value.fields.get("field") == where


@pytest.mark.parametrize(
    "line",
    [
        LINE + b"\n",
        LINE.replace(b",", b", ", 1),
        LINE.replace(b'"revision":0', b'"revision":-0'),
        b"[]",
        b"",
        LINE[:-1],
    ],
)
def test_refuses_another_spelling(line: bytes) -> None:
    with pytest.raises(NotCanonical):
        CODEC.decode(line)


def test_says_where_inside_nested_fields() -> None:
    seat = Seat(person=PersonId("m001"), rank=Rank(1))
    event = Opened(
        at=START,
        by=PersonId("clerk"),
        title="",
        first=seat,
        seats=(seat, seat),
        scheduled_for=START,
        summoned_on=None,
        is_public=True,
    )
    line = CODEC.encode("s1", 0, event).line
    broken = line.replace(b'"rank":1', b'"rank":"1"').replace(b'"rank":"1"', b'"rank":1', 2)
    with pytest.raises(WrongType) as caught:
        CODEC.decode(broken)
    assert (caught.value.event, caught.value.field) == ("sitting.opened/1", "seats.1.rank")
    assert caught.value.expected == "integer"
    for found, field_ in ((b'"summoned_on":"20261122"', "summoned_on"), (b'"summoned_on":"nothing"', "summoned_on")):
        with pytest.raises(WrongType) as caught:
            CODEC.decode(line.replace(b'"summoned_on":null', found))
        assert caught.value.field == field_
    with pytest.raises(WrongType, match="seats"):
        CODEC.decode(changed(event="sitting.opened/1", data={**opened_data(line), "seats": {}}))
    with pytest.raises(WrongType, match="first"):
        CODEC.decode(changed(event="sitting.opened/1", data={**opened_data(line), "first": []}))


def opened_data(line: bytes) -> dict[str, Json]:
    envelope = parse(line)
    assert isinstance(envelope, dict) and isinstance(envelope["data"], dict)
    return envelope["data"]


def test_an_absent_field_takes_its_default_and_only_then() -> None:
    assert CODEC.decode(without("data", "revision")).event == voted(17)


def spoilt(**fields: object) -> Event:
    """A vote with a value that its type checker would not have let through."""
    event = voted(17)
    for name, value in fields.items():
        object.__setattr__(event, name, value)
    return event


@pytest.mark.parametrize(
    ("event", "where"),
    [
        (spoilt(revision=True), "revision"),
        (spoilt(revision=1.0), "revision"),
        (spoilt(poll=Choice.FOR), "poll"),
        (spoilt(poll=None), "poll"),
        (spoilt(choice="for"), "choice"),
        (spoilt(by=None), "by"),
        (spoilt(at=datetime.fromisoformat("2026-11-22T10:00:00")), "at"),
        (spoilt(at=START.astimezone(timezone(timedelta(hours=1)))), "at"),
        (spoilt(at=START + timedelta(microseconds=1)), "at"),
        (spoilt(at="2026-11-22T10:00:00.000Z"), "at"),
    ],
)
def test_refuses_to_write_what_it_could_not_read(event: Event, where: str) -> None:
    with pytest.raises(WrongType) as caught:
        CODEC.encode("s1", 17, event)
    assert (caught.value.event, caught.value.field) == ("vote.cast/2", where)


def test_refuses_to_write_other_nested_values() -> None:
    seat = Seat(person=PersonId("m001"), rank=Rank(1))
    for name, value in {
        "first": None,
        "seats": [seat],
        "is_public": 1,
        "summoned_on": START,
        "deputy": "m001",
    }.items():
        event = Opened(
            at=START,
            by=PersonId("clerk"),
            title="",
            first=seat,
            seats=(),
            scheduled_for=START,
            summoned_on=None,
            is_public=True,
        )
        object.__setattr__(event, name, value)
        with pytest.raises(WrongType) as caught:
            CODEC.encode("s1", 0, event)
        assert caught.value.field == name


@pytest.mark.parametrize("event", [spoilt(revision=MAX_INT + 1), spoilt(poll="\ud800")])
def test_refuses_to_write_numbers_and_text_without_a_form(event: Event) -> None:
    with pytest.raises(NotCanonical):
        CODEC.encode("s1", 17, event)


@pytest.mark.parametrize(("sitting", "seq"), [("", 0), ("s1", -1)])
def test_refuses_a_place_that_does_not_exist(sitting: str, seq: int) -> None:
    with pytest.raises(WrongType):
        CODEC.encode(sitting, seq, voted(0))


def test_an_event_of_no_wire_name_is_unknown() -> None:
    with pytest.raises(UnknownEvent, match="Event"):
        CODEC.encode("s1", 0, Event(at=START, by=PersonId("x")))


def test_an_entry_is_the_line_with_what_queries_need() -> None:
    entry = CODEC.entry("s1", 17, voted(17), "vote/17")
    assert entry == (
        "s1",
        17,
        "2026-11-22T10:00:00.017Z",
        "m017",
        "vote.cast/2",
        "vote/17",
        LINE,
        leaf_hash(LINE),
    )
    assert CODEC.entry("s1", 17, voted(17)).key is None
