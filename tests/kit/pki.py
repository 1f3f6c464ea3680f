"""A certification authority with its services on loopback: revocation lists, OCSP, and timestamps by ``openssl ts``."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
LIFE = timedelta(days=365)
DAY = timedelta(days=1)
_TSA_CONF = """
[tsa]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
ordering = no
tsa_name = no
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: Key

    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def pkcs12(self, password: str, *issuers: x509.Certificate) -> bytes:
        return serialize_key_and_certificates(
            b"signature",
            self.key,
            self.certificate,
            issuers,
            serialization.BestAvailableEncryption(password.encode()),
        )


@dataclass(slots=True, kw_only=True)
class Pki:
    """A root, an authority under it that issues, and what its services answer."""

    base: str
    folder: Path
    now: datetime
    root: Issued
    issuing: Issued
    stamping: Issued
    revoked: set[int] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    """Which services were used."""
    is_silent: bool = False
    """No OCSP answer and no list any more."""

    @property
    def tsa(self) -> str:
        return f"{self.base}/tsa"

    @property
    def trust(self) -> bytes:
        return self.root.pem()

    def signer(
        self,
        name: str,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        usage: str = "non_repudiation",
        key: Key | None = None,
    ) -> Issued:
        """Somebody's certificate, OCSP and list named in it."""
        key = key or ec.generate_private_key(ec.SECP256R1())
        builder = _builder(self.issuing, name, key, since or self.now - DAY, until or self.now + LIFE)
        builder = _services(builder, self.base).add_extension(
            _usage(content_commitment=usage == "non_repudiation", key_encipherment=usage != "non_repudiation"), True
        )
        return Issued(certificate=builder.sign(_signing(self.issuing), hashes.SHA256()), key=key)

    def revocations(self, issuer: Issued) -> bytes:
        """The list of that authority, in DER."""
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(issuer.certificate.subject)
            .last_update(self.now - timedelta(hours=1))
            .next_update(self.now + DAY)
            .add_extension(x509.CRLNumber(1), False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), False)
        )
        for serial in self.revoked:
            entry = x509.RevokedCertificateBuilder().serial_number(serial)
            builder = builder.add_revoked_certificate(entry.revocation_date(self.now - timedelta(hours=2)).build())
        return builder.sign(_signing(issuer), hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    def answer_ocsp(self, query: bytes) -> bytes:
        asked = ocsp.load_der_ocsp_request(query)
        gone = asked.serial_number in self.revoked
        builder = ocsp.OCSPResponseBuilder().add_response_by_hash(
            asked.issuer_name_hash,
            asked.issuer_key_hash,
            asked.serial_number,
            hashes.SHA1(),  # noqa: S303
            ocsp.OCSPCertStatus.REVOKED if gone else ocsp.OCSPCertStatus.GOOD,
            self.now - timedelta(minutes=5),
            self.now + DAY,
            self.now - timedelta(hours=2) if gone else None,
            None,
        )
        builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, self.issuing.certificate)
        for extension in asked.extensions:
            builder = builder.add_extension(extension.value, extension.critical)
        return builder.sign(_signing(self.issuing), hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    def answer_tsa(self, query: bytes) -> bytes:
        """As a timestamp service does, by another program than ours."""
        (self.folder / "query.tsq").write_bytes(query)
        done = subprocess.run(
            [
                *("openssl", "ts", "-reply", "-queryfile", "query.tsq", "-inkey", "tsa.key", "-signer", "tsa.pem"),
                *("-chain", "root.pem", "-config", "tsa.cnf", "-section", "tsa", "-out", "reply.tsr"),
            ],
            cwd=self.folder,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return (self.folder / "reply.tsr").read_bytes()


@contextmanager
def authority(folder: Path) -> Iterator[Pki]:
    """The authority with its services running, until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    pki = _found(folder, f"http://127.0.0.1:{server.server_port}")
    server.pki = pki  # type: ignore[attr-defined]  # the handler finds it there
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield pki
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        pki: Pki = self.server.pki  # type: ignore[attr-defined]
        issuer = {"/root.crl": pki.root, "/issuing.crl": pki.issuing}.get(self.path)
        if pki.is_silent or issuer is None:
            self.send_error(404)
        else:
            self._answer("crl", "application/pkix-crl", pki.revocations(issuer))

    def do_POST(self) -> None:
        pki: Pki = self.server.pki  # type: ignore[attr-defined]
        query = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/tsa":
            self._answer("tsa", "application/timestamp-reply", pki.answer_tsa(query))
        elif self.path == "/ocsp" and not pki.is_silent:
            self._answer("ocsp", "application/ocsp-response", pki.answer_ocsp(query))
        else:
            self.send_error(503)

    def _answer(self, service: str, kind: str, body: bytes) -> None:
        self.server.pki.asked.append(service)  # type: ignore[attr-defined]
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


def _found(folder: Path, base: str) -> Pki:
    now = datetime.now(UTC).replace(microsecond=0)  # noqa: TID251 - services answer for the real time
    root_key, issuing_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    name = _name("Autorité racine fictive")
    bare = Issued(certificate=_self_signed(name, root_key, now), key=root_key)
    under = _builder(bare, "Autorité fictive", issuing_key, now - DAY, now + LIFE, is_authority=True)
    under = under.add_extension(_points(f"{base}/root.crl"), False).add_extension(
        _usage(key_cert_sign=True, crl_sign=True, digital_signature=True), True
    )
    issuing = Issued(certificate=under.sign(root_key, hashes.SHA256()), key=issuing_key)
    stamping_key = rsa.generate_private_key(65537, 2048)
    stamping = _builder(bare, "Horodatage fictif", stamping_key, now - DAY, now + LIFE)
    stamping = (
        stamping.add_extension(_points(f"{base}/root.crl"), False)
        .add_extension(_usage(digital_signature=True), True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True)
    )
    stamper = Issued(certificate=stamping.sign(root_key, hashes.SHA256()), key=stamping_key)
    (folder / "tsa.pem").write_bytes(stamper.pem())
    (folder / "root.pem").write_bytes(bare.pem())
    (folder / "tsa.cnf").write_text(_TSA_CONF.format(folder=folder))
    (folder / "serial").write_text("01")
    (folder / "tsa.key").write_bytes(
        stamping_key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return Pki(base=base, folder=folder, now=now, root=bare, issuing=issuing, stamping=stamper)


def _self_signed(name: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime) -> x509.Certificate:
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - DAY)
        .not_valid_after(now + LIFE)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=1), True)
        .add_extension(_usage(key_cert_sign=True, crl_sign=True), True)
        .sign(key, hashes.SHA256())
    )


def _builder(
    issuer: Issued, name: str, key: Key, since: datetime, until: datetime, *, is_authority: bool = False
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(issuer.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), False)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=0 if is_authority else None), True)
    )


def _services(builder: x509.CertificateBuilder, base: str) -> x509.CertificateBuilder:
    where = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier(f"{base}/ocsp"))
    return builder.add_extension(x509.AuthorityInformationAccess([where]), False).add_extension(
        _points(f"{base}/issuing.crl"), False
    )


def _points(address: str) -> x509.CRLDistributionPoints:
    return x509.CRLDistributionPoints(
        [x509.DistributionPoint([x509.UniformResourceIdentifier(address)], None, None, None)]
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [x509.NameAttribute(NameOID.COUNTRY_NAME, "FR"), x509.NameAttribute(NameOID.COMMON_NAME, common_name)]
    )


def _usage(**granted: bool) -> x509.KeyUsage:
    every = (
        *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement"),
        *("key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
    )
    return x509.KeyUsage(**{name: granted.get(name, False) for name in every})


def _signing(issued: Issued) -> ec.EllipticCurvePrivateKey:
    assert isinstance(issued.key, ec.EllipticCurvePrivateKey)
    return issued.key
