"""The sitting in a calendar (ICS): the same identifier every time, so that a new file moves the old entry."""

from datetime import timedelta

from icalendar import Calendar, Event

from voting.domain.assembly import Body
from voting.minutes.exports.paper import Paper
from voting.minutes.scribe import Scribe

_LASTS = timedelta(hours=3)
"""Until the sitting is closed: nobody knows."""


def invitation(scribe: Scribe) -> tuple[Paper, ...]:
    """One event. That of a tender committee is marked confidential and lists nothing of its agenda."""
    minutes = scribe.minutes
    convened, local = minutes.convened, scribe.calendar.local
    begins = local(minutes.opened.at if minutes.opened else convened.scheduled_for)
    ends = local(minutes.closed.at) if minutes.closed else begins + _LASTS
    event = Event()
    event.add("uid", f"{convened.sitting}@hemicycle")
    event.add("dtstamp", convened.at)
    event.add("sequence", sum(1 for fact in (minutes.opened, minutes.closed) if fact is not None))
    event.add("dtstart", begins.replace(microsecond=0))
    event.add("dtend", ends.replace(microsecond=0))
    event.add("summary", " – ".join(filter(None, (convened.title, convened.body_name))))
    where = scribe.texts(f"minutes.mode.{convened.mode.value}")
    event.add("location", " – ".join(filter(None, (where, convened.place))))
    if convened.body is Body.TENDER_COMMITTEE:
        event.add("class", "CONFIDENTIAL")
    else:
        event.add("description", "\n".join(f"{i.number} – {i.title}" for i in convened.items if not i.confidential))
    calendar = Calendar()
    calendar.add("prodid", "-//Hemicycle//FR")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return (Paper(name=f"seance-{convened.sitting}.ics", kind="text/calendar", content=calendar.to_ical()),)
