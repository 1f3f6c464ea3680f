"""The signed head of a journal: C2SP signed notes and tlog-checkpoints. What a root is made of: `merkle`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from voting.journal.faults import NotCanonical
from voting.journal.keys import SigningKey, VerificationKey, from_base64, to_base64
from voting.journal.merkle import HASH_SIZE

MAX_NOTE = 1 << 16
MAX_SIGNATURES = 100

_SIZE = re.compile(r"0|[1-9]\d{0,15}", re.ASCII)
_SIGNATURE = re.compile(r"— (?P<name>[^\s+]+) (?P<value>[A-Za-z0-9+/]+=*)")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


def origin_of(sitting: str) -> str:
    """The identity of a sitting's journal, first line of its checkpoints."""
    return f"hemicycle/{sitting}"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a journal: its root when it had that many events."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()
    """Lines after the root. We write none and accept those of others."""

    def text(self) -> str:
        """The note text of a tlog-checkpoint."""
        lines = (self.origin, str(self.size), to_base64(self.root), *self.extensions)
        return "".join(f"{line}\n" for line in lines)

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """The head that a note text states."""
        lines = text.split("\n")
        if len(lines) < 4 or lines.pop() or not all(lines):
            raise NotCanonical(problem="checkpoint")
        origin, size, root, *extensions = lines
        if not _SIZE.fullmatch(size):
            raise NotCanonical(problem="checkpoint", at="size")
        try:
            hash_ = from_base64(root)
        except ValueError as error:
            raise NotCanonical(problem="checkpoint", at="root") from error
        if len(hash_) != HASH_SIZE:
            raise NotCanonical(problem="checkpoint", at="root")
        return cls(origin, int(size), hash_, tuple(extensions))


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteStatus:
    """The answers about a signed note."""

    well_formed: bool
    known_key: bool = False
    """At least one signature names a key that we trust."""
    signatures_match: bool = False
    """Every signature that names a trusted key is that key's over this text."""
    signers: tuple[str, ...] = ()
    """The trusted keys whose signatures match."""

    @property
    def holds(self) -> bool:
        """All answers are yes."""
        return self.well_formed and self.known_key and self.signatures_match


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckpointStatus:
    """The answers about a checkpoint."""

    note: NoteStatus
    well_formed: bool
    """The text states an origin, a size and a root."""
    origin_matches: bool
    """It is the head of the journal that was asked for."""
    claimed: Checkpoint | None = None
    """What it states, signed or not: worth nothing unless `holds`, or for saying what does not match."""

    @property
    def holds(self) -> bool:
        """All answers are yes."""
        return self.note.holds and self.well_formed and self.origin_matches


def sign_note(text: str, *keys: SigningKey) -> str:
    """The note that these keys sign; the text ends with a line feed."""
    if not text.endswith("\n") or _CONTROL.search(text):
        raise NotCanonical(problem="note")
    message = text.encode()
    lines = (f"— {key.name} {to_base64(key.vkey.key_id + key.sign(message))}\n" for key in keys)
    return text + "\n" + "".join(lines)


def sign_checkpoint(checkpoint: Checkpoint, *keys: SigningKey) -> str:
    """The checkpoint to post in the meeting chat and to keep."""
    return sign_note(checkpoint.text(), *keys)


def split_note(note: str) -> tuple[str, tuple[tuple[str, bytes], ...]]:
    """The text of a note and its signatures (key name, key id and signature), none of them checked."""
    text, gap, rest = note.rpartition("\n\n")
    lines = rest.split("\n")
    if len(note) > MAX_NOTE or _CONTROL.search(note) or not gap or lines.pop():
        raise NotCanonical(problem="note")
    if not 1 <= len(lines) <= MAX_SIGNATURES:
        raise NotCanonical(problem="note")
    return text + "\n", tuple(map(_signature, lines))


def open_note(note: str, keys: Sequence[VerificationKey]) -> NoteStatus:
    """Check a note against the keys that we trust. Signatures of other keys are ignored, as the format asks."""
    try:
        text, signatures = split_note(note)
        message = text.encode()
    except (NotCanonical, UnicodeEncodeError):
        return NoteStatus(well_formed=False)
    trusted = {(key.name, key.key_id): key for key in keys}
    met, matching = 0, []
    for name, value in signatures:
        key = trusted.get((name, value[:4]))
        if key is None:
            continue
        met += 1
        if key.verifies(value[4:], message):
            matching.append(name)
    return NoteStatus(
        well_formed=True, known_key=met > 0, signatures_match=met == len(matching) > 0, signers=tuple(matching)
    )


def open_checkpoint(note: str, keys: Sequence[VerificationKey], origin: str | None = None) -> CheckpointStatus:
    """Check a signed checkpoint; `origin` is the journal that it must be the head of, any if None."""
    status = open_note(note, keys)
    try:
        claimed = Checkpoint.parse(split_note(note)[0])
    except NotCanonical:
        return CheckpointStatus(note=status, well_formed=False, origin_matches=False)
    matches = origin is None or claimed.origin == origin
    return CheckpointStatus(note=status, well_formed=True, origin_matches=matches, claimed=claimed)


def _signature(line: str) -> tuple[str, bytes]:
    match = _SIGNATURE.fullmatch(line)
    if match is None:
        raise NotCanonical(problem="note", at="signature")
    try:
        value = from_base64(match["value"])
    except ValueError as error:
        raise NotCanonical(problem="note", at="signature") from error
    if len(value) < 5:
        raise NotCanonical(problem="note", at="signature")
    return match["name"], value
