"""A signature made elsewhere (a parapheur, a qualified trust service): only the digest leaves, a CMS comes back.

Nothing is kept in between: the waiting PDF says by itself what was to be signed.
"""

import hashlib
import re
from datetime import datetime
from typing import Any

from asn1crypto import cms, pem

from voting.minutes.scribe import scribe
from voting.minutes.sign import Digested, digest, seal, stamped
from voting.minutes.signatories import Capacity
from voting.minutes.signers import Authority
from voting.signing.book import Book, open_book, read_book
from voting.signing.certificates import check_certificate, check_name
from voting.signing.desk import must_hold, next_signatory
from voting.signing.explain import explained
from voting.signing.faults import CannotSign, Unusable
from voting.wording import catalogue

_RANGE = re.compile(rb"/ByteRange\s*\[\s*0 (\d+) (\d+) (\d+)\s*\]")
_END = re.compile(rb"%%EOF\r?\n?")


def ask_for_signature(book: Book, at: datetime, role: Capacity | None = None) -> Digested:
    """The file with an empty place for the next signature, and the SHA-256 that must be signed."""
    turn = next_signatory(book, role)
    return digest(book.pdf, turn, at, scribe(book.minutes, catalogue(book.language)))


def take_signature(
    waiting: bytes, signature: bytes, authority: Authority, at: datetime, *, other_name: bool = False
) -> bytes:
    """The waiting file with that CMS in its place; closed when it was the last and a timestamp service is there."""
    place, before = _place(waiting), open_book(_before(waiting), at)
    turn = next_signatory(before)
    der, certificate = _read(signature, place.digest)
    check_certificate(certificate, at)
    if not other_name:
        member = before.minutes.roll[turn.person]
        check_name(certificate, member.last_name, member.full_name)
    der = explained(lambda: stamped(der, authority))
    if 2 * len(der) > place.stop - place.start - 2:
        raise CannotSign("too_long", n=len(der))
    signed = place.filled(der)
    must_hold(signed)
    after = read_book(signed)
    if after.signed != (*before.signed, turn.field):
        raise Unusable("not_waiting")
    if after.waiting or authority.timestamper is None:
        return signed
    return explained(lambda: seal(signed, authority, at))


def _place(waiting: bytes) -> Digested:
    """The empty place of the last signature, found in the bytes, and the digest of all the rest."""
    found = list(_RANGE.finditer(waiting))
    start, stop, tail = (int(n) for n in found[-1].groups()) if found else (0, 0, 0)
    hole = waiting[start:stop]
    if stop + tail != len(waiting) or hole[:1] != b"<" or hole[-1:] != b">" or hole[1:-1].strip(b"0"):
        raise Unusable("not_waiting")
    value = hashlib.sha256(waiting[:start] + waiting[stop:]).digest()
    return Digested(pdf=waiting, digest=value, start=start, stop=stop)


def _before(waiting: bytes) -> bytes:
    """The file without its last revision."""
    ends = [found.end() for found in _END.finditer(waiting)]
    if len(ends) < 2:
        raise Unusable("not_waiting")
    return waiting[: ends[-2]]


def _read(signature: bytes, due: bytes) -> tuple[bytes, Any]:
    """The CMS in DER and its signer's certificate; it must be over that digest."""
    try:
        der = pem.unarmor(signature)[2] if pem.detect(signature) else signature
        signed = cms.ContentInfo.load(der, strict=True)["content"]
        [info] = signed["signer_infos"]
        digests = [a["values"][0].native for a in info["signed_attrs"] if a["type"].native == "message_digest"]
        certificates = [choice.chosen for choice in signed["certificates"]]
    except (ValueError, TypeError, KeyError) as error:
        raise Unusable("not_cms") from error
    if digests != [due]:
        raise CannotSign("other_digest")
    for certificate in certificates:
        if _made_by(info["sid"], certificate):
            return der, certificate
    raise CannotSign("no_certificate")


def _made_by(signer: Any, certificate: Any) -> bool:
    if signer.name == "subject_key_identifier":
        return bool(signer.chosen.native == certificate.key_identifier)
    issuer, serial = signer.chosen["issuer"], signer.chosen["serial_number"].native
    return bool(issuer == certificate.issuer and serial == certificate.serial_number)
