"""Compares who was connected to the call, as Teams reports it afterwards, with whom the sitting noted as here.

A report changes nothing: the roll call is what counts. It shows what a clerk should look at before the minutes are
settled. Leaves the file to ``voting.imports.connections`` and sentences to the rim.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from voting.domain.attendance import Presence
from voting.domain.ids import PersonId
from voting.domain.sitting import Sitting
from voting.imports.connections import Attendee, Stay

TOLERANCE = timedelta(minutes=5)
"""A shorter difference is a network that dropped, or a clerk who noted an arrival when the speaker had finished."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What does not agree for one person of the roll, while the sitting was open."""

    person: PersonId
    name: str
    noted: tuple[Stay, ...]
    """Noted as here from afar, and not connected."""
    connected: tuple[Stay, ...]
    """Connected, and noted nowhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What a report says of a sitting."""

    agreeing: int
    """People of the roll for whom both say the same."""
    differences: tuple[Difference, ...]
    strangers: tuple[str, ...]
    """Connected, and not recognised on the roll: by their names in the report."""


class NotOpened(Exception):
    """The sitting was never opened: there is nothing to compare."""


def compare(sitting: Sitting, attendees: Iterable[Attendee], known: Mapping[str, PersonId], now: datetime) -> Compared:
    """``known``: people by address and by Entra object id, in small letters; a full name serves where it is only one's.

    Raises ``NotOpened``. A sitting that is still open is compared up to ``now``.
    """
    opened = sitting.course.opened_at
    if opened is None:
        raise NotOpened
    whole = Stay(since=opened, until=sitting.course.closed_at or now)
    names = _only_names(sitting)
    stays: dict[PersonId, list[Stay]] = {}
    strangers: list[str] = []
    for one in attendees:
        person = _recognised(one, known) or names.get(one.name.casefold())
        if person is None:
            strangers.append(one.name)
        else:
            stays.setdefault(person, []).extend(one.stays)
    found = [_difference(sitting, person, stays.get(person, []), whole) for person in sitting.roll]
    differences = tuple(one for one in found if one.noted or one.connected)
    return Compared(agreeing=len(found) - len(differences), differences=differences, strangers=tuple(strangers))


def _recognised(one: Attendee, known: Mapping[str, PersonId]) -> PersonId | None:
    keys = [*([one.account] if one.account else []), *sorted(one.addresses)]
    return next((known[key] for key in keys if key in known), None)


def _only_names(sitting: Sitting) -> dict[str, PersonId]:
    """Full names, both ways round, that are one person's alone."""
    found: dict[str, set[PersonId]] = {}
    for person, member in sitting.roll.items():
        for name in (
            f"{member.first_name} {member.last_name}",
            f"{member.last_name} {member.first_name}",
            f"{member.last_name}, {member.first_name}",
        ):
            found.setdefault(" ".join(name.split()).casefold(), set()).add(person)
    return {name: next(iter(people)) for name, people in found.items() if len(people) == 1 and name}


def _difference(sitting: Sitting, person: PersonId, connected: Sequence[Stay], whole: Stay) -> Difference:
    noted = [
        (interval.presence, Stay(since=interval.since, until=interval.until or whole.until))
        for interval in sitting.register.get(person, ())
        if interval.presence.is_here
    ]
    afar = [stay for presence, stay in noted if presence is not Presence.IN_ROOM]
    return Difference(
        person=person,
        name=sitting.roll[person].full_name,
        noted=_without(_within(afar, whole), connected),
        connected=_without(_within(connected, whole), [stay for _, stay in noted]),
    )


def _within(stays: Iterable[Stay], whole: Stay) -> list[Stay]:
    return _joined(Stay(since=max(s.since, whole.since), until=min(s.until, whole.until)) for s in stays)


def _joined(stays: Iterable[Stay]) -> list[Stay]:
    """The same time, without overlaps; being there for no time at all is not being there."""
    joined: list[Stay] = []
    for stay in sorted((s for s in stays if s.since < s.until), key=lambda s: s.since):
        if joined and stay.since <= joined[-1].until:
            joined[-1] = Stay(since=joined[-1].since, until=max(joined[-1].until, stay.until))
        else:
            joined.append(stay)
    return joined


def _without(stays: Sequence[Stay], others: Iterable[Stay]) -> tuple[Stay, ...]:
    """What of the first is in none of the others, leaving out what is too short to mean anything."""
    left = list(stays)
    for other in _joined(others):
        left = [part for stay in left for part in _parts(stay, other)]
    return tuple(stay for stay in left if stay.until - stay.since >= TOLERANCE)


def _parts(stay: Stay, other: Stay) -> list[Stay]:
    if other.until <= stay.since or other.since >= stay.until:
        return [stay]
    parts = (Stay(since=stay.since, until=other.since), Stay(since=other.until, until=stay.until))
    return [part for part in parts if part.since < part.until]
