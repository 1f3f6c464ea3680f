"""Whom the caller trusts: certificates of authorities, and keys of journals."""

from dataclasses import dataclass
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.keys import load_certs_from_pemder_data

from voting.verify.checkpoint import JournalKey, journal_keys
from voting.verify.faults import BadAnchor


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchors:
    """The trust that comes from outside the file."""

    certificates: tuple[x509.Certificate, ...]
    keys: tuple[JournalKey, ...]

    def roots(self) -> list[Any]:
        """The certificates in the signature library's own class."""
        ders = (certificate.public_bytes(Encoding.DER) for certificate in self.certificates)
        return [loaded for der in ders for loaded in load_certs_from_pemder_data(der)]


def anchors(trust: list[bytes], vkeys: list[str]) -> Anchors:
    """Those PEM or DER files and those vkey lines, or ``BadAnchor`` for the first that is none."""
    certificates = [found for place, data in enumerate(trust, 1) for found in _certificates(data, place)]
    return Anchors(certificates=tuple(certificates), keys=tuple(journal_keys(vkeys)))


def _certificates(data: bytes, place: int) -> list[x509.Certificate]:
    try:
        if b"-----BEGIN" in data:
            return x509.load_pem_x509_certificates(data)
        return [x509.load_der_x509_certificate(data)]
    except (ValueError, x509.InvalidVersion) as error:
        raise BadAnchor("certificate", place) from error
