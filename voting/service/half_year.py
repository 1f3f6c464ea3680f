"""Whether a council has met in one place in the half-year of a sitting (R11), as far as the register knows."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from voting.domain.assembly import Body, Mode
from voting.domain.sitting import Phase, Sitting
from voting.service.law import TIME_ZONE


def has_room_sitting(known: Iterable[Sitting], body: Body, body_name: str, day: datetime) -> bool:
    """One of those sittings was that assembly's, in one room, in the same half-year, and was held or is to be."""
    return any(
        (one.facts.body, one.facts.body_name, one.facts.mode) == (body, body_name, Mode.ROOM)
        and _half_year(one.facts.scheduled_for) == _half_year(day)
        and (one.course.is_held or one.course.phase is not Phase.CLOSED)
        for one in known
    )


def _half_year(at: datetime) -> tuple[int, bool]:
    local = at.astimezone(ZoneInfo(TIME_ZONE))
    return local.year, local.month > 6
