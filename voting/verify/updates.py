"""What was added to the file after it was signed, and whether any byte of it escapes the signatures."""

from collections.abc import Callable

from cryptography import x509

from voting.verify import cms
from voting.verify.container import Container
from voting.verify.examine import Examined
from voting.verify.holes import Hole, ends_with_marker
from voting.verify.original import only_signed
from voting.verify.report import Answer, Finding, judged


def judge(
    container: Container,
    examined: tuple[Examined, ...],
    certificates: Callable[[], list[x509.Certificate]],
    *,
    anchored: bool,
) -> Answer:
    """Whether each revision adds only what the signatures before it allow, and the last one covers the whole file.

    ``certificates``: those that may prove the ones in a signature; ``anchored``: some of them are the caller's own.
    """
    if not examined:
        return Answer(False, (Finding("unsigned"),))
    faults = _ranges(container) + _containers(container, certificates, anchored=anchored)
    faults += [Finding("changed_after", {"signer": e.signer or e.field}) for e in examined if not e.unchanged]
    if not only_signed(container):
        faults.append(Finding("changed_before"))
    added = container.revisions - len(container.signatures) - 1
    if added > 0:
        faults.append(Finding("unsigned_revisions", {"n": added}))
    return judged(faults, Finding("good", {"n": len(examined)}))


def _ranges(container: Container) -> list[Finding]:
    """Ranges are one gap each, nested, and the last one reaches the end of the file."""
    raw, holes = container.raw, container.holes
    faults = [
        Finding("range", {"field": signature.field_name})
        for signature, hole in zip(container.signatures, holes, strict=True)
        if hole is None
    ]
    ends = [hole.end for hole in holes if hole is not None]
    if ends != sorted(ends):
        faults.append(Finding("order"))
    if not ends or max(ends) != len(raw):
        faults.append(Finding("tail", {"n": len(raw) - max(ends, default=0)}))
    elif not ends_with_marker(raw):
        faults.append(Finding("ending"))
    return faults


def _containers(
    container: Container, certificates: Callable[[], list[x509.Certificate]], *, anchored: bool
) -> list[Finding]:
    """Padding is zeros; and in the last container, which nothing else covers, no byte is free."""
    holes = [hole for hole in container.holes if hole is not None]
    faults = [Finding("padding", {"field": hole.field}) for hole in holes if not hole.container]
    if not faults and holes:
        faults += _last(holes, certificates, anchored=anchored)
    return faults


def _last(holes: list[Hole], certificates: Callable[[], list[x509.Certificate]], *, anchored: bool) -> list[Finding]:
    *covered, last = sorted(holes, key=lambda hole: hole.end)
    names = frozenset(name for hole in covered for name in cms.token_algorithms(hole.container))
    try:
        cms.check(last.container, cms.Context(certificates=tuple(certificates()), algorithms=names, anchored=anchored))
    except cms.Loose as loose:
        return [Finding("loose", {"field": last.field, "what": str(loose)})]
    return []
