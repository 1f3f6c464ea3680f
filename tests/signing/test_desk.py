"""Signing with real keys: in order, at level B-LTA, and every way in which it is refused before a byte is written."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.kit import archival
from tests.kit.minutes import SignedMinutes, signed
from tests.kit.pki import Issued, Pki, authority
from tests.signing.conftest import PASSWORD
from voting.minutes.signatories import Capacity
from voting.minutes.signers import Authority
from voting.rebuild import rebuild
from voting.signing.authority import make_authority
from voting.signing.book import Book, open_book
from voting.signing.desk import close, sign_next
from voting.signing.faults import CannotSign, SigningFault, UnreadablePdf, Unsound, Unusable
from voting.signing.keys import PersonalKey
from voting.signing.pkcs12 import open_pkcs12
from voting.verify import verify
from voting.verify.faults import BadAnchor
from voting.wording import catalogue

CHAIR, SECRETARY = "Hélène Castaing", "Rémi DURAND"


def now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the services answer for the real time


def key(pki: Pki, issued: Issued) -> PersonalKey:
    return open_pkcs12(issued.pkcs12(PASSWORD, pki.issuing.certificate), PASSWORD.encode())


def whole(pki: Pki) -> Authority:
    return make_authority([pki.trust], [], pki.tsa)


def said(fault: SigningFault) -> str:
    """The code of a fault, which has a sentence in both languages."""
    assert all(fault.sentence(catalogue(language)) for language in ("fr", "en"))
    return fault.code


def refused(book: Book, held: PersonalKey, authority: Authority, *, role: Capacity | None = None) -> str:
    with pytest.raises(CannotSign) as fault:
        sign_next(book, held, authority, now(), role=role)
    return said(fault.value)


def test_two_people_sign_with_ocsp_lists_and_timestamps(pki: Pki, document: SignedMinutes) -> None:
    first = sign_next(open_book(document.prepared, now()), key(pki, pki.signer(CHAIR)), whole(pki), now())
    book = open_book(first, now(), [pki.trust])
    assert [book.name(s.person) for s in book.waiting] == ["Rémi Durand"]
    last = sign_next(book, key(pki, pki.signer(SECRETARY)), whole(pki), now(), role=Capacity.SECRETARY)
    report = verify(last, now=now(), trust=[pki.trust], vkeys=document.vkeys, rebuild=rebuild)
    assert [name for name, answer in report.answers() if answer.ok is not True] == []
    assert report.is_verified
    assert {"ocsp", "crl", "tsa"} <= set(pki.asked)
    assert archival.faults(first) == archival.faults(last) == []
    done = open_book(last, now())
    assert done.is_sealed
    assert refused(done, key(pki, pki.signer(CHAIR)), whole(pki)) == "complete"
    with pytest.raises(CannotSign, match="sealed"):
        close(done, whole(pki), now())


def test_the_proofs_carry_the_signatures_once_the_services_are_gone(pki: Pki, document: SignedMinutes) -> None:
    pdf = document.prepared
    for name in (CHAIR, SECRETARY):
        pdf = sign_next(open_book(pdf, now()), key(pki, pki.signer(name)), whole(pki), now())
    for days in (2, 300):
        assert verify(pdf, now=now() + timedelta(days=days), trust=[pki.trust], vkeys=document.vkeys).is_verified
    too_late = verify(pdf, now=now() + timedelta(days=800), trust=[pki.trust], vkeys=document.vkeys)
    assert (too_late.timestamps.ok, too_late.timestamps.code) == (False, "expired")


def test_without_a_timestamp_service_the_signatures_wait_to_be_closed(pki: Pki, document: SignedMinutes) -> None:
    offline = make_authority([], [], "")
    first = sign_next(open_book(document.prepared, now()), key(pki, pki.signer(CHAIR)), offline, now())
    with pytest.raises(CannotSign) as early:
        close(open_book(first, now()), whole(pki), now())
    assert said(early.value) == "not_complete"
    second = sign_next(open_book(first, now()), key(pki, pki.signer(SECRETARY)), offline, now())
    report = verify(second, now=now(), trust=[pki.trust], vkeys=document.vkeys)
    assert (report.timestamps.code, report.is_verified) == ("missing", False)
    with pytest.raises(CannotSign) as nowhere:
        close(open_book(second, now()), offline, now())
    assert said(nowhere.value) == "no_service"
    closed = close(open_book(second, now()), whole(pki), now())
    assert verify(closed, now=now(), trust=[pki.trust], vkeys=document.vkeys).is_verified
    assert archival.faults(closed) == []


def test_without_a_timestamp_service_another_authority_is_refused_all_the_same(
    pki: Pki, document: SignedMinutes, tmp_path: Path
) -> None:
    book = open_book(document.prepared, now())
    ours = make_authority([pki.trust], [], "")
    assert sign_next(book, key(pki, pki.signer(CHAIR)), ours, now()).startswith(document.prepared)
    with authority(tmp_path) as elsewhere:
        stranger = open_pkcs12(
            elsewhere.signer(CHAIR).pkcs12(PASSWORD, elsewhere.issuing.certificate), PASSWORD.encode()
        )
        assert refused(book, stranger, ours) == "foreign.signer"


def test_nobody_signs_out_of_turn(pki: Pki, document: SignedMinutes) -> None:
    book = open_book(document.prepared, now())
    assert refused(book, key(pki, pki.signer(SECRETARY)), whole(pki), role=Capacity.SECRETARY) == "not_your_turn"


def test_nobody_signs_for_another_unless_it_is_said(pki: Pki, document: SignedMinutes) -> None:
    book = open_book(document.prepared, now())
    held = key(pki, pki.signer("Hélène Martin"))
    assert refused(book, held, whole(pki)) == "other_name"
    assert sign_next(book, held, whole(pki), now(), other_name=True).startswith(document.prepared)


@pytest.mark.parametrize(
    ("days", "usage", "code"),
    [
        ((-400, -1), "non_repudiation", "expired"),
        ((2, 400), "non_repudiation", "not_yet_valid"),
        ((-1, 100), "key_encipherment", "not_to_sign"),
    ],
)
def test_a_certificate_that_may_not_sign_now(
    pki: Pki, document: SignedMinutes, days: tuple[int, int], usage: str, code: str
) -> None:
    since, until = (now() + timedelta(days=n) for n in days)
    held = key(pki, pki.signer(CHAIR, since=since, until=until, usage=usage))
    assert refused(open_book(document.prepared, now()), held, whole(pki)) == code


def test_a_revoked_certificate(pki: Pki, document: SignedMinutes) -> None:
    issued = pki.signer(CHAIR)
    pki.revoked.add(issued.certificate.serial_number)
    assert refused(open_book(document.prepared, now()), key(pki, issued), whole(pki)) == "revoked.signer"


def test_a_certificate_and_a_service_of_an_authority_that_nobody_trusts(pki: Pki, document: SignedMinutes) -> None:
    book = open_book(document.prepared, now())
    elsewhere = make_authority([signed().keys.ca_pem], [], pki.tsa)
    assert refused(book, key(pki, pki.signer(CHAIR)), elsewhere) == "foreign.signer"
    demo = document.keys.signers[book.waiting[0].person].cms_signer()
    mixed = Authority(
        roots=tuple(document.trust),
        revocations=document.keys.authority.revocations,
        timestamper=whole(pki).timestamper,
        fetches=True,
    )
    assert refused(book, PersonalKey(demo), mixed) == "foreign.tsa"


def test_services_that_do_not_answer(pki: Pki, document: SignedMinutes) -> None:
    book, held = open_book(document.prepared, now()), key(pki, pki.signer(CHAIR))
    pki.is_silent = True
    try:
        assert refused(book, held, whole(pki)) == "no_revocation.signer"
        lists = [pki.revocations(pki.root), pki.revocations(pki.issuing)]
        assert sign_next(book, held, make_authority([pki.trust], lists, pki.tsa), now())
    finally:
        pki.is_silent = False
    assert refused(book, held, make_authority([pki.trust], [], f"{pki.base}/nothing")) == "tsa_silent"
    assert refused(book, held, make_authority([pki.trust], [], "http://127.0.0.1:9/")) == "tsa_silent"


def test_what_is_false_in_the_file_is_not_signed(pki: Pki, document: SignedMinutes) -> None:
    flipped = bytearray(document.pdf)
    flipped[len(flipped) // 3] ^= 1
    for pdf, kind in (
        (bytes(flipped), Unsound),
        (b"Bonjour", UnreadablePdf),
        (document.pdf[:5000], UnreadablePdf),
        (_somebody_elses(), Unusable),
        (_draft(document), Unusable),
    ):
        with pytest.raises(kind) as fault:
            open_book(pdf, now())
        said(fault.value)


def _somebody_elses() -> bytes:
    import io

    import pikepdf

    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def _draft(document: SignedMinutes) -> bytes:
    from voting.minutes.render import render

    return render(document.minutes, document.sealed.journal, document.sealed.checkpoint, watermark="draft")


def test_anchors_and_services_that_are_none() -> None:
    with pytest.raises(BadAnchor):
        make_authority([b"rien"], [], "")
    with pytest.raises(BadAnchor):
        make_authority([], [b"rien"], "")
    for address in ("ftp://x", "tsa.example", "http://"):
        with pytest.raises(Unusable) as fault:
            make_authority([], [], address)
        assert said(fault.value) == "tsa_address"


def test_a_list_in_pem_is_one_too(pki: Pki) -> None:
    from asn1crypto import pem

    der = pki.revocations(pki.root)
    assert make_authority([], [pem.armor("X509 CRL", der)], "").revocations == (der,)
