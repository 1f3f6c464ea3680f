"""What somebody reads before signing: which sitting, which bytes, who signs in which order, and how."""

import base64

from voting.minutes.scribe import scribe
from voting.minutes.signatories import Signatory
from voting.minutes.stamp import capacity
from voting.signing.book import Book, read_issuers
from voting.signing.returned import Returned
from voting.wording import Catalogue


def told(book: Book, name: str, texts: Catalogue) -> tuple[str, ...]:
    """The page of the signature book for the file of that name, one line each."""
    convened = book.minutes.convened
    lines = [
        texts("signing.told.minutes", title=convened.title, body=convened.body_name),
        texts("signing.told.file", name=name, size=len(book.pdf)),
        texts("signing.told.fingerprint", fingerprint=book.fingerprint),
        texts("signing.told.order"),
        *(_line(book, place, signatory, texts) for place, signatory in enumerate(book.signatories, 1)),
        texts(f"signing.told.seal.{'done' if book.is_sealed else 'awaited'}", n=len(book.signatories) + 1),
    ]
    if book.waiting:
        lines += [texts("signing.told.how", name=name), texts("signing.told.parapheur", name=name)]
    elif not book.is_sealed:
        lines.append(texts("signing.told.close", name=name))
    else:
        lines.append(texts("signing.told.verify", name=name))
    return (*lines, texts("signing.told.never_a_click"))


def authorities_told(pdf: bytes, name: str, texts: Catalogue, *, given: int) -> str:
    """Whether it was judged who issued the certificates; if not, who they say did, and how to have it judged.

    ``given``: how many authorities were trusted; the file is one that was accepted with them.
    """
    if given:
        return texts.plural("signing.told.authorities.judged", given, n=given)
    said = [texts("signing.told.certificate", signer=signer, issuer=issuer) for signer, issuer in read_issuers(pdf)]
    return texts("signing.told.authorities.not_judged", certificates=", ".join(said), name=name)


def digest_told(digest: bytes, texts: Catalogue) -> tuple[str, ...]:
    """The digest that a signing service is given, in the two forms that services ask for."""
    return (
        texts("signing.told.digest", digest=digest.hex()),
        texts("signing.told.digest64", digest=base64.b64encode(digest).decode()),
    )


def returned_told(back: Returned, texts: Catalogue) -> str:
    """What a parapheur added, in one line."""
    names = [back.book.name(signatory.person) for signatory in back.added]
    if back.timestamp:
        names.append(texts("minutes.signature.seal"))
    return texts("signing.told.returned", names=", ".join(names))


def _line(book: Book, place: int, signatory: Signatory, texts: Catalogue) -> str:
    writer = scribe(book.minutes, texts)
    state = "done" if signatory.field in book.signed else "now" if signatory == book.waiting[0] else "later"
    return texts(
        f"signing.told.{state}",
        n=place,
        name=writer.people.full(signatory.person),
        capacity=capacity(signatory, writer),
        field=signatory.field,
    )
