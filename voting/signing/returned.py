"""What comes back from a parapheur, held against what left: the same bytes, and after them only signatures."""

from dataclasses import dataclass
from datetime import datetime

from voting.minutes.signatories import Signatory
from voting.signing.book import Book, open_book, read_book
from voting.signing.faults import CannotSign


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A return that may be taken in."""

    book: Book
    added: tuple[Signatory, ...]
    """Who signed while it was away."""
    timestamp: bool
    """The archival timestamp came with it."""

    @property
    def is_ready_to_close(self) -> bool:
        """Everybody has signed, and the archival timestamp is still to come."""
        return not self.book.waiting and not self.book.is_sealed


def accept_return(sent: bytes, returned: bytes, now: datetime, trust: list[bytes] | None = None) -> Returned:
    """The return, or the fault that keeps it out. With ``trust``, the signers' certificates must lead there."""
    if sent == returned:
        raise CannotSign("nothing_signed")
    if not returned.startswith(sent):
        raise CannotSign("rewritten")
    book = open_book(returned, now, trust)
    before = read_book(sent).signed
    new = book.signed[len(before) :]
    if not new:
        raise CannotSign("nothing_signed")
    return Returned(
        book=book,
        added=tuple(s for s in book.signatories if s.field in new),
        timestamp=book.is_sealed and not read_book(sent).is_sealed,
    )
