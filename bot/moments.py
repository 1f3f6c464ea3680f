"""A day and an hour as people type them, on the wall of the assembly."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from voting.service.law import TIME_ZONE

_FRENCH = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?: (?:à |at )?(\d{1,2}) ?[h:](?: ?(\d{2}))?)?")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d))?")


def typed_moment(text: str, usual: datetime) -> datetime | None:
    """``27/11/2026 9h30`` or ``2026-11-27 09:30``; without an hour, that of ``usual``. None when it is no moment."""
    said = " ".join(text.split())
    found = _FRENCH.fullmatch(said)
    if found is not None:
        day, month, year, hour, minute = found.groups()
    else:
        found = _ISO.fullmatch(said)
        if found is None:
            return None
        year, month, day, hour, minute = found.groups()
    zone = ZoneInfo(TIME_ZONE)
    wall = usual.astimezone(zone)
    at = (wall.hour, wall.minute) if hour is None else (int(hour), int(minute or 0))
    try:
        return datetime(int(year), int(month), int(day), *at, tzinfo=zone).astimezone(UTC)
    except ValueError:
        return None
