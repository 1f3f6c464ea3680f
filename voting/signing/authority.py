"""Whom signatures are proven by: the trusted certificates, the timestamp service, the lists of revoked certificates."""

import logging
from urllib.parse import urlsplit

from asn1crypto.crl import CertificateList
from asn1crypto.pem import detect, unarmor
from pyhanko.sign.timestamps import HTTPTimeStamper

from voting.minutes.signers import Authority
from voting.signing.faults import Unusable
from voting.verify.anchors import anchors
from voting.verify.faults import BadAnchor

_PATIENCE = 20
"""Seconds for one timestamp."""

# What they would say aloud of an address that does not answer is said by our own sentence.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


def make_authority(trust: list[bytes], lists: list[bytes], service: str) -> Authority:
    """From PEM or DER certificates, PEM or DER revocation lists, and the address of a timestamp service (or "").

    With a service, what is not given is fetched where the certificates say. ``BadAnchor`` for a file that is none.
    """
    anchors(trust, [])
    if service and (urlsplit(service).scheme not in ("http", "https") or not urlsplit(service).hostname):
        raise Unusable("tsa_address", address=service)
    return Authority(
        roots=tuple(trust),
        revocations=tuple(_list(data, place) for place, data in enumerate(lists, 1)),
        timestamper=HTTPTimeStamper(service, timeout=_PATIENCE) if service else None,
        fetches=bool(service),
    )


def _list(data: bytes, place: int) -> bytes:
    try:
        der = unarmor(data)[2] if detect(data) else data
        CertificateList.load(der, strict=True)["tbs_cert_list"].native  # noqa: B018
    except (ValueError, TypeError) as error:
        raise BadAnchor("revocations", place) from error
    plain: bytes = der
    return plain
