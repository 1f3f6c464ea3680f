"""A signed file on its way into the record: the minutes of that very sitting, signed by everybody who signs them."""

from collections.abc import Sequence
from datetime import datetime

from voting.domain.commands import RecordSignatures
from voting.domain.ids import PersonId
from voting.journal.canonical import split_lines
from voting.signing.book import open_book
from voting.signing.faults import CannotSign
from voting.verify.container import open_container
from voting.verify.journal import JOURNAL


def signatures_of(
    pdf: bytes, journal: Sequence[bytes], by: PersonId, now: datetime, trust: list[bytes] | None
) -> RecordSignatures:
    """What to record of that file. Raises a ``SigningFault`` for any other file; makes the document again: seconds."""
    book = open_book(pdf, now, trust)
    attached = split_lines(open_container(pdf).attached(JOURNAL) or b"")
    if list(attached) != list(journal[: len(attached)]):
        raise CannotSign("other_sitting")
    if book.waiting:
        raise CannotSign("not_signed_yet", name=book.name(book.waiting[0].person))
    signers = tuple(signatory.person for signatory in book.signatories)
    return RecordSignatures(by=by, fingerprint=book.fingerprint, signers=signers)
