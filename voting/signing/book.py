"""The signature book: one file of minutes, who signs it in which order, who has, and who is next.

A file is opened only if the verifier finds nothing false in it: nobody signs pages that are not the journal's.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from voting.domain.events import SittingEvent
from voting.domain.ids import PersonId
from voting.journal.canonical import split_lines
from voting.journal.codec import Codec
from voting.journal.wire import WIRE
from voting.minutes.document import draw_up
from voting.minutes.facts import Minutes
from voting.minutes.signatories import SEAL_FIELD, Signatory, signatories
from voting.rebuild import rebuild
from voting.signing.faults import UnreadablePdf, Unsound, Unusable
from voting.verify import Report, verify
from voting.verify.container import Container, is_seal, open_container
from voting.verify.faults import Unreadable
from voting.verify.journal import JOURNAL
from voting.verify.report import Answer

_OF_THE_JOURNAL = ("journal", "checkpoint", "recount", "mandates", "quorum", "rebuild")
_STILL_TO_COME = frozenset({"missing", "unsigned"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A file that may be signed, and where it has come."""

    pdf: bytes
    minutes: Minutes
    language: str
    signed: tuple[str, ...]
    """The fields that are signed, in the order of their revisions."""

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the file as it is, in hexadecimal: what one compares before signing."""
        return hashlib.sha256(self.pdf).hexdigest()

    @property
    def signatories(self) -> tuple[Signatory, ...]:
        """Everybody who signs, in order."""
        return signatories(self.minutes)

    @property
    def waiting(self) -> tuple[Signatory, ...]:
        """Those who have not signed yet."""
        return tuple(s for s in self.signatories if s.field not in self.signed)

    @property
    def is_sealed(self) -> bool:
        """The archival timestamp is there."""
        return SEAL_FIELD in self.signed

    def name(self, person: PersonId) -> str:
        """First and last name, as on the roll."""
        return self.minutes.roll[person].full_name


def open_book(pdf: bytes, now: datetime, trust: list[bytes] | None = None) -> Book:
    """The book of that file, or the fault that keeps everybody from signing it. Makes the document again: seconds.

    With ``trust``, the certificates of those who have signed must lead there.
    """
    report = verify(pdf, now=now, trust=trust, rebuild=rebuild)
    if report.unreadable is not None:
        raise UnreadablePdf(report.unreadable)
    container = _container(pdf)
    if container.attached(JOURNAL) is None:
        raise Unusable("not_ours")
    if not container.base.fields:
        raise Unusable("draft")
    _refuse_what_is_false(report, signed=bool(container.signatures))
    return read_book(pdf)


def read_book(pdf: bytes) -> Book:
    """The same of a file that has been judged already."""
    container = _container(pdf)
    codec: Codec[SittingEvent] = Codec(WIRE)
    minutes = draw_up(codec.decode(line).event for line in split_lines(container.attached(JOURNAL) or b""))
    signed = tuple(s.field_name for s in container.signatures)
    return Book(pdf=pdf, minutes=minutes, language=container.base.language, signed=signed)


def read_issuers(pdf: bytes) -> tuple[tuple[str, str], ...]:
    """The holder and the issuer that each signer's certificate names: what it says, proven by nothing."""
    signed = (s.signer_cert for s in _container(pdf).signatures if not is_seal(s))
    return tuple((_common_name(cert.subject), _common_name(cert.issuer)) for cert in signed)


def _common_name(name: Any) -> str:
    return str(name.native.get("common_name", name.human_friendly))


def _container(pdf: bytes) -> Container:
    try:
        return open_container(pdf)
    except Unreadable as fault:
        raise Unusable("unreadable") from fault


def _refuse_what_is_false(report: Report, *, signed: bool) -> None:
    """A signature that is still to come is no fault; anything else that is false is one."""
    answers = dict(report.answers())
    for name in _OF_THE_JOURNAL:
        _refuse(name, answers[name])
    if signed:
        for name in ("updates", "signatures", "timestamps"):
            _refuse(name, answers[name])


def _refuse(name: str, answer: Answer) -> None:
    if answer.ok is False:
        for finding in answer.findings:
            if finding.code not in _STILL_TO_COME or name not in ("signatures", "timestamps"):
                raise Unsound(name, finding)
