"""Minutes of a hundred items voted by name by 77 members: drawn, signed, verified, in a process of their own."""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from bot.bench import Figure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.kit import journals
    from voting.domain.events import SittingEvent

MEMBERS, ITEMS = 77, 100
MEGABYTES = 400

Result = TypeVar("Result")


def minutes_drawn() -> Figure:
    """Seconds from the journal to the PDF to sign; the yardstick sets the same words without any table or tag."""
    found = _measured()
    return Figure(
        name="minutes_100",
        value=round(found["drawn"], 2),
        unit="s",
        yardstick=round(found["plain"], 3),
        ratio=round(found["drawn"] / found["plain"], 1),
        target=f"<= 3 s, <= {MEGABYTES} MB ({found['megabytes']:.0f} MB)",
        met=found["drawn"] <= 3 and found["megabytes"] <= MEGABYTES,
    )


def minutes_signed() -> Figure:
    """Seconds for two signatures with their proofs; the yardstick is two bare signatures of the same file."""
    found = _measured()
    return Figure(
        name="minutes_100_signed",
        value=round(found["signed"], 2),
        unit="s",
        yardstick=round(found["bare"], 3),
        ratio=round(found["signed"] / found["bare"], 1),
        target="<= 3 s",
        met=found["signed"] <= 3,
    )


def minutes_recounted() -> Figure:
    """Seconds to judge the journal: form, head, every vote, mandate and quorum; the yardstick parses its JSON."""
    found = _measured()
    return Figure(
        name="minutes_100_recounted",
        value=round(found["recounted"], 2),
        unit="s",
        yardstick=round(found["parsed"], 3),
        ratio=round(found["recounted"] / found["parsed"], 1),
        target="<= 3 s",
        met=found["recounted"] <= 3,
    )


def minutes_verified() -> Figure:
    """Seconds for the nine answers, the analysis of what was added and the rebuild with them."""
    found = _measured()
    return Figure(
        name="minutes_100_verified",
        value=round(found["verified"], 1),
        unit="s",
        yardstick=None,
        ratio=None,
        target="<= 40 s",
        met=found["verified"] <= 40,
    )


@cache
def _measured() -> dict[str, float]:
    """One run for the four figures, in a process that has done nothing else."""
    done = subprocess.run([sys.executable, "-m", "tests.bench.minutes"], check=True, stdout=subprocess.PIPE)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _timed(work: Callable[[], Result]) -> tuple[float, Result]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def _run() -> dict[str, float]:
    from tests.kit import journals
    from voting.minutes.document import draw_up
    from voting.minutes.render import render

    story = journals.large(MEMBERS, ITEMS)
    sealed = journals.sealed(story.events)
    drawn, prepared = _timed(lambda: render(draw_up(story.events), sealed.journal, sealed.checkpoint))
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    plain, _ = _timed(lambda: _plain(story.events, sealed.checkpoint))
    return {"drawn": drawn, "megabytes": megabytes, "plain": plain, **_finished(story, sealed, prepared)}


def _plain(events: "Iterable[SittingEvent]", checkpoint: bytes) -> bytes:
    import typst

    from voting.minutes.blocks import reading
    from voting.minutes.document import draw_up
    from voting.minutes.render import read_proof
    from voting.minutes.sheet import compose
    from voting.wording import catalogue

    words = reading(compose(draw_up(events), catalogue("fr"), read_proof(checkpoint)))
    pdf = typst.compile(b"#sys.inputs.words", sys_inputs={"words": words}, format="pdf", pdf_tags=False)
    assert isinstance(pdf, bytes)
    return pdf


def _finished(story: "journals.Story", sealed: "journals.Sealed", prepared: bytes) -> dict[str, float]:
    from tests.kit.minutes import signing_time
    from voting.minutes.demo_keys import make_demo_keys
    from voting.minutes.document import draw_up
    from voting.minutes.scribe import scribe
    from voting.minutes.sign import add_signature, seal
    from voting.minutes.signatories import signatories
    from voting.minutes.signers import Authority
    from voting.rebuild import rebuild
    from voting.verify import verify
    from voting.wording import catalogue

    minutes = draw_up(story.events)
    at, writer, waiting = signing_time(minutes), scribe(minutes, catalogue("fr")), signatories(minutes)
    keys = make_demo_keys({s.person: minutes.roll[s.person].full_name for s in waiting}, at, catalogue("fr"))

    def both(authority: Authority) -> bytes:
        pdf = prepared
        for who in waiting:
            pdf = add_signature(pdf, who, keys.signers[who.person], authority, at, writer)
        return pdf

    bare, _ = _timed(lambda: both(Authority(roots=())))
    signed, pdf = _timed(lambda: both(keys.authority))
    pdf = seal(pdf, keys.authority, at)
    recounted, is_right = _timed(lambda: _judged(sealed))
    parsed, _ = _timed(lambda: [json.loads(line) for line in sealed.journal.splitlines()])
    now = at + timedelta(days=1)
    verified, report = _timed(lambda: verify(pdf, now=now, trust=[keys.ca_pem], vkeys=[sealed.vkey], rebuild=rebuild))
    assert is_right and report.is_verified
    return {"bare": bare, "signed": signed, "recounted": recounted, "parsed": parsed, "verified": verified}


def _judged(sealed: "journals.Sealed") -> bool:
    """What the verifier does with the journal alone."""
    from voting.verify import checkpoint, mandates, quorum, recount
    from voting.verify.journal import lines_of
    from voting.verify.record import Record

    record = Record(lines_of(sealed.journal))
    head = checkpoint.judge(sealed.checkpoint, sealed.journal, record.sitting, [])
    return head.ok is not False and all(judge(record).ok for judge in (recount.judge, mandates.judge, quorum.judge))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_run()))
