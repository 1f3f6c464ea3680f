"""Whether a certificate may be used now, for this, by that person; before a key is touched."""

from datetime import datetime
from typing import Any

from voting.signing.faults import CannotSign
from voting.verify.signatures import names_agree

_TO_SIGN = frozenset({"digital_signature", "non_repudiation"})


def holder(certificate: Any) -> str:
    """The name on it."""
    names = certificate.subject.native
    return str(names.get("common_name", certificate.subject.human_friendly))


def check_certificate(certificate: Any, at: datetime) -> None:
    """Passes when it is valid at that instant and made to sign; otherwise ``CannotSign``."""
    name = holder(certificate)
    if certificate.not_valid_after < at:
        raise CannotSign("expired", name=name, date=f"{certificate.not_valid_after:%Y-%m-%d}")
    if certificate.not_valid_before > at:
        raise CannotSign("not_yet_valid", name=name, date=f"{certificate.not_valid_before:%Y-%m-%d}")
    usage = certificate.key_usage_value
    if usage is not None and not _TO_SIGN & usage.native:
        raise CannotSign("not_to_sign", name=name)


def check_name(certificate: Any, last_name: str, full_name: str) -> None:
    """Passes when the last name on the roll is on the certificate; otherwise ``CannotSign``."""
    if not names_agree(last_name, holder(certificate)):
        raise CannotSign("other_name", holder=holder(certificate), name=full_name)
