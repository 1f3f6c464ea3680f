"""Whether a certificate may be used now, for this, by that person; before a key is touched."""

import asyncio
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from pyhanko.keys import load_certs_from_pemder_data
from pyhanko_certvalidator import CertificateValidator, ValidationContext, errors

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


def check_issuer(certificate: Any, between: Iterable[Any], roots: Iterable[bytes], at: datetime) -> None:
    """Passes when the chain leads to one of these roots (PEM or DER); otherwise ``CannotSign``. Nobody is asked.

    ``between``: the certificates that the key brings along. Revocation is judged where a timestamp keeps its proofs.
    """
    trusted = [root for one in roots for root in load_certs_from_pemder_data(one)]
    context = ValidationContext(trust_roots=trusted, moment=at, allow_fetching=False, revocation_mode="soft-fail")
    validator = CertificateValidator(certificate, intermediate_certs=list(between), validation_context=context)
    try:
        # pyhanko-certvalidator says it is typed and leaves this method bare
        asyncio.run(validator.async_validate_usage(set()))  # type: ignore[no-untyped-call]
    except errors.PathBuildingError as error:
        raise CannotSign("foreign.signer") from error
    except errors.ExpiredError as error:
        raise CannotSign("path_expired.signer") from error
    except (errors.PathError, errors.ValidationError) as error:
        raise CannotSign("bad_use.signer") from error
