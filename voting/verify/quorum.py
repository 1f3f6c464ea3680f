"""The quorum counted again wherever it was stated: at the opening, for each item, for each poll, after each pause."""

from voting.verify import law
from voting.verify.bench import Bench
from voting.verify.record import Line, Record
from voting.verify.report import Answer, Finding, judged

_MUST_BE_REACHED = {"sitting.opened/1": "opening", "item.called/1": "item", "poll.opened/1": "poll"}
_STATED = {
    **_MUST_BE_REACHED,
    "sitting.not_held/1": "not_held",
    "roll_call.closed/1": "roll_call",
    "sitting.resumed/1": "resumed",
}


def judge(record: Record) -> Answer:
    """Whether every stated quorum is what presence made it, and reached where nothing may happen without it."""
    bench = Bench()
    purposes: dict[str, str] = {}
    faults: list[Finding] = []
    checks = 0
    for line in record.lines:
        _before(line, bench, purposes)
        bench.follow(line)
        if line.event in _STATED:
            checks += 1
            faults += _check(line, bench, record)
    return judged(faults, Finding("good", {"n": checks}))


def _before(line: Line, bench: Bench, purposes: dict[str, str]) -> None:
    if line.event == "poll.opened/1":
        purposes[line.data.text("poll")] = line.data.text("purpose")
    if line.event == "poll.result_proclaimed/1" and purposes.get(line.data.text("poll")) == "item":
        bench.settle()


def _check(line: Line, bench: Bench, record: Record) -> list[Finding]:
    stated = line.data.row("quorum")
    where: dict[str, str | int] = {"line": line.seq + 1, "what": _STATED[line.event]}
    seats = bench.seats()
    present = sum(1 for _, occupant in seats if occupant is not None)
    represented = sum(1 for seat, occupant in seats if occupant is None and bench.is_represented(seat))
    base, required = law.quorum(record, len(seats), bench.subject())
    due = {"present": present, "represented": represented, "in_office": len(seats), "required": required}
    faults = [
        Finding(f"figure.{name}", {**where, "stated": stated.number(name), "counted": figure})
        for name, figure in due.items()
        if stated.number(name) != figure
    ]
    if stated.text("base") != base:
        faults.append(Finding("base", where))
    counted = present + (represented if base == "present_or_represented" else 0)
    if line.event in _MUST_BE_REACHED and counted < required:
        faults.append(Finding("not_reached", {**where, "counted": counted, "required": required}))
    if line.event == "sitting.not_held/1" and counted >= required:
        faults.append(Finding("was_reached", where))
    return faults
