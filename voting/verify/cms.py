"""Whether every byte of a signature container is either signed or the only one possible.

A CMS holds parts that its signature does not cover: versions, algorithm names, certificates. A byte changed there goes
unseen by a library. Here each such part must be the one that the signed parts call for.
"""

from dataclasses import dataclass, replace

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

from voting.verify.der import INTEGER, NULL, OCTET_STRING, OID, SEQUENCE, SET, Node, NotDer, build, parse

_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_DATA = bytes.fromhex("2a864886f70d010701")
_TIMESTAMP_INFO = bytes.fromhex("2a864886f70d0109100104")
_TIMESTAMP_TOKEN = bytes.fromhex("2a864886f70d010910020e")
_SHA_BITS = {
    bytes.fromhex("608648016503040201"): 256,
    bytes.fromhex("608648016503040202"): 384,
    bytes.fromhex("608648016503040203"): 512,
}
_RSA = bytes.fromhex("2a864886f70d010101")
_RSA_WITH_SHA = {
    256: bytes.fromhex("2a864886f70d01010b"),
    384: bytes.fromhex("2a864886f70d01010c"),
    512: bytes.fromhex("2a864886f70d01010d"),
}
_ECDSA = {
    256: bytes.fromhex("2a8648ce3d040302"),
    384: bytes.fromhex("2a8648ce3d040303"),
    512: bytes.fromhex("2a8648ce3d040304"),
}
_EMPTY = build(NULL)
_WRAPPED, _CERTIFICATES, _SIGNED_ATTRIBUTES, _UNSIGNED_ATTRIBUTES = 0xA0, 0xA0, 0xA0, 0xA1


class Loose(ValueError):
    """Some byte of the container could be another one without anybody noticing; the message says where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is known from outside the container."""

    certificates: tuple[x509.Certificate, ...]
    """Certificates that may prove those inside."""
    algorithms: frozenset[bytes] = frozenset()
    """Names of signature algorithms that its timestamps use in places that are covered; empty: only the usual ones."""
    anchored: bool = True
    """The caller trusts somebody: every certificate must be proven. Otherwise one whose issuer is nowhere may stand."""


def check(der: bytes, context: Context) -> None:
    """Passes when every byte is accounted for; otherwise ``Loose``."""
    try:
        _content_info(parse(der), context)
    except Loose:
        raise
    except (ValueError, TypeError, UnsupportedAlgorithm, x509.InvalidVersion) as error:
        raise Loose("encoding") from error


def token_algorithms(der: bytes) -> frozenset[bytes]:
    """How the timestamp inside that signature names its algorithm; nothing when there is none to be read."""
    try:
        unsigned = _signer(_parts(parse(der))[-1])[6:]
        tokens = [_token(node) for node in unsigned]
        return frozenset(_signer(_parts(token)[-1])[4].raw for token in tokens)
    except (NotDer, Loose):
        return frozenset()


def _parts(node: Node) -> list[Node]:
    """The five parts of the signed data: version, digests, content, certificates, signers."""
    kind, wrapped = _shape(node.inside(SEQUENCE), 2, "container")
    _expect(kind.raw, build(OID, _SIGNED_DATA), "container type")
    [signed_data] = _shape(wrapped.inside(_WRAPPED), 1, "container")
    return _shape(signed_data.inside(SEQUENCE), 5, "container parts")


def _signer(infos: Node) -> list[Node]:
    """The parts of the one signer: version, name, digest, signed attributes, algorithm, signature, unsigned ones."""
    [info] = _shape(infos.inside(SET), 1, "signer count")
    parts = info.inside(SEQUENCE)
    if len(parts) not in (6, 7):
        raise Loose("signer parts")
    return parts


def _content_info(node: Node, context: Context) -> None:
    version, digests, encapsulated, bag, infos = _parts(node)
    content_type = _encapsulated(encapsulated)
    _expect(version.raw, build(INTEGER, b"\x01" if content_type == _DATA else b"\x03"), "container version")
    certificates = [_certificate(c.raw) for c in bag.inside(_CERTIFICATES)]
    for certificate in certificates:
        _proven(certificate, [*certificates, *context.certificates], context)
    digest = _signer_info(_signer(infos), certificates, content_type, context)
    _expect(digests.raw, build(SET, digest), "digest list")


