"""Teams' report of who was connected, beside whom the sitting noted as here."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kit import sittings as kit
from tests.kit.given import given as given_that
from voting.domain.attendance import Interval, Presence
from voting.domain.ids import PersonId
from voting.domain.sitting import Sitting
from voting.imports.connections import Attendee, Stay
from voting.service.connections import Compared, NotOpened, compare

MINUTE = timedelta(minutes=1)
OPENED = kit.START + timedelta(hours=1)
A, B, C = kit.m(1), kit.m(2), kit.m(3)


def after(minutes: int) -> datetime:
    return OPENED + minutes * MINUTE


def stay(since: int, until: int) -> Stay:
    return Stay(since=after(since), until=after(until))


def held(register: dict[PersonId, list[tuple[Presence, int, int | None]]], minutes: int = 120) -> Sitting:
    """A sitting of that many minutes where these people were noted so."""
    state = given_that(*kit.opened(kit.standing_committee(voters=3))).sitting
    noted = {
        person: tuple(
            Interval(presence=p, since=after(since), until=None if until is None else after(until))
            for p, since, until in stays
        )
        for person, stays in register.items()
    }
    course = replace(state.course, opened_at=OPENED, closed_at=after(minutes))
    return replace(state, register=noted, course=course)


def attendee(name: str, *stays: Stay, address: str = "", account: str | None = None) -> Attendee:
    return Attendee(name=name, addresses=frozenset({address} - {""}), account=account, stays=stays)


def found(sitting: Sitting, *attendees: Attendee) -> Compared:
    return compare(sitting, attendees, {"a@x.fr": A, "account-b": B}, after(999))


def test_what_agrees_is_counted_and_not_told() -> None:
    state = held({A: [(Presence.REMOTE, -10, None)], B: [(Presence.IN_ROOM, 0, 60), (Presence.ABSENT, 60, None)]})
    report = found(state, attendee("?", stay(-30, 118), address="a@x.fr"))
    assert report.differences == ()
    assert report.agreeing == len(state.roll), "in the room one is not connected; two minutes are nothing"


def test_noted_from_afar_and_not_connected() -> None:
    state = held({A: [(Presence.REMOTE, 0, None)], B: [(Presence.AUDIO_ONLY, 20, 40)]})
    report = found(state, attendee("?", stay(0, 30), stay(50, 53), stay(52, 120), address="a@x.fr"))
    assert [(one.person, one.noted, one.connected) for one in report.differences] == [
        (A, (stay(30, 50),), ()),
        (B, (stay(20, 40),), ()),
    ]


def test_connected_and_noted_nowhere() -> None:
    state = held({B: [(Presence.EXCUSED, 0, 30), (Presence.REMOTE, 30, None)]})
    report = found(state, attendee("?", stay(-60, 200), account="account-b"))
    (one,) = report.differences
    assert (one.person, one.noted, one.connected) == (B, (), (stay(0, 30),)), "only while the sitting is open"


def test_a_connection_of_no_time_at_all_hides_no_absence() -> None:
    state = held({A: [(Presence.REMOTE, 0, 5)]})
    report = found(state, attendee("?", stay(1, 1), address="a@x.fr"))
    assert [one.noted for one in report.differences] == [(stay(0, 5),)]


def test_whoever_is_not_recognised_is_named_as_in_the_report() -> None:
    state = held({})
    full = state.roll[C].full_name
    report = found(state, attendee("Un téléphone", stay(0, 9)), attendee(full.upper(), stay(0, 60)))
    assert report.strangers == ("Un téléphone",)
    assert [one.person for one in report.differences] == [C]
    twins = replace(state, roll={**state.roll, A: replace(state.roll[A], last_name=state.roll[C].last_name)})
    twins = replace(twins, roll={**twins.roll, A: replace(twins.roll[A], first_name=state.roll[C].first_name)})
    assert found(twins, attendee(full, stay(0, 60))).strangers == (full,), "a name that two people have is nobody's"


def test_a_sitting_that_still_runs_is_compared_up_to_now_and_one_never_opened_not_at_all() -> None:
    state = held({A: [(Presence.REMOTE, 0, None)]})
    running = replace(state, course=replace(state.course, closed_at=None))
    assert [one.noted for one in found(running).differences] == [(stay(0, 999),)]
    with pytest.raises(NotOpened):
        found(replace(state, course=replace(state.course, opened_at=None)))


minutes = st.integers(min_value=-20, max_value=140)
spans = st.lists(st.tuples(minutes, minutes).map(sorted), max_size=4)


@given(spans, spans)
def test_every_minute_is_told_on_the_side_where_it_belongs(noted: list[list[int]], connected: list[list[int]]) -> None:
    state = held({A: [(Presence.REMOTE, since, until) for since, until in noted]})
    report = found(state, attendee("?", *[stay(*one) for one in connected], address="a@x.fr"))
    here = {m for since, until in noted for m in range(since, until)}
    there = {m for since, until in connected for m in range(since, until)}
    told = {one.person: one for one in report.differences}.get(A)
    for expected, stays in (
        ((here - there) & set(range(120)), told.noted if told else ()),
        ((there - here) & set(range(120)), told.connected if told else ()),
    ):
        said = {
            m for one in stays for m in range(int((one.since - OPENED) / MINUTE), int((one.until - OPENED) / MINUTE))
        }
        assert said <= expected
        short = expected - said
        assert all(not {m, m + 1, m + 2, m + 3, m + 4} <= expected for m in short)
