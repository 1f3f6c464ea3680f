"""A member's receipt: the C2SP `tlog-proof@v1` that one event is in a journal. Verified offline by anyone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from voting.journal.checkpoint import CheckpointStatus, open_checkpoint
from voting.journal.faults import NotCanonical
from voting.journal.keys import VerificationKey, from_base64, to_base64
from voting.journal.merkle import HASH_SIZE, InclusionStatus, verify_inclusion

FORMAT = "c2sp.org/tlog-proof@v1"

_INDEX = re.compile(r"index (0|[1-9]\d{0,15})", re.ASCII)
_EXTRA = "extra "
_MAX_PATH = 64
_NO_INCLUSION = InclusionStatus(well_formed=False, root_matches=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The proof that the event at that index is under that checkpoint."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: str
    """The signed note, verbatim."""
    extra: bytes | None = None
    """Carried along and covered by nothing: never trust it."""

    def text(self) -> str:
        """The content of a `.tlog-proof` file."""
        extra = () if self.extra is None else (_EXTRA + to_base64(self.extra),)
        head = (FORMAT, *extra, f"index {self.index}", *map(to_base64, self.path), "")
        return "".join(f"{line}\n" for line in head) + self.checkpoint

    @classmethod
    def parse(cls, text: str) -> "Receipt":
        """The proof that such a file states; nothing is verified yet."""
        head, gap, checkpoint = text.partition("\n\n")
        lines = head.split("\n")
        if not gap or lines.pop(0) != FORMAT:
            raise NotCanonical(problem="proof")
        try:
            extra = from_base64(lines.pop(0).removeprefix(_EXTRA)) if lines and lines[0].startswith(_EXTRA) else None
            index = _INDEX.fullmatch(lines.pop(0)) if lines else None
            path = tuple(map(from_base64, lines))
        except ValueError as error:
            raise NotCanonical(problem="proof") from error
        if index is None or len(path) > _MAX_PATH or any(len(hash_) != HASH_SIZE for hash_ in path):
            raise NotCanonical(problem="proof")
        return cls(index=int(index[1]), path=path, checkpoint=checkpoint, extra=extra)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptStatus:
    """The answers about a receipt."""

    well_formed: bool
    checkpoint: CheckpointStatus | None = None
    inclusion: InclusionStatus = _NO_INCLUSION

    @property
    def holds(self) -> bool:
        """All answers are yes: the event is in the journal whose head was signed."""
        return self.well_formed and self.checkpoint is not None and self.checkpoint.holds and self.inclusion.holds


def verify_receipt(text: str, leaf: bytes, keys: Sequence[VerificationKey], origin: str | None = None) -> ReceiptStatus:
    """Check that the event of this leaf hash is in the journal, by the receipt and the keys that we trust alone."""
    try:
        receipt = Receipt.parse(text)
    except NotCanonical:
        return ReceiptStatus(well_formed=False)
    checkpoint = open_checkpoint(receipt.checkpoint, keys, origin)
    if checkpoint.claimed is None:
        return ReceiptStatus(well_formed=True, checkpoint=checkpoint)
    head = checkpoint.claimed
    inclusion = verify_inclusion(leaf=leaf, index=receipt.index, size=head.size, proof=receipt.path, root=head.root)
    return ReceiptStatus(well_formed=True, checkpoint=checkpoint, inclusion=inclusion)
