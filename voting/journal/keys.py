"""The Ed25519 keys of the journal, in the text forms of C2SP signed notes. What they sign: `checkpoint`."""

import base64
import binascii
import os
import re
import stat
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from voting.journal.faults import KeyFault

ED25519 = b"\x01"
"""The signature type of plain Ed25519 notes."""

_PRIVATE = "PRIVATE+KEY+"
_KEY_BYTES = 32
_NAME = re.compile(r"[^\s+\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class VerificationKey:
    """The public half, which anyone may hold: `name+id+key` (a vkey)."""

    name: str
    public: bytes

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise KeyFault(problem="name")
        if len(self.public) != _KEY_BYTES:
            raise KeyFault(problem="format")

    @property
    def key_id(self) -> bytes:
        """Four bytes that tell keys of one name apart."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        """The vkey."""
        return f"{self.name}+{self.key_id.hex()}+{to_base64(ED25519 + self.public)}"

    @classmethod
    def parse(cls, text: str) -> "VerificationKey":
        """The key of a vkey line."""
        name, key_id, public = _split(text.strip())
        key = cls(name, public)
        if key.key_id.hex() != key_id:
            raise KeyFault(problem="key_id")
        return key

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """Whether this key signed that message."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The private half. Its text never reaches a log: `repr` shows the name alone."""

    name: str
    _private: Ed25519PrivateKey = field(repr=False)
    vkey: VerificationKey = field(init=False, repr=False)
    """The public half."""

    def __post_init__(self) -> None:
        public = self._private.public_key().public_bytes_raw()
        object.__setattr__(self, "vkey", VerificationKey(self.name, public))

    @classmethod
    def generate(cls, name: str) -> "SigningKey":
        """A new key pair of that name."""
        return cls(name, Ed25519PrivateKey.generate())

    def for_rehearsals(self) -> "SigningKey":
        """The pair that signs the heads of rehearsals: no vkey of official journals verifies one of them."""
        seed = sha256(b"hemicycle rehearsals\n" + self._private.private_bytes_raw()).digest()
        return SigningKey(f"{self.name}-a-blanc", Ed25519PrivateKey.from_private_bytes(seed))

    def sign(self, message: bytes) -> bytes:
        """The 64 bytes of the signature."""
        return self._private.sign(message)

    def private_text(self) -> str:
        """The whole pair as one line, in the form that Go's `note` package reads."""
        return (
            f"{_PRIVATE}{self.name}+{self.vkey.key_id.hex()}+{to_base64(ED25519 + self._private.private_bytes_raw())}"
        )

    @classmethod
    def parse(cls, text: str) -> "SigningKey":
        """The pair of such a line."""
        line = text.strip()
        if not line.startswith(_PRIVATE):
            raise KeyFault(problem="format")
        name, key_id, seed = _split(line.removeprefix(_PRIVATE))
        key = cls(name, Ed25519PrivateKey.from_private_bytes(seed))
        if key.vkey.key_id.hex() != key_id:
            raise KeyFault(problem="key_id")
        return key

    def save(self, path: Path) -> None:
        """Write the pair to a new file that its owner alone can read; an existing file is never overwritten."""
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError as error:
            raise KeyFault(problem="exists", path=str(path)) from error
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(self.private_text() + "\n")
            file.flush()
            os.fsync(file.fileno())

    @classmethod
    def load(cls, path: Path) -> "SigningKey":
        """Read the pair; a file that others can read is refused, since the key may be known already."""
        try:
            if os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
                raise KeyFault(problem="permissions")
            return cls.parse(path.read_text(encoding="ascii"))
        except KeyFault as fault:
            raise KeyFault(problem=fault.problem, path=str(path)) from fault
        except UnicodeDecodeError as error:
            raise KeyFault(problem="format", path=str(path)) from error
        except OSError as error:
            raise KeyFault(problem="unreadable", path=str(path)) from error


def to_base64(data: bytes) -> str:
    """Standard base64 with padding."""
    return base64.b64encode(data).decode("ascii")


def from_base64(text: str) -> bytes:
    """The bytes; another spelling of the same bytes is a ValueError, so that a proof has one form only."""
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
    if to_base64(data) != text:
        raise ValueError("not the canonical base64")
    return data


def _split(text: str) -> tuple[str, str, bytes]:
    """Name, id in hexadecimal and the 32 bytes of `name+id+base64(type, key)`."""
    parts = text.split("+", 2)
    if len(parts) != 3:
        raise KeyFault(problem="format")
    name, key_id, encoded = parts
    try:
        data = from_base64(encoded)
    except ValueError as error:
        raise KeyFault(problem="format") from error
    if data[:1] != ED25519:
        raise KeyFault(problem="type")
    if len(data) != 1 + _KEY_BYTES:
        raise KeyFault(problem="format")
    return name, key_id, data[1:]