def _encapsulated(node: Node) -> bytes:
    """The type of what is signed; the content itself, when it is inside, is covered by its digest."""
    kind, *content = node.inside(SEQUENCE)
    if kind.tag != OID or kind.content != (_TIMESTAMP_INFO if content else _DATA) or len(content) > 1:
        raise Loose("encapsulated content")
    for wrapped in content:
        [inner] = _shape(wrapped.inside(_WRAPPED), 1, "encapsulated content")
        if inner.tag != OCTET_STRING:
            raise Loose("encapsulated content")
    return kind.content


def _signer_info(
    parts: list[Node], certificates: list[x509.Certificate], content_type: bytes, context: Context
) -> bytes:
    """Checks the one signer; gives back the bytes of his digest algorithm."""
    version, signer, digest, attributes, algorithm, signature = parts[:6]
    _expect(version.raw, build(INTEGER, b"\x01"), "signer version")
    if signer.raw not in [_issuer_and_serial(c) for c in certificates]:
        raise Loose("signer name")
    if (attributes.tag, signature.tag) != (_SIGNED_ATTRIBUTES, OCTET_STRING):
        raise Loose("signer parts")
    usual = _usual(_digest_bits(digest), content_type)
    if algorithm.raw not in (usual if content_type == _DATA else context.algorithms or usual):
        raise Loose("signature algorithm")
    for unsigned in parts[6:]:
        _content_info(_token(unsigned), replace(context, algorithms=frozenset()))
    return digest.raw


def _digest_bits(node: Node) -> int:
    kind, *parameters = node.inside(SEQUENCE)
    if kind.tag != OID or kind.content not in _SHA_BITS or [p.raw for p in parameters] not in ([], [_EMPTY]):
        raise Loose("digest algorithm")
    return _SHA_BITS[kind.content]


def _usual(bits: int, content_type: bytes) -> frozenset[bytes]:
    """One name for RSA, one for ECDSA: two for the same thing would be two spellings of one byte."""
    rsa = _RSA_WITH_SHA[bits] if content_type == _DATA else _RSA
    return frozenset((build(SEQUENCE, build(OID, rsa), _EMPTY), build(SEQUENCE, build(OID, _ECDSA[bits]))))


def _token(node: Node) -> Node:
    """The signature timestamp: the only thing that may stand among the unsigned attributes."""
    [attribute] = _shape(node.inside(_UNSIGNED_ATTRIBUTES), 1, "unsigned attributes")
    kind, values = _shape(attribute.inside(SEQUENCE), 2, "unsigned attributes")
    _expect(kind.raw, build(OID, _TIMESTAMP_TOKEN), "unsigned attributes")
    [token] = _shape(values.inside(SET), 1, "unsigned attributes")
    return token


def _certificate(der: bytes) -> x509.Certificate:
    """A certificate whose unsigned outer part repeats what it signs."""
    body, algorithm, signature = _shape(parse(der).inside(SEQUENCE), 3, "certificate")
    inner = [n.raw for n in body.inside(SEQUENCE)]
    if algorithm.raw not in inner or signature.content[:1] != b"\x00":
        raise Loose("certificate")
    return x509.load_der_x509_certificate(der)


def _proven(certificate: x509.Certificate, known: list[x509.Certificate], context: Context) -> None:
    issuers = [issuer for issuer in known if issuer.subject == certificate.issuer]
    if not issuers and not context.anchored:
        return
    for issuer in issuers:
        try:
            certificate.verify_directly_issued_by(issuer)
        except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
            continue
        return
    raise Loose("certificate without its issuer")


def _issuer_and_serial(certificate: x509.Certificate) -> bytes:
    serial = certificate.serial_number
    number = serial.to_bytes(serial.bit_length() // 8 + 1, "big")
    return build(SEQUENCE, certificate.issuer.public_bytes(), build(INTEGER, number))


def _shape(nodes: list[Node], count: int, what: str) -> list[Node]:
    if len(nodes) != count:
        raise Loose(what)
    return nodes


def _expect(found: bytes, due: bytes, what: str) -> None:
    if found != due:
        raise Loose(what)
