"""Reads the attendance report that Teams gives after a meeting: who was connected, from when to when.

Answers for: both of its forms (the CSV that an organiser downloads, in any language, and the JSON of Microsoft Graph),
and the order of day and month, which the CSV does not say. Leaves who is who to ``voting.service.connections``.
Source: learn.microsoft.com/graph/api/resources/attendancerecord, learn.microsoft.com/microsoftteams (attendance report)
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from voting.imports import source
from voting.imports.refusals import Code

_SECTION = re.compile(r"\s*\"?[23]\.\s")
"""Of a CSV: "2. Participants" and "3. In-Meeting Activities", under whatever name."""
_MOMENT = re.compile(r"(\d+)\D(\d+)\D(\d+)\D+(\d+):(\d+)(?::(\d+))?\s*(\D*)")
_ORDERS = ((0, 1, 2), (1, 0, 2), (2, 1, 0))
"""Where day, month and year stand: as in France, as in America, as in ISO 8601."""
_AFTERNOON = re.compile(r"p\.?\s?m", re.IGNORECASE)
_MORNING = re.compile(r"a\.?\s?m", re.IGNORECASE)
_DAYS = timedelta(days=1)

Moment = tuple[datetime, ...]
"""One instant for each order in which it can be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """Once that somebody was connected."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """Somebody who was connected, as Teams names them."""

    name: str
    addresses: frozenset[str]
    """Mail and sign-in name, in small letters; none for an anonymous guest."""
    account: str | None
    """Entra object id, where the report gives it."""
    stays: tuple[Stay, ...]
    """In the order of time."""


def parse_connections(content: bytes, day: date, zone: ZoneInfo) -> tuple[Attendee, ...]:
    """Who was connected, by name. ``day`` is the sitting's, ``zone`` where its organiser's clock is.

    Raises ``FileRefused``: it is not such a report, or not that day's.
    """
    source.check_size(content)
    found = _json(content) if content.lstrip()[:1] in (b"{", b"[") else _csv(_text(content), day, zone)
    attendees = [
        Attendee(
            name=name,
            addresses=frozenset().union(*(one.addresses for one in many)),
            account=next((one.account for one in many if one.account), None),
            stays=tuple(sorted((stay for one in many for stay in one.stays), key=lambda stay: stay.since)),
        )
        for (name, _), same in groupby(sorted(found, key=_who), key=_who)
        for many in (list(same),)
    ]
    if not attendees:
        raise source.refused(Code.NOT_CONNECTIONS)
    days = {stay.since.astimezone(zone).date() for one in attendees for stay in one.stays}
    if not any(abs(one - day) <= _DAYS for one in days):
        raise source.refused(Code.CONNECTIONS_OTHER_DAY, found=min(days).isoformat() if days else "?")
    return tuple(attendees)


def _who(one: Attendee) -> tuple[str, str]:
    return one.name, min(one.addresses, default="")


# --- the CSV ----------------------------------------------------------------------------------------------------------


def _text(content: bytes) -> str:
    """Teams writes UTF-16 with its mark; whoever saved it again may have made UTF-8 of it."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError as error:
            raise source.refused(Code.NOT_CONNECTIONS) from error
    return source.decode(content)


def _csv(text: str, day: date, zone: ZoneInfo) -> Iterator[Attendee]:
    """The rows of the last table: the third lists every stay, the second the first and the last moment alone."""
    lines = text.splitlines()
    starts = [number for number, line in enumerate(lines) if _SECTION.match(line)]
    if not starts:
        raise source.refused(Code.NOT_CONNECTIONS)
    tables = [_table(lines, start) for start in starts]
    rows = next((table for table in reversed(tables) if table), [])
    order = _order([moment for _, cells in rows for moment in _moments(cells)], day)
    for line, cells in rows:
        read = [_read(moment, order) for moment in _moments(cells)]
        if len(read) != 2 or None in read:
            raise source.refused(Code.CONNECTIONS_BAD_LINE, line=line)
        since, until = (moment.replace(tzinfo=zone).astimezone(UTC) for moment in read if moment is not None)
        yield _attendee(cells[0], [cell for cell in cells[3:] if "@" in cell], None, [Stay(since=since, until=until)])


