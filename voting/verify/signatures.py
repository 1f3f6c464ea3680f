"""The named set of signatures: who had to sign did, over unaltered bytes, with a certificate one can place."""

import re
import unicodedata
from dataclasses import dataclass

from voting.verify.anchors import Anchors
from voting.verify.bench import Bench
from voting.verify.container import Container
from voting.verify.examine import Examined
from voting.verify.record import Record
from voting.verify.report import Answer, Fields, Finding

_PREFIX = "Signature_"
_TENDER = "cao"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """Somebody who must sign, by the journal."""

    field: str
    name: str
    last_name: str


def expected(record: Record) -> list[Expected]:
    """The chair and the secretary (CGCT L. 4132-12); in a tender committee the chair and whoever sat with a vote."""
    bench = Bench()
    chair, sat = "", set[str]()
    for line in record.lines:
        bench.follow(line)
        if line.event == "sitting.opened/1":
            chair = line.data.text("chair")
        if line.event == "sitting.not_held/1":
            chair = bench.chair
        if chair and bench.body == _TENDER:
            sat |= {occupant for _, occupant in bench.seats() if occupant is not None}
    if bench.body == _TENDER:
        signing = {chair: "chair", **{p: "member" for p in bench.people if p in sat and p != chair}}
    else:
        signing = {chair: "chair", **({bench.secretary: "secretary"} if bench.secretary not in ("", chair) else {})}
    last = {m.text("id"): m.text("last_name") for m in record.convened.rows("members")}
    names = record.names()
    return [
        Expected(field=f"{_PREFIX}{role}_{person}", name=names.get(person, person), last_name=last.get(person, ""))
        for person, role in signing.items()
        if person
    ]


def judge(
    container: Container, examined: tuple[Examined, ...], due: list[Expected], anchors: Anchors
) -> tuple[Answer, bool]:
    """The answer, and whether every signer is anchored in an authority that the caller trusts."""
    signed = [e for e in examined if not e.is_seal]
    faults = _named_set(container, signed, due) + [f for e in signed for f in _integrity(e, due)]
    if not faults and not signed[0].certifies:
        faults.append(Finding("not_certified"))
    if anchors.certificates:
        faults += [Finding(_doubt(e), _who(e, due)) for e in signed if _doubtful(e)]
    if faults:
        return Answer(False, tuple(faults)), False
    said: Fields = {"n": len(signed), "names": ", ".join(e.signer for e in signed)}
    if not anchors.certificates:
        return Answer(None, (Finding("unanchored", said),)), False
    others = [Finding("other_name", _who(e, due)) for e in signed if not _same_person(e, due)]
    return (Answer(None, tuple(others)), True) if others else (Answer(True, (Finding("good", said),)), True)


def _named_set(container: Container, signed: list[Examined], due: list[Expected]) -> list[Finding]:
    if not signed:
        return [Finding("unsigned")]
    there = {e.field for e in signed}
    names = {e.field: e.name for e in due}
    awaited = {field for field in container.base.fields if field.startswith(_PREFIX)} | names.keys()
    faults = [Finding("missing", {"name": names.get(field, field)}) for field in sorted(awaited - there)]
    return faults + [Finding("unexpected", {"field": field}) for field in sorted(there - awaited)]


def _integrity(e: Examined, due: list[Expected]) -> list[Finding]:
    if not e.signer:
        return [Finding("unreadable", {"field": e.field})]
    if not e.intact:
        return [Finding("altered", _who(e, due))]
    return [] if e.valid else [Finding("forged", _who(e, due))]


def _doubtful(e: Examined) -> bool:
    return e.intact and e.valid and not e.trusted


def _doubt(e: Examined) -> str:
    if e.revoked:
        return "revoked"
    return "expired" if e.expired else "untrusted"


def _who(e: Examined, due: list[Expected]) -> Fields:
    name = next((d.name for d in due if d.field == e.field), e.field)
    return {"name": name, "signer": e.signer}


def _same_person(e: Examined, due: list[Expected]) -> bool:
    """The last name on the roll is in the name on the certificate."""
    return names_agree(next((d.last_name for d in due if d.field == e.field), ""), e.signer)


def names_agree(last_name: str, holder: str) -> bool:
    """Whether that last name is in the name on a certificate, accents, case and order apart."""
    return set(_words(last_name)) <= set(_words(holder))


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.replace("œ", "oe").replace("Œ", "OE"))
    return re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)).casefold())
