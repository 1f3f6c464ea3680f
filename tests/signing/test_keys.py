"""Keys in files and on cards: opened, or refused with what is wrong with them; never shown."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates

from tests.kit.minutes import SignedMinutes
from tests.kit.pki import Issued, Pki
from tests.signing.conftest import PASSWORD
from tests.signing.test_desk import CHAIR, now, said
from voting.signing.book import open_book
from voting.signing.desk import sign_next
from voting.signing.faults import CannotSign, SigningFault, Unusable
from voting.signing.pkcs11 import open_pkcs11
from voting.signing.pkcs12 import open_pkcs12

PLACES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")


def refused(data: bytes, password: bytes = b"x") -> str:
    with pytest.raises(Unusable) as fault:
        open_pkcs12(data, password)
    return said(fault.value)


def test_a_file_that_is_no_key_and_a_password_that_is_not_the_one(pki: Pki) -> None:
    held = pki.signer(CHAIR).pkcs12(PASSWORD)
    assert refused(held) == "wrong_password"
    assert refused(held[: len(held) // 2]) == "not_pkcs12"
    assert refused(b"") == "not_pkcs12"
    assert refused(pki.trust) == "not_pkcs12"


def test_a_key_alone_a_certificate_alone_and_a_key_of_another_kind(pki: Pki) -> None:
    certificate, locked = pki.signer(CHAIR).certificate, BestAvailableEncryption(b"x")
    alone = serialize_key_and_certificates(b"k", None, certificate, None, locked)
    assert refused(alone) == "pkcs12_empty"
    other = ed25519.Ed25519PrivateKey.generate()
    builder = _certified(pki, other)
    assert refused(serialize_key_and_certificates(b"k", other, builder, None, locked)) == "pkcs12_kind"


def _certified(pki: Pki, key: ed25519.Ed25519PrivateKey) -> Any:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes

    assert isinstance(pki.issuing.key, ec.EllipticCurvePrivateKey)
    return (
        x509.CertificateBuilder()
        .subject_name(pki.issuing.certificate.subject)
        .issuer_name(pki.issuing.certificate.subject)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(pki.now)
        .not_valid_after(pki.issuing.certificate.not_valid_after_utc)
        .sign(pki.issuing.key, hashes.SHA256())
    )


def test_a_file_without_a_password(pki: Pki) -> None:
    issued = pki.signer(CHAIR)
    bare = serialize_key_and_certificates(b"k", issued.key, issued.certificate, None, NoEncryption())
    assert open_pkcs12(bare, b"").certificate.serial_number == issued.certificate.serial_number


def test_a_key_is_never_shown(pki: Pki) -> None:
    held = open_pkcs12(pki.signer(CHAIR).pkcs12(PASSWORD), PASSWORD.encode())
    assert repr(held) == str(held) == "PersonalKey()"
    assert not held.is_demonstration


# --- cards -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def card(pki: Pki, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A token with two keys: "rsa" and "ec", each with its certificate, and "nu" without any."""
    module = next((Path(place) for place in PLACES if Path(place).exists()), None)
    if module is None or shutil.which("softhsm2-util") is None:
        assert "CI" not in os.environ, "SoftHSM must be there where everything is verified"
        pytest.skip("SoftHSM is not installed: no card to sign with")
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\n")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    _softhsm("--init-token", "--free", "--label", "carte", "--pin", "1234", "--so-pin", "5678")
    rsa_key = rsa.generate_private_key(65537, 2048)
    for number, (label, key) in enumerate({"rsa": rsa_key, "ec": None, "nu": None}.items(), 1):
        issued = pki.signer(CHAIR, key=key)
        pem = issued.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (folder / "key.pem").write_bytes(pem)
        _softhsm(
            *("--import", str(folder / "key.pem"), "--token", "carte", "--pin", "1234"),
            *("--label", label, "--id", f"{number:02d}"),
        )
        if label != "nu":
            _store(module, issued, label, number)
    return module


def _softhsm(*words: str) -> None:
    subprocess.run(["softhsm2-util", *words], check=True, capture_output=True)


def _store(module: Path, issued: Issued, label: str, number: int) -> None:
    import pkcs11

    with pkcs11.lib(str(module)).get_token(token_label="carte").open(rw=True, user_pin="1234") as session:
        session.create_object(
            {
                pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE,
                pkcs11.Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
                pkcs11.Attribute.TOKEN: True,
                pkcs11.Attribute.LABEL: label,
                pkcs11.Attribute.ID: bytes([number]),
                pkcs11.Attribute.SUBJECT: issued.certificate.subject.public_bytes(),
                pkcs11.Attribute.VALUE: issued.certificate.public_bytes(Encoding.DER),
            }
        )


@pytest.mark.parametrize("label", ["rsa", "ec"])
def test_a_card_signs(card: Path, pki: Pki, document: SignedMinutes, label: str) -> None:
    with open_pkcs11(card, token="carte", label=label, pin="1234") as key:
        book = open_book(document.prepared, now())
        first = sign_next(book, key, _with_issuer(pki), now())
    assert [s.field for s in open_book(first, now(), [pki.trust]).waiting] == ["Signature_secretary_m004"]


def _with_issuer(pki: Pki) -> Any:
    """A card holds its own certificate alone: the authority between comes with the trusted files."""
    from voting.signing.authority import make_authority

    return make_authority([pki.trust, pki.issuing.pem()], [], pki.tsa)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"pin": "9999"}, "wrong_pin"),
        ({"token": "autre"}, "pkcs11_token"),
        ({"label": "nu"}, "pkcs11_label"),
        ({"label": "rien"}, "pkcs11_label"),
        ({"module": "/nowhere/module.so"}, "pkcs11_module"),
        ({"module": __file__}, "pkcs11_token"),
    ],
)
def test_what_is_wrong_with_a_card_is_said(card: Path, changed: dict[str, str], code: str) -> None:
    asked = {"module": str(card), "token": "carte", "label": "rsa", "pin": "1234", **changed}
    with (
        pytest.raises(SigningFault) as fault,
        open_pkcs11(Path(asked["module"]), token=asked["token"], label=asked["label"], pin=asked["pin"]),
    ):
        pass
    assert said(fault.value) == code


def test_a_card_that_is_pulled_out_while_it_signs(card: Path, pki: Pki, document: SignedMinutes) -> None:
    with open_pkcs11(card, token="carte", label="rsa", pin="1234") as key:
        signer: Any = key.cms_signer()
        signer.pkcs11_session.close()
        with pytest.raises(CannotSign) as fault:
            sign_next(open_book(document.prepared, now()), key, _with_issuer(pki), now())
    assert said(fault.value) == "card"
