"""Has the next signatory sign, and closes the file after the last one. Either all of it is done or nothing."""

import asyncio
import io
from datetime import datetime

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from voting.minutes.scribe import scribe
from voting.minutes.sign import add_signature, seal
from voting.minutes.signatories import Capacity, Signatory
from voting.minutes.signers import Authority
from voting.signing.book import Book
from voting.signing.certificates import check_certificate, check_issuer, check_name
from voting.signing.explain import explained
from voting.signing.faults import CannotSign
from voting.signing.keys import PersonalKey
from voting.wording import catalogue


def next_signatory(book: Book, role: Capacity | None = None) -> Signatory:
    """Whose turn it is; ``CannotSign`` when that is not the asked role, or nobody's."""
    if not book.waiting:
        raise CannotSign("complete")
    turn = book.waiting[0]
    if role is not None and role is not turn.capacity:
        raise CannotSign("not_your_turn", name=book.name(turn.person))
    return turn


def sign_next(
    book: Book,
    key: PersonalKey,
    authority: Authority,
    at: datetime,
    *,
    role: Capacity | None = None,
    other_name: bool = False,
) -> bytes:
    """The file with one signature more; closed by the archival timestamp when it was the last and a service is there.

    ``other_name`` lets a certificate sign that bears another last name than the roll (a name in use, for instance).
    """
    turn = next_signatory(book, role)
    check_certificate(key.certificate, at)
    if not other_name:
        member = book.minutes.roll[turn.person]
        check_name(key.certificate, member.last_name, member.full_name)
    if authority.roots and authority.timestamper is None:  # a timestamp is kept with the proof of all this
        check_issuer(key.certificate, key.between, authority.roots, at)
    writer = scribe(book.minutes, catalogue(book.language))
    signed = explained(lambda: add_signature(book.pdf, turn, key, authority, at, writer))
    must_hold(signed)
    if len(book.waiting) > 1 or authority.timestamper is None:
        return signed
    return explained(lambda: seal(signed, authority, at))


def close(book: Book, authority: Authority, at: datetime) -> bytes:
    """The archival timestamp over a file that everybody has signed."""
    if book.waiting:
        raise CannotSign("not_complete", name=book.name(book.waiting[0].person))
    if book.is_sealed:
        raise CannotSign("sealed")
    if authority.timestamper is None:
        raise CannotSign("no_service")
    return explained(lambda: seal(book.pdf, authority, at))


def must_hold(pdf: bytes) -> None:
    """The signature just made is over these bytes and by its certificate: a card that errs is found out here."""
    intact = asyncio.run(_last_holds(pdf))
    if not intact:
        raise CannotSign("does_not_hold")


async def _last_holds(pdf: bytes) -> bool:
    signature = PdfFileReader(io.BytesIO(pdf)).embedded_signatures[-1]
    status = await async_validate_pdf_signature(
        signature, ValidationContext(trust_roots=[], allow_fetching=False), skip_diff=True
    )
    return bool(status.intact and status.valid)
