"""Whether the incidents of a journal are of its sitting: numbered as they came, at an hour gone by, on known things."""

from collections.abc import Sequence

from voting.verify.record import Line
from voting.verify.report import Finding

MINUTE = len("2026-11-20T14:30")
"""Hours are told to the minute."""


def stray(lines: Sequence[Line]) -> list[Finding]:
    """The incidents that are not. The first line is the convocation."""
    items = {item.text("id") for item in lines[0].data.rows("items")}
    people = {member.text("id") for member in lines[0].data.rows("members")}
    known: set[str] = set()
    faults = []
    for line in (x for x in lines if x.event == "incident.written/1"):
        name, data = line.data.text("incident"), line.data
        is_new = name not in known
        known.add(name)
        there = data.optional("item") in {None, *items} and data.optional("person") in {None, *people}
        timely = lines[0].at[:MINUTE] <= data.text("happened_at") <= line.at
        numbered = not is_new or name == f"n{len(known)}"
        if not (there and timely and numbered and (data.text("text") or not is_new)):
            faults.append(Finding("stray_incident", {"line": line.seq + 1}))
    return faults
