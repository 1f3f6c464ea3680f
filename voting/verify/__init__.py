"""The independent checker: a signed PDF in, nine answers out. Offline; trusts nothing but what the caller gives it."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from voting.verify import checkpoint, journal, mandates, quorum, recount, signatures, timestamps, updates
from voting.verify import rebuild as rebuilding
from voting.verify.anchors import Anchors, anchors
from voting.verify.container import LARGEST, Container, open_container
from voting.verify.examine import embedded_certificates, examine
from voting.verify.faults import BadAnchor, Malformed, Unreadable
from voting.verify.rebuild import CannotRebuild, Rebuild, Rebuilt
from voting.verify.record import Record
from voting.verify.report import NAMES, Answer, Finding, Report, answer

__all__ = [
    "LARGEST",
    "NAMES",
    "Answer",
    "BadAnchor",
    "CannotRebuild",
    "Finding",
    "Rebuild",
    "Rebuilt",
    "Report",
    "verify",
]


def verify(
    pdf: bytes,
    *,
    now: datetime,
    trust: list[bytes] | None = None,
    vkeys: list[str] | None = None,
    rebuild: Rebuild | None = None,
) -> Report:
    """Judges that file. ``trust``: PEM or DER certificates of authorities; ``vkeys``: lines of known journal keys.

    Never raises for a bad file, whatever it holds: only ``BadAnchor``, for a certificate or a key that is none.
    Runs an event loop of its own for a moment: call it in a thread from asynchronous code.
    """
    given = anchors(trust or [], vkeys or [])
    with _nothing_collected():
        try:
            container = open_container(pdf)
        except Unreadable as fault:
            return _unreadable(Finding(fault.code, fault.fields), asked=rebuild is not None)
        return _judge(container, given, now, rebuild)


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """A million small objects of the file live until the end: the collector would walk them again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _judge(container: Container, given: Anchors, now: datetime, rebuild: Rebuild | None) -> Report:
    examined = examine(container, given, now)
    journal_answer, record = journal.read(container)
    due = _due(record)
    signed, anchored = signatures.judge(container, examined, due, given)
    head = _checkpoint(container, record, given)
    return Report(
        signatures=signed,
        timestamps=timestamps.judge(container, examined, given),
        updates=updates.judge(
            container,
            examined,
            lambda: [*given.certificates, *embedded_certificates(container)],
            anchored=bool(given.certificates),
        ),
        journal=journal_answer,
        checkpoint=head,
        recount=_over(record, recount.judge),
        mandates=_over(record, mandates.judge),
        quorum=_over(record, quorum.judge),
        rebuild=rebuilding.judge(container, rebuild),
        signers_anchored=anchored,
        journal_anchored=head.ok is True,
    )


def _due(record: Record | None) -> list[signatures.Expected]:
    """Who must sign by the journal; nobody can be named when it cannot be read, and then its own answer says no."""
    try:
        return signatures.expected(record) if record is not None else []
    except Malformed:
        return []


def _checkpoint(container: Container, record: Record | None, given: Anchors) -> Answer:
    note, lines = container.attached(journal.CHECKPOINT), container.attached(journal.JOURNAL)
    sitting = record.lines[0].sitting if record is not None else None
    return checkpoint.judge(note, lines, sitting, list(given.keys))


def _over(record: Record | None, judge: Callable[[Record], Answer]) -> Answer:
    if record is None:
        return answer(None, "no_journal")
    try:
        return judge(record)
    except Malformed as malformed:
        return answer(False, "malformed", line=malformed.seq + 1, what=malformed.what)


def _unreadable(finding: Finding, *, asked: bool) -> Report:
    no = Answer(False, (finding,))
    return Report(
        signatures=no,
        timestamps=no,
        updates=no,
        journal=no,
        checkpoint=no,
        recount=no,
        mandates=no,
        quorum=no,
        rebuild=no if asked else answer(None, "not_asked"),
        unreadable=finding,
    )
