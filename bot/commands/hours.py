"""The hours of a proxy as people type them: ``jusqu'à 10 h 25``, ``à partir de 11h20``, ``de 10h25 à 11h20``."""

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.commands.base import Misunderstood
from voting.domain.sitting import Sitting

_HOUR = r"(\d{1,2})\s*(?:h|:|heures?)\s*(\d{2})?"
_FORMS = (
    re.compile(rf"(?P<who>.*?)[,\s]*\b(?:de|from)\s+{_HOUR}\s+(?:à|au|to|until)\s+{_HOUR}", re.IGNORECASE),
    re.compile(rf"(?P<who>.*?)[,\s]*\b(?:jusqu['’ ]?[àa]|until)\s+{_HOUR}", re.IGNORECASE),
    re.compile(rf"(?P<who>.*?)[,\s]*(?:à partir de|dès|\bfrom)\s+{_HOUR}", re.IGNORECASE),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """What was typed before the hours, and the hours; None where none was given."""

    who: str
    since: datetime | None = None
    until: datetime | None = None


def split_hours(sitting: Sitting, typed: str) -> Hours:
    """The hours at the end of the words, on the day and the wall of the sitting. Raises ``Misunderstood``.

    The day is that of its opening, else the one for which it is convened.
    """
    said = typed.strip().rstrip(".")
    for place, form in enumerate(_FORMS):
        found = form.fullmatch(said)
        if found is None:
            continue
        hours = [_at(sitting, found[n], found[n + 1]) for n in range(2, len(found.groups()) + 1, 2)]
        since = None if place == 1 else hours[0]
        until = None if place == 2 else hours[-1]
        return Hours(who=found["who"].strip(), since=since, until=until)
    return Hours(who=said)


_ALONE = re.compile(
    rf"(?:jusqu['’ ]?(?:[àa]|au)|until)?\s*"
    rf"(?:(?P<day>\d{{1,2}})[/.](?P<month>\d{{1,2}})(?:[/.](?P<year>\d{{4}}))?\s*(?:à|at|,)?\s*)?{_HOUR}",
    re.IGNORECASE,
)


def typed_hour(sitting: Sitting, typed: str) -> datetime:
    """An hour by itself: ``14 h 30``, ``jusqu'à 14h``, ``23/11 à 9 h``; without a day, that of the sitting."""
    found = _ALONE.fullmatch(typed.strip().rstrip("."))
    if found is None:
        raise Misunderstood("misunderstood.hour", typed=typed)
    groups = found.groups()
    at = _at(sitting, groups[-2], groups[-1])
    if found["day"] is None:
        return at
    wall = at.astimezone(ZoneInfo(sitting.facts.time_zone))
    year = int(found["year"] or wall.year)
    try:
        return wall.replace(year=year, month=int(found["month"]), day=int(found["day"])).astimezone(ZoneInfo("UTC"))
    except ValueError as error:
        raise Misunderstood("misunderstood.hour", typed=typed) from error


def _at(sitting: Sitting, hour: str, minute: str | None) -> datetime:
    zone = ZoneInfo(sitting.facts.time_zone)
    day = (sitting.course.opened_at or sitting.facts.scheduled_for).astimezone(zone)
    try:
        wall = day.replace(hour=int(hour), minute=int(minute or 0), second=0, microsecond=0)
    except ValueError as error:
        raise Misunderstood("misunderstood.hour", typed=f"{hour}:{minute or '00'}") from error
    return wall.astimezone(ZoneInfo("UTC"))
