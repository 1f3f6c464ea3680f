"""A signing key on a card or in a security module, by PKCS#11: the key never leaves it.

The ``pkcs11`` extra brings the library; without it this says so.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from voting.signing.faults import Unusable
from voting.signing.keys import PersonalKey


@contextmanager
def open_pkcs11(module: Path, *, token: str, label: str, pin: str) -> Iterator[PersonalKey]:
    """The key of that label on that token, as long as the block lasts; or ``Unusable`` saying what is missing."""
    try:
        import pkcs11
        from pyhanko.config.pkcs11 import TokenCriteria
        from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
    except ImportError as absent:
        raise Unusable("pkcs11_absent") from absent
    if not module.is_file():
        raise Unusable("pkcs11_module", path=str(module))
    try:
        session = open_pkcs11_session(str(module), token_criteria=TokenCriteria(label=token), user_pin=pin)
    except (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange, pkcs11.PinLocked) as wrong:
        raise Unusable("pkcs11_locked" if isinstance(wrong, pkcs11.PinLocked) else "wrong_pin") from wrong
    except (pkcs11.PKCS11Error, RuntimeError) as fault:
        raise Unusable("pkcs11_token", token=token) from fault
    try:
        key = PersonalKey(PKCS11Signer(session, cert_label=label, key_label=label))
        if not _holds(key, pkcs11.PKCS11Error):
            raise Unusable("pkcs11_label", label=label)
        if key.certificate.public_key.algorithm == "ec":  # cards sign a digest; few make it themselves
            key = PersonalKey(PKCS11Signer(session, cert_label=label, key_label=label, use_raw_mechanism=True))
        yield key
    finally:
        with suppress(pkcs11.PKCS11Error):  # a card that was pulled out has closed by itself
            session.close()


def _holds(key: PersonalKey, absent: type[Exception]) -> bool:
    """Whether the token has one key and one certificate of that label: they are looked up here, not while signing."""
    try:
        return key.certificate is not None
    except absent:
        return False
