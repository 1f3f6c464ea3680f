"""The lists of presence: who sat and where, who had no vote, who gave a proxy, who was excused or absent."""

from collections.abc import Iterator
from datetime import datetime

from voting.domain.assembly import Member
from voting.domain.attendance import Interval, Presence
from voting.domain.ids import PersonId
from voting.minutes.blocks import Names, listed
from voting.minutes.facts import Minutes, ProxyTerm
from voting.minutes.scribe import Scribe

_PLACES = (Presence.IN_ROOM, Presence.REMOTE, Presence.AUDIO_ONLY)


def lists(scribe: Scribe) -> tuple[Names, ...]:
    """The lists in the order of French minutes; an empty one is left out."""
    minutes = scribe.minutes
    voting = deliberative(minutes)
    attending = {m.id: first for m in minutes.convened.members if (first := _first_stay(minutes, m.id))}
    made: list[Names] = []
    for place in _PLACES:
        here = [m.id for m in minutes.convened.members if m.id in voting and attending.get(m.id) is place]
        made.extend(_list(scribe, f"present.{place.value}", [_present(scribe, p) for p in here]))
    made.extend(_list(scribe, "proxies", list(_proxies(scribe))))
    guests = [p for p in attending if p not in voting]
    made.extend(_list(scribe, "without_vote", [_guest(scribe, p) for p in guests]))
    made += _missing(scribe, {m.id for m in minutes.convened.members if m.id in attending})
    return tuple(made)


def deliberative(minutes: Minutes) -> frozenset[PersonId]:
    """Who holds a seat, and the substitutes who sat for one of them."""
    seats = {m.id for m in minutes.convened.members if m.votes}
    return frozenset(seats | set(substitutes(minutes)))


def substitutes(minutes: Minutes) -> dict[PersonId, PersonId]:
    """Each substitute who sat, with the member he sat for: the first one there while that member was not."""
    sat: dict[PersonId, PersonId] = {}
    for seat in (m for m in minutes.convened.members if m.votes):
        spares = [m.id for m in minutes.convened.members if m.substitute_for == seat.id]
        present = [p for p in spares if _first_stay(minutes, p)]
        if present and not _first_stay(minutes, seat.id):
            sat[present[0]] = seat.id
    return sat


def was_present(minutes: Minutes, person: PersonId) -> bool:
    """Took part at some moment between the opening and the close."""
    return _first_stay(minutes, person) is not None


def _first_stay(minutes: Minutes, person: PersonId) -> Presence | None:
    """Where that person first was during the sitting, or None."""
    for stay in minutes.stays.get(person, ()):
        if stay.presence.is_here and _during(minutes, stay):
            return stay.presence
    return None


def _during(minutes: Minutes, stay: Interval) -> bool:
    starts = minutes.opened.at if minutes.opened else None
    ends = minutes.closed.at if minutes.closed else None
    return (stay.until is None or starts is None or stay.until > starts) and (ends is None or stay.since < ends)


def _list(scribe: Scribe, code: str, names: list[str]) -> tuple[Names, ...]:
    return (listed(scribe.texts(f"minutes.presence.{code}"), names),) if names else ()


def _present(scribe: Scribe, person: PersonId) -> str:
    name = scribe.people.full(person)
    seat = substitutes(scribe.minutes).get(person)
    if seat is not None:
        name = scribe.people.word("minutes.presence.substitute", person, name=name, member=scribe.people.full(seat))
    return _timed(scribe, name, _times(scribe, person))


def _guest(scribe: Scribe, person: PersonId) -> str:
    office = scribe.minutes.roll[person].office
    name = scribe.people.full(person)
    return scribe.texts("minutes.presence.guest", name=name, office=office) if office else name


def _times(scribe: Scribe, person: PersonId) -> list[tuple[datetime | None, datetime | None]]:
    """The stretches of presence; None for a bound that is the opening or the close."""
    minutes = scribe.minutes
    opened = minutes.opened.at if minutes.opened else None
    stretches: list[tuple[datetime | None, datetime | None]] = []
    for stay in minutes.stays.get(person, ()):
        if not stay.presence.is_here or not _during(minutes, stay):
            continue
        since = stay.since if opened is not None and stay.since > opened else None
        if stretches and stretches[-1][1] == stay.since:
            stretches[-1] = (stretches[-1][0], stay.until)
        else:
            stretches.append((since, stay.until))
    return stretches


def _timed(scribe: Scribe, name: str, stretches: list[tuple[datetime | None, datetime | None]]) -> str:
    said = [part for since, until in stretches if (part := _stretch(scribe, since, until))]
    if not said:
        return name
    return scribe.texts("minutes.presence.timed", name=name, times=", ".join(said))


def _stretch(scribe: Scribe, since: datetime | None, until: datetime | None) -> str:
    hour = scribe.calendar.hour
    if since is None:
        return scribe.texts("minutes.presence.until", until=hour(until)) if until else ""
    if until is None:
        return scribe.texts("minutes.presence.since", since=hour(since))
    return scribe.texts("minutes.presence.between", since=hour(since), until=hour(until))


def _proxies(scribe: Scribe) -> Iterator[str]:
    """One entry per grantor with all the terms of his proxies, as in "to M. X until 10:25, to M. Y from 11:20"."""
    by_grantor: dict[PersonId, list[ProxyTerm]] = {}
    for term in scribe.minutes.terms:
        if _mattered(scribe.minutes, term):
            by_grantor.setdefault(term.grantor, []).append(term)
    for grantor, terms in by_grantor.items():
        said = [scribe.texts("minutes.proxy.to", holder=_term(scribe, t)) for t in terms]
        yield scribe.texts("minutes.proxy.entry", grantor=scribe.people.full(grantor), terms=", ".join(said))


def _mattered(minutes: Minutes, term: ProxyTerm) -> bool:
    return minutes.opened is None or term.until is None or term.until > minutes.opened.at


def _term(scribe: Scribe, term: ProxyTerm) -> str:
    opened = scribe.minutes.opened
    since = term.since if opened is not None and term.since > opened.at else None
    return _timed(scribe, scribe.people.full(term.holder), [(since, term.until)])


def _missing(scribe: Scribe, attending: set[PersonId]) -> list[Names]:
    minutes = scribe.minutes
    represented = {t.grantor for t in minutes.terms if _mattered(minutes, t)}
    gone = [m for m in minutes.convened.members if m.votes and m.id not in attending | represented]
    excused = [m for m in gone if _is_excused(minutes, m)]
    absent = [m for m in gone if m not in excused]
    return [
        names
        for code, people in (("excused", excused), ("absent", absent))
        for names in _list(scribe, code, [_replaced(scribe, m.id) for m in people])
    ]


def _is_excused(minutes: Minutes, member: Member) -> bool:
    stays = minutes.stays.get(member.id, ())
    return bool(stays) and stays[-1].presence is Presence.EXCUSED


def _replaced(scribe: Scribe, seat: PersonId) -> str:
    name = scribe.people.full(seat)
    spare = next((s for s, member in substitutes(scribe.minutes).items() if member == seat), None)
    if spare is None:
        return name
    return scribe.people.word("minutes.presence.replaced", seat, name=name, substitute=scribe.people.full(spare))