def _table(lines: Sequence[str], start: int) -> list[tuple[int, list[str]]]:
    """The rows between the header under that title and the next empty line, with the numbers of their lines."""
    rows: list[tuple[int, list[str]]] = []
    for number, line in enumerate(lines[start + 2 :], start + 3):
        if not line.strip(" \t,;"):
            break
        delimiter = max("\t,;", key=line.count)
        rows.append((number, next(csv.reader(io.StringIO(line), delimiter=delimiter))))
    return rows


def _moments(cells: Sequence[str]) -> list[str]:
    return [cell for cell in cells[1:3] if cell.strip()]


def _order(moments: Iterable[str], day: date) -> tuple[int, int, int]:
    """How to read all that is a moment so that it falls on the day of the sitting, or beside it."""
    texts = [text for text in moments if _MOMENT.search(text)]
    if not texts:
        raise source.refused(Code.NOT_CONNECTIONS)
    for order in _ORDERS:
        read = [_read(text, order) for text in texts]
        if all(one is not None and abs(one.date() - day) <= _DAYS for one in read):
            return order
    raise source.refused(Code.CONNECTIONS_OTHER_DAY, found=texts[0])


def _read(text: str, order: tuple[int, int, int]) -> datetime | None:
    """The local time that is written there, if that order makes sense of it."""
    found = _MOMENT.search(text)
    if found is None:
        return None
    day, month, year = (int(found[1 + place]) for place in order)
    hour, minute, second = (int(found[place] or 0) for place in (4, 5, 6))
    if _AFTERNOON.match(found[7]) and hour < 12:
        hour += 12
    elif _MORNING.match(found[7]) and hour == 12:
        hour = 0
    try:
        return datetime(year + 2000 if year < 100 else year, month, day, hour, minute, second)  # noqa: DTZ001 - its zone is given next
    except ValueError:
        return None


# --- the JSON ---------------------------------------------------------------------------------------------------------


def is_report(content: bytes) -> bool:
    """Whether a file looks like such a report, without saying that it can be read."""
    head = content[:20_000]
    if head.lstrip()[:1] in (b"{", b"["):
        return b"attendanceIntervals" in head
    if not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return any(_SECTION.match(line) for line in head.decode("utf-8", "replace").splitlines())
    return any(_SECTION.match(line) for line in head.decode("utf-16", "replace").splitlines())


def _json(content: bytes) -> Iterator[Attendee]:
    try:
        whole = json.loads(content)
    except ValueError as error:
        raise source.refused(Code.NOT_CONNECTIONS) from error
    try:
        for record in _records(whole):
            identity = record.get("identity") or {}
            stays = [
                Stay(since=_instant(one["joinDateTime"]), until=_instant(one["leaveDateTime"]))
                for one in record["attendanceIntervals"]
            ]
            address = str(record.get("emailAddress") or "")
            name, account = str(identity.get("displayName") or address), identity.get("id")
            yield _attendee(name, [address], account, stays)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise source.refused(Code.NOT_CONNECTIONS) from error


def _records(whole: Any) -> Iterator[dict[str, Any]]:  # any JSON: what it is not made of is caught above
    """Of one report, or of a list of them: a meeting that was left and entered again has several."""
    if isinstance(whole, list):
        for one in whole:
            yield from _records(one)
    elif "attendanceRecords" in whole or "value" in whole:
        yield from _records(whole.get("attendanceRecords", whole.get("value")))
    else:
        yield whole


def _instant(text: object) -> datetime:
    if not isinstance(text, str):
        raise TypeError(text)
    # Graph gives seven decimals, Python reads six
    found = datetime.fromisoformat(re.sub(r"\.\d+", "", text))
    return (found if found.tzinfo is not None else found.replace(tzinfo=UTC)).astimezone(UTC)


def _attendee(name: str, addresses: Iterable[str], account: object, stays: Iterable[Stay]) -> Attendee:
    return Attendee(
        name=" ".join(name.split()),
        addresses=frozenset(address.strip().lower() for address in addresses if address.strip()),
        account=account.lower() if isinstance(account, str) and account else None,
        stays=tuple(stays),
    )
