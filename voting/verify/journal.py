"""Whether the attached journal is one: canonical lines, numbered without a gap, from the convocation to the close."""

import json
import re
from itertools import pairwise
from typing import Final, NoReturn

import rfc8785

from voting.verify.container import Container
from voting.verify.faults import Malformed
from voting.verify.incidents import stray
from voting.verify.record import Line, Record, Row
from voting.verify.report import Answer, Finding, judged

JOURNAL: Final = "journal.jsonl"
CHECKPOINT: Final = "checkpoint.txt"

_ENVELOPE: Final = {"at", "by", "data", "event", "seq", "sitting"}
_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)
KNOWN: Final = frozenset(
    """
    sitting.convened/1 sitting.opened/1 roll_call.opened/1 roll_call.closed/1 attendance.recorded/1
    chair.handed_over/1 secretary.appointed/1 proxy.given/1 proxy.accepted/1 proxy.ended/1 item.called/1
    item.closed/1 item.postponed/1 recusal.declared/1 floor.requested/1 floor.withdrawn/1 floor.given/1 floor.ended/1
    speakers_list.closed/1 secret_ballot.requested/1 recorded_ballot.requested/1 in_camera.requested/1
    in_camera.begun/1 in_camera.ended/1 poll.opened/1 poll.name_called/1
    poll.hands_counted/1 poll.papers_counted/1 poll.voters_marked/1 vote.cast/1 poll.closed/1
    floor.paused/1 floor.resumed/1 floor.undone/1 closure.requested/1 closure.declined/1 debate.closed/1
    suspension.requested/1 suspension.declined/1
    poll.result_proclaimed/1 poll.annulled/1 sitting.suspended/1 sitting.resumed/1 sitting.closed/1
    vote.option_chosen/1 contest.ballot_uncovered/1 contest.elder_stated/1 contest.result_proclaimed/1
    contest.unopposed_declared/1 contest.papers_counted/1 amendments.ordered/1 item.moot_declared/1
    block.formed/1 block.item_removed/1 proxy.started/1 statement.recorded/1 sitting.not_held/1 note.written/1
    minutes.corrected/1 minutes.submitted/1 minutes.approved/1 minutes.signed/1 minutes.published/1 minutes.archived/1
    item.moved/1 incident.written/1
    exchange.opened/1 exchange.prolonged/1 exchange.message_written/1 exchange.closed/1 exchange.participation_found/1
    """.split()
)
"""Every event that there is: spelt out here, so that no table of the program under suspicion is asked."""


_ENDS: Final = ("sitting.closed/1", "sitting.not_held/1")
_AFTERWARDS: Final = frozenset(
    """
    note.written/1 minutes.corrected/1 minutes.submitted/1 minutes.approved/1 minutes.signed/1 minutes.published/1
    minutes.archived/1 incident.written/1
    """.split()
)
"""What may follow the end: it is about the document, and changes nothing that was decided."""

REHEARSAL = "blanc-"
"""How the id of a rehearsal begins: whatever was signed over such a journal is no act."""


def read(container: Container) -> tuple[Answer, Record | None]:
    """The answer, and the record where it can be judged further."""
    faults = _attachments(container)
    journal = container.attached(JOURNAL)
    if journal is None:
        return Answer(False, tuple(faults)), None
    try:
        lines = lines_of(journal)
    except Malformed as malformed:
        return Answer(False, (*faults, Finding("malformed", {"line": malformed.seq + 1, "what": malformed.what}))), None
    if not lines or lines[0].event != "sitting.convened/1":
        return Answer(False, (*faults, Finding("no_beginning"))), None
    faults += faults_of(lines)
    return judged(faults, Finding("good", {"size": len(lines)})), Record(lines)


def faults_of(lines: list[Line]) -> list[Finding]:
    """What is wrong with lines that begin with a convocation: their order, their sitting, their end."""
    faults = _order(lines)
    if lines[0].data.text("sitting") != lines[0].sitting:
        faults.append(Finding("other_sitting", {"line": 1}))
    if lines[0].sitting.startswith(REHEARSAL):
        faults.append(Finding("rehearsal"))
    return faults + stray(lines) + _end(lines)


def _attachments(container: Container) -> list[Finding]:
    """Exactly the journal and the checkpoint, each once."""
    names = [a.name for a in container.base.attachments]
    faults = [Finding("missing", {"name": name}) for name in (JOURNAL, CHECKPOINT) if container.attached(name) is None]
    faults += [Finding("doubled", {"name": name}) for name in sorted(set(names)) if names.count(name) > 1]
    strange = sorted(set(names) - {JOURNAL, CHECKPOINT})
    faults += [Finding("strange", {"name": name}) for name in strange]
    if not faults and container.base.embedded_files != len(names):
        faults.append(Finding("hidden", {"n": container.base.embedded_files}))
    return faults


def lines_of(journal: bytes) -> list[Line]:
    """The events of a journal, each in its one form and at its place; ``Malformed`` for the first that is not."""
    if not journal.endswith(b"\n"):
        raise Malformed(journal.count(b"\n"), "end of line")
    return [_line(raw, place) for place, raw in enumerate(journal[:-1].split(b"\n"))]


def _line(raw: bytes, place: int) -> Line:
    try:
        value = json.loads(raw, object_pairs_hook=_object, parse_float=_refused, parse_constant=_refused)
        again = rfc8785.dumps(value)
    except (ValueError, RecursionError, rfc8785.CanonicalizationError) as error:
        raise Malformed(place, "JSON") from error
    if again != raw or not isinstance(value, dict) or set(value) != _ENVELOPE:
        raise Malformed(place, "RFC 8785")
    row = Row(place, value)
    if row.number("seq") != place or not _INSTANT.fullmatch(row.text("at")):
        raise Malformed(place, "seq" if row.number("seq") != place else "at")
    return Line(place, row.text("sitting"), row.text("at"), row.text("by"), row.text("event"), row.row("data"))


def _order(lines: list[Line]) -> list[Finding]:
    """One sitting, time that does not run backwards, events that this program knows."""
    faults = [Finding("backwards", {"line": b.seq + 1}) for a, b in pairwise(lines) if b.at < a.at]
    strangers = [line for line in lines if line.sitting != lines[0].sitting]
    faults += [Finding("other_sitting", {"line": line.seq + 1}) for line in strangers]
    unknown = sorted({line.event for line in lines} - KNOWN)
    return faults + [Finding("newer", {"event": name}) for name in unknown]


def _end(lines: list[Line]) -> list[Finding]:
    """The sitting ended once, and afterwards only the document was written. A note is of a turn that was spoken."""
    ends = [line.seq for line in lines if line.event in _ENDS]
    if not ends:
        return [Finding("no_end")]
    late = [line for line in lines[ends[0] + 1 :] if line.event not in _AFTERWARDS]
    spoken = {line.data.text("request") for line in lines if line.event == "floor.given/1"}
    stray = [x for x in lines if x.event == "note.written/1" and x.data.text("turn") not in spoken]
    return [
        *(Finding("after_end", {"line": line.seq + 1, "event": line.event}) for line in late),
        *(Finding("stray_note", {"line": line.seq + 1}) for line in stray),
    ]


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a name twice")
    return value


def _refused(number: str) -> NoReturn:
    raise ValueError(f"{number} is no integer")
