"""The small readers of the verifier: DER, containers, holes, notes. Each value has one form and no other."""

import base64
import hashlib

import pytest
from cryptography import x509
from hypothesis import given
from hypothesis import strategies as st

from tests.kit import journals
from tests.kit.minutes import signed
from voting.journal.merkle import leaf_hash, root
from voting.verify import checkpoint, cms
from voting.verify.container import open_container
from voting.verify.der import NotDer, build, parse
from voting.verify.holes import dig, ends_with_marker


@given(st.binary(max_size=400))
def test_what_is_built_is_read_back(content: bytes) -> None:
    raw = build(0x04, content)
    node = parse(raw)
    assert (node.tag, node.content, node.raw) == (0x04, content, raw)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x04",
        b"\x04\x02a",
        b"\x04\x81\x01a",
        b"\x04\x82\x00\x81" + b"a" * 129,
        b"\x04\x01ab",
        b"\x30\x80\x00\x00",
        b"\x1f\x81\x01\x00",
    ],
)
def test_der_has_one_form(raw: bytes) -> None:
    with pytest.raises(NotDer):
        parse(raw)


def test_a_primitive_value_has_no_inside() -> None:
    with pytest.raises(NotDer):
        parse(b"\x04\x01a").children()
    with pytest.raises(NotDer):
        parse(b"\x30\x00").inside(0x31)


def _containers() -> list[bytes]:
    return [hole.container for hole in open_container(signed().pdf).holes if hole is not None]


def _context() -> cms.Context:
    return cms.Context(certificates=(x509.load_pem_x509_certificate(signed().keys.ca_pem),))


def test_no_byte_of_a_timestamp_is_free() -> None:
    """Bytes of the last container are changed in turn: each is either signed or the only one possible."""
    seal = _containers()[-1]
    free = []
    for place in range(0, len(seal), 3):
        altered = bytearray(seal)
        altered[place] ^= 0x01
        try:
            cms.check(bytes(altered), _context())
        except cms.Loose:
            continue
        free.append(place)
    signed_parts = _signed_places(seal)
    assert [place for place in free if place not in signed_parts] == []


def _signed_places(container: bytes) -> set[int]:
    """Where the content, the signed attributes and the signature value are: what a library checks by itself."""
    [_, wrapped] = parse(container).children()
    _, _, content, _, infos = wrapped.children()[0].children()
    info = infos.children()[0].children()
    parts = [content.children()[1].children()[0], info[3], info[5]]
    covered: set[int] = set()
    for part in parts:
        end = container.index(part.raw) + len(part.raw)
        covered |= set(range(end - len(part.content), end))
    return covered


def test_the_containers_of_the_product_are_tight() -> None:
    names = frozenset(name for der in _containers()[:-1] for name in cms.token_algorithms(der))
    assert len(names) == 1
    for der in _containers():
        cms.check(der, _context())
    cms.check(_containers()[-1], cms.Context(certificates=_context().certificates, algorithms=names))


def test_a_certificate_that_nothing_proves_is_loose() -> None:
    with pytest.raises(cms.Loose, match="issuer"):
        cms.check(_containers()[-1], cms.Context(certificates=()))


@given(st.binary(max_size=300))
def test_no_bytes_of_a_container_are_a_traceback(der: bytes) -> None:
    with pytest.raises(cms.Loose):
        cms.check(der, cms.Context(certificates=()))
    assert cms.token_algorithms(der) == frozenset()


@pytest.mark.parametrize(
    ("raw", "container"),
    [
        (b"<040161>", b"\x04\x01a"),
        (b"<0401610000>", b"\x04\x01a"),
        (b"<04016100001>", b""),
        (b"<0401610001>", b""),
        (b"<04016f>", b""),
        (b"(0401 61)", b""),
        (b"<>", b""),
    ],
)
def test_a_hole_holds_capitals_then_zeros(raw: bytes, container: bytes) -> None:
    pdf = b"%PDF" + raw + b"%%EOF"
    hole = dig(pdf, "f", (0, 4, 4 + len(raw), 5))
    assert hole is not None and hole.container == container


@pytest.mark.parametrize(
    "byte_range", [(), (0, 1, 2), (1, 2, 3, 4), (0, 4, 4, 5), (0, 4, 2, 5), (0, 4, 8, 500), (0, 4, 8, -3)]
)
def test_a_range_is_one_gap_inside_the_file(byte_range: tuple[int, ...]) -> None:
    assert dig(b"%PDF<00>%%EOF", "f", byte_range) is None


def test_a_file_ends_with_its_marker() -> None:
    assert all(ends_with_marker(b"..%%EOF" + end) for end in (b"", b"\n", b"\r\n", b"\r"))
    assert not any(ends_with_marker(b"..%%EOF" + end) for end in (b"\n\n", b" ", b"%"))


@given(st.lists(st.binary(max_size=4), max_size=70))
def test_two_trees_written_apart_have_one_root(lines: list[bytes]) -> None:
    assert checkpoint.tree_root(lines) == root([leaf_hash(line) for line in lines])


NOTE = journals.sealed(journals.small().events)
_ROOT = base64.b64encode(hashlib.sha256().digest()).decode()


@pytest.mark.parametrize(
    "note",
    [
        b"",
        b"\xff",
        b"origin\n0\n" + _ROOT.encode() + b"\n",
        f"origin\n0\n{_ROOT}\n\n".encode(),
        f"origin\n0\n{_ROOT}\n\n— key\n".encode(),
        f"origin\n0\n{_ROOT}\n\n- key AAAA\n".encode(),
        f"origin\n0\n{_ROOT}\n\n— key AAAA".encode(),
        f"origin\n00\n{_ROOT}\n\n— key AAAA\n".encode(),
        f"origin\n²\n{_ROOT}\n\n— key AAAA\n".encode(),
        f"origin\n0\n{_ROOT[:-4]}\n\n— key AAAA\n".encode(),
        "origin\n0\nQQ=\n\n— key AAAA\n".encode(),
        "origin\n0\nQR==\n\n— key AAAA\n".encode(),
    ],
)
def test_a_note_that_is_none(note: bytes) -> None:
    answer = checkpoint.judge(note, NOTE.journal, None, [])
    assert (answer.ok, answer.code) == (False, "malformed")


def test_the_signature_of_a_known_key_must_be_its_own() -> None:
    text, _, signature = NOTE.checkpoint.decode().rpartition(" ")
    blob = bytearray(base64.b64decode(signature))
    blob[-1] ^= 1
    forged = f"{text} {base64.b64encode(bytes(blob)).decode()}\n".encode()
    answer = checkpoint.judge(forged, NOTE.journal, None, checkpoint.journal_keys([NOTE.vkey]))
    assert (answer.ok, answer.code) == (False, "forged")
