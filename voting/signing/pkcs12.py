"""A signing key in a PKCS#12 file (``.p12``, ``.pfx``): opened in memory, never written anywhere."""

from asn1crypto.pkcs12 import Pfx
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.hazmat.primitives.serialization.pkcs12 import PKCS12KeyAndCertificates, load_pkcs12
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.sign.signers import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from voting.signing.faults import Unusable
from voting.signing.keys import PersonalKey


def open_pkcs12(data: bytes, password: bytes) -> PersonalKey:
    """The key and certificate of that file, or ``Unusable`` saying what is wrong with it."""
    held = _open(data, password)
    if held.key is None or held.cert is None:
        raise Unusable("pkcs12_empty")
    if not isinstance(held.key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise Unusable("pkcs12_kind")
    [own] = load_certs_from_pemder_data(held.cert.certificate.public_bytes(Encoding.DER))
    # pyhanko-certvalidator says it is typed and leaves this constructor bare
    others = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    for other in held.additional_certs:
        others.register_multiple(load_certs_from_pemder_data(other.certificate.public_bytes(Encoding.DER)))
    key = held.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    signer = SimpleSigner(
        signing_cert=own,
        signing_key=load_private_key_from_pemder_data(key, passphrase=None),
        cert_registry=others,
    )
    return PersonalKey(signer)


def _open(data: bytes, password: bytes) -> PKCS12KeyAndCertificates:
    """Told apart: no such file, a wrong password, a cipher that this machine no longer accepts."""
    try:
        is_one = Pfx.load(data, strict=True)["version"].native == "v3"
    except (ValueError, TypeError):
        is_one = False
    if not is_one:
        raise Unusable("not_pkcs12")
    try:
        return load_pkcs12(data, password or None)
    except UnsupportedAlgorithm as old:
        raise Unusable("pkcs12_cipher") from old
    except ValueError as wrong:
        raise Unusable("wrong_password") from wrong
