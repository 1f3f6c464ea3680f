"""The signed head of the journal: a C2SP note, its RFC 6962 root computed again, its key known to the caller.

Written from the standards alone, beside the code that makes them.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from voting.verify.faults import BadAnchor
from voting.verify.report import Answer, Fields, Finding

_ED25519 = 1
_KEY_SIZE, _ID_SIZE = 32, 4


@dataclass(frozen=True, slots=True)
class JournalKey:
    """A key that the caller trusts, as a vkey names it."""

    name: str
    id: bytes
    public: bytes


def journal_keys(vkeys: list[str]) -> list[JournalKey]:
    """The keys of those vkey lines; a line that is none is the caller's mistake (``BadAnchor``)."""
    return [_key(vkey.strip(), place) for place, vkey in enumerate(vkeys, 1)]


def judge(note: bytes | None, journal: bytes | None, sitting: str | None, keys: list[JournalKey]) -> Answer:
    """Whether the note is the head of exactly that journal, signed by a known key; None when no key was given."""
    if note is None or journal is None:
        return Answer(False, (Finding("missing"),))
    try:
        text, signatures = _open(note)
        origin, size, root = _head(text)
    except ValueError:
        return Answer(False, (Finding("malformed"),))
    faults = _content(origin, size, root, journal, sitting)
    known = [
        (key, value) for key in keys for name, value in signatures if (name, value[:_ID_SIZE]) == (key.name, key.id)
    ]
    forged = [key for key, value in known if not _verifies(key, value[_ID_SIZE:], text)]
    faults += [Finding("forged", {"key": key.name}) for key in forged]
    if faults:
        return Answer(False, tuple(faults))
    fields: Fields = {"size": size, "key": ", ".join(name for name, _ in signatures), "root": root}
    if not keys:
        return Answer(None, (Finding("unanchored", fields),))
    return Answer(bool(known), (Finding("good" if known else "other_key", fields),))


def _content(origin: str, size: int, root: str, journal: bytes, sitting: str | None) -> list[Finding]:
    lines = journal.split(b"\n")[:-1]
    faults = []
    if sitting is not None and origin != f"hemicycle/{sitting}":
        faults.append(Finding("other_sitting", {"origin": origin}))
    if size != len(lines):
        faults.append(Finding("other_size", {"stated": size, "found": len(lines)}))
    elif root != base64.b64encode(tree_root(lines)).decode():
        faults.append(Finding("other_root"))
    return faults


def tree_root(lines: list[bytes]) -> bytes:
    """The Merkle tree hash of RFC 6962, section 2.1, level by level: an odd last node goes up as it is."""
    level = [hashlib.sha256(b"\0" + line).digest() for line in lines]
    if not level:
        return hashlib.sha256().digest()
    while len(level) > 1:
        pairs = [hashlib.sha256(b"\1" + a + b).digest() for a, b in zip(level[0::2], level[1::2], strict=False)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0]


def _open(note: bytes) -> tuple[str, list[tuple[str, bytes]]]:
    """The text of the note, and the name and value of each signature."""
    text, gap, rest = note.decode().rpartition("\n\n")
    *lines, end = rest.split("\n")
    if not gap or end or not lines:
        raise ValueError("no note")
    return f"{text}\n", [_signature(line) for line in lines]


def _signature(line: str) -> tuple[str, bytes]:
    dash, name, value = line.split(" ")
    if dash != "—" or not name:
        raise ValueError("no signature")
    return name, _base64(value)


def _head(text: str) -> tuple[str, int, str]:
    """Origin, size and root; lines of others may follow."""
    origin, size, root, *_ = text.split("\n")
    if (
        not size.isascii()
        or not size.isdigit()
        or str(int(size)) != size
        or len(_base64(root)) != hashlib.sha256().digest_size
    ):
        raise ValueError("no head")
    return origin, int(size), root


def _verifies(key: JournalKey, signature: bytes, text: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, text.encode())
    except InvalidSignature:
        return False
    return True


def _key(vkey: str, place: int) -> JournalKey:
    name, _, rest = vkey.partition("+")
    fingerprint, _, encoded = rest.partition("+")
    try:
        blob = _base64(encoded)
    except ValueError as error:
        raise BadAnchor("vkey", place) from error
    due = hashlib.sha256(f"{name}\n".encode() + blob).digest()[:_ID_SIZE]
    if len(blob) != 1 + _KEY_SIZE or blob[0] != _ED25519 or due.hex() != fingerprint or not name:
        raise BadAnchor("vkey", place)
    return JournalKey(name, due, blob[1:])


def _base64(text: str) -> bytes:
    """Standard base64, in its one spelling."""
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("no base64") from error
    if base64.b64encode(data).decode() != text:
        raise ValueError("no canonical base64")
    return data
