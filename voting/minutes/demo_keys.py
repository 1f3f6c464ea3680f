"""Key pairs made in memory for the demonstration, under an authority of their own. Never for a real sitting."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.sign.signers import Signer as CmsSigner
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from voting.domain.ids import PersonId
from voting.minutes.signers import Authority
from voting.wording import Catalogue

_Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
_LIFE = timedelta(days=3650)
_NOWHERE = "http://crl.hemicycle.invalid/demo.crl"


@dataclass(frozen=True, slots=True)
class DemoSigner:
    """A signer whose key lives in this process alone."""

    _signer: CmsSigner

    @property
    def is_demonstration(self) -> bool:
        """Always."""
        return True

    def cms_signer(self) -> CmsSigner:
        """The in-memory key."""
        return self._signer


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoKeys:
    """Everything the demonstration signs with. ``ca_pem`` is what a verifier must be told to trust."""

    signers: Mapping[PersonId, DemoSigner]
    authority: Authority
    ca_pem: bytes


def make_demo_keys(people: Mapping[PersonId, str], at: datetime, texts: Catalogue) -> DemoKeys:
    """A fresh authority, a key for each of those people by name, a timestamp service; valid around that instant.

    The first person gets RSA-3072, the others ECDSA P-256: both kinds are met in town halls.
    """
    forge = _Forge(texts("minutes.demo.authority"), at)
    signers = {
        person: DemoSigner(_simple_signer(forge, name, first=place == 0))
        for place, (person, name) in enumerate(people.items())
    }
    stamping_key = rsa.generate_private_key(65537, 3072)
    stamping = forge.issue(texts("minutes.demo.timestamping"), stamping_key, stamping=True)
    [certificate], key = _loaded(stamping, stamping_key)
    timestamper = DummyTimeStamper(tsa_cert=certificate, tsa_key=key, fixed_dt=at.replace(microsecond=0))
    der = serialization.Encoding.DER
    return DemoKeys(
        signers=signers,
        authority=Authority(
            roots=(forge.root.public_bytes(der),),
            revocations=(forge.revocations().public_bytes(der),),
            timestamper=timestamper,
        ),
        ca_pem=forge.root.public_bytes(serialization.Encoding.PEM),
    )


class _Forge:
    """A certification authority of one process."""

    def __init__(self, name: str, at: datetime) -> None:
        self._at = at.replace(microsecond=0)
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _name(name)
        usage = _usage(key_cert_sign=True, crl_sign=True)
        self.root = (
            self._builder(self._name, self._key)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(usage, critical=True)
            .sign(self._key, hashes.SHA256())
        )

    def issue(self, name: str, key: _Key, *, stamping: bool = False) -> x509.Certificate:
        """A certificate for that key: to sign, or to stamp times."""
        point = x509.DistributionPoint([x509.UniformResourceIdentifier(_NOWHERE)], None, None, None)
        usage = _usage(digital_signature=stamping, content_commitment=not stamping)
        builder = (
            self._builder(_name(name), key)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(usage, critical=True)
            .add_extension(x509.CRLDistributionPoints([point]), critical=False)
        )
        if stamping:
            builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        return builder.sign(self._key, hashes.SHA256())

    def revocations(self) -> x509.CertificateRevocationList:
        """The empty list of what it revoked."""
        return (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self._name)
            .last_update(self._at - timedelta(hours=1))
            .next_update(self._at + _LIFE)
            .add_extension(x509.CRLNumber(1), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), critical=False)
            .sign(self._key, hashes.SHA256())
        )

    def _builder(self, subject: x509.Name, key: _Key) -> x509.CertificateBuilder:
        own = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(self._at - timedelta(days=1))
            .not_valid_after(self._at + _LIFE)
            .add_extension(own, critical=False)
            .add_extension(issuer, critical=False)
        )


def _simple_signer(forge: _Forge, name: str, *, first: bool) -> SimpleSigner:
    private: _Key = rsa.generate_private_key(65537, 3072) if first else ec.generate_private_key(ec.SECP256R1())
    [certificate], key = _loaded(forge.issue(name, private), private)
    # pyhanko-certvalidator says it is typed and leaves this constructor bare
    nothing_else = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    return SimpleSigner(signing_cert=certificate, signing_key=key, cert_registry=nothing_else)


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "FR"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name[:64]),
        ]
    )


def _usage(**granted: bool) -> x509.KeyUsage:
    every = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**{name: granted.get(name, False) for name in every})


def _loaded(certificate: x509.Certificate, key: _Key) -> tuple[list[Any], Any]:
    """Both in the library's own classes, which carry no types."""
    plain = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    certificates = list(load_certs_from_pemder_data(certificate.public_bytes(serialization.Encoding.DER)))
    return certificates, load_private_key_from_pemder_data(plain, passphrase=None)
