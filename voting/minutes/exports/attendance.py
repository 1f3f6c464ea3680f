"""Who attended, from when to when, and who was represented: rows for a table, whatever holds them."""

from collections.abc import Iterator, Sequence

from voting.domain.assembly import Member
from voting.domain.attendance import Presence
from voting.minutes.scribe import Scribe

_COLUMNS = ("member", "first_name", "last_name", "group", "votes", "presence", "represented_by")


def attendance_headings(scribe: Scribe) -> Sequence[str | int]:
    """The columns in words."""
    return [scribe.texts(f"papers.column.{column}") for column in _COLUMNS]


def attendance_rows(scribe: Scribe) -> Iterator[Sequence[str | int]]:
    """One row for each person of the roll."""
    for member in scribe.minutes.convened.members:
        holds = scribe.texts("papers.yes") if member.votes else ""
        yield [
            *(member.id, member.first_name, member.last_name, member.group, holds),
            *(presence(scribe, member), represented(scribe, member)),
        ]


def presence(scribe: Scribe, member: Member) -> str:
    """Each stay with its hours; a dash for who never came."""
    hour = scribe.calendar.hour
    closed = scribe.minutes.closed
    said = []
    for stay in scribe.minutes.stays.get(member.id, ()):
        if not stay.presence.is_here:
            continue
        place = scribe.texts(f"papers.presence.{stay.presence.value}")
        until = stay.until or (closed.at if closed else None)
        code = "papers.stay" if until is not None else "papers.stay.since"
        said.append(scribe.texts(code, place=place, since=hour(stay.since), until=hour(until) if until else ""))
    if said or not member.votes:
        return ", ".join(said) or scribe.texts("papers.presence.none")
    stays = scribe.minutes.stays.get(member.id, ())
    excused = bool(stays) and stays[-1].presence is Presence.EXCUSED
    return scribe.texts(f"papers.presence.{'excused' if excused else 'absent'}")


def represented(scribe: Scribe, member: Member) -> str:
    """By whom, and when."""
    hour = scribe.calendar.hour
    said = []
    for term in scribe.minutes.terms:
        if term.grantor == member.id:
            code = "papers.proxy.until" if term.until is not None else "papers.proxy"
            until = hour(term.until) if term.until is not None else ""
            name = scribe.people.short(term.holder)
            said.append(scribe.texts(code, name=name, since=hour(term.since), until=until))
    return ", ".join(said)
