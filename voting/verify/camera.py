"""Whether the public left as the law wants it: enough asked, that was adopted, and the chair let it in again (R33)."""

from dataclasses import dataclass, field

from voting.verify import law
from voting.verify.record import Line, Record
from voting.verify.report import Finding
from voting.verify.terms import need_of


@dataclass(slots=True)
class _Door:
    """The public of the sitting while its lines go by."""

    chair: str
    requesters: int | None
    """Members who must ask together, the chair alone may; None: this body cannot sit in camera."""
    asking: set[str] = field(default_factory=set)
    is_asked: bool = False
    asked: dict[str, int] = field(default_factory=dict)
    """The polls on a request, with their numbers."""
    due: str = ""
    """The poll that has just been adopted: the next line of the door says so."""
    is_closed: bool = False


def judge(record: Record) -> list[Finding]:
    """What is wrong with the requests, their votes, and the hours in camera."""
    chairs = [m.text("id") for m in record.convened.rows("members") if m.text("role") == "chair"]
    door = _Door(chair=chairs[0] if chairs else "", requesters=law.in_camera_requesters(record))
    faults = [finding for line in record.lines for finding in _follow(line, door)]
    return faults + ([Finding("camera", {"line": len(record.lines)})] if door.due else [])


def _follow(line: Line, door: _Door) -> list[Finding]:
    match line.event:
        case "chair.handed_over/1":
            door.chair = line.data.text("person")
        case "in_camera.requested/1":
            return _requested(line, door)
        case "poll.opened/1" if line.data.text("purpose") == "in_camera":
            door.asked[line.data.text("poll")] = line.data.number("number")
            return _judged(line, door.is_asked and need_of(line.data).is_more_than_half_of("present_or_represented"))
        case "poll.result_proclaimed/1" if line.data.text("poll") in door.asked:
            was_due, door.asking, door.is_asked = door.due, set(), False
            door.due = line.data.text("poll") if line.data.row("decision").text("outcome") == "adopted" else ""
            return _judged(line, not was_due)
        case "in_camera.begun/1":
            due, door.due, was, door.is_closed = door.due, "", door.is_closed, True
            return _judged(line, due == line.data.text("poll") != "" and not was)
        case "in_camera.ended/1":
            was, door.is_closed = door.is_closed, False
            return _judged(line, was and line.by == door.chair)
        case _:
            pass
    return []


def _requested(line: Line, door: _Door) -> list[Finding]:
    """Enough ask from here on; how many must is written on the line, and is the law's."""
    door.asking.add(line.data.text("person"))
    due = 1 if line.data.text("person") == door.chair else door.requesters
    door.is_asked |= due is not None and len(door.asking) >= due
    return _judged(line, door.requesters is not None and line.data.number("needed") == due)


def _judged(line: Line, is_right: bool) -> list[Finding]:
    return [] if is_right else [Finding("camera", {"line": line.seq + 1})]
