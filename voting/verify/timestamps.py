"""The times: an archival timestamp closes the file, and each signature's own timestamp, where it has one, holds."""

from datetime import UTC

from voting.verify.anchors import Anchors
from voting.verify.container import Container
from voting.verify.examine import Examined
from voting.verify.report import Answer, Finding

_SIGNATURE = "Signature_"


def judge(container: Container, examined: tuple[Examined, ...], anchors: Anchors) -> Answer:
    """Whether the times stated by timestamp services hold."""
    seals = [e for e in examined if e.is_seal]
    filled = {e.field for e in seals}
    awaited = [field for field in container.base.fields if not field.startswith(_SIGNATURE)]
    faults = [Finding("missing") for field in awaited if field not in filled] or ([] if seals else [Finding("missing")])
    faults += [Finding("altered", {"field": e.field}) for e in seals if not (e.intact and e.valid)]
    faults += [Finding("token", {"signer": e.signer}) for e in examined if not e.is_seal and not e.time_holds]
    if anchors.certificates and not faults:
        faults += [
            Finding("expired" if e.is_seal and e.expired else "untrusted", {"signer": e.signer})
            for e in sorted(examined, key=lambda e: not e.is_seal)
            if e.time is not None and not e.time_trusted
        ]
    if faults:
        return Answer(False, tuple(faults))
    last = seals[-1]
    fields: dict[str, str | int] = {"time": f"{last.time.astimezone(UTC):%Y-%m-%d %H:%M:%S}" if last.time else ""}
    return (
        Answer(True, (Finding("good", fields),))
        if anchors.certificates
        else Answer(None, (Finding("unanchored", fields),))
    )
